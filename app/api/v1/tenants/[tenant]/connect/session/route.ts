import { sessionAnswer } from "#lib/connect/answers";
import { openSession } from "#lib/connect/open-session";
import { route } from "#lib/web/route";

export const POST = route({
  who: "tenant",
  people: true,
  summary: "Open an account session",
  description: "For Stripe's embedded components; it grants what the person's role may do.",
  idempotencyKey: false,
  answer: sessionAnswer,
  run: (ctx) => openSession(ctx),
});
