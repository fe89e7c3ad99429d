import { createMigration } from "#lib/migrations/create-migration";
import { listMigrations } from "#lib/migrations/get-migration";
import { createMigrationInput } from "#lib/migrations/input";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "plans:read",
  summary: "List migrations",
  run: (ctx) => listMigrations(ctx),
});

/** A dry run: nobody is moved before it is started. */
export const POST = route({
  who: "platform",
  permission: "plans:migrate",
  summary: "Plan a migration",
  body: createMigrationInput,
  status: 202,
  run: (ctx, { body }) => createMigration(ctx, body),
});
