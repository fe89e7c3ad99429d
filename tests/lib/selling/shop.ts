import { startOnboarding } from "#lib/connect/start-onboarding";
import { transact, view } from "#lib/db/transaction";
import { effects } from "#lib/dispatch/effects";
import { env, replaceEnv } from "#lib/env";
import type { Inbox } from "#lib/events/inbox-worker";
import { createLink } from "#lib/selling/create-link";
import { draftPolicy } from "#lib/selling/draft-policy";
import type { FeeRules } from "#lib/selling/fee-policy";
import { linkInput } from "#lib/selling/input";
import type { ChargeKind } from "#lib/selling/kind";
import { openSale } from "#lib/selling/open-sale";
import { publishPolicy } from "#lib/selling/publish-policy";
import { settleSale } from "#lib/selling/settle-sale";
import type { PlatformContext, TenantContext } from "#lib/tenancy/context";
import { openWorld, type World } from "#tests/lib/billing/world";
import { newAdmin, newOwner, visitor } from "#tests/support/people";

export type Shop = { owner: TenantContext; accountId: string };
export type SellingWorld = World & {
  inbox: Inbox;
  admin: PlatformContext;
  settled(): Promise<void>;
};

/** A world with somebody at the console who sets fees. */
export async function openSellingWorld(): Promise<SellingWorld> {
  const world = await openWorld();
  const inbox = world.startWorker();
  const admin = await newAdmin(world.system);
  return { ...world, inbox, admin, settled: () => world.settle(inbox) };
}

const profileOf = { direct: "saas", destination: "marketplace", separate: "marketplace" } as const;

/** A workspace whose account takes payments, by the profile that sells in this way. */
export async function newShop(world: SellingWorld, kind: ChargeKind = "direct"): Promise<Shop> {
  const { owner } = await newOwner(world.system);
  const before = env().CONNECT_PROFILE;
  replaceEnv({ ...process.env, CONNECT_PROFILE: profileOf[kind] });
  await startOnboarding(owner, world.gateway);
  replaceEnv({ ...process.env, CONNECT_PROFILE: before });
  const { stripeAccountId } = await view(owner, (tx) =>
    tx.tenant.findUniqueOrThrow({ where: { id: owner.tenantId } }),
  );
  await world.act(`accounts/${stripeAccountId}/onboard`);
  await world.settled();
  return { owner, accountId: stripeAccountId! };
}

/** Publishes a policy that begins now, and is the one in force. */
export async function publish(world: SellingWorld, rules: FeeRules, returnsFee = true) {
  const { policyId } = await draftPolicy(world.admin, { name: "Test", rules, returnsFee });
  await publishPolicy(world.admin, { policyId });
  return policyId;
}

export const always = { plans: [], methods: [], countries: [], currencies: [] };
/** So many percent of everything. */
export const flat = (percent: string, name = "Everything"): FeeRules => [
  { name, when: always, tiers: [{ from: {}, percent, fixed: {} }], least: {}, most: {} },
];

export type Paid = { saleId: string; checkoutId: string };

/** Somebody pays at a new link of the shop's, and what follows from it is done. */
export async function sell(
  world: SellingWorld,
  { owner }: Shop,
  minor: bigint,
  { kind, card, isSettled = true }: { kind?: ChargeKind; card?: string; isSettled?: boolean } = {},
): Promise<Paid> {
  const words = { name: "Lamp", currency: "usd", minor: String(minor), kind };
  const { token } = await createLink(owner, linkInput.parse(words));
  await openSale(visitor(world.system), { token, quantity: 1 }, world.gateway);
  const checkout = await view(world.system, (tx) =>
    tx.saleCheckout.findFirstOrThrow({ orderBy: { createdAt: "desc" } }),
  );
  await world.act(`checkout/${checkout.stripeSessionId}/complete`, {
    card: card ?? "4242424242424242",
  });
  await world.settled();
  const sale = await view(world.system, (tx) =>
    tx.sale.findFirstOrThrow({ where: { checkoutId: checkout.id, status: "succeeded" } }),
  );
  if (isSettled && sale.settling !== "done") {
    await settleSale(world.system, { saleId: sale.id }, world.gateway, effects);
    await world.settled();
  }
  return { saleId: sale.id, checkoutId: checkout.id };
}

/** The row of a sale. */
export function saleOf(world: SellingWorld, id: string) {
  return view(world.system, (tx) => tx.sale.findUniqueOrThrow({ where: { id } }));
}

/** Stops a workspace's payments as the platform would. */
export function hold(world: SellingWorld, { owner }: Shop, paymentsHeld: boolean) {
  return transact(world.system, "test.hold", (tx) =>
    tx.connectedAccount.update({ where: { tenantId: owner.tenantId }, data: { paymentsHeld } }),
  );
}

/** What an account's ledger at Stripe comes to, in cents; the platform's without one. */
export async function netOf({ stripe }: SellingWorld, stripeAccount?: string): Promise<number> {
  const on = stripeAccount ? { stripeAccount } : {};
  const { data } = await stripe.balanceTransactions.list({ limit: 100 }, on);
  return data.reduce((sum, { net }) => sum + net, 0);
}
