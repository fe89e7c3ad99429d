import { afterAll, beforeAll, expect, test } from "vitest";
import { view } from "#lib/db/transaction";
import { checkSeats } from "#lib/seats/check-seats";
import { decideSeatDrift } from "#lib/seats/decide-seat-drift";
import { listSeatDrifts } from "#lib/seats/list-seat-drifts";
import { setSeats } from "#lib/seats/set-seats";
import type { PlatformContext, TenantContext } from "#lib/tenancy/context";
import { type Office, openOffice } from "#tests/lib/seats/office";
import { newAdmin } from "#tests/support/people";

let office: Office;
let admin: PlatformContext;
const dayMs = 86_400_000;

beforeAll(async () => {
  office = await openOffice();
  admin = await newAdmin(office.system);
}, 60_000);
afterAll(() => office.close());

/** Somebody changes the quantity in Stripe's dashboard. */
async function changeAtStripe(owner: TenantContext, quantity: number): Promise<void> {
  const id = await office.subscriptionOf(owner);
  const { items } = await office.stripe.subscriptions.retrieve(id);
  const item = items.data.find(({ price }) => price.lookup_key?.includes("/seats/"))!;
  await office.stripe.subscriptions.update(id, { items: [{ id: item.id, quantity }] });
  await office.settle(office.inbox);
}

async function foundOf({ tenantId }: TenantContext) {
  const { rows } = await listSeatDrifts(admin);
  return rows.filter((row) => row.tenantId === tenantId);
}

test("by the rule adopt, a quantity changed at Stripe becomes ours, and is told", async () => {
  const owner = await office.company(2);
  await changeAtStripe(owner, 6);
  await office.settleSeats(owner);
  expect(await office.seatsOf(owner)).toMatchObject({ bought: 6, isPending: false });
  expect(await foundOf(owner)).toMatchObject([
    { seats: 2, stripeSeats: 6, status: "settled", rule: "adopt", decidedBy: null },
  ]);
  await office.settleSeats(owner);
  expect(await foundOf(owner)).toHaveLength(1);
});

test("by the rule restore, our number is put back, though its webhook was lost", async () => {
  await office.rules({ drift: "restore" });
  const owner = await office.company(4);
  await office.act("webhooks/hold");
  await changeAtStripe(owner, 1);
  expect(await office.seatsOf(owner)).toMatchObject({ bought: 4 });
  expect(await checkSeats(office.system, office.gateway)).toBeGreaterThan(0);
  expect(await foundOf(owner)).toMatchObject([{ stripeSeats: 1, status: "repairing" }]);
  await office.act("webhooks/release");
  await office.sync(owner);
  expect(await office.stripeSeatsOf(owner)).toBe(4);
  expect(await foundOf(owner)).toMatchObject([{ status: "settled" }]);
  await office.rules({});
});

test("by the rule ask, an admin decides, once", async () => {
  await office.rules({ drift: "ask" });
  const [kept, taken] = [await office.company(3), await office.company(3)];
  for (const owner of [kept, taken]) {
    await changeAtStripe(owner, 5);
    await office.settleSeats(owner);
    expect(await office.seatsOf(owner)).toMatchObject({ bought: 3 });
  }
  const [[first], [second]] = [await foundOf(kept), await foundOf(taken)];
  await decideSeatDrift(admin, { id: first!.id, decision: "restore" });
  await decideSeatDrift(admin, { id: second!.id, decision: "adopt" });
  await expect(decideSeatDrift(admin, { id: second!.id, decision: "adopt" })).rejects.toMatchObject(
    { code: "conflict" },
  );
  await office.sync(kept);
  expect([await office.stripeSeatsOf(kept), (await office.seatsOf(taken)).bought]).toEqual([3, 5]);
  await office.rules({});
});

test("fewer bought than taken: the newest lose theirs once the days are over, owners last", async () => {
  const owner = await office.company(3);
  await office.colleagues(owner, 2);
  await changeAtStripe(owner, 1);
  await office.settleSeats(owner);
  const over = await office.seatsOf(owner);
  expect(over).toMatchObject({ bought: 1, taken: 3, over: 2, left: 0 });
  expect(over.overUntil!.getTime() - Date.now()).toBeGreaterThan(6 * dayMs);

  await office.settleSeats(owner);
  const mails = await view(office.system, (tx) =>
    tx.mail.findMany({ where: { data: { path: ["path"], equals: `/${owner.tenantSlug}/team` } } }),
  );
  expect(mails.map(({ data }) => (data as { line: string }).line)).toEqual([
    expect.stringMatching(/^3 seats are taken and 1 are paid for\..* the newest 2 lose theirs\.$/),
  ]);

  office.clock.aheadMs += 8 * dayMs;
  await office.settleSeats(owner);
  office.clock.aheadMs -= 8 * dayMs;
  const { taken, holders, overUntil } = await office.seatsOf(owner);
  expect([taken, overUntil, holders[0]?.memberId]).toEqual([1, null, over.holders[0]?.memberId]);
});

test("what was decided while Stripe was asked is no drift", async () => {
  const owner = await office.company(2);
  await changeAtStripe(owner, 5);
  await setSeats(owner, { seats: 3 });
  await office.settleSeats(owner);
  await office.sync(owner);
  expect(await office.stripeSeatsOf(owner)).toBe(3);
  expect(await foundOf(owner)).toEqual([]);
});

test("who may not decide is refused, and everyone of the platform may look", async () => {
  const reader = await newAdmin(office.system, "read_only");
  await expect(
    decideSeatDrift(reader, { id: "sdr_none", decision: "dismiss" }),
  ).rejects.toMatchObject({ code: "forbidden" });
  expect((await listSeatDrifts(reader)).health.pools).toBeGreaterThan(0);
});
