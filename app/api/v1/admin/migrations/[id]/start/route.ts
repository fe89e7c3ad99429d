import { migrationId, stageInput } from "#lib/migrations/input";
import { startMigration } from "#lib/migrations/steer-migration";
import { route } from "#lib/web/route";

export const POST = route({
  who: "platform",
  permission: "plans:migrate",
  summary: "Start a migration",
  params: migrationId,
  body: stageInput,
  run: (ctx, { params, body }) => startMigration(ctx, { migrationId: params.id, ...body }),
});
