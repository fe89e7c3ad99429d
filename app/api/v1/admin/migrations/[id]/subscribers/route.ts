import { migratedAnswer } from "#lib/migrations/answers";
import { listMigrated } from "#lib/migrations/get-migration";
import { migratedQuery, migrationId } from "#lib/migrations/input";
import { route } from "#lib/web/route";
import { pageOf } from "#lib/wire";

export const GET = route({
  who: "platform",
  permission: "plans:read",
  summary: "List who is migrated",
  answer: pageOf(migratedAnswer),
  params: migrationId,
  query: migratedQuery,
  run: (ctx, { params, query }) => listMigrated(ctx, { migrationId: params.id, ...query }),
});
