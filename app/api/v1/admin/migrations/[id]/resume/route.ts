import { migrationId, stageInput } from "#lib/migrations/input";
import { resumeMigration } from "#lib/migrations/steer-migration";
import { route } from "#lib/web/route";

export const POST = route({
  who: "platform",
  permission: "plans:migrate",
  summary: "Resume a migration",
  params: migrationId,
  body: stageInput,
  run: (ctx, { params, body }) => resumeMigration(ctx, { migrationId: params.id, ...body }),
});
