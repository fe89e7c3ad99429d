import { openAccount } from "#lib/accounts/open-account";
import { draftPlan } from "#lib/catalog/draft-plan";
import { beginPublishing } from "#lib/catalog/publish-version";
import { runPublishing } from "#lib/catalog/run-publishing";
import { profiles } from "#lib/connect/profile";
import { view } from "#lib/db/transaction";
import { effects } from "#lib/dispatch/effects";
import type { Inbox } from "#lib/events/inbox-worker";
import { feedAccount } from "#lib/ledger-rules/feed-account";
import { postWaiting } from "#lib/ledger-rules/post-waiting";
import { adoptOrphans } from "#lib/mirror/adopt-through";
import { tracePayout } from "#lib/payouts/trace-payout";
import type { PlatformContext, TenantContext } from "#lib/tenancy/context";
import { keyOf, type NodeKey } from "#lib/trace/node";
import { type TraceFound, traceFrom } from "#lib/trace/trace-from";
import { flushUsage } from "#lib/usage/flush-usage";
import { takeUsage } from "#lib/usage/take-usage";
import { openWorld, type World } from "#tests/lib/billing/world";
import { movingWorld } from "#tests/lib/usage/moving-world";
import { newAdmin } from "#tests/support/people";

const day = 86_400_000;

/** A tenant that pays by use and sells, all of it paid out to the banks and written in the books. */
export type TraceScene = World & {
  inbox: Inbox;
  admin: PlatformContext;
  owner: TenantContext;
  account: string;
  /** The charge that the tenant took, of which the platform had a share. */
  sale: string;
  moving: ReturnType<typeof movingWorld>;
};

export async function openTraceScene(): Promise<TraceScene> {
  const world = await openWorld();
  await publishMetered(world);
  await giveBank(world);
  const inbox = world.startWorker();
  const moving = movingWorld(world, inbox);
  const owner = await moving.subscribe("metered");
  const account = await openAccount(owner, owner, world.gateway);
  await world.gateway.setUpAccount(account, "Seller", profiles.white_label);
  await world.act(`accounts/${account}/onboard`);
  await world.settle(inbox);

  for (const key of ["use-1", "use-2"]) {
    const at = moving.now().toISOString();
    await takeUsage(owner, { key, meter: "api_calls", value: 700, at });
  }
  await flushUsage(moving.system(), world.gateway);
  const { latest_charge: sale } = await world.stripe.paymentIntents.create(
    {
      ...{ amount: 10_000, currency: "usd", confirm: true, payment_method: "pm_card_visa" },
      automatic_payment_methods: { enabled: true, allow_redirects: "never" },
      application_fee_amount: 1_000,
    },
    { stripeAccount: account },
  );
  // The period ends, its invoice is paid an hour on, and what was paid is paid out days later.
  await moving.pass(32 * day);
  await moving.pass(7 * day);
  await readMoney(world, moving, inbox, ["", account]);
  const admin = await newAdmin(moving.system());
  return { ...world, inbox, moving, admin, owner, account, sale: String(sale) };
}

/** Where the platform itself is paid out to. */
async function giveBank({ stripe }: World): Promise<void> {
  const { id } = await stripe.accounts.retrieveCurrent();
  await stripe.accounts.createExternalAccount(id, {
    external_account: {
      ...{ object: "bank_account", country: "US", currency: "usd" },
      ...{ account_number: "000123456789", routing_number: "110000000" },
    },
  });
}

/** What settled is read and entered, and what each payout is made of. */
async function readMoney(
  world: World,
  moving: TraceScene["moving"],
  inbox: Inbox,
  accounts: readonly string[],
): Promise<void> {
  const system = moving.system();
  for (const one of accounts) await feedAccount(system, one, world.gateway, effects);
  await world.settle(inbox);
  await postWaiting(system, effects);
  // A payment that was heard of together with its invoice is given to its tenant later.
  await adoptOrphans(system);
  const payouts = await view(system, (tx) => tx.stripePayout.findMany());
  for (const { account, id: payoutId } of payouts) {
    await tracePayout(system, { account, payoutId }, world.gateway);
  }
}

async function publishMetered(world: World): Promise<void> {
  const named = { key: "metered", name: "Metered", description: "" };
  const meter = { key: "api_calls", name: "API calls", eventName: "api_calls" };
  const offer = { currency: "usd", interval: "month" } as const;
  const drafted = await draftPlan(world.system, {
    ...{ ...named, position: 10, trialDays: 0, features: [] },
    components: [
      { kind: "flat", key: "base", name: "Base", prices: [{ ...offer, unitMinor: "1000" }] },
      {
        ...{ kind: "usage", key: "calls", name: "Calls", unit: "call", meter },
        prices: [{ ...offer, model: "per_unit", unitMinor: "1" }],
      },
    ],
  } as Parameters<typeof draftPlan>[1]);
  await beginPublishing(world.system, drafted!);
  await runPublishing(world.system, { versionId: drafted!.versionId }, world.gateway);
}

/** A trace from an id or a node, wide enough to hold all of this scene. */
export function traced(
  ctx: PlatformContext | TenantContext,
  from: string | NodeKey,
): Promise<TraceFound> {
  if (typeof from === "string") return traceFrom(ctx, { id: from, width: 100 });
  const { id, kind, scope } = from;
  return traceFrom(ctx, { id, kind, scope, width: 100 });
}

export const keysOf = ({ nodes }: TraceFound): Set<string> => new Set(nodes.map(keyOf));

/** How many of each kind a trace holds. */
export function kindsOf({ nodes }: TraceFound): Record<string, number> {
  const kinds: Record<string, number> = {};
  for (const { kind } of nodes) kinds[kind] = (kinds[kind] ?? 0) + 1;
  return kinds;
}
