import { migrationId } from "#lib/migrations/input";
import { pauseMigration } from "#lib/migrations/steer-migration";
import { route } from "#lib/web/route";

export const POST = route({
  who: "platform",
  permission: "plans:migrate",
  summary: "Pause a migration",
  params: migrationId,
  run: (ctx, { params }) => pauseMigration(ctx, { migrationId: params.id }),
});
