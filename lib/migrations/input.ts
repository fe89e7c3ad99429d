import { z } from "zod";

export const migrationId = z.object({ id: z.string().max(100) });

export const createMigrationInput = z.object({
  fromVersionId: z.string().max(100),
  toVersionId: z.string().max(100),
  /** `renewal`: nobody is billed in between. `now`: the rest of the period is counted at once. */
  timing: z.enum(["renewal", "now"]).default("renewal"),
});
export type CreateMigrationInput = z.infer<typeof createMigrationInput>;

/** How many of a hundred are moved before it pauses by itself. */
export const stageInput = z.object({
  stagePercent: z.number().int("must be whole percent").min(1).max(100).default(100),
});

export const migrationsQuery = z.object({ cursor: z.string().max(200).optional() });
export type MigrationsQuery = z.infer<typeof migrationsQuery>;

export const migratedQuery = z.object({
  /** The place of the last one seen. */
  cursor: z.coerce.number().int().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  status: z
    .enum([
      "pending",
      "moving",
      "scheduled",
      "moved",
      "skipped",
      "failed",
      "returning",
      "rolled_back",
    ])
    .optional(),
});
export type MigratedQuery = z.infer<typeof migratedQuery>;

export const previewInput = z.object({
  subscriptionIds: z.array(z.string().max(100)).min(1).max(10, "must be at most 10 at once"),
});
