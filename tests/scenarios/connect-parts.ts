import type Stripe from "stripe";
import type { Target } from "#tests/scenarios/target";

/** A payment of 100 dollars, taken at once. */
export const payment = {
  ...{ amount: 10_000, currency: "usd", payment_method: "pm_card_visa", confirm: true },
  automatic_payment_methods: { enabled: true, allow_redirects: "never" },
} as const;

type Capability = "card_payments" | "transfers";

/** An account that has a capability. On the real Stripe one must have been onboarded by hand. */
export async function shopWith({ stripe, until }: Target, capability: Capability): Promise<string> {
  const isAble = ({ capabilities }: Stripe.Account) => capabilities?.[capability] === "active";
  const { data } = await stripe.accounts.list({ limit: 20 });
  const known = data.find(isAble);
  if (known !== undefined) return known.id;
  const { id } = await stripe.v2.core.accounts.create({
    ...{ display_name: "Lockstep scenario", dashboard: "none", identity: { country: "us" } },
    defaults: {
      responsibilities: { fees_collector: "application", losses_collector: "application" },
    },
    configuration: {
      merchant: { capabilities: { card_payments: { requested: true } } },
      recipient: { capabilities: { stripe_balance: { stripe_transfers: { requested: true } } } },
    },
  });
  const link = await stripe.v2.core.accountLinks.create({
    account: id,
    use_case: {
      type: "account_onboarding",
      account_onboarding: {
        refresh_url: "https://example.com/again",
        return_url: "https://example.com/back",
      },
    },
  });
  const isLocal = new URL(link.url).hostname === "127.0.0.1";
  if (!isLocal) throw new Error(`Onboard an account of this test key first: ${link.url}`);
  await fetch(link.url);
  const body = new URLSearchParams({ answer: "complete" });
  await fetch(link.url, { method: "POST", body, redirect: "manual" });
  await until(`an account with ${capability}`, () => stripe.accounts.retrieve(id), isAble);
  return id;
}
