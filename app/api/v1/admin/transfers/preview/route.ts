import { transferPreviewAnswer } from "#lib/payouts/answers";
import { movePreviewInput } from "#lib/payouts/input";
import { previewTransfer } from "#lib/payouts/send-transfer";
import { route } from "#lib/web/route";

export const POST = route({
  who: "platform",
  permission: "money:update",
  summary: "Preview a transfer",
  answer: transferPreviewAnswer,
  body: movePreviewInput,
  run: (ctx, { body }) => previewTransfer(ctx, body),
});
