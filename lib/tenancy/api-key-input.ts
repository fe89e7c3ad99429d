import { z } from "zod";
import { apiKeyScopes } from "#lib/tenancy/api-key";

const printable = /^\P{Cc}*$/u;

/** How long the secret before a rotation goes on opening the key, in hours. */
export const overlapHours = [0, 1, 24, 168] as const;

export const createApiKeyInput = z.object({
  name: z
    .string("Say what the key is for.")
    .trim()
    .min(1, "Say what the key is for.")
    .max(60, "A name has at most 60 characters.")
    .regex(printable, "A name is one line.")
    .describe("What the key is for, in your words."),
  scopes: z
    .array(z.enum(apiKeyScopes, "There is no such scope."))
    .min(1, "Choose at least one thing the key may do.")
    .transform((chosen) => apiKeyScopes.filter((scope) => chosen.includes(scope)))
    .describe("All that the key may do."),
  expiresAt: z.iso
    .datetime({ offset: true, error: "Give a date and time, such as 2027-01-31T00:00:00Z." })
    .transform((text) => new Date(text))
    .nullable()
    .optional()
    .describe("When it stops by itself. Without it, it lasts until it is revoked."),
});
export type CreateApiKeyInput = z.output<typeof createApiKeyInput>;

export const rotateApiKeyInput = z.object({
  overlapHours: z
    .literal(overlapHours, `An overlap is one of ${overlapHours.join(", ")} hours.`)
    .default(24)
    .describe("For how many hours the old secret still works beside the new one; 0 ends it now."),
});
export type RotateApiKeyInput = z.output<typeof rotateApiKeyInput>;
