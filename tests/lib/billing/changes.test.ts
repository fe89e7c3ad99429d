import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { confirmedChange } from "#lib/billing/change-input";
import { getBilling } from "#lib/billing/get-billing";
import { listChanges } from "#lib/billing/list-changes";
import { previewChange } from "#lib/billing/preview-change";
import { requestChange } from "#lib/billing/request-change";
import { settleChange } from "#lib/billing/settle-change";
import { undoChange } from "#lib/billing/undo-change";
import { transact, view } from "#lib/db/transaction";
import type { Inbox } from "#lib/events/inbox-worker";
import { newId } from "#lib/ids";
import type { TenantContext } from "#lib/tenancy/context";
import { idsOf, payBy, subscribe } from "#tests/lib/billing/subscribed";
import { openWorld, publishPlans, type World } from "#tests/lib/billing/world";

vi.setConfig({ testTimeout: 60_000 });

let world: World;
let inbox: Inbox;

beforeAll(async () => {
  world = await openWorld();
  await publishPlans(world);
  inbox = world.startWorker();
}, 60_000);
afterAll(() => world.close());

const starter = { plan: "starter", interval: "month", currency: "usd", seats: 1 } as const;
const pro = { ...starter, plan: "pro", seats: 3 } as const;
type Preview = Awaited<ReturnType<typeof previewChange>>;

const buy = (choice: Parameters<typeof subscribe>[2]) => subscribe(world, inbox, choice);

/** A change as the API takes it. */
const change = (input: object) => confirmedChange.parse(input);

/** Confirms just what was seen. */
function confirm(owner: TenantContext, input: object, { prorationAt, dueNowMinor }: Preview) {
  const seen = {
    ...(prorationAt && { prorationAt: prorationAt.toISOString() }),
    dueNowMinor: String(dueNowMinor),
  };
  return requestChange(owner, change({ ...input, ...seen }), world.gateway);
}

async function latestInvoice(owner: TenantContext) {
  const { subscriptionId } = await idsOf(owner);
  const { data } = await world.stripe.invoices.list({ subscription: subscriptionId, limit: 1 });
  return data[0]!;
}

/** Puts so many cents on what an account has left to pay. */
async function oweMore(owner: TenantContext, amount: number): Promise<void> {
  const { subscriptionId } = await idsOf(owner);
  const { customer } = await world.stripe.subscriptions.retrieve(subscriptionId);
  await world.stripe.customers.createBalanceTransaction(String(customer), {
    ...{ amount, currency: "usd" },
  });
}

test("an upgrade bills to the cent and line what its preview said", async () => {
  const owner = await buy(starter);
  const input = { kind: "plan", plan: "pro", interval: "month", seats: 4 };
  const preview = await previewChange(owner, change(input), world.gateway);
  expect(preview.choice).toMatchObject({ timing: "now", why: "upgrade" });
  expect(preview.dueNowMinor).toBeGreaterThan(0n);

  await new Promise((resolve) => setTimeout(resolve, 1500)); // Somebody reads before they confirm.
  const made = await confirm(owner, input, preview);
  expect(made.status).toBe("applied");
  const invoice = await latestInvoice(owner);
  expect([invoice.status, BigInt(invoice.total)]).toEqual(["paid", preview.now!.total.minor]);
  const said = preview.now!.lines.map(({ amount, description }) => [amount.minor, description]);
  expect(invoice.lines.data.map((line) => [BigInt(line.amount), line.description])).toEqual(said);

  await world.settle(inbox);
  const billing = await getBilling(owner);
  expect([billing.plan?.key, billing.subscription?.seats]).toEqual(["pro", 4]);
  expect(billing.nextInvoiceEstimate?.amount).toEqual(preview.next!.total);
});

test("the history says who changed what for how much, and its pages miss and repeat none", async () => {
  const owner = await buy(starter);
  const input = { kind: "plan", plan: "pro", interval: "month", seats: 2 };
  const preview = await previewChange(owner, change(input), world.gateway);
  const made = await confirm(owner, input, preview);
  const { name } = await view(owner, (tx) =>
    tx.user.findUniqueOrThrow({ where: { id: owner.userId } }),
  );
  const [row] = (await listChanges(owner)).rows;
  expect(row).toMatchObject({ id: made.id, kind: "plan", status: "applied", requestedBy: name });
  expect(row!.dueNow).toEqual({ minor: preview.dueNowMinor, currency: "usd" });

  const { subscriptionId } = await idsOf(owner);
  await transact(world.system, "test.history", (tx) =>
    tx.subscriptionChange.createMany({
      data: Array.from({ length: 60 }, (_one, place) => ({
        id: newId("subscriptionChange"),
        ...{ tenantId: owner.tenantId, subscriptionId, kind: "resume", status: "undone" },
        ...{ choice: { kind: "resume" }, request: {}, traceId: "" },
        // Several of one instant, as two people may be.
        createdAt: new Date(Date.now() - Math.floor(place / 7) * 1000),
      })),
    }),
  );
  const seen: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await listChanges(owner, cursor ? { cursor } : {});
    expect(page.rows.length).toBeLessThanOrEqual(25);
    seen.push(...page.rows.map(({ id }) => id));
    cursor = page.next;
  }
  const all = await view(owner, (tx) => tx.subscriptionChange.findMany({ select: { id: true } }));
  expect(seen.toSorted()).toEqual(all.map(({ id }) => id).toSorted());
});

test("a year in place of months is paid at once, less what was not used", async () => {
  const owner = await buy(pro);
  const input = { kind: "plan", plan: "pro", interval: "year", seats: 3 };
  const preview = await previewChange(owner, change(input), world.gateway);
  expect(preview.choice).toMatchObject({ timing: "now", why: "longer_interval" });
  expect((await confirm(owner, input, preview)).status).toBe("applied");
  const invoice = await latestInvoice(owner);
  expect(BigInt(invoice.total)).toBe(preview.now!.total.minor);
  await world.settle(inbox);
  expect((await getBilling(owner)).subscription?.interval).toBe("year");

  const back = { ...input, interval: "month" };
  const later = await previewChange(owner, change(back), world.gateway);
  expect(later).toMatchObject({ dueNowMinor: 0n, now: null });
  expect(later.choice).toMatchObject({ timing: "period_end", why: "shorter_interval" });
});

test("a downgrade waits for the period's end, can be undone, and nothing is due now", async () => {
  const owner = await buy(pro);
  const input = { kind: "plan", plan: "starter", interval: "month", seats: 1 };
  const preview = await previewChange(owner, change(input), world.gateway);
  expect(preview).toMatchObject({ dueNowMinor: 0n, now: null });
  const planned = await confirm(owner, input, preview);
  expect(planned).toMatchObject({ status: "scheduled", effectiveAt: preview.effectiveAt });
  await world.settle(inbox);
  expect((await getBilling(owner)).plan?.key).toBe("pro");

  const other = requestChange(owner, change({ ...input, seats: 9 }), world.gateway);
  await expect(other).rejects.toMatchObject({ code: "conflict", message: /Undo it first/ });
  expect(await undoChange(owner, { changeId: planned.id }, world.gateway)).toMatchObject({
    status: "undone",
  });
  const { subscriptionId } = await idsOf(owner);
  expect((await world.stripe.subscriptions.retrieve(subscriptionId)).schedule).toBeNull();
});

test("a declined upgrade changes nothing until its invoice is paid, and then all of it", async () => {
  const owner = await buy(starter);
  await payBy(world, owner, "pm_card_chargeCustomerFail");
  const input = { kind: "plan", plan: "scale", interval: "month", seats: 1 };
  const made = await confirm(
    owner,
    input,
    await previewChange(owner, change(input), world.gateway),
  );
  expect(made).toMatchObject({ status: "awaiting_payment" });
  await world.settle(inbox);
  expect((await getBilling(owner)).plan?.key).toBe("starter");
  const again = requestChange(owner, change({ ...input, plan: "pro" }), world.gateway);
  await expect(again).rejects.toMatchObject({ code: "conflict", message: /waits for its payment/ });

  await world.stripe.invoices.pay(made.invoiceId!, { payment_method: "pm_card_visa" });
  await world.settle(inbox);
  const settled = await settleChange(world.system, { changeId: made.id }, world.gateway);
  expect(settled.status).toBe("applied");
  expect((await getBilling(owner)).plan?.key).toBe("scale");
});

test("a change that waits for its payment can be dropped, and its invoice is void", async () => {
  const owner = await buy(starter);
  await payBy(world, owner, "pm_card_authenticationRequired");
  const input = { kind: "plan", plan: "pro", interval: "month", seats: 2 };
  const made = await requestChange(owner, change(input), world.gateway);
  expect(made.status).toBe("awaiting_payment");
  const dropped = await undoChange(owner, { changeId: made.id }, world.gateway);
  expect(dropped.status).toBe("undone");
  expect((await world.stripe.invoices.retrieve(made.invoiceId!)).status).toBe("void");
  await payBy(world, owner, "pm_card_visa");
  expect((await requestChange(owner, change(input), world.gateway)).status).toBe("applied");
});

test("a pause gives back unused time, and resuming begins a new period less that credit", async () => {
  const owner = await buy(pro);
  const preview = await previewChange(owner, change({ kind: "pause" }), world.gateway);
  expect(preview.isAgreed).toBe(true);
  expect(preview.now!.creditGiven.minor).toBeGreaterThan(8400n);
  expect((await confirm(owner, { kind: "pause" }, preview)).status).toBe("applied");
  await world.settle(inbox);
  expect(await getBilling(owner)).toMatchObject({
    subscription: { status: "paused" },
    nextInvoiceEstimate: null,
  });

  await oweMore(owner, 30);
  const back = await previewChange(owner, change({ kind: "resume" }), world.gateway);
  expect(back.isAgreed).toBe(true);
  expect(back.now!.total.minor).toBe(8500n);
  // What the credit leaves is too little to charge, so nobody is asked for it now.
  const { creditUsed, owedBefore, carriedOver } = back.now!;
  expect(carriedOver.minor).toBeGreaterThanOrEqual(30n);
  expect(8500n - creditUsed.minor + owedBefore.minor - carriedOver.minor).toBe(0n);
  expect(back.dueNowMinor).toBe(0n);
  expect((await confirm(owner, { kind: "resume" }, back)).status).toBe("applied");
  const invoice = await latestInvoice(owner);
  expect(BigInt(invoice.amount_due)).toBe(back.dueNowMinor);
  await world.settle(inbox);
  expect((await getBilling(owner)).subscription?.status).toBe("active");
});

test("canceling ends with the period, can be undone, and now means now", async () => {
  const owner = await buy(pro);
  const cancel = { kind: "cancel", reason: "unused", comment: "We are closing." };
  const made = await requestChange(owner, change(cancel), world.gateway);
  expect(made).toMatchObject({ status: "applied", reason: "unused" });
  await world.settle(inbox);
  expect((await getBilling(owner)).subscription?.cancelAt).toEqual(made.effectiveAt);
  const { subscriptionId } = await idsOf(owner);
  const { cancellation_details: details } =
    await world.stripe.subscriptions.retrieve(subscriptionId);
  expect(details).toMatchObject({ comment: "We are closing.", feedback: "unused" });
  const [kept, log] = await view(owner, async (tx) => [
    await tx.subscriptionChange.findUniqueOrThrow({ where: { id: made.id } }),
    await tx.auditEntry.findMany({ where: { targetId: made.id } }),
  ]);
  const { comment, ...rest } = kept;
  expect(comment).toBe("We are closing.");
  expect(log.length).toBeGreaterThan(0);
  const asText = (value: unknown) =>
    JSON.stringify(value, (_key, part) => (typeof part === "bigint" ? String(part) : part));
  expect(asText([made, rest, log])).not.toContain("We are closing.");

  const upgrade = { kind: "plan", plan: "scale", interval: "month", seats: 1 };
  const early = requestChange(owner, change(upgrade), world.gateway);
  await expect(early).rejects.toMatchObject({ message: /Keep it first/ });
  await requestChange(owner, change({ kind: "undo_cancel" }), world.gateway);
  const now = { ...cancel, kind: "cancel_now" };
  expect((await requestChange(owner, change(now), world.gateway)).status).toBe("applied");
  await world.settle(inbox);
  expect(await getBilling(owner)).toMatchObject({ subscription: null, plan: { key: "free" } });
  const none = previewChange(owner, change(upgrade), world.gateway);
  await expect(none).rejects.toMatchObject({ code: "conflict", message: /no plan to change/ });
});

test("a code counts from the next invoice on; one that is used up says so", async () => {
  const owner = await buy(starter);
  const coupon = await world.stripe.coupons.create({ percent_off: 50, duration: "forever" });
  const promotion = { type: "coupon", coupon: coupon.id } as const;
  await world.stripe.promotionCodes.create({ promotion, code: "HALF" });
  const once = { promotion, code: "ONCE", max_redemptions: 1 };
  await world.stripe.promotionCodes.create(once);
  const half = await previewChange(
    owner,
    change({ kind: "discount", code: "half" }),
    world.gateway,
  );
  expect(half.next!.total.minor * 2n).toBe(half.next!.subtotal.minor);
  await requestChange(owner, change({ kind: "discount", code: "ONCE" }), world.gateway);

  const second = await buy(starter);
  const late = previewChange(second, change({ kind: "discount", code: "ONCE" }), world.gateway);
  await expect(late).rejects.toMatchObject({ field: "code", message: /used up/ });
  const typo = previewChange(second, change({ kind: "discount", code: "NOPE" }), world.gateway);
  await expect(typo).rejects.toMatchObject({ field: "code", message: /no code NOPE/ });
});

test("an offer to stay is taken once a year", async () => {
  const owner = await buy(pro);
  const offer = change({ kind: "offer", reason: "too_expensive" });
  expect((await previewChange(owner, offer, world.gateway)).next!.discount.minor).toBe(2125n);
  expect((await requestChange(owner, offer, world.gateway)).status).toBe("applied");
  const again = requestChange(owner, offer, world.gateway);
  await expect(again).rejects.toMatchObject({ message: /within the last year/ });
});

test("what is not on offer is refused by the field at fault", async () => {
  const owner = await buy(pro);
  const plan = { kind: "plan", plan: "pro", interval: "month", seats: 3 };
  const cases = [
    [plan, /what you have already/, undefined],
    [{ ...plan, currency: "eur" }, /keeps its currency/, "currency"],
    [{ ...plan, plan: "nonsense" }, /no such plan/, "plan"],
    [{ ...plan, plan: "free" }, /Cancel to move/, "plan"],
    [{ kind: "resume" }, /not paused/, undefined],
    [{ kind: "undo_cancel" }, /not ending/, undefined],
  ] as const;
  for (const [input, message, field] of cases) {
    const asked = requestChange(owner, change(input), world.gateway);
    await expect(asked).rejects.toMatchObject({ message, field });
  }
  expect(await view(owner, (tx) => tx.subscriptionChange.count())).toBe(0);
});

test.each([
  ["negative seats", { kind: "plan", plan: "pro", interval: "month", seats: -1 }],
  ["half a seat", { kind: "plan", plan: "pro", interval: "month", seats: 1.5 }],
  ["no number", { kind: "plan", plan: "pro", interval: "month", seats: Number.NaN }],
  ["absurdly many", { kind: "plan", plan: "pro", interval: "month", seats: 1e9 }],
  ["a week", { kind: "plan", plan: "pro", interval: "week", seats: 1 }],
  ["an unknown change", { kind: "explode" }],
  ["no reason", { kind: "cancel" }],
  ["a pause of years", { kind: "pause", months: 40 }],
  ["a broken amount", { kind: "resume", dueNowMinor: "12.5" }],
  ["a broken instant", { kind: "resume", prorationAt: "yesterday" }],
])("%s is refused before anything is asked", (_what, input) => {
  expect(() => change(input)).toThrow();
});

test("another amount than was seen is not billed, nor is an old preview", async () => {
  const owner = await buy(starter);
  const input = { kind: "plan", plan: "pro", interval: "month", seats: 4 };
  const other = requestChange(owner, change({ ...input, dueNowMinor: "1" }), world.gateway);
  await expect(other).rejects.toMatchObject({ code: "conflict", message: /was \$0.01 and is/ });
  const prorationAt = new Date(Date.now() - 3_600_000).toISOString();
  const old = requestChange(owner, change({ ...input, prorationAt }), world.gateway);
  await expect(old).rejects.toMatchObject({ message: /too old/ });
});
