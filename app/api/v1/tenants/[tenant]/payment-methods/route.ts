import { methodsAnswer } from "#lib/payments/answers";
import { listMethods } from "#lib/payments/list-methods";
import { route } from "#lib/web/route";

export const GET = route({
  who: "tenant",
  permission: "billing:read",
  summary: "List payment methods",
  description: "The default first, as Stripe has them this moment.",
  answer: methodsAnswer,
  run: (ctx) => listMethods(ctx),
});
