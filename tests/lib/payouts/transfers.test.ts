import { afterAll, beforeAll, expect, test } from "vitest";
import { startOnboarding } from "#lib/connect/start-onboarding";
import { view } from "#lib/db/transaction";
import { getLoss, recoverLoss } from "#lib/disputes/recover-loss";
import type { Refusal } from "#lib/errors";
import type { Inbox } from "#lib/events/inbox-worker";
import { debitTenant, previewDebit } from "#lib/payouts/debit-tenant";
import { getFee } from "#lib/payouts/get-fee";
import { getPlatformBalance } from "#lib/payouts/get-platform-balance";
import { getTransfer } from "#lib/payouts/get-transfer";
import { listMoves, listTopups } from "#lib/payouts/list-topups";
import { listFees, listTransfers } from "#lib/payouts/list-transfers";
import {
  cancelPlatformPayout,
  payOutPlatform,
  previewPlatformPayout,
} from "#lib/payouts/pay-out-platform";
import { refundFee } from "#lib/payouts/refund-fee";
import { reverseTransfer } from "#lib/payouts/reverse-transfer";
import { previewTransfer, sendTransfer } from "#lib/payouts/send-transfer";
import { cancelTopUp, topUp } from "#lib/payouts/top-up";
import type { PlatformContext, TenantContext } from "#lib/tenancy/context";
import { openWorld, type World } from "#tests/lib/billing/world";
import { setEnvironment } from "#tests/support/environment";
import { newAdmin, newOwner, unique } from "#tests/support/people";

const day = 86_400;
let world: World;
let inbox: Inbox;
let admin: PlatformContext;
let seller: TenantContext;
let account: string;

beforeAll(async () => {
  world = await openWorld();
  inbox = world.startWorker();
  admin = await newAdmin(world.system);
  ({ owner: seller, account } = await onboard("marketplace"));
}, 60_000);
afterAll(() => world.close());

async function onboard(profile: "marketplace" | "saas") {
  setEnvironment({ CONNECT_PROFILE: profile });
  const { owner } = await newOwner(world.system);
  await startOnboarding(owner, world.gateway);
  const where = { tenantId: owner.tenantId };
  const kept = await view(owner, (tx) => tx.connectedAccount.findUniqueOrThrow({ where }));
  await world.act(`accounts/${kept.accountId}/onboard`);
  await world.settle(inbox);
  return { owner, account: kept.accountId };
}

const usd = { currency: "usd", description: "Prize of November", why: "They won it." };
const refused = (error: unknown) => (error as Refusal).message;

async function send(minor: bigint) {
  const { tenantId } = seller;
  const { most } = await previewTransfer(
    admin,
    { tenantId, currency: "usd", minor },
    world.gateway,
  );
  const asked = { ...usd, tenantId, minor, key: unique("key"), seenMinor: most.minor };
  return sendTransfer(admin, asked, world.gateway);
}

test("a top-up arrives, and one under way is called off once", async () => {
  const ask = (minor: bigint) => topUp(admin, { ...usd, minor, key: unique("key") }, world.gateway);
  const first = await ask(20_000n);
  const second = await ask(5_000n);
  const why = "Not needed after all.";
  const off = { topupId: second.stripeId!, key: unique("key"), why };
  await cancelTopUp(admin, off, world.gateway);
  const again = await cancelTopUp(admin, { ...off, key: unique("key") }, world.gateway).catch(
    refused,
  );
  expect(again).toBe("This top-up is canceled, so it cannot be called off.");
  await world.act("clock", { advance_seconds: 3 * day });
  await world.settle(inbox);
  const { rows } = await listTopups(admin);
  const states = new Map(rows.map(({ id, status }) => [id, status]));
  expect(states).toEqual(
    new Map([
      [first.stripeId, "succeeded"],
      [second.stripeId, "canceled"],
    ]),
  );
  const { currencies } = await getPlatformBalance(admin, world.gateway);
  expect(currencies).toMatchObject([{ available: { minor: 20_000n } }]);
});

test("a transfer is never more than there is, and says both its ends", async () => {
  expect(await send(20_001n).catch(refused)).toBe(
    "At most $200.00 of ours can be sent now. A top-up brings more.",
  );
  const sent = await send(8_000n);
  const page = await getTransfer(admin, { transferId: sent.stripeId! });
  expect(page).toMatchObject({
    ...{ amount: { minor: 8_000n }, accountId: account, tenant: { id: seller.tenantId } },
    ...{ returned: { minor: 0n }, moves: [{ id: sent.id, reason: usd.why }] },
  });
  expect(page.thereId).toMatch(/^py_/);
  expect((await listTransfers(admin, { tenant: seller.tenantSlug })).rows).toHaveLength(1);
  expect((await listTransfers(admin, { state: "back" })).rows).toEqual([]);
});

test("what is taken back of it is kept, and never more than is left", async () => {
  const transferId = (await listTransfers(admin)).rows[0]!.id;
  const ask = (minor: bigint, seenMinor: bigint) =>
    reverseTransfer(
      admin,
      { transferId, minor, seenMinor, key: unique("key"), why: "Too much.", refundsFee: false },
      world.gateway,
    );
  await ask(3_000n, 8_000n);
  expect(await ask(1_000n, 8_000n).catch(refused)).toMatch(/meanwhile: \$50\.00 is left/);
  expect(await ask(5_001n, 5_000n).catch(refused)).toBe("At most $50.00 is left.");
  const { returned, reversals } = await getTransfer(admin, { transferId });
  expect(returned.minor).toBe(3_000n);
  expect(reversals).toMatchObject([{ amount: { minor: 3_000n } }]);
  expect((await listTransfers(admin, { state: "partly" })).rows).toHaveLength(1);
});

test("a fee is listed with what it is of, and given back once", async () => {
  await world.stripe.paymentIntents.create({
    ...{ amount: 10_000, currency: "usd", confirm: true, payment_method: "pm_card_visa" },
    automatic_payment_methods: { enabled: true, allow_redirects: "never" },
    ...{ application_fee_amount: 1_000, transfer_data: { destination: account } },
  });
  await world.settle(inbox);
  const [fee] = (await listFees(admin)).rows;
  expect(fee).toMatchObject({ amount: { minor: 1_000n }, accountId: account });
  expect(fee!.chargeId).toMatch(/^ch_/);
  const asked = { feeId: fee!.id, minor: 400n, seenMinor: 1_000n, why: "Goodwill." };
  const key = unique("key");
  await refundFee(admin, { ...asked, key }, world.gateway);
  await refundFee(admin, { ...asked, key }, world.gateway);
  const { rows } = await listFees(admin, { state: "partly" });
  expect(rows).toMatchObject([{ returned: { minor: 400n } }]);
  const page = await getFee(admin, { feeId: fee!.id });
  expect(page).toMatchObject({
    ...{ chargeId: fee!.chargeId, returned: { minor: 400n }, tenant: { id: seller.tenantId } },
    ...{ refunds: [{ amount: { minor: 400n } }], moves: [{ reason: "Goodwill." }] },
  });
  const parts = await view(world.system, (tx) => tx.stripeFeeRefund.findMany());
  expect(parts).toMatchObject([{ feeId: fee!.id, amountMinor: 400n }]);
});

test("an account is debited below nothing, and where Stripe bears losses not at all", async () => {
  const { tenantId } = seller;
  const asked = { tenantId, currency: "usd", minor: 6_000n };
  const { available, leaves } = await previewDebit(admin, asked, world.gateway);
  expect([available.minor, leaves.minor]).toEqual([5_000n, -1_000n]);
  const sent = { ...asked, ...usd, key: unique("key"), seenMinor: 5_000n };
  await debitTenant(admin, sent, world.gateway);
  const { currencies } = await getPlatformBalance(admin, world.gateway);
  // What they are short of is held of what the platform has, but for what is on its way to them.
  expect(currencies[0]!.available.minor).toBeGreaterThan(0n);
  const charge = await view(world.system, (tx) =>
    tx.stripeCharge.findFirst({ where: { account: "", tenantId, amountMinor: 6_000n } }),
  );
  expect(charge?.id).toMatch(/^py_/);

  const { owner } = await onboard("saas");
  const theirs = { ...asked, tenantId: owner.tenantId };
  expect(await previewDebit(admin, theirs, world.gateway).catch(refused)).toMatch(/^Stripe bears/);
  const nothing = await previewTransfer(admin, theirs, world.gateway).catch(refused);
  expect(nothing).toMatch(/take their payments themselves/);
});

test("what is ours is paid out by hand, never more than is available, and stopped in time", async () => {
  const preview = (minor: bigint) =>
    previewPlatformPayout(admin, { currency: "usd", minor, method: "standard" }, world.gateway);
  const { most } = await preview(1n);
  expect(await preview(most.minor + 1n).catch(refused)).toMatch(
    /^At most \$.* of ours can be paid out now\.$/,
  );
  const ask = (key: string, minor = 1_500n) =>
    payOutPlatform(
      admin,
      {
        ...{ key, why: "Rent is due.", currency: "usd", minor, method: "standard" },
        seenMinor: most.minor,
      },
      world.gateway,
    );
  const key = unique("key");
  expect(await ask(unique("key")).catch(refused)).toMatch(/any external accounts in that currency/);
  const { id: platform } = await world.stripe.accounts.retrieveCurrent();
  const bank = { object: "bank_account", country: "US", currency: "usd" } as const;
  const numbers = { account_number: "000123456789", routing_number: "110000000" };
  await world.stripe.accounts.createExternalAccount(platform, {
    ...{ external_account: { ...bank, ...numbers }, default_for_currency: true },
  });
  const [sent, same] = await Promise.all([ask(key), ask(key)]);
  expect(same.stripeId).toBe(sent.stripeId);
  expect(await ask(unique("key")).catch(refused)).toMatch(/^The balance changed meanwhile/);
  expect((await preview(1n)).most.minor).toBe(most.minor - 1_500n);
  const stop = () =>
    cancelPlatformPayout(
      admin,
      { payoutId: sent.stripeId!, key: unique("key"), why: "Wrong day." },
      world.gateway,
    );
  await stop();
  expect(await stop().catch(refused)).toBe(
    "This payout is canceled, so it cannot be stopped any more.",
  );
  expect((await preview(1n)).most.minor).toBe(most.minor);
});

test("what is ours is at our bank within minutes for a fee that is said before", async () => {
  const ours = { currency: "usd", minor: 2_000n, method: "instant" } as const;
  const preview = (over: object = {}) =>
    previewPlatformPayout(admin, { ...ours, ...over }, world.gateway);
  expect(await preview({ currency: "eur" }).catch(refused)).toMatch(
    /^Stripe offers no instant payout of ours in EUR now\. It takes money that is there/,
  );
  const { most, fee, isFeeEstimated, arrivesIn } = await preview();
  expect({ isFeeEstimated, arrivesIn }).toEqual({ isFeeEstimated: true, arrivesIn: "minutes" });
  expect(fee.minor).toBeGreaterThan(0n);
  expect(await preview({ minor: most.minor + 1n }).catch(refused)).toMatch(
    /^At most \$.* can arrive within minutes now\.$/,
  );
  const pay = (minor: bigint, seenMinor: bigint, key = unique("key")) =>
    payOutPlatform(
      admin,
      { ...ours, key, minor, seenMinor, why: "Wages are due today." },
      world.gateway,
    );
  expect(await pay(1_000n, most.minor - 1n).catch(refused)).toMatch(
    /^The balance changed meanwhile: \$.* can be paid out/,
  );
  const whole = await preview({ minor: most.minor });
  expect(whole).toMatchObject({ isFeeEstimated: false, leaves: { minor: 0n } });
  const key = unique("key");
  const [done, same] = await Promise.all([
    pay(most.minor, most.minor, key),
    pay(most.minor, most.minor, key),
  ]);
  expect(same.stripeId).toBe(done.stripeId);
  expect(done).toMatchObject({ status: "done", fee: whole.fee, reason: "Wages are due today." });
  const payout = await world.stripe.payouts.retrieve(done.stripeId!);
  expect(payout).toMatchObject({ method: "instant", amount: Number(most.minor) });
  const [listed] = (await listMoves(admin)).rows;
  expect(listed).toMatchObject({ id: done.id, kind: "payout", requestedById: admin.userId });
});

test("what a dispute of a payment sent on cost us is taken back, never more than it", async () => {
  const paid = await world.stripe.paymentIntents.create({
    ...{ amount: 10_000, currency: "usd", confirm: true, payment_method: "pm_card_visa" },
    automatic_payment_methods: { enabled: true, allow_redirects: "never" },
    transfer_data: { destination: account },
  });
  const { id: disputeId } = await world.act<{ id: string }>("disputes", {
    charge: paid.latest_charge,
  });
  await world.settle(inbox);
  const loss = () => getLoss(admin, { disputeId });
  expect(await loss()).toMatchObject({
    ...{ cost: { minor: 11_500n }, recovered: { minor: 0n }, left: { minor: 11_500n } },
    ...{ reversal: { most: { minor: 10_000n } }, debit: { most: { minor: 11_500n } } },
  });
  type Way = "reversal" | "debit";
  const ask = (way: Way, minor: bigint, seenMinor: bigint, key = unique("key")) =>
    recoverLoss(
      admin,
      { disputeId, key, way, minor, seenMinor, why: "Their sale." },
      world.gateway,
    );
  expect(await ask("reversal", 10_001n, 11_500n).catch(refused)).toBe(
    "At most $100.00 can be taken back this way.",
  );
  const key = unique("key");
  const twice = [1, 2].map(() => ask("reversal", 10_000n, 11_500n, key));
  const [first, same] = await Promise.all(twice);
  expect(same!.id).toBe(first!.id);
  expect(await ask("debit", 1_500n, 11_500n).catch(refused)).toMatch(/\$15\.00 is left/);
  expect(await ask("reversal", 1n, 1_500n).catch(refused)).toMatch(/^Nothing can be taken back/);
  await ask("debit", 1_500n, 1_500n);
  expect(await loss()).toMatchObject({
    ...{ recovered: { minor: 11_500n }, left: { minor: 0n }, reversal: null, debit: null },
  });
  await world.settle(inbox);
  // The books have it as so much less lost, and not as owed to the company or earned.
  const had = await view(
    world.system,
    (tx) => tx.$queryRaw<{ code: string; minor: bigint }[]>`
      select a.code, m.minor from ledger_moves m
        join ledger_entries e on e.id = m.entry_id
        join ledger_accounts a on a.id = m.from_account
      where e.kind in ('transfer.reversed', 'charge.debited') and m.minor in (10000, 1500)
      order by m.minor desc`,
  );
  expect(had).toEqual([
    { code: "expense:dispute_losses", minor: 10_000n },
    { code: "expense:dispute_losses", minor: 1_500n },
  ]);
  const none = getLoss(admin, { disputeId: "du_none" });
  await expect(none).rejects.toMatchObject({ code: "not_found" });
});

test("all that was moved is listed with who and why, and not for everybody to do", async () => {
  const { rows } = await listMoves(admin);
  expect(rows.map(({ kind }) => kind)).toEqual([
    ...["loss_debit", "loss_reversal", "payout", "payout_cancel", "payout", "payout"],
    ...["account_debit", "fee_refund", "transfer_reversal", "transfer"],
    ...["topup_cancel", "topup", "topup"],
  ]);
  expect(rows[6]).toMatchObject({ tenant: { id: seller.tenantId }, status: "done" });
  const support = await newAdmin(world.system, "support");
  const ask = { ...usd, minor: 100n, key: unique("key") };
  await expect(topUp(support, ask, world.gateway)).rejects.toMatchObject({ code: "forbidden" });
  expect((await listMoves(support)).rows).toHaveLength(rows.length);
});
