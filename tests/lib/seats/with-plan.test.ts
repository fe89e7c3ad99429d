import { afterAll, beforeAll, expect, test } from "vitest";
import { confirmedChange } from "#lib/billing/change-input";
import { requestChange } from "#lib/billing/request-change";
import { listSeatDrifts } from "#lib/seats/list-seat-drifts";
import { setSeats } from "#lib/seats/set-seats";
import type { TenantContext } from "#lib/tenancy/context";
import { type Office, openOffice } from "#tests/lib/seats/office";
import { newAdmin } from "#tests/support/people";

let office: Office;

beforeAll(async () => {
  office = await openOffice();
}, 60_000);
afterAll(() => office.close());

const plan = (seats: number) =>
  confirmedChange.parse({ kind: "plan", plan: "pro", interval: "month", seats });

async function driftsOf({ tenantId }: TenantContext) {
  const { rows } = await listSeatDrifts(await newAdmin(office.system));
  return rows.filter((row) => row.tenantId === tenantId);
}

test("seats chosen with a change of plan are the tenant's own: no rule undoes them", async () => {
  await office.rules({ drift: "restore" });
  const owner = await office.company(2);
  await requestChange(owner, plan(6), office.gateway);
  await office.settle(office.inbox);
  await office.settleSeats(owner);
  expect(await office.seatsOf(owner)).toMatchObject({ bought: 6, isPending: false });
  expect([await driftsOf(owner), await office.stripeSeatsOf(owner)]).toEqual([[], 6]);
  await office.rules({});
});

test("two people changing seats and plan at once end with one number, here and at Stripe", async () => {
  const owner = await office.company(2);
  const outcomes = await Promise.allSettled([
    requestChange(owner, plan(6), office.gateway),
    setSeats(owner, { seats: 4 }),
  ]);
  for (const outcome of outcomes) {
    if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "conflict" });
  }
  await office.settle(office.inbox);
  await office.sync(owner);
  await office.settleSeats(owner);
  await office.sync(owner);
  const { bought, isPending } = await office.seatsOf(owner);
  expect([await office.stripeSeatsOf(owner), isPending]).toEqual([bought, false]);
  expect([4, 6]).toContain(bought);
});
