import { previewedSeatsAnswer } from "#lib/seats/answers";
import { previewSeatsInput } from "#lib/seats/input";
import { previewSeats } from "#lib/seats/preview-seats";
import { route } from "#lib/web/route";

export const POST = route({
  who: "tenant",
  permission: "billing:update",
  summary: "Preview what seats cost",
  description: "By Stripe's own reckoning, line by line. Nothing is decided by it.",
  body: previewSeatsInput,
  answer: previewedSeatsAnswer,
  idempotencyKey: false,
  run: (ctx, { body }) => previewSeats(ctx, body),
});
