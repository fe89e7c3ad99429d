import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { confirmedChange } from "#lib/billing/change-input";
import { getBilling } from "#lib/billing/get-billing";
import { getChangeState } from "#lib/billing/get-change-state";
import { previewChange } from "#lib/billing/preview-change";
import { requestChange } from "#lib/billing/request-change";
import { resumeChanges } from "#lib/billing/resume-changes";
import { settleChange } from "#lib/billing/settle-change";
import { view } from "#lib/db/transaction";
import type { Inbox } from "#lib/events/inbox-worker";
import { checkInvoice } from "#lib/rater/check-invoice";
import type { TenantContext } from "#lib/tenancy/context";
import { idsOf, payBy, subscribe } from "#tests/lib/billing/subscribed";
import { openWorld, publishPlans, type World } from "#tests/lib/billing/world";

vi.setConfig({ testTimeout: 90_000 });

let world: World;
let inbox: Inbox;
/** One clock: Stripe's is moved by its time machine, and ours goes with it. */
let aheadMs = 0;
const now = () => new Date(Date.now() + aheadMs);

beforeAll(async () => {
  world = await openWorld();
  await publishPlans(world);
  inbox = world.startWorker();
}, 60_000);
afterAll(() => world.close());

async function pass(seconds: number): Promise<void> {
  await world.act("clock", { advance_seconds: seconds });
  aheadMs += seconds * 1000;
  await world.settle(inbox);
}

/** What the queue would do with what waits. */
async function settleAll(owner: TenantContext): Promise<void> {
  const system = { ...world.system, now };
  await resumeChanges(system);
  const rows = await view(owner, (tx) => tx.subscriptionChange.findMany());
  for (const { id } of rows) await settleChange(system, { changeId: id }, world.gateway);
  await world.settle(inbox);
}

const dayS = 86_400;
const starter = { plan: "starter", interval: "month", currency: "usd", seats: 1 } as const;
const pro = { ...starter, plan: "pro", seats: 3 } as const;
const buy = (choice: Parameters<typeof subscribe>[2]) => subscribe(world, inbox, choice, now);
const change = (input: object) => confirmedChange.parse(input);

async function latestInvoice(owner: TenantContext) {
  const { subscriptionId } = await idsOf(owner);
  const { data } = await world.stripe.invoices.list({ subscription: subscriptionId, limit: 1 });
  return data[0]!;
}

test("a planned downgrade comes with its period, is billed as previewed, and lets go", async () => {
  const owner = await buy(pro);
  await pass(10 * dayS);
  const input = { kind: "plan", plan: "starter", interval: "month", seats: 1 };
  const preview = await previewChange(owner, change(input), world.gateway);
  const planned = await requestChange(owner, change(input), world.gateway);
  expect(planned.effectiveAt).toEqual(preview.next!.at);
  const { planned: first } = await getChangeState(owner);
  expect(first).toEqual({ planName: "Starter", total: preview.next!.total, at: preview.next!.at });

  await pass(21 * dayS);
  await settleAll(owner);
  const billing = await getBilling(owner);
  expect([billing.plan?.key, billing.subscription?.seats]).toEqual(["starter", null]);
  const invoice = await latestInvoice(owner);
  expect([invoice.status, BigInt(invoice.total)]).toEqual(["paid", preview.next!.total.minor]);
  const { subscriptionId } = await idsOf(owner);
  expect((await world.stripe.subscriptions.retrieve(subscriptionId)).schedule).toBeNull();
  const [row] = await view(owner, (tx) => tx.subscriptionChange.findMany());
  expect(row?.status).toBe("applied");
});

test("in the middle of a period an upgrade counts what was paid and not used", async () => {
  const owner = await buy(pro);
  await pass(15 * dayS);
  const input = { kind: "plan", plan: "pro", interval: "month", seats: 8 };
  const preview = await previewChange(owner, change(input), world.gateway);
  const seen = {
    prorationAt: preview.prorationAt!.toISOString(),
    dueNowMinor: String(preview.dueNowMinor),
  };
  expect(preview.isAgreed).toBe(true);
  await pass(600); // Ten minutes of thought do not change the price.
  await requestChange(owner, change({ ...input, ...seen }), world.gateway);
  const invoice = await latestInvoice(owner);
  expect(BigInt(invoice.amount_paid)).toBe(preview.dueNowMinor);
  expect(invoice.lines.data.map(({ amount }) => BigInt(amount))).toEqual(
    preview.now!.lines.map(({ amount }) => amount.minor),
  );
  await pass(17 * dayS);
  expect(BigInt((await latestInvoice(owner)).total)).toBe(preview.next!.total.minor);
});

test("while a renewal is being finalised a change is billed on its own, and the books agree", async () => {
  const owner = await buy(pro);
  const { subscription } = await getBilling(owner);
  const untilEnd = (subscription!.currentPeriodEnd!.getTime() - now().getTime()) / 1000;
  await pass(Math.ceil(untilEnd) + 60);
  const draft = await latestInvoice(owner);
  const input = { kind: "plan", plan: "pro", interval: "month", seats: 5 };
  const preview = await previewChange(owner, change(input), world.gateway);
  await requestChange(owner, change(input), world.gateway);
  const own = await latestInvoice(owner);
  expect(own.id).not.toBe(draft.id);
  expect(BigInt(own.total)).toBe(preview.now!.total.minor);
  expect(preview.isAgreed).toBe(true);
  await pass(7200);
  const renewal = await world.stripe.invoices.retrieve(draft.id!);
  expect([renewal.status, renewal.total]).toEqual(["paid", 8500]);
});

test("a change at the very moment a renewal is finalised: each is billed once, and ours agrees", async () => {
  const owners = [await buy(pro), await buy(pro), await buy(pro), await buy(pro)];
  const { subscription } = await getBilling(owners[0]!);
  const untilEnd = (subscription!.currentPeriodEnd!.getTime() - now().getTime()) / 1000;
  await pass(Math.ceil(untilEnd) + 60);
  const input = { kind: "plan", plan: "pro", interval: "month", seats: 5 };
  for (const [place, owner] of owners.entries()) {
    const draft = await latestInvoice(owner);
    expect(draft.status).toBe("draft");
    const wait = () => new Promise((resolve) => setTimeout(resolve, place * 40));
    const [made] = await Promise.all([
      requestChange(owner, change(input), world.gateway),
      wait().then(() => world.stripe.invoices.finalizeInvoice(draft.id!)),
    ]);
    expect(made.status).toBe("applied");
  }
  await pass(7200);
  for (const owner of owners) {
    const { subscriptionId } = await idsOf(owner);
    const { data } = await world.stripe.invoices.list({ subscription: subscriptionId });
    const [own, renewal, first] = data.toSorted((left, right) =>
      left.billing_reason === "subscription_update" ? -1 : right.created - left.created,
    );
    expect(data).toHaveLength(3);
    expect([renewal!.total, first!.total]).toEqual([8500, 8500]);
    expect(own!.total).toBeGreaterThanOrEqual(2399);
    for (const { id, status } of data) {
      const check = await checkInvoice({ ...world.system, now }, { invoiceId: id }, world.gateway);
      expect([status, check?.verdict]).toEqual(["paid", "equal"]);
    }
    expect((await getBilling(owner)).subscription?.seats).toBe(5);
  }
});

test("a pause for a month goes on by itself, once, and is charged then", async () => {
  const owner = await buy(pro);
  const paused = await requestChange(owner, change({ kind: "pause", months: 1 }), world.gateway);
  await world.settle(inbox);
  await pass(20 * dayS);
  await settleAll(owner);
  expect((await getBilling(owner)).subscription?.status).toBe("paused");

  await pass(Math.ceil((paused.resumesAt!.getTime() - now().getTime()) / 1000) + 60);
  await settleAll(owner);
  await settleAll(owner);
  expect((await getBilling(owner)).subscription?.status).toBe("active");
  const kinds = await view(owner, (tx) => tx.subscriptionChange.findMany());
  expect(kinds.map(({ kind, status }) => `${kind} ${status}`).sort()).toEqual([
    "pause applied",
    "resume applied",
  ]);
});

test("a change nobody pays for is over after a day, and the plan is as it was", async () => {
  const owner = await buy(starter);
  await payBy(world, owner, "pm_card_chargeCustomerFail");
  const input = { kind: "plan", plan: "pro", interval: "month", seats: 2 };
  const made = await requestChange(owner, change(input), world.gateway);
  expect(made.status).toBe("awaiting_payment");
  await pass(26 * 3600);
  await settleAll(owner);
  const row = await view(owner, (tx) =>
    tx.subscriptionChange.findUniqueOrThrow({ where: { id: made.id } }),
  );
  expect([row.status, row.error]).toEqual(["failed", expect.stringMatching(/not paid in time/)]);
  await settleAll(owner);
  const mails = await view(world.system, (tx) =>
    tx.mail.findMany({
      where: { reference: { startsWith: `change:${made.id}:` } },
      orderBy: { id: "asc" },
    }),
  );
  const paths = mails.map(({ data }) => (data as { path: string }).path);
  expect(paths).toEqual([
    `/${owner.tenantSlug}/invoices/${made.invoiceId}`,
    `/${owner.tenantSlug}/billing`,
  ]);
  expect((await getBilling(owner)).plan?.key).toBe("starter");
});

test("canceled for the period's end it ends then, drops what was planned, and can be bought again", async () => {
  const owner = await buy(pro);
  const planned = { kind: "plan", plan: "starter", interval: "month", seats: 1 };
  const { id } = await requestChange(owner, change(planned), world.gateway);
  await requestChange(owner, change({ kind: "cancel", reason: "unused" }), world.gateway);
  const row = await view(owner, (tx) => tx.subscriptionChange.findUniqueOrThrow({ where: { id } }));
  expect(row.status).toBe("undone");
  await pass(32 * dayS);
  expect(await getBilling(owner)).toMatchObject({ subscription: null, plan: { key: "free" } });
});
