import type Stripe from "stripe";
import { ask } from "#lib/stripe/ask";
import type { StripeObjects } from "#lib/stripe/object-types";
import type { StripeClient } from "#lib/stripe/stripe-client";

export type SettledPage = { rows: StripeObjects["balance_transaction"][]; next: string | null };

/** What moved an account's balance, as the ledger reads it. */
export function settledCalls(stripe: StripeClient) {
  return {
    /**
     * A page of an account's balance transactions since an instant (empty: the platform's), newest
     * first, each with its source: of an exchanged one that alone says what was paid.
     */
    listSettled(account: string, since: Date | null, after: string | null): Promise<SettledPage> {
      return ask(async () => {
        const params: Stripe.BalanceTransactionListParams = {
          limit: 100,
          expand: ["data.source"],
          ...(since && { created: { gte: Math.floor(since.getTime() / 1000) } }),
          ...(after && { starting_after: after }),
        };
        const on = account ? { stripeAccount: account } : {};
        const page = await stripe.balanceTransactions.list(params, on);
        const rows = JSON.parse(JSON.stringify(page.data)) as SettledPage["rows"];
        return { rows, next: page.has_more ? (rows.at(-1)?.id ?? null) : null };
      });
    },
  };
}
