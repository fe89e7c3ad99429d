import { z } from "zod";
import { migrationAnswer } from "#lib/migrations/answers";
import { createMigration } from "#lib/migrations/create-migration";
import { listMigrations } from "#lib/migrations/get-migration";
import { createMigrationInput, migrationsQuery } from "#lib/migrations/input";
import { route } from "#lib/web/route";
import { pageOf } from "#lib/wire";

export const GET = route({
  who: "platform",
  permission: "plans:read",
  summary: "List migrations",
  answer: pageOf(migrationAnswer),
  query: migrationsQuery,
  run: (ctx, { query }) => listMigrations(ctx, query),
});

/** A dry run: nobody is moved before it is started. */
export const POST = route({
  who: "platform",
  permission: "plans:migrate",
  summary: "Plan a migration",
  answer: z.object({ migrationId: z.string() }),
  body: createMigrationInput,
  status: 202,
  run: (ctx, { body }) => createMigration(ctx, body),
});
