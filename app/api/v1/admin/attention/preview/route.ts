import { previewMany } from "#lib/connect/act-on-many";
import { bulkPreviewInput } from "#lib/connect/bulk";
import { bulkAnswer } from "#lib/overview/connect-answers";
import { route } from "#lib/web/route";

export const POST = route({
  who: "platform",
  permission: "connect:remind",
  summary: "See whom an act would touch",
  description: "Nothing happens by it.",
  idempotencyKey: false,
  answer: bulkAnswer,
  body: bulkPreviewInput,
  run: (ctx, { body }) => previewMany(ctx, body),
});
