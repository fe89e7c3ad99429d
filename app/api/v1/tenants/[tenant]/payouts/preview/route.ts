import { previewAnswer } from "#lib/payouts/answers";
import { payoutPreviewInput } from "#lib/payouts/input";
import { previewPayout } from "#lib/payouts/preview-payout";
import { route } from "#lib/web/route";

export const POST = route({
  who: "tenant",
  permission: "payouts:create",
  people: true,
  summary: "Preview a payout",
  description: "Its fee, where it goes, and what it leaves. Nothing is moved.",
  answer: previewAnswer,
  body: payoutPreviewInput,
  run: (ctx, { body }) => previewPayout(ctx, body),
});
