import { z } from "zod";
import { migratedAnswer } from "#lib/migrations/answers";
import { migrationId, previewInput } from "#lib/migrations/input";
import { previewMigration } from "#lib/migrations/preview-migration";
import { route } from "#lib/web/route";

export const POST = route({
  who: "platform",
  permission: "plans:migrate",
  summary: "Preview invoices of a migration",
  answer: z.array(migratedAnswer),
  params: migrationId,
  body: previewInput,
  run: (ctx, { params, body }) => previewMigration(ctx, { migrationId: params.id, ...body }),
});
