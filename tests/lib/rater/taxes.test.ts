import { afterAll, beforeAll, expect, test } from "vitest";
import { findRates } from "#lib/rater/check-invoice";
import { type Judgement, judgeInvoice } from "#lib/rater/judge-invoice";
import type { Knowledge } from "#lib/rater/known-invoice";
import type { TaxRate } from "#lib/rater/taxes";
import { openShop, type Shop } from "#tests/lib/rater/shop";
import { openTestSandbox, type TestSandbox } from "#tests/support/sandbox";

let sandbox: TestSandbox;
let shop: Shop;

beforeAll(async () => {
  sandbox = await openTestSandbox();
  shop = openShop(sandbox, "mixed_taxes");
});
afterAll(() => sandbox.close());

const rate = async (percentage: number, inclusive: boolean) =>
  (await shop.stripe.taxRates.create({ display_name: "Tax", percentage, inclusive })).id;

/** An invoice of items by hand, each with rates of its own, as Stripe finalised it. */
async function billed(items: { amount: number; rates: string[] }[]) {
  const customer = (await shop.stripe.customers.create({})).id;
  const { id } = await shop.stripe.invoices.create({ customer, currency: "usd" });
  for (const { amount, rates } of items) {
    await shop.stripe.invoiceItems.create({
      ...{ customer, invoice: id, amount, currency: "usd", tax_rates: rates },
    });
  }
  await shop.stripe.invoices.finalizeInvoice(id);
  const invoice = (await shop.gateway.findBilledInvoice(id))!;
  return { invoice, rates: await findRates(invoice, shop.gateway) };
}

function judge({ invoice }: Awaited<ReturnType<typeof billed>>, rates: TaxRate[]): Judgement {
  const knowledge: Knowledge = {
    ...{ prices: new Map(), corrections: new Map(), earlier: [], anchor: null, trial: null },
    rates: new Map(rates.map((one) => [one.id, one])),
  };
  return judgeInvoice(invoice, knowledge);
}

test("rates in the price and on top of it, on one line and side by side, come to Stripe's cents", async () => {
  const [inside, onTop, small] = [
    await rate(19, true),
    await rate(7.25, false),
    await rate(5, true),
  ];
  const found = await billed([
    { amount: 1999, rates: [inside, onTop] },
    { amount: 4567, rates: [inside, small] },
    { amount: 333, rates: [onTop] },
    { amount: 250, rates: [] },
  ]);
  expect(found.rates.map(({ isInclusive }) => isInclusive).sort()).toEqual([false, true, true]);
  const { sums, verdict } = judge(found, found.rates);
  expect(sums.filter((one) => one.verdict !== "equal")).toEqual([]);
  expect([verdict, found.invoice.totalMinor > found.invoice.subtotalMinor]).toEqual([
    "equal",
    true,
  ]);
});

test("whether a tax is in the price is the rate's to say: taken otherwise, the sums differ", async () => {
  const found = await billed([{ amount: 1999, rates: [await rate(19, true)] }]);
  const turned = found.rates.map((one) => ({ ...one, isInclusive: !one.isInclusive }));
  expect(judge(found, found.rates).verdict).toBe("equal");
  const { sums } = judge(found, turned);
  expect(sums.filter((one) => one.verdict === "different").map(({ name }) => name)).toEqual([
    ...["Tax", "Total", "Due"],
  ]);
});
