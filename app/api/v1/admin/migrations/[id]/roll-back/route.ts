import { migrationId } from "#lib/migrations/input";
import { rollBackMigration } from "#lib/migrations/steer-migration";
import { route } from "#lib/web/route";

export const POST = route({
  who: "platform",
  permission: "plans:migrate",
  summary: "Roll a migration back",
  params: migrationId,
  run: (ctx, { params }) => rollBackMigration(ctx, { migrationId: params.id }),
});
