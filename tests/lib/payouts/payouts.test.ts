import { afterAll, beforeAll, expect, test } from "vitest";
import { placeHold } from "#lib/connect/place-hold";
import { releaseHold } from "#lib/connect/release-hold";
import { startOnboarding } from "#lib/connect/start-onboarding";
import { view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import type { Inbox } from "#lib/events/inbox-worker";
import { cancelPayout } from "#lib/payouts/cancel-payout";
import { carryOutMove } from "#lib/payouts/carry-out-move";
import { changeSchedule } from "#lib/payouts/change-schedule";
import { createPayout } from "#lib/payouts/create-payout";
import { getBalances } from "#lib/payouts/get-balances";
import { getPayout } from "#lib/payouts/get-payout";
import { exportParts, listParts } from "#lib/payouts/list-parts";
import { listPayouts } from "#lib/payouts/list-payouts";
import { previewPayout } from "#lib/payouts/preview-payout";
import { resumeMoves } from "#lib/payouts/resume-moves";
import { sweepPayouts } from "#lib/payouts/sweep-payouts";
import { tracePayout } from "#lib/payouts/trace-payout";
import type { TenantContext } from "#lib/tenancy/context";
import { openWorld, type World } from "#tests/lib/billing/world";
import { newAdmin, newMember, newOwner, unique } from "#tests/support/people";

const day = 86_400;
let world: World;
let inbox: Inbox;
let owner: TenantContext;
let account: string;

beforeAll(async () => {
  world = await openWorld();
  inbox = world.startWorker();
  ({ owner, account } = await seller());
}, 60_000);
afterAll(() => world.close());

/** A workspace that takes payments and pays out by hand. */
async function seller(): Promise<{ owner: TenantContext; account: string }> {
  const { owner: found } = await newOwner(world.system);
  await startOnboarding(found, world.gateway);
  const { accountId } = await view(found, (tx) =>
    tx.connectedAccount.findUniqueOrThrow({ where: { tenantId: found.tenantId } }),
  );
  await world.act(`accounts/${accountId}/onboard`);
  await world.settle(inbox);
  await changeSchedule(found, { interval: "manual" }, world.gateway);
  return { owner: found, account: accountId };
}

/** A payment on the account, available at once unless told otherwise. */
function pay(amount: number, method = "pm_card_bypassPending", on = account) {
  return world.stripe.paymentIntents.create(
    {
      ...{ amount, currency: "usd", confirm: true, payment_method: method },
      automatic_payment_methods: { enabled: true, allow_redirects: "never" },
    },
    { stripeAccount: on },
  );
}

const usd = async () => {
  const { currencies } = await getBalances(owner, world.gateway);
  return currencies.find(({ currency }) => currency === "usd")!;
};
const refused = (error: unknown) => (error as Refusal).message;

async function payOut(minor: bigint, over: { method?: "instant"; key?: string } = {}) {
  const { method = "standard" as const, key = unique("key") } = over;
  const wanted = { currency: "usd", method };
  const { most } = await previewPayout(owner, { ...wanted, minor: 1n }, world.gateway);
  return createPayout(owner, { ...wanted, minor, key, seenMinor: most.minor }, world.gateway);
}

test("a balance says what is there, what lands when, and what can be had at once", async () => {
  await pay(10_000);
  await pay(5_000, "pm_card_visa");
  const { available, pending, landing, unplaced, instant, target } = await usd();
  expect(available.minor).toBe(9_680n);
  expect(pending.minor).toBe(4_825n);
  expect(landing.map(({ amount }) => amount.minor)).toEqual([4_825n]);
  expect(landing[0]!.day > world.system.now()).toBe(true);
  expect(unplaced.minor).toBe(0n);
  expect(instant).toMatchObject({ drawn: { minor: 14_505n }, arrives: { minor: 14_361n } });
  expect(target).toMatchObject({ kind: "bank_account", isErrored: false });
});

test("a payout above the balance is refused with how much there is and when more comes", async () => {
  const error = await payOut(9_681n).catch(refused);
  expect(error).toMatch(/^At most \$96\.80 can be paid out now\. \$48\.25 more is available from /);
  const nowhere = { currency: "eur", minor: 100n, method: "standard" as const };
  const message = await previewPayout(owner, nowhere, world.gateway).catch(refused);
  expect(message).toMatch(/No bank account here takes EUR/);
});

test("one key is one payout; of two people at once the second is told to look again", async () => {
  const key = unique("key");
  const { most } = await previewPayout(
    owner,
    { currency: "usd", minor: 1n, method: "standard" },
    world.gateway,
  );
  const wanted = { currency: "usd", minor: 1_000n, method: "standard", seenMinor: most.minor };
  const ask = (name: string) =>
    createPayout(owner, { ...wanted, method: "standard", key: name }, world.gateway);
  const [first, same] = await Promise.all([ask(key), ask(key)]);
  expect(same.stripeId).toBe(first.stripeId);
  expect((await ask(key)).id).toBe(first.id);
  const late = await ask(unique("key")).catch(refused);
  expect(late).toMatch(/balance changed meanwhile: \$86\.80/);
  const { data } = await world.stripe.payouts.list({}, { stripeAccount: account });
  expect(data).toHaveLength(1);

  const { rows } = await listPayouts(owner);
  expect(rows).toMatchObject([{ status: "pending", isAutomatic: false, parts: "not_itemised" }]);
  await cancelPayout(owner, { payoutId: first.stripeId!, key: unique("key") }, world.gateway);
  expect((await usd()).available.minor).toBe(9_680n);
  const again = { payoutId: first.stripeId!, key: unique("key") };
  const cannot = await cancelPayout(owner, again, world.gateway).catch(refused);
  expect(cannot).toBe("This payout is canceled, so it cannot be stopped any more.");
});

test("a payout whose answer was lost is found, not made twice", async () => {
  const before = (await world.stripe.payouts.list({}, { stripeAccount: account })).data.length;
  const lost = {
    ...world.gateway,
    createPayout: async (...args: Parameters<typeof world.gateway.createPayout>) => {
      await world.gateway.createPayout(...args);
      throw new Refusal("unavailable", "cut off");
    },
  };
  const { most } = await previewPayout(
    owner,
    { currency: "usd", minor: 1n, method: "standard" },
    world.gateway,
  );
  const key = unique("key");
  const wanted = { currency: "usd", minor: 500n, method: "standard", key } as const;
  const ask = { ...wanted, seenMinor: most.minor };
  await expect(createPayout(owner, ask, lost)).rejects.toThrow("cut off");
  const done = await createPayout(owner, ask, world.gateway);
  expect(done).toMatchObject({ status: "done", fee: { minor: 0n } });
  const { data } = await world.stripe.payouts.list({}, { stripeAccount: account });
  expect(data).toHaveLength(before + 1);
  expect(await resumeMoves(world.system)).toBe(0);
  await cancelPayout(owner, { payoutId: done.stripeId!, key: unique("key") }, world.gateway);
});

test("a move whose asker died goes on by itself, though Stripe forgot its key, and once", async () => {
  const died = {
    ...world.gateway,
    createPayout: async (...args: Parameters<typeof world.gateway.createPayout>) => {
      await world.gateway.createPayout(...args);
      throw new Error("the process died");
    },
  };
  const wanted = { currency: "usd", minor: 700n, method: "standard", key: unique("key") } as const;
  const { most } = await previewPayout(owner, wanted, world.gateway);
  const list = async () => (await world.stripe.payouts.list({}, on)).data.length;
  const on = { stripeAccount: account };
  const before = await list();
  await expect(createPayout(owner, { ...wanted, seenMinor: most.minor }, died)).rejects.toThrow(
    "died",
  );
  const at = (hours: number) => ({
    ...world.system,
    now: () => new Date(world.system.now().getTime() + hours * 3_600_000),
  });
  expect(await resumeMoves(world.system)).toBe(0);
  expect(await resumeMoves(at(0.1))).toBe(1);
  const [move] = await view(world.system, (tx) =>
    tx.moneyMove.findMany({ where: { accountId: account, status: "requested" } }),
  );

  const asked: string[] = [];
  const forgetful = {
    ...world.gateway,
    createPayout: async () => {
      asked.push("again");
      throw new Error("Stripe would make a second one");
    },
  };
  const moveId = move!.id;
  const done = await carryOutMove(at(21), { moveId }, forgetful);
  expect(done).toMatchObject({ status: "done", stripeId: expect.stringMatching(/^po_/) });
  expect(asked).toEqual([]);
  expect(await list()).toBe(before + 1);
  expect(await carryOutMove(at(22), { moveId }, forgetful)).toEqual(done);
  await cancelPayout(owner, { payoutId: done.stripeId!, key: unique("key") }, world.gateway);
});

test("an instant payout says its fee before and takes exactly that", async () => {
  const wanted = { currency: "usd", minor: 5_000n, method: "instant" as const };
  const preview = await previewPayout(owner, wanted, world.gateway);
  expect(preview).toMatchObject({
    fee: { minor: 51n },
    isFeeEstimated: true,
    arrivesIn: "minutes",
  });
  const all = { ...wanted, minor: preview.most.minor };
  const whole = await previewPayout(owner, all, world.gateway);
  expect(whole).toMatchObject({ isFeeEstimated: false, leaves: { minor: 0n } });
  const done = await payOut(preview.most.minor, { method: "instant" });
  expect(done.fee).toEqual(whole.fee);
});

test("a schedule, once changed, pays out by itself; what is in it adds up to the cent", async () => {
  const other = await seller();
  const on = { stripeAccount: other.account };
  await pay(10_000, "pm_card_bypassPending", other.account);
  const second = await pay(6_000, "pm_card_bypassPending", other.account);
  const refund = await world.stripe.refunds.create(
    { payment_intent: second.id, amount: 1_500 },
    on,
  );
  // A refund is taken off only when it would have been available itself.
  await world.act("clock", { advance_seconds: 3 * day });
  const schedule = { interval: "daily", minimums: { usd: 1_000n } } as const;
  const settings = await changeSchedule(other.owner, schedule, world.gateway);
  expect(settings).toMatchObject({ interval: "daily", minimums: { usd: 1_000n } });
  await world.act("clock", { advance_seconds: 4 * day });
  await world.settle(inbox);

  const [payout] = (await listPayouts(other.owner)).rows;
  // 100.00 - 3.20 and 60.00 - 2.04, less 15.00, of which 10.00 stay.
  expect(payout).toMatchObject({
    ...{ status: "paid", amount: { minor: 12_976n }, parts: "itemised" },
    bankReference: { status: "supported" },
  });
  const asked = { payoutId: payout!.id };
  expect((await getPayout(other.owner, asked, world.gateway)).composition).toBeNull();
  const key = { account: other.account, ...asked };
  await Promise.all([1, 2].map(() => tracePayout(world.system, key, world.gateway)));
  await tracePayout(world.system, key, world.gateway);
  const { composition } = await getPayout(other.owner, asked, world.gateway);
  expect(composition).toMatchObject({
    lines: [
      { kind: "payments", count: 2, amount: { minor: 16_000n } },
      { kind: "refunds", count: 1, amount: { minor: -1_500n } },
      { kind: "kept", count: 1, amount: { minor: -1_000n } },
    ],
    fees: { stripe: { minor: -524n }, platform: { minor: 0n }, other: { minor: 0n } },
    ...{ total: { minor: 12_976n }, missing: { minor: 0n }, count: 4 },
  });

  const back = await listPayouts(other.owner, { source: refund.id });
  expect(back.rows.map(({ id, missingMinor }) => [id, missingMinor])).toEqual([[payout!.id, 0n]]);
  const { rows } = await listParts(other.owner, { ...asked, kind: "refunds" });
  expect(rows).toMatchObject([{ sourceId: refund.id, chargeId: second.latest_charge }]);
  const pieces: string[] = [];
  for await (const piece of await exportParts(other.owner, asked)) pieces.push(piece);
  const lines = pieces.join("").trim().split("\r\n");
  expect(lines).toHaveLength(5);
  expect(lines.find((line) => line.includes(refund.id))).toContain("USD,-15.00,0.00,0.00,0.00");

  expect((await sweepPayouts(world.system)).traced).toBe(0);
  await expect(getPayout(owner, asked, world.gateway)).rejects.toMatchObject({ code: "not_found" });
});

test("a reading that is cut off goes on after its last page", async () => {
  const other = await seller();
  for (const amount of [3_000, 4_000, 5_000]) {
    await pay(amount, "pm_card_bypassPending", other.account);
  }
  await changeSchedule(other.owner, { interval: "daily" }, world.gateway);
  await world.act("clock", { advance_seconds: 6 * day });
  await world.settle(inbox);
  const payoutId = (await listPayouts(other.owner)).rows[0]!.id;
  const key = { account: other.account, payoutId };
  const { rows } = await world.gateway.listBalanceRows(other.account, { payoutId });
  const asked: (string | null)[] = [];
  const byOne = {
    ...world.gateway,
    // Stripe's pages are of a hundred; here each holds one row.
    listBalanceRows: async (_account: string, { after = null }: { after?: string | null }) => {
      asked.push(after);
      if (asked.length === 3) throw new Error("cut off");
      const place = rows.findIndex(({ id }) => id === after) + 1;
      const next = place + 1 < rows.length ? rows[place]!.id : null;
      return { rows: [rows[place]!], next };
    },
  };
  await expect(tracePayout(world.system, key, byOne)).rejects.toThrow("cut off");
  const { composition: half } = await getPayout(other.owner, { payoutId }, world.gateway);
  expect(half!.readAt).toBeNull();
  expect(half!.missing.minor).toBeGreaterThan(0n);
  await tracePayout(world.system, key, byOne);
  expect(asked[3]).toBe(asked[2]);
  const { composition } = await getPayout(other.owner, { payoutId }, world.gateway);
  expect(composition).toMatchObject({ count: 3, missing: { minor: 0n } });
  expect(composition!.readAt).not.toBeNull();
});

test("a payout that fails after it arrived says why; nothing goes there until it is mended", async () => {
  const other = await seller();
  const on = { stripeAccount: other.account };
  await pay(10_000, "pm_card_bypassPending", other.account);
  const sent = await world.stripe.payouts.create({ amount: 5_000, currency: "usd" }, on);
  await world.act("clock", { advance_seconds: 4 * day });
  await world.settle(inbox);
  await world.act(`payouts/${sent.id}/fail`, { code: "account_closed" });
  await world.settle(inbox);
  const failed = await getPayout(other.owner, { payoutId: sent.id }, world.gateway);
  expect(failed).toMatchObject({
    ...{ status: "failed", target: { isErrored: true } },
    failure: { code: "account_closed", mend: "replace", stops: true },
  });
  const kinds = await view(world.system, (tx) =>
    tx.fact.findMany({
      where: { tenantId: other.owner.tenantId, kind: { startsWith: "payout." } },
      orderBy: { at: "asc" },
    }),
  );
  expect(new Set(kinds.map(({ kind }) => kind))).toEqual(
    new Set(["payout.created", "payout.paid", "payout.failed"]),
  );
  const mails = await view(world.system, (tx) =>
    tx.mail.findMany({ where: { reference: { startsWith: `payout:${sent.id}:` } } }),
  );
  const headings = mails.map(({ data }) => (data as { heading: string }).heading);
  expect(headings.toSorted()).toEqual([
    expect.stringContaining("A payout of $50.00"),
    expect.stringContaining("The first payout of"),
  ]);

  const asked = { currency: "usd", minor: 100n, method: "standard" as const };
  const stopped = await previewPayout(other.owner, asked, world.gateway).catch(refused);
  expect(stopped).toMatch(/^A payout to .* failed, so Stripe sends nothing there/);
  const bank = { object: "bank_account", country: "US", currency: "usd" } as const;
  const numbers = { account_number: "000123456789", routing_number: "110000000" };
  await world.stripe.accounts.createExternalAccount(other.account, {
    ...{ external_account: { ...bank, ...numbers }, default_for_currency: true },
  });
  const mended = await previewPayout(other.owner, asked, world.gateway);
  expect(mended).toMatchObject({ target: { isErrored: false }, most: { minor: 9_680n } });
});

test("a manual payout says what had become available, and ties itself to nothing", async () => {
  const other = await seller();
  const { id } = await pay(10_000, "pm_card_bypassPending", other.account);
  const on = { stripeAccount: other.account };
  const sent = await world.stripe.payouts.create({ amount: 9_000, currency: "usd" }, on);
  await world.settle(inbox);
  const asked = { payoutId: sent.id };
  const { covering, composition } = await getPayout(other.owner, asked, world.gateway);
  expect(composition).toBeNull();
  expect(covering).toMatchObject({
    ...{ since: null, total: { minor: 9_680n }, fromBefore: { minor: 0n }, isCut: false },
    rows: [{ category: "charge", net: { minor: 9_680n } }],
  });
  expect(id).toMatch(/^pi_/);
});

test("who may not is told who may", async () => {
  const { member } = await newMember(world.system, owner, "developer");
  await expect(getBalances(member, world.gateway)).rejects.toMatchObject({ code: "forbidden" });
  const { member: finance } = await newMember(world.system, owner, "finance");
  const schedule = changeSchedule(finance, { interval: "daily" }, world.gateway);
  await expect(schedule).rejects.toMatchObject({ code: "forbidden" });
});

test("while the platform holds payouts back nothing leaves, and nobody changes when", async () => {
  const admin = await newAdmin(world.system);
  const { tenantId } = owner;
  const stops = { payments: false, payouts: true, reason: "A review." };
  const { id } = await placeHold(admin, { tenantId, ...stops, key: unique("hold") });
  const asked = { currency: "usd", minor: 100n, method: "standard" as const };
  const no = /^We stopped the payouts of this/;
  const schedule = changeSchedule(owner, { interval: "daily" }, world.gateway);
  await expect(schedule).rejects.toThrow(no);
  await expect(previewPayout(owner, asked, world.gateway)).rejects.toThrow(no);
  const payout = { ...asked, key: unique("key"), seenMinor: 100n };
  await expect(createPayout(owner, payout, world.gateway)).rejects.toThrow(no);
  expect(await getBalances(owner, world.gateway)).toMatchObject({
    ...{ isHeld: true, nextPayoutOn: null, settings: { interval: "manual" } },
  });
  await releaseHold(admin, { id, note: "All is well." });
  const { interval } = await changeSchedule(owner, { interval: "daily" }, world.gateway);
  expect(interval).toBe("daily");
});
