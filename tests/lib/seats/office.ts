import { startCheckout } from "#lib/billing/start-checkout";
import { transact, view } from "#lib/db/transaction";
import type { Inbox } from "#lib/events/inbox-worker";
import { getSeats, type Seats } from "#lib/seats/get-seats";
import { defaultSeatPolicy, type SeatPolicy } from "#lib/seats/seat-policy";
import { settleSeats } from "#lib/seats/settle-seats";
import { syncGapMs, syncSeats } from "#lib/seats/sync-seats";
import type { TenantContext } from "#lib/tenancy/context";
import { openWorld, publishPlans, type World } from "#tests/lib/billing/world";
import { newMember, newOwner, unique } from "#tests/support/people";

/** A world with the plans published, and companies in it that pay for seats. */
export type Office = World & {
  inbox: Inbox;
  /** The clock of ours; Stripe's is the real one unless it is moved too. */
  clock: { aheadMs: number };
  /** An owner whose plan Pro has so many seats. */
  company(seats: number): Promise<TenantContext>;
  colleagues(owner: TenantContext, count: number): Promise<TenantContext[]>;
  /** Tells Stripe what was decided, as the job would, and waits until its webhooks are handled. */
  sync(owner: TenantContext): Promise<void>;
  settleSeats(owner: TenantContext): Promise<void>;
  rules(over: Partial<SeatPolicy>): Promise<void>;
  seatsOf(owner: TenantContext): Promise<Seats>;
  subscriptionOf(owner: TenantContext): Promise<string>;
  stripeSeatsOf(owner: TenantContext): Promise<number>;
};

export async function openOffice(): Promise<Office> {
  const world = await openWorld();
  await publishPlans(world);
  const inbox = world.startWorker();
  const clock = { aheadMs: 0 };
  const system = { ...world.system, now: () => new Date(Date.now() + clock.aheadMs) };
  const subscriptionOf = async ({ tenantId }: TenantContext) =>
    (await view(system, (tx) => tx.seatPool.findUniqueOrThrow({ where: { tenantId } })))
      .subscriptionId;
  const itemOf = async (owner: TenantContext) => {
    const { items } = await world.stripe.subscriptions.retrieve(await subscriptionOf(owner));
    return items.data.find(({ price }) => price.lookup_key?.includes("/seats/"))!;
  };
  return {
    ...{ ...world, system, inbox, clock, subscriptionOf },
    company: (seats) => newCompany({ ...world, system }, inbox, seats),
    colleagues: async (owner, count) => {
      const members: TenantContext[] = [];
      for (let made = 0; made < count; made += 1) {
        members.push((await newMember(system, owner, "member")).member);
      }
      return members;
    },
    sync: async ({ tenantId }) => {
      clock.aheadMs += syncGapMs;
      await syncSeats(system, { tenantId }, world.gateway);
      await world.settle(inbox);
    },
    settleSeats: ({ tenantId }) => settleSeats(system, { tenantId }, world.gateway),
    rules: async (over) => {
      const data = { ...defaultSeatPolicy, ...over, changedById: "test", changedAt: new Date() };
      await transact(system, "test.rules", (tx) =>
        tx.seatPolicy.upsert({
          ...{ where: { id: "platform" }, update: data },
          create: { id: "platform", ...data },
        }),
      );
    },
    seatsOf: async (owner) => (await getSeats(owner))!,
    stripeSeatsOf: async (owner) => (await itemOf(owner)).quantity!,
  };
}

async function newCompany(world: World, inbox: Inbox, seats: number): Promise<TenantContext> {
  const { owner } = await newOwner(world.system, { company: unique("office") });
  const choice = { plan: "pro", interval: "month", currency: "usd", seats } as const;
  const { checkoutId } = await startCheckout(owner, choice, world.gateway);
  const row = await view(owner, (tx) =>
    tx.checkout.findUniqueOrThrow({ where: { id: checkoutId } }),
  );
  await world.act(`checkout/${row.stripeSessionId}/complete`);
  await world.settle(inbox);
  return owner;
}
