import { randomBytes } from "node:crypto";
import { wantedEvents } from "#lib/dispatch/stripe-event-types";
import { createStripeClient, type StripeClient } from "#lib/stripe/stripe-client";
import { ensureWebhookEndpoints } from "#lib/stripe/webhook-endpoints";
import { type Lane, plantTenant } from "#scripts/chaos/lane";

/** A Stripe of a batch's own: a platform with money, and two tenants that take payments. */
export type StripeWorld = {
  secretKey: string;
  stripe: StripeClient;
  priceId: string;
  tenants: { tenantId: string; account: string }[];
  act(path: string, body?: object): Promise<unknown>;
};

const noRedirects = { enabled: true, allow_redirects: "never" } as const;

/** `isThin`: Stripe tells of everything twice, with the object inside and by its name alone. */
export async function openStripeWorld(
  lane: Lane,
  stripeUrl: string,
  isThin: boolean,
): Promise<StripeWorld> {
  const secretKey = `sk_test_${randomBytes(6).toString("hex")}`;
  const stripe = createStripeClient({ secretKey, apiBase: stripeUrl });
  const act = async (path: string, body: object = {}): Promise<unknown> => {
    const response = await fetch(`${stripeUrl}/_sandbox/${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${secretKey}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
    return response.json();
  };
  const { snapshots, notifications } = wantedEvents;
  const names = isThin ? snapshots.map((type) => `v1.${type}`) : [];
  const types = { snapshots, notifications: [...notifications, ...names] };
  const secrets = await ensureWebhookEndpoints(stripe, lane.office.url, types);
  lane.office.expect(secrets);
  const tenants = [];
  for (let count = 0; count < 2; count += 1) {
    const account = await onboard(stripe, act);
    await fund(stripe, { stripeAccount: account });
    tenants.push({ account, tenantId: await plantTenant(lane, account) });
  }
  await fund(stripe, {});
  const price = await stripe.prices.create({
    ...{ currency: "usd", unit_amount: 1_500, recurring: { interval: "month" } },
    product_data: { name: "Plan" },
  });
  return { secretKey, stripe, act, tenants, priceId: price.id };
}

/** Whatever is taken back from it, there is enough to pay out. */
async function fund(stripe: StripeClient, on: { stripeAccount?: string }): Promise<void> {
  await stripe.paymentIntents.create(
    {
      ...{ amount: 90_000_000, currency: "usd", payment_method: "pm_card_bypassPending" },
      ...{ confirm: true, automatic_payment_methods: noRedirects },
    },
    on,
  );
}

async function onboard(stripe: StripeClient, act: StripeWorld["act"]): Promise<string> {
  const { id } = await stripe.v2.core.accounts.create({
    ...{ contact_email: "owner@example.com", display_name: "Northbeam", dashboard: "express" },
    identity: { country: "us" },
    defaults: {
      responsibilities: { fees_collector: "application", losses_collector: "application" },
    },
    configuration: {
      merchant: { capabilities: { card_payments: { requested: true } } },
      recipient: {
        capabilities: { stripe_balance: { stripe_transfers: { requested: true } } },
      },
    },
  });
  await act(`accounts/${id}/onboard`);
  return id;
}
