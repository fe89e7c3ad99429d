import { migrationId } from "#lib/migrations/input";
import { cancelMigration } from "#lib/migrations/steer-migration";
import { route } from "#lib/web/route";

export const POST = route({
  who: "platform",
  permission: "plans:migrate",
  summary: "Cancel a migration",
  params: migrationId,
  run: (ctx, { params }) => cancelMigration(ctx, { migrationId: params.id }),
});
