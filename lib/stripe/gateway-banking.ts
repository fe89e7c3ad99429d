import { ask } from "#lib/stripe/ask";
import type { StripeClient } from "#lib/stripe/stripe-client";

/** The calls about the financial accounts that connected accounts keep money in. */
export function bankingCalls(stripe: StripeClient) {
  return {
    /** Whether the account has issued a card, of whatever state. */
    hasCard(accountId: string): Promise<boolean> {
      return ask(async () => {
        const on = { stripeAccount: accountId };
        const { data } = await stripe.issuing.cards.list({ limit: 1 }, on);
        return data.length > 0;
      });
    },

    /** The one that is open, where the account has one. */
    findFinancialAccount(accountId: string): Promise<string | null> {
      return ask(async () => {
        const { data } = await stripe.treasury.financialAccounts.list(
          ...([{ limit: 10 }, { stripeAccount: accountId }] as const),
        );
        return data.find(({ status }) => status === "open")?.id ?? null;
      });
    },
  };
}
