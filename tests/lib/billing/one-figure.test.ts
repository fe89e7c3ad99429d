import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { getInvoice } from "#lib/billing/get-invoice";
import { getNextInvoice } from "#lib/billing/get-next-invoice";
import { openInvoicePdf } from "#lib/billing/invoice-pdf";
import { exportInvoices } from "#lib/billing/list-invoices";
import { draftPlan } from "#lib/catalog/draft-plan";
import { beginPublishing } from "#lib/catalog/publish-version";
import { runPublishing } from "#lib/catalog/run-publishing";
import { view } from "#lib/db/transaction";
import type { Inbox } from "#lib/events/inbox-worker";
import { creditInvoice, previewCredit } from "#lib/payments/credit-invoice";
import { checkInvoice } from "#lib/rater/check-invoice";
import type { TenantContext } from "#lib/tenancy/context";
import { flushUsage } from "#lib/usage/flush-usage";
import { getUsage } from "#lib/usage/get-usage";
import { settleInvoices } from "#lib/usage/settle-invoices";
import { takeUsage } from "#lib/usage/take-usage";
import { idsOf } from "#tests/lib/billing/subscribed";
import { openWorld, publishPlans, type World } from "#tests/lib/billing/world";
import { movingWorld } from "#tests/lib/usage/moving-world";
import { newAdmin } from "#tests/support/people";

vi.setConfig({ testTimeout: 120_000 });

let world: World;
let inbox: Inbox;
let moving: ReturnType<typeof movingWorld>;
let owner: TenantContext;
let invoiceId: string;
const hourMs = 3_600_000;

/**
 * What a month comes to, in yen and by hand: 1,234 flat; 1,000 calls at a quarter and 403 at three
 * tenths, 120.9. Of 1,605 an eighth is off, 200.625, by the size of each line and the rest on the
 * last; then a tenth of tax on each line: 108, 21.9 and 10.5.
 */
const month = {
  ...{ lines: [1_234n, 250n, 121n], off: [154n, 31n, 16n], taxes: [108n, 22n, 11n] },
  ...{ used: 371n, subtotal: 1_605n, discount: 201n, tax: 141n, total: 1_545n },
};

beforeAll(async () => {
  world = await openWorld();
  await publishPlans(world);
  await publishYen();
  inbox = world.startWorker();
  moving = movingWorld(world, inbox);
  owner = { ...(await moving.subscribe("yen", "jpy")), now: moving.now };
  const { subscriptionId } = await idsOf(owner);
  const { stripe } = world;
  const rate = { display_name: "JCT", percentage: 10, inclusive: false, country: "JP" };
  const coupon = await stripe.coupons.create({ percent_off: 12.5, duration: "forever" });
  await stripe.subscriptions.update(subscriptionId, {
    default_tax_rates: [(await stripe.taxRates.create(rate)).id],
    discounts: [{ coupon: coupon.id }],
  });
  await world.settle(inbox);
}, 60_000);
afterAll(() => world.close());

async function publishYen(): Promise<void> {
  const meter = { key: "api_calls", name: "API calls", eventName: "api_calls" };
  const terms = { currency: "jpy", interval: "month" } as const;
  const tiers = [
    { upTo: "1000", unitMinor: "0.25", flatMinor: "0" },
    { upTo: null, unitMinor: "0.3", flatMinor: "0" },
  ];
  const named = { key: "yen", name: "Yen", description: "", position: 9 };
  const drafted = await draftPlan(world.system, {
    ...{ ...named, trialDays: 0, features: [] },
    components: [
      {
        ...{ kind: "flat", key: "base", name: "Base" },
        prices: [{ ...terms, model: "per_unit", unitMinor: "1234" }],
      },
      {
        ...{ kind: "usage", key: "calls", name: "Calls", unit: "call", meter },
        prices: [{ ...terms, model: "graduated", tiers }],
      },
    ],
  });
  await beginPublishing(world.system, drafted!);
  await runPublishing(world.system, { versionId: drafted!.versionId }, world.gateway);
}

/** The texts of a PDF of the local Stripe in their order; it writes them as they are. */
async function writtenIn(bytes: ReadableStream<Uint8Array> | null): Promise<string[]> {
  const pdf = Buffer.from(await new Response(bytes).arrayBuffer()).toString("latin1");
  return [...pdf.matchAll(/\(((?:\\.|[^\\)])*)\) Tj/g)].map(([, text]) => text ?? "");
}
const yen = (minor: bigint) =>
  `${minor < 0n ? "-" : ""}JPY ${(minor < 0n ? -minor : minor).toLocaleString("en")}`;

test("what is used costs, before the bill, what the bill then says", async () => {
  const at = moving.now().toISOString();
  await takeUsage(owner, { key: "all", meter: "api_calls", value: "1403", at });
  const { meters } = await getUsage(owner);
  const cost = meters.find(({ meter }) => meter.key === "api_calls")!.cost!;
  expect([cost.total.minor, cost.parts.map(({ minor }) => minor)]).toEqual([
    ...[month.used, month.lines.slice(1)],
  ]);
  // Stripe has not heard of the usage yet; what is shown counts it.
  const next = (await getNextInvoice(owner, world.gateway))!;
  const { subtotal, discount, tax, total, due } = next;
  expect([subtotal, discount, tax, total, due].map(({ minor }) => minor)).toEqual([
    ...[month.subtotal, month.discount, month.tax, month.total, month.total],
  ]);
});

test("the invoice, its table, its document and our own check have the same yen", async () => {
  await flushUsage(moving.system(), world.gateway);
  const { periodEndAt } = await view(owner, (tx) =>
    tx.stripeSubscriptionItem.findFirstOrThrow({ orderBy: { periodEndAt: "desc" } }),
  );
  await moving.pass(periodEndAt!.getTime() - moving.now().getTime() + 2 * hourMs);
  await settleInvoices(moving.system(), world.gateway);
  const latest = { orderBy: { createdAt: "desc" as const } };
  invoiceId = (await view(owner, (tx) => tx.invoice.findFirstOrThrow(latest))).id;

  const page = await getInvoice(owner, invoiceId);
  const minors = page.lines.map(({ amount, tax }) => [amount.minor, tax.minor]);
  // Usage is of the month that ended, the flat fee of the one that begins.
  expect(new Set(minors.map(String))).toEqual(
    new Set(month.lines.map((line, place) => String([line, month.taxes[place]]))),
  );
  expect([page.total.minor, page.status]).toEqual([month.total, "paid"]);
  const checked = await checkInvoice(moving.system(), { invoiceId }, world.gateway);
  expect(checked?.verdict).toBe("equal");

  let table = "";
  for await (const piece of await exportInvoices(owner, {})) table += piece;
  const { subtotal, discount, tax, total } = month;
  const row = [subtotal, discount, tax, total, total, total].join(",");
  expect(table).toContain(`,${invoiceId},paid,JPY,${row},`);

  const { bytes } = await openInvoicePdf(owner, invoiceId);
  const texts = await writtenIn(bytes);
  const sums = (label: string) => texts[texts.lastIndexOf(label) + 1];
  expect(texts).toEqual(expect.arrayContaining(month.lines.map(yen)));
  expect(sums("Subtotal")).toBe(yen(subtotal));
  expect(sums("Discount")).toBe(yen(-discount));
  expect(sums("JCT 10%")).toBe(yen(tax));
  expect(sums("Total")).toBe(yen(total));
  expect([sums("Paid"), sums("Left to pay")]).toEqual([yen(total), yen(0n)]);
  expect(texts.filter((text) => /\d\.\d/.test(text) && text.startsWith("JPY"))).toEqual([]);
});

test("a credit note of a line has its discount and its tax, as shown before and on paper", async () => {
  const admin = await newAdmin(world.system);
  const page = await getInvoice(owner, invoiceId);
  const line = page.lines.find(({ amount }) => amount.minor === month.lines[1])!;
  const input = { lines: [{ lineId: line.id, minor: 250n }], paidGoes: "balance" as const };
  const shown = await previewCredit(admin, { invoiceId, ...input }, world.gateway);
  // 250 less 31, and a tenth of that.
  expect([shown.total.minor, shown.tax.minor, shown.toBalance.minor]).toEqual([241n, 22n, 241n]);
  const act = { key: "one-figure", why: "They asked for it." };
  await creditInvoice(admin, { invoiceId, ...act, ...input }, world.gateway);
  await world.settle(inbox);
  const after = await getInvoice(owner, invoiceId);
  expect(after.creditNotes.map(({ total }) => total.minor)).toEqual([241n]);
  const { data } = await world.stripe.creditNotes.list({ invoice: invoiceId });
  const texts = await writtenIn((await fetch(data[0]!.pdf)).body);
  expect(texts[texts.lastIndexOf("Total credited") + 1]).toBe(yen(241n));
});
