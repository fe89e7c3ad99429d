import { migrationAnswer } from "#lib/migrations/answers";
import { getMigration } from "#lib/migrations/get-migration";
import { migrationId } from "#lib/migrations/input";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "plans:read",
  summary: "Get a migration",
  answer: migrationAnswer,
  params: migrationId,
  run: (ctx, { params }) => getMigration(ctx, { migrationId: params.id }),
});
