import { platformPayoutPreviewAnswer } from "#lib/payouts/answers";
import { platformPayoutPreviewInput } from "#lib/payouts/input";
import { previewPlatformPayout } from "#lib/payouts/pay-out-platform";
import { route } from "#lib/web/route";

export const POST = route({
  who: "platform",
  permission: "money:update",
  summary: "Preview a payout of the platform's own",
  description: "What can be paid out, what Stripe takes for it and what is left. Nothing is moved.",
  answer: platformPayoutPreviewAnswer,
  body: platformPayoutPreviewInput,
  run: (ctx, { body }) => previewPlatformPayout(ctx, body),
});
