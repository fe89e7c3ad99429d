import { afterAll, beforeAll, expect, test } from "vitest";
import { getInvoice } from "#lib/billing/get-invoice";
import { transact, view } from "#lib/db/transaction";
import { adjustBalance, setTaxExemption } from "#lib/payments/adjust-tenant";
import { carryOutAct } from "#lib/payments/carry-out-act";
import { creditInvoice, previewCredit } from "#lib/payments/credit-invoice";
import { markUncollectible, voidInvoice } from "#lib/payments/end-invoice";
import { getTenantInvoice } from "#lib/payments/get-tenant-invoice";
import { listBalance } from "#lib/payments/list-balance";
import { payInvoice } from "#lib/payments/pay-invoice";
import { refundPayment } from "#lib/payments/refund-payment";
import { resumeActs } from "#lib/payments/resume-acts";
import type { StripeGateway } from "#lib/stripe/gateway";
import {
  failedInvoice,
  newKey,
  newPayer,
  openPaymentsWorld,
  type Payer,
  type PaymentsWorld,
} from "#tests/lib/payments/payments-world";
import { newAdmin } from "#tests/support/people";

let world: PaymentsWorld;
let payer: Payer;
const why = "They asked for it on the phone.";

beforeAll(async () => {
  world = await openPaymentsWorld();
}, 60_000);
afterAll(() => world.close());

async function paidIntent({ invoiceId }: Payer): Promise<string> {
  const [charge] = await world.gateway.listPaidCharges(invoiceId);
  return charge!.intentId;
}
async function refund(of: Payer, minor: bigint, seenMinor: bigint, over: object = {}) {
  const input = { key: newKey(), why, intentId: await paidIntent(of), minor, seenMinor, ...over };
  return refundPayment(world.admin, { invoiceId: of.invoiceId, ...input }, world.gateway);
}
async function refundsOf(of: Payer): Promise<number[]> {
  const { data } = await world.stripe.refunds.list({ payment_intent: await paidIntent(of) });
  return data.map(({ amount }) => amount);
}

test("a part is given back, the page shows it at once, and the log says who and why", async () => {
  payer = await newPayer(world);
  const act = await refund(payer, 2500n, 8500n, { reason: "requested_by_customer" });
  expect(act).toMatchObject({ status: "done", stripeId: /^re_/, amount: { minor: 2500n } });
  const page = await getTenantInvoice(world.admin, payer.invoiceId);
  expect(page.status).toBe("paid");
  expect(page.refunds.map(({ amount }) => amount.minor)).toEqual([2500n]);
  expect(page.tries[0]?.refunded.minor).toBe(2500n);
  expect(page.acts).toMatchObject([{ kind: "refund", reason: why, by: "Olga Owner" }]);
  const log = await view(world.system, (tx) =>
    tx.auditEntry.findMany({ where: { target: "money_acts", targetId: act.id } }),
  );
  expect(log.map(({ action }) => action).sort()).toEqual(["payments.act-done", "payments.refund"]);
});

test("never more than is left, and never on what somebody else has changed since", async () => {
  const tooMuch = refund(payer, 6001n, 6000n);
  await expect(tooMuch).rejects.toMatchObject({ field: "minor", message: /\$60\.00/ });
  const stale = refund(payer, 1000n, 8500n);
  await expect(stale).rejects.toMatchObject({ code: "conflict", message: /\$60\.00 is left/ });
  expect(await refundsOf(payer)).toEqual([2500]);
});

test("a double click with one key moves money once, and answers the same", async () => {
  const one = await newPayer(world);
  const key = newKey();
  const clicks = await Promise.allSettled(
    Array.from({ length: 4 }, () => refund(one, 1000n, 8500n, { key })),
  );
  const done = clicks.flatMap((click) => (click.status === "fulfilled" ? [click.value] : []));
  expect(new Set(done.map(({ id }) => id)).size).toBe(1);
  expect(await refundsOf(one)).toEqual([1000]);
  const later = await refund(one, 1000n, 8500n, { key });
  expect(later.id).toBe(done[0]!.id);
  expect(await refundsOf(one)).toEqual([1000]);
});

test("two people who refund at once: one does, the other is told", async () => {
  const one = await newPayer(world);
  const other = await newAdmin(world.system, "finance");
  const intentId = await paidIntent(one);
  const asked = [world.admin, other].map((who) => {
    const input = { key: newKey(), why, intentId, minor: 5000n, seenMinor: 8500n };
    return refundPayment(who, { invoiceId: one.invoiceId, ...input }, world.gateway);
  });
  const ends = await Promise.allSettled(asked);
  expect(ends.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  for (const end of ends) {
    if (end.status === "fulfilled") continue;
    // While the first is at it, or once it is done and less is left.
    expect(end.reason.message).toMatch(/right now|At most \$35\.00|meanwhile/);
  }
  expect(await refundsOf(one)).toEqual([5000]);
});

test("killed after Stripe did it, the job ends it and moves nothing twice", async () => {
  const one = await newPayer(world);
  const killed: StripeGateway = {
    ...world.gateway,
    createRefund: async (request) => {
      await world.gateway.createRefund(request);
      throw new Error("killed");
    },
  };
  const [intentId, { invoiceId }] = [await paidIntent(one), one];
  const input = { invoiceId, key: newKey(), why, intentId, minor: 700n, seenMinor: 8500n };
  await expect(refundPayment(world.admin, input, killed)).rejects.toThrow("killed");
  const left = await view(world.system, (tx) =>
    tx.moneyAct.findFirstOrThrow({ where: { invoiceId, status: "requested" } }),
  );
  const blocked = refund(one, 100n, 7800n);
  await expect(blocked).rejects.toMatchObject({ message: /doing something with this invoice/ });

  const later = { ...world.system, now: () => new Date(Date.now() + 6 * 60_000) };
  expect(await resumeActs(later)).toBe(1);
  const done = await carryOutAct(world.system, { actId: left.id }, world.gateway);
  expect(done).toMatchObject({ status: "done", stripeId: /^re_/ });
  expect(await refundsOf(one)).toEqual([700]);
});

test("a day later, when Stripe has forgotten the key, it looks before it acts", async () => {
  const one = await newPayer(world);
  const lost: StripeGateway = {
    ...world.gateway,
    createRefund: async (request) => {
      // Made, and under a key Stripe no longer knows.
      await world.gateway.createRefund({ ...request, round: 99 });
      throw new Error("killed");
    },
  };
  const [intentId, { invoiceId }] = [await paidIntent(one), one];
  const input = { invoiceId, key: newKey(), why, intentId, minor: 900n, seenMinor: 8500n };
  await expect(refundPayment(world.admin, input, lost)).rejects.toThrow("killed");
  const { id } = await view(world.system, (tx) =>
    tx.moneyAct.findFirstOrThrow({ where: { invoiceId } }),
  );
  const nextDay = { ...world.system, now: () => new Date(Date.now() + 25 * 3_600_000) };
  expect(await carryOutAct(nextDay, { actId: id }, world.gateway)).toMatchObject({
    status: "done",
  });
  expect(await refundsOf(one)).toEqual([900]);
});

test.each(["500", "drop_after_write"])("Stripe going wrong (%s) moves money once", async (kind) => {
  const one = await newPayer(world);
  const intentId = await paidIntent(one);
  await world.act("faults", { route: "POST /v1/refunds", kind, count: 3 });
  const input = { key: newKey(), why, intentId, minor: 400n, seenMinor: 8500n };
  const ask = () =>
    refundPayment(world.admin, { invoiceId: one.invoiceId, ...input }, world.gateway);
  await ask().catch((error) => expect(error).toMatchObject({ code: "unavailable" }));
  await world.act("faults", { route: "POST /v1/refunds", kind, count: 0 }).catch(() => {});
  expect(await ask()).toMatchObject({ status: "done" });
  expect(await refundsOf(one)).toEqual([400]);
});

test("a credit note is shown before it is made, and splits as it was shown", async () => {
  const one = await newPayer(world);
  const { invoiceId } = one;
  const input = { amountMinor: 2000n, paidGoes: "balance" as const };
  const preview = await previewCredit(world.admin, { invoiceId, ...input }, world.gateway);
  expect(preview).toMatchObject({
    ...{ total: { minor: 2000n }, toBalance: { minor: 2000n }, refunded: { minor: 0n } },
    dueAfter: { minor: 0n },
  });
  expect((await getInvoice(one.owner, invoiceId)).creditNotes).toEqual([]);

  const key = newKey();
  await creditInvoice(world.admin, { invoiceId, key, why, ...input }, world.gateway);
  const page = await getInvoice(one.owner, invoiceId);
  expect(page.creditNotes).toMatchObject([
    { total: { minor: 2000n }, toBalance: { minor: 2000n } },
  ]);
  const { balances, rows } = await listBalance(one.owner, {}, world.gateway);
  expect(balances).toEqual([{ minor: 2000n, currency: "usd" }]);
  expect(rows).toMatchObject([{ type: "credit_note", amount: { minor: 2000n }, invoiceId }]);
});

test("by lines: each at most what it billed, once, and of this invoice", async () => {
  const one = await newPayer(world);
  const { invoiceId } = one;
  const { lines } = await getInvoice(one.owner, invoiceId);
  const [first] = lines;
  const paidGoes = "refund" as const;
  const preview = (parts: { lineId: string; minor: bigint }[]) =>
    previewCredit(world.admin, { invoiceId, lines: parts, paidGoes }, world.gateway);
  const half = first!.amount.minor / 2n;
  const shown = await preview([{ lineId: first!.id, minor: half }]);
  expect(shown.refunded.minor).toBe(half);
  const more = preview([{ lineId: first!.id, minor: first!.amount.minor + 1n }]);
  await expect(more).rejects.toMatchObject({ field: "lines", message: /more than was billed/ });
  const twice = [first!, first!].map(({ id }) => ({ lineId: id, minor: 1n }));
  await expect(preview(twice)).rejects.toMatchObject({ field: "lines" });
  const foreign = preview([{ lineId: "il_nobodys", minor: 1n }]);
  await expect(foreign).rejects.toMatchObject({ field: "lines" });
});

test("a refund after a credit note gives back no more than the payment still holds", async () => {
  const one = await newPayer(world);
  const { invoiceId } = one;
  const credit = { amountMinor: 6000n, paidGoes: "refund" as const };
  await creditInvoice(world.admin, { invoiceId, key: newKey(), why, ...credit }, world.gateway);
  expect(await refundsOf(one)).toEqual([6000]);
  await expect(refund(one, 8500n, 8500n)).rejects.toMatchObject({ message: /\$25\.00/ });
  expect(await refund(one, 2500n, 2500n)).toMatchObject({ status: "done" });
  await expect(refund(one, 1n, 0n)).rejects.toMatchObject({ message: /back already/ });
  const rest = previewCredit(world.admin, { invoiceId, ...credit }, world.gateway);
  await expect(rest).rejects.toMatchObject({ message: /more than is left/ });
});

test("an open invoice that is credited whole is paid, and asks for nothing more", async () => {
  const one = await newPayer(world);
  const invoiceId = await failedInvoice(world, one);
  const input = { key: newKey(), why, paidGoes: "balance" as const };
  const shown = await previewCredit(world.admin, { invoiceId, paidGoes: "balance" }, world.gateway);
  expect([shown.takenOff.minor, shown.toBalance.minor, shown.dueAfter.minor]).toEqual([
    4000n,
    0n,
    0n,
  ]);
  await creditInvoice(world.admin, { invoiceId, ...input }, world.gateway);
  expect(await getInvoice(one.owner, invoiceId)).toMatchObject({
    status: "paid",
    sums: { creditedBefore: { minor: 4000n }, remaining: { minor: 0n } },
  });
});

test("void and uncollectible: only what is unpaid, and nothing on its way at a bank", async () => {
  const one = await newPayer(world);
  const ask = (invoiceId: string) => ({ invoiceId, key: newKey(), why });
  const paid = voidInvoice(world.admin, ask(one.invoiceId), world.gateway);
  await expect(paid).rejects.toMatchObject({ code: "conflict", message: /is paid\. Credit it/ });

  const lost = await failedInvoice(world, one);
  await markUncollectible(world.admin, ask(lost), world.gateway);
  expect(await getInvoice(one.owner, lost)).toMatchObject({ status: "uncollectible" });
  await voidInvoice(world.admin, ask(lost), world.gateway);
  expect(await getInvoice(one.owner, lost)).toMatchObject({ status: "void" });
  const again = voidInvoice(world.admin, ask(lost), world.gateway);
  await expect(again).rejects.toMatchObject({ message: /void already/ });

  const underWay = await failedInvoice(world, one);
  const { id: methodId } = await world.stripe.paymentMethods.attach("pm_usBankAccount_success", {
    customer_account: one.accountId,
  });
  const debit = { invoiceId: underWay, methodId, key: newKey(), forPlan: false };
  await payInvoice(one.owner, debit, world.gateway);
  const early = voidInvoice(world.admin, ask(underWay), world.gateway);
  await expect(early).rejects.toMatchObject({ message: /on its way at the bank/ });
});

test("a balance is credited and debited, each with its words, and the sum is right", async () => {
  const one = await newPayer(world);
  const { tenantId } = one.owner;
  const move = (direction: "credit" | "debit", minor: bigint, description: string) =>
    adjustBalance(
      world.admin,
      { tenantId, key: newKey(), why, direction, minor, currency: "usd", description },
      world.gateway,
    );
  expect(await move("credit", 3000n, "For the outage")).toMatchObject({
    status: "done",
    amount: { minor: 3000n },
  });
  await move("debit", 500n, "Part of it taken back");
  const { balances, rows } = await listBalance(one.owner, {}, world.gateway);
  expect(balances).toEqual([{ minor: 2500n, currency: "usd" }]);
  expect(
    rows.map(({ amount, after, description }) => [amount.minor, after.minor, description]),
  ).toEqual([
    [-500n, 2500n, "Part of it taken back"],
    [3000n, 3000n, "For the outage"],
  ]);
});

test("a tenant whose customer is gone at Stripe is told so, and nothing is written", async () => {
  const one = await newPayer(world);
  const { tenantId } = one.owner;
  await setTaxExemption(
    world.admin,
    { tenantId, key: newKey(), why, exemption: "exempt" },
    world.gateway,
  );
  const customer = await world.gateway.findCustomer(one.accountId);
  expect(customer?.tax_exempt).toBe("exempt");
  await world.stripe.customers.del(customer!.id);
  const ask = { tenantId, key: newKey(), why, exemption: "none" as const };
  const gone = setTaxExemption(world.admin, ask, world.gateway);
  await expect(gone).rejects.toMatchObject({ code: "gone" });
  const acts = await view(world.system, (tx) => tx.moneyAct.count({ where: { tenantId } }));
  expect(acts).toBe(1);
});

test("who may only look may not move money, and a key is one person's for one thing", async () => {
  const support = await newAdmin(world.system, "support");
  const ask = { invoiceId: payer.invoiceId, key: newKey(), why };
  const look = voidInvoice(support, ask, world.gateway);
  await expect(look).rejects.toMatchObject({ code: "forbidden" });
  const used = await view(world.system, (tx) => tx.moneyAct.findFirstOrThrow());
  const stolen = voidInvoice(world.admin, { ...ask, key: used.key }, world.gateway);
  await expect(stolen).rejects.toMatchObject({ field: "key" });
});

test("what was decided cannot be decided otherwise afterwards", async () => {
  const row = await view(world.system, (tx) => tx.moneyAct.findFirstOrThrow());
  const change = transact(world.system, "test.tamper", (tx) =>
    tx.moneyAct.update({ where: { id: row.id }, data: { status: "failed" } }),
  );
  await expect(change).rejects.toThrow(/money_acts_failed_says_why/);
});
