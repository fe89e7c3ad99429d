import { moveAnswer } from "#lib/payouts/answers";
import { debitTenant } from "#lib/payouts/debit-tenant";
import { debitInput } from "#lib/payouts/input";
import { route } from "#lib/web/route";

export const POST = route({
  who: "platform",
  permission: "money:update",
  summary: "Debit an account",
  description: "Takes what a company owes us from its balance, even below nothing.",
  answer: moveAnswer,
  body: debitInput,
  run: (ctx, { body }) => debitTenant(ctx, body),
});
