import { afterAll, beforeAll, expect, test } from "vitest";
import { keyOf, type NodeKind, type TraceNode } from "#lib/trace/node";
import { type TraceFound, traceFrom } from "#lib/trace/trace-from";
import { flushUsage } from "#lib/usage/flush-usage";
import { settleInvoices } from "#lib/usage/settle-invoices";
import { takeUsage } from "#lib/usage/take-usage";
import { idsOf } from "#tests/lib/billing/subscribed";
import {
  keysOf,
  kindsOf,
  openTraceScene,
  type TraceScene,
  traced,
} from "#tests/lib/trace/trace-scene";
import { newMember, newOwner } from "#tests/support/people";

let scene: TraceScene;
let used: TraceFound;
let sold: TraceFound;
beforeAll(async () => {
  scene = await openTraceScene();
  used = await traced(scene.admin, `${scene.owner.tenantSlug}/use-1`);
  sold = await traced(scene.admin, scene.sale);
}, 90_000);
afterAll(() => scene.close());

const only = ({ nodes }: TraceFound, kind: NodeKind, scope?: string): TraceNode => {
  const found = nodes.filter((node) => {
    return node.kind === kind && (scope === undefined || node.scope === scope);
  });
  expect(found.length, kind).toBeGreaterThan(0);
  return found[0]!;
};
const beside = ({ rest }: TraceFound) =>
  rest.map(({ at, name, why, count }) => `${at.kind} ${name} ${why} ${count}`).sort();
const refusalOf = async (asking: Promise<unknown>) =>
  (await asking.then(() => "found").catch((error: Error) => error.message)) as string;

test("what was used leads by its line, invoice and payment to the bank", () => {
  expect(kindsOf(used)).toEqual({
    ...{ usage_event: 1, meter_event: 1, invoice_line: 1, invoice: 1, invoice_payment: 1 },
    // The payment's own, and the one by which the payout left.
    ...{ payment_intent: 1, charge: 1, balance_transaction: 2, payout: 1, bank: 1, entry: 6 },
  });
  expect(used.isCut).toBe(false);
  expect(only(used, "invoice_line")).toMatchObject({
    ...{ amount: { minor: 1_400n }, quantity: "1400", counted: "1400" },
  });
  expect(only(used, "charge").amount).toEqual({ minor: 2_400n, currency: "usd" });
  expect(only(used, "bank").id).toMatch(/^LOCAL/);
  // What it went through holds more, and says so.
  expect(beside(used)).toEqual([
    "invoice line beside 1",
    "invoice_line counted beside 1",
    "meter_event told beside 1",
  ]);
  expect(beside(sold)).toEqual(["payout paid_out beside 1"]);
});

test("each of these leads back to all the others", async () => {
  for (const node of used.nodes) {
    const back = keysOf(await traced(scene.admin, node));
    const lost = [...keysOf(used)].filter((key) => !back.has(key));
    expect(lost, keyOf(node)).toEqual([]);
  }
});

test("from the bank come all that it paid out", async () => {
  const back = await traced(scene.admin, only(used, "bank").id);
  expect(kindsOf(back)).toMatchObject({ usage_event: 2, invoice_line: 2, charge: 1 });
  expect(back.rest).toEqual([]);
  const share = await traced(scene.admin, only(sold, "bank", ""));
  expect(kindsOf(share)).toMatchObject({ application_fee: 1, invoice: 1, charge: 2, bank: 2 });
});

test("a sale and the bank it went to tell the same, with the platform's share", async () => {
  const back = await traced(scene.admin, only(sold, "bank", scene.account));
  expect(keysOf(back)).toEqual(keysOf(sold));
  expect(only(sold, "payout", scene.account).amount?.minor).toBe(9_000n);
  expect(only(sold, "application_fee").amount?.minor).toBe(1_000n);
  const books = sold.nodes.filter(({ kind }) => kind === "entry").map(({ scope }) => scope);
  expect(new Set(books)).toEqual(new Set(["platform", scene.account]));
});

test("an entry is found by its number, its reference and what it is of", async () => {
  const entry = used.nodes.find(({ name }) => name?.startsWith("charge:"))!;
  for (const id of [entry.id, entry.name!]) {
    const found = await traced(scene.admin, id);
    expect(found.start).toEqual({ kind: "entry", scope: "platform", id: entry.id });
    expect(keysOf(found).has(keyOf(only(used, "charge")))).toBe(true);
  }
});

test("a tenant sees its own and nothing of the platform's balance; another sees nothing", async () => {
  const mine = await traced(scene.owner, scene.sale);
  expect(kindsOf(mine)).toMatchObject({ application_fee: 1, payout: 1, bank: 1, entry: 5 });
  const whole = keysOf(sold);
  const hidden = sold.nodes.filter((node) => !keysOf(mine).has(keyOf(node)));
  expect(mine.nodes.every((node) => whole.has(keyOf(node)))).toBe(true);
  expect(new Set(hidden.map(({ scope }) => scope))).toEqual(new Set(["", "platform"]));
  const bill = await traced(scene.owner, "use-1");
  expect(kindsOf(bill)).toEqual({
    ...{ usage_event: 1, meter_event: 1, invoice_line: 1, invoice: 1, invoice_payment: 1 },
    ...{ payment_intent: 1, charge: 1 },
  });

  const { owner: other } = await newOwner(scene.moving.system());
  for (const node of [...used.nodes, ...sold.nodes]) {
    const said = await refusalOf(traced(other, node));
    expect(said, keyOf(node)).toMatch(/^Nothing here is called /);
    expect(await refusalOf(traced(other, node.id)), node.id).toMatch(/^Nothing here is called /);
  }
  const { member } = await newMember(scene.moving.system(), scene.owner, "developer");
  expect(kindsOf(await traced(member, scene.sale))).toEqual({
    ...{ charge: 1, payment_intent: 1, application_fee: 1 },
  });
});

test("no more is followed than was asked for, and what is left out is counted", async () => {
  const narrow = await traceFrom(scene.admin, { id: only(sold, "bank", "").id, width: 1 });
  const parts = narrow.edges.filter(({ name, to }) => name === "paid_out" && to.scope === "");
  expect(beside(narrow)).toContain(`payout paid_out more ${3 - parts.length}`);
});

test("usage that came after its invoice leads to the line that settled it", async () => {
  const { moving, stripe } = scene;
  const before = new Date(only(used, "invoice_line").at!.getTime() - 3_600_000);
  const late = { key: "late", meter: "api_calls", value: 50, at: before.toISOString() };
  await takeUsage({ ...scene.owner, now: moving.now }, late);
  for (const _round of [1, 2]) {
    await flushUsage(moving.system(), scene.gateway);
    await settleInvoices(moving.system(), scene.gateway);
    await scene.settle(scene.inbox);
  }
  const { accountId } = await idsOf(scene.owner);
  const bill = { customer_account: accountId, pending_invoice_items_behavior: "include" } as const;
  const { id } = await stripe.invoices.create(bill);
  await stripe.invoices.finalizeInvoice(id!);
  await scene.settle(scene.inbox);
  const found = await traced(scene.admin, `${scene.owner.tenantSlug}/late`);
  expect(found.edges.map(({ name }) => name)).toContain("settled_late");
  expect(found.edges.map(({ name }) => name)).not.toContain("counted");
  expect(only(found, "invoice").id).toBe(id);
  expect(kindsOf(await traced(scene.admin, only(found, "invoice_line")))).toMatchObject({
    usage_event: 1,
  });
});

test("an id of nothing, or of what moves no money, is said to be so", async () => {
  const asked = (id: string) => refusalOf(traced(scene.admin, id));
  expect(await asked("ch_none")).toMatch(/^Nothing here is called ch_none\. Take the whole id/);
  expect(await asked("sub_1")).toMatch(/^sub_1 moves no money by itself/);
  expect(await asked("9'; drop table x --")).toMatch(/^Nothing here is called/);
  const { owner } = await newOwner(scene.moving.system());
  await takeUsage(owner, { key: "use-1", meter: "api_calls", value: 1 });
  // Each tenant's senders have keys of their own, so among all of them the tenant is named.
  expect(await asked("use-1")).toMatch(/named with its tenant: acme\/its-key/);
  for (const { tenantId, tenantSlug } of [scene.owner, owner]) {
    for (const name of [tenantSlug, tenantId]) {
      const { start, alsoNamed } = await traced(scene.admin, `${name}/use-1`);
      expect([start, ...alsoNamed]).toEqual([
        { kind: "usage_event", scope: tenantId, id: "use-1" },
      ]);
    }
  }
  expect(await asked("nobody/use-1")).toMatch(/^Nothing here is called nobody/);
});
