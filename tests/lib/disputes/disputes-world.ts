import { transact, view } from "#lib/db/transaction";
import type { Inbox } from "#lib/events/inbox-worker";
import type { TenantContext } from "#lib/tenancy/context";
import { openWorld, type World } from "#tests/lib/billing/world";
import { newOwner } from "#tests/support/people";

export type DisputesWorld = World & { inbox: Inbox; settled(): Promise<void> };

export async function openDisputesWorld(): Promise<DisputesWorld> {
  const world = await openWorld();
  const inbox = world.startWorker();
  return { ...world, inbox, settled: () => world.settle(inbox) };
}

export type Shop = { owner: TenantContext; accountId: string };

/** A workspace whose own account takes cards, and is sent money too. */
export async function newShop({ system, stripe, act, settled }: DisputesWorld): Promise<Shop> {
  const { owner } = await newOwner(system);
  const { id } = await stripe.v2.core.accounts.create({
    ...{ display_name: owner.tenantSlug, dashboard: "none", identity: { country: "us" } },
    contact_email: "shop@example.com",
    defaults: {
      responsibilities: { fees_collector: "application", losses_collector: "application" },
    },
    configuration: {
      merchant: { capabilities: { card_payments: { requested: true } } },
      recipient: { capabilities: { stripe_balance: { stripe_transfers: { requested: true } } } },
    },
    metadata: { tenant_id: owner.tenantId },
  });
  await own(owner, id);
  await act(`accounts/${id}/onboard`);
  await settled();
  return { owner, accountId: id };
}

async function own(owner: TenantContext, stripeAccountId: string): Promise<void> {
  await transact(owner, "test.own-account", (tx) =>
    tx.tenant.update({ where: { id: owner.tenantId }, data: { stripeAccountId } }),
  );
}

const payment = {
  ...{ amount: 10_000, currency: "usd", payment_method: "pm_card_visa", confirm: true },
  automatic_payment_methods: { enabled: true, allow_redirects: "never" },
} as const;

/** A payment of 100 dollars on the shop's own account; answers with its charge. */
export async function paidThere({ stripe }: World, { accountId }: Shop): Promise<string> {
  const intent = await stripe.paymentIntents.create(
    { ...payment, description: "A blue vase", receipt_email: "buyer@example.com" },
    { stripeAccount: accountId },
  );
  return String(intent.latest_charge);
}

/** The same on the platform's account, passed on to the shop. */
export async function paidHere({ stripe }: World, { accountId }: Shop): Promise<string> {
  const intent = await stripe.paymentIntents.create({
    ...{ ...payment, application_fee_amount: 1_000 },
    transfer_data: { destination: accountId },
  });
  return String(intent.latest_charge);
}

/** What the shop itself pays the platform. */
export async function paidUs({ stripe }: World, { accountId }: Shop): Promise<string> {
  await stripe.v2.core.accounts.update(accountId, { configuration: { customer: {} } });
  const method = await stripe.paymentMethods.attach("pm_card_visa", {
    customer_account: accountId,
  });
  const { payment_method: _card, ...rest } = payment;
  const intent = await stripe.paymentIntents.create({
    ...{ ...rest, customer_account: accountId, payment_method: method.id },
  });
  return String(intent.latest_charge);
}

/** The bank turns to the account; answers with the dispute's id, once we have heard of it. */
export async function disputed(
  world: DisputesWorld,
  charge: string,
  how: { reason?: string; inquiry?: boolean } = {},
): Promise<string> {
  const { id } = await world.act<{ id: string }>("disputes", { charge, ...how });
  await world.settled();
  return id;
}

/** Who was written to about a fact, by the words above the mail. */
export function mailsAbout({ system }: World, reference: string) {
  return view(system, async (tx) => {
    const mails = await tx.mail.findMany({ where: { reference: { startsWith: `${reference}:` } } });
    return mails.map(({ data }) => (data as { heading: string }).heading);
  });
}
