import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { listInvoices } from "#lib/billing/list-invoices";
import { view } from "#lib/db/transaction";
import { checkInvoice } from "#lib/rater/check-invoice";
import { listSeatDrifts } from "#lib/seats/list-seat-drifts";
import { previewSeats } from "#lib/seats/preview-seats";
import { setSeats } from "#lib/seats/set-seats";
import { syncGapMs, syncSeats } from "#lib/seats/sync-seats";
import { trueUpSeats } from "#lib/seats/true-up-seats";
import type { StripeGateway } from "#lib/stripe/gateway";
import type { TenantContext } from "#lib/tenancy/context";
import { type Office, openOffice } from "#tests/lib/seats/office";
import { newAdmin } from "#tests/support/people";

vi.setConfig({ testTimeout: 30_000 });

let office: Office;
const dayMs = 86_400_000;

beforeAll(async () => {
  office = await openOffice();
}, 60_000);
afterAll(() => office.close());

async function totalsOf(owner: TenantContext): Promise<bigint[]> {
  const { rows } = await listInvoices(owner);
  return rows.map(({ total }) => total.minor).reverse();
}

/** Both clocks, Stripe's and ours. */
async function pass(ms: number): Promise<void> {
  await office.act("clock", { advance_seconds: Math.round(ms / 1000) });
  office.clock.aheadMs += ms;
  await office.settle(office.inbox);
}

/** The owner as they are at the clock's time. */
const now = (owner: TenantContext): TenantContext => ({ ...owner, now: office.system.now });

async function readSync({ tenantId }: TenantContext) {
  const pool = await view(office.system, (tx) =>
    tx.seatPool.findUniqueOrThrow({ where: { tenantId }, include: { sync: true } }),
  );
  return { ...pool.sync!, revision: pool.revision };
}

test("billed at once, what was shown is charged the same minute, to the cent", async () => {
  await office.rules({ billing: "at_once" });
  const owner = now(await office.company(2));
  await pass(10 * dayMs);
  const shown = await previewSeats(owner, { seats: 5 }, office.gateway);
  expect(shown.dueNow.minor).toBeGreaterThan(0n);
  expect(shown.dueNow.minor).toBeLessThan(3600n);
  expect(shown.perPeriod).toEqual({ minor: 3600n, currency: "usd" });
  await setSeats(owner, { seats: 5, asOf: shown.asOf });
  await office.sync(owner);
  expect(await totalsOf(owner)).toEqual([7300n, shown.dueNow.minor]);
  await office.rules({});
});

test("billed at the period's end, it is on the next invoice exactly as shown", async () => {
  const owner = now(await office.company(2));
  await pass(7 * dayMs);
  const shown = await previewSeats(owner, { seats: 3 }, office.gateway);
  expect(shown).toMatchObject({ dueNow: { minor: 0n }, from: 2, billing: "period_end" });
  await setSeats(owner, { seats: 3, asOf: shown.asOf });
  await office.sync(owner);
  expect(await totalsOf(owner)).toEqual([7300n]);
  await pass(26 * dayMs);
  expect(await totalsOf(owner)).toEqual([7300n, shown.invoice.total.minor]);
});

test("under true-up the most there were is billed as the period ends, each from its day", async () => {
  await office.rules({ billing: "true_up" });
  const owner = now(await office.company(2));
  const { periodEnd } = (await office.gateway.readSubscription(await office.subscriptionOf(owner)))!
    .items[0]!;
  await pass(10 * dayMs);
  await setSeats(owner, { seats: 4 });
  await pass(10 * dayMs);
  await setSeats(owner, { seats: 3 });
  await syncSeats(office.system, owner, office.gateway);
  await trueUpSeats(office.system, office.gateway);
  expect(await office.stripeSeatsOf(owner)).toBe(2);
  expect(await readSync(owner)).toMatchObject({ peakSeats: 4 });

  await pass(periodEnd.getTime() - office.system.now().getTime() - 1_800_000);
  await trueUpSeats(office.system, office.gateway);
  await trueUpSeats(office.system, office.gateway);
  await pass(3 * 3_600_000);
  expect(await office.seatsOf(owner)).toMatchObject({ bought: 3, isPending: false });
  // Two seats from the tenth day on, and the next month with three.
  const [, second] = await totalsOf(owner);
  const month = periodEnd.getTime() - (await startOf(owner)).getTime();
  const share = (2400 * (month - 10 * dayMs)) / month;
  expect(Math.abs(Number(second) - (4900 + 3600 + share))).toBeLessThanOrEqual(1);
  expect(await readSync(owner)).toMatchObject({ peakSeats: null });
  await office.rules({});
});

async function startOf(owner: TenantContext): Promise<Date> {
  const { rows } = await listInvoices(owner);
  return rows.at(-1)!.createdAt;
}

const chargesOf = ({ tenantId }: TenantContext) =>
  view(office.system, (tx) => tx.seatCharge.findMany({ where: { tenantId } }));

/** The lines of the tenant's latest invoice, and whether our own calculation agrees with it. */
async function latestOf(owner: TenantContext) {
  const { rows } = await listInvoices(owner);
  const invoiceId = rows[0]!.id;
  const check = await checkInvoice(office.system, { invoiceId }, office.gateway);
  const { lines } = await office.stripe.invoices.retrieve(invoiceId);
  return { verdict: check?.verdict, lines: lines.data };
}

/** The gateway of a process that is killed as it was answered, once. */
function killedAfter(name: "changeQuantity" | "createSeatItem"): StripeGateway {
  let isKilled = false;
  const call = async (asked: never) => {
    const answer = await office.gateway[name](asked);
    if (isKilled) return answer;
    isKilled = true;
    throw new Error("killed");
  };
  return { ...office.gateway, [name]: call };
}

test("a true-up that came too late is one line of the next invoice, however often it is cut off", async () => {
  await office.rules({ billing: "true_up" });
  const owner = now(await office.company(1));
  const { periodStart, periodEnd } = (await office.gateway.readSubscription(
    await office.subscriptionOf(owner),
  ))!.items[0]!;
  await pass(5 * dayMs);
  await setSeats(owner, { seats: 3 });
  const from = (await readSync(owner)).peakSince!;
  await pass(30 * dayMs);
  for (const name of ["changeQuantity", "createSeatItem"] as const) {
    await expect(trueUpSeats(office.system, killedAfter(name))).rejects.toThrow("killed");
    await office.settle(office.inbox);
  }
  for (const _ of [1, 2]) await trueUpSeats(office.system, office.gateway);
  expect(await office.stripeSeatsOf(owner)).toBe(3);

  const [charge, ...others] = await chargesOf(owner);
  const seconds = (ms: number) => Math.floor(ms / 1000);
  const missed = seconds(periodEnd.getTime()) - seconds(from.getTime());
  const month = seconds(periodEnd.getTime()) - seconds(periodStart.getTime());
  const expected = Math.round((2400 * missed) / month);
  expect(others).toEqual([]);
  expect(charge).toMatchObject({ why: "missed", seats: 2, amountMinor: BigInt(expected) });
  const { rows } = await listSeatDrifts(await newAdmin(office.system));
  const told = rows.filter(({ tenantId }) => tenantId === owner.tenantId);
  expect(told.map(({ why }) => why)).toEqual([expect.stringMatching(/2 extra .* next invoice/)]);

  await pass(30 * dayMs);
  const { verdict, lines } = await latestOf(owner);
  const ours = lines.filter(({ description }) => /^2 extra seats/.test(description ?? ""));
  expect(ours.map(({ amount }) => amount)).toEqual([expected]);
  expect(ours[0]!.description).toMatch(/not on the invoice of their period/);
  expect(verdict).toBe("equal");
  await office.rules({});
});

test("a plan that ends, or pauses, owes the seats that waited for its true-up", async () => {
  await office.rules({ billing: "true_up" });
  const [leaver, pauser] = [now(await office.company(1)), now(await office.company(1))];
  await pass(5 * dayMs);
  for (const owner of [leaver, pauser]) await setSeats(owner, { seats: 2 });
  await pass(5 * dayMs);
  await office.stripe.subscriptions.cancel(await office.subscriptionOf(leaver));
  const subscriptionId = await office.subscriptionOf(pauser);
  await office.gateway.pauseSubscription({ subscriptionId, key: `pause:${subscriptionId}` });
  await office.settle(office.inbox);
  for (const _ of [1, 2]) await trueUpSeats(office.system, office.gateway);
  for (const [owner, why] of [
    [leaver, "ended"],
    [pauser, "paused"],
  ] as const) {
    const [charge, ...others] = await chargesOf(owner);
    expect([others, charge]).toMatchObject([[], { why, seats: 1, error: null }]);
    // Five days of a month with twelve dollars for a seat.
    expect(Number(charge!.amountMinor)).toBeGreaterThanOrEqual(190);
    expect(Number(charge!.amountMinor)).toBeLessThanOrEqual(215);
    expect(charge!.stripeItemId).toMatch(/^ii_/);
  }
  await pass(40 * dayMs);
  await office.gateway.resumeSubscription({ subscriptionId, key: `resume:${subscriptionId}` });
  await office.settle(office.inbox);
  const { peakSeats, peakSince } = await readSync(pauser);
  expect([peakSeats, Math.abs(+peakSince! - +office.system.now()) < dayMs]).toEqual([2, true]);
  await office.rules({});
});

test("many decisions are one word to Stripe, the newest, and never two within the gap", async () => {
  const owner = now(await office.company(1));
  const id = await office.subscriptionOf(owner);
  const updates = async () => {
    const { data } = await office.stripe.events.list({
      ...{ type: "customer.subscription.updated", limit: 100 },
    });
    return data.filter(({ data: { object } }) => (object as { id: string }).id === id).length;
  };
  const before = await updates();
  for (const seats of [2, 3, 4, 5, 6, 7]) await setSeats(owner, { seats });
  office.clock.aheadMs += syncGapMs;
  const workers = Array.from({ length: 5 }, () => syncSeats(office.system, owner, office.gateway));
  await Promise.all(workers);
  expect([await updates(), await office.stripeSeatsOf(owner)]).toEqual([before + 1, 7]);

  await setSeats(owner, { seats: 8 });
  await syncSeats(office.system, owner, office.gateway);
  expect(await office.stripeSeatsOf(owner)).toBe(7);
  await office.sync(owner);
  expect([await updates(), await office.stripeSeatsOf(owner)]).toEqual([before + 2, 8]);
});

test("all of an hour's decisions stay under what Stripe takes", () => {
  expect(3_600_000 / syncGapMs).toBeLessThan(200);
});

test("Stripe out of reach leaves the decision waiting; the next try tells it once", async () => {
  const owner = now(await office.company(1));
  await setSeats(owner, { seats: 3 });
  office.clock.aheadMs += syncGapMs;
  const down = { ...office.gateway, changeQuantity: () => Promise.reject(new Error("no answer")) };
  await expect(syncSeats(office.system, owner, down)).rejects.toThrow("no answer");
  expect(await readSync(owner)).toMatchObject({ sentRevision: 0, revision: 1, error: "no answer" });
  await office.sync(owner);
  expect(await office.stripeSeatsOf(owner)).toBe(3);
  expect(await readSync(owner)).toMatchObject({ sentRevision: 1, error: null });
});

test("behind with a payment no seat can be added, but one can be given back", async () => {
  const owner = now(await office.company(3));
  const id = await office.subscriptionOf(owner);
  const { stripeAccountId } = await view(owner, (tx) =>
    tx.tenant.findUniqueOrThrow({ where: { id: owner.tenantId } }),
  );
  const card = await office.stripe.paymentMethods.attach("pm_card_chargeCustomerFail", {
    customer_account: stripeAccountId!,
  });
  await office.stripe.subscriptions.update(id, { default_payment_method: card.id });
  await pass(32 * dayMs);
  const behind = { code: "conflict", message: "A payment is open. Pay it first, then add seats." };
  await expect(setSeats(owner, { seats: 4 })).rejects.toMatchObject(behind);
  await expect(previewSeats(owner, { seats: 4 }, office.gateway)).rejects.toMatchObject(behind);
  expect(await office.seatsOf(owner)).toMatchObject({ whyNoMore: behind.message });
  await setSeats(owner, { seats: 2 });
  await office.sync(owner);
  expect(await office.stripeSeatsOf(owner)).toBe(2);
});

test("once the plan has ended there are no seats to give, and who sat stays known", async () => {
  const owner = now(await office.company(2));
  await office.stripe.subscriptions.cancel(await office.subscriptionOf(owner));
  await office.settle(office.inbox);
  await expect(setSeats(owner, { seats: 3 })).rejects.toMatchObject({ code: "conflict" });
  const kept = await view(owner, (tx) => tx.seatAssignment.count());
  expect(kept).toBe(1);
});
