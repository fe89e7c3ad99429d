import { debitPreviewAnswer } from "#lib/payouts/answers";
import { previewDebit } from "#lib/payouts/debit-tenant";
import { movePreviewInput } from "#lib/payouts/input";
import { route } from "#lib/web/route";

export const POST = route({
  who: "platform",
  permission: "money:update",
  summary: "Preview a debit",
  answer: debitPreviewAnswer,
  body: movePreviewInput,
  run: (ctx, { body }) => previewDebit(ctx, body),
});
