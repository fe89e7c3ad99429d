import { balancesAnswer } from "#lib/payouts/answers";
import { getBalances } from "#lib/payouts/get-balances";
import { route } from "#lib/web/route";

export const GET = route({
  who: "tenant",
  permission: "payouts:read",
  summary: "See the balance",
  description:
    "What there is in each currency, what of it lands when, and where it is paid out to.",
  answer: balancesAnswer,
  run: (ctx) => getBalances(ctx),
});
