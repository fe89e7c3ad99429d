import type { Context } from "#lib/context";
import { stripeClientFromEnv } from "#lib/stripe/stripe-client";
import { accountOf } from "#prisma/seed/account-of";
import type { DemoTenant } from "#prisma/seed/demo-world";

/** It keeps money in a financial account at Stripe, and gave somebody a card. */
export async function seedBanking(
  ctx: Context,
  { slug, takesPayments }: DemoTenant,
): Promise<boolean> {
  if (takesPayments !== "yes") return false;
  const stripe = stripeClientFromEnv();
  const own = { stripeAccount: (await accountOf(ctx, slug)).account };
  const { data } = await stripe.issuing.cards.list({ limit: 1 }, own);
  if (data.length > 0) return false;
  const address = { line1: "1 Pine St", city: "Oakland", postal_code: "94607", country: "US" };
  const { id: cardholder } = await stripe.issuing.cardholders.create(
    { name: "Mei Lin", billing: { address } },
    own,
  );
  await stripe.issuing.cards.create(
    { cardholder, currency: "usd", type: "virtual", status: "active" },
    own,
  );
  const { id: financial_account } = await stripe.treasury.financialAccounts.create(
    { supported_currencies: ["usd"], nickname: "Savings" },
    own,
  );
  await stripe.testHelpers.treasury.receivedCredits.create(
    { amount: 90_000, currency: "usd", financial_account, network: "ach" },
    own,
  );
  return true;
}
