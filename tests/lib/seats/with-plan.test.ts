import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { confirmedChange } from "#lib/billing/change-input";
import { requestChange } from "#lib/billing/request-change";
import { listSeatDrifts } from "#lib/seats/list-seat-drifts";
import { setSeats } from "#lib/seats/set-seats";
import { syncSeats } from "#lib/seats/sync-seats";
import type { TenantContext } from "#lib/tenancy/context";
import { type Office, openOffice } from "#tests/lib/seats/office";
import { newAdmin } from "#tests/support/people";

vi.setConfig({ testTimeout: 120_000 });

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

/** Numbers that repeat for a seed, so that a failure can be seen again. */
function draws(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

test("in whatever order a plan, seats and the word to Stripe meet, one number holds and is billed", async () => {
  await office.rules({ drift: "ask" });
  const owner = await office.company(2);
  const draw = draws(20_261_122);
  for (let round = 0; round < 8; round += 1) {
    const { bought: before } = await office.seatsOf(owner);
    const at = async <T>(act: () => Promise<T>): Promise<T> => {
      await new Promise((resolve) => setTimeout(resolve, draw() * 150));
      return act();
    };
    const [ofPlan, ofSeats] = [before + 1, before + 2];
    const outcomes = await Promise.allSettled([
      at(() => requestChange(owner, plan(ofPlan), office.gateway)),
      at(async () => {
        await setSeats(owner, { seats: ofSeats });
        office.clock.aheadMs += 20_000;
        await syncSeats(office.system, { tenantId: owner.tenantId }, office.gateway);
      }),
    ]);
    for (const outcome of outcomes) {
      if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "conflict" });
    }
    await office.settle(office.inbox);
    for (const _ of [1, 2]) {
      await office.sync(owner);
      await office.settleSeats(owner);
    }
    const { bought, isPending } = await office.seatsOf(owner);
    expect([round, bought, isPending]).toEqual([round, await office.stripeSeatsOf(owner), false]);
    expect([ofPlan, ofSeats]).toContain(bought);
  }
  expect(await driftsOf(owner)).toEqual([]);
  await office.rules({});
});

test("a plan that is made while Stripe is told of seats, and heard of after it, undoes nothing", async () => {
  await office.rules({ drift: "ask" });
  office.clock.aheadMs = 0;
  const owner = await office.company(2);
  await setSeats(owner, { seats: 4 });
  await office.inbox.stop();
  const gateway: typeof office.gateway = {
    ...office.gateway,
    changeQuantity: async (asked) => {
      await requestChange(owner, plan(3), office.gateway);
      await office.act("settle");
      await office.act("webhooks/hold");
      return office.gateway.changeQuantity(asked);
    },
  };
  await syncSeats(office.system, { tenantId: owner.tenantId }, gateway);
  const inbox = office.startWorker();
  await inbox.idle();
  expect(await office.seatsOf(owner)).toMatchObject({ bought: 4, isPending: false });
  await office.act("webhooks/release");
  await office.settle(inbox);
  await office.settleSeats(owner);
  expect([(await office.seatsOf(owner)).bought, await office.stripeSeatsOf(owner)]).toEqual([4, 4]);
  expect(await driftsOf(owner)).toEqual([]);
});
