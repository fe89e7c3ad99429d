import { migrationId, previewInput } from "#lib/migrations/input";
import { previewMigration } from "#lib/migrations/preview-migration";
import { route } from "#lib/web/route";

export const POST = route({
  who: "platform",
  permission: "plans:migrate",
  summary: "Preview invoices of a migration",
  params: migrationId,
  body: previewInput,
  run: (ctx, { params, body }) => previewMigration(ctx, { migrationId: params.id, ...body }),
});
