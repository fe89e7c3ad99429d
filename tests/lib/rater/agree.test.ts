import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { PriceOffer } from "#lib/catalog/plan";
import { amountOf, partsOf } from "#lib/catalog/price-of";
import { type Discount, takeDiscounts } from "#lib/rater/discounts";
import { quantity, sold } from "#tests/lib/rater/offers";
import { openShop, type Shop } from "#tests/lib/rater/shop";
import { openTestSandbox, type TestSandbox } from "#tests/support/sandbox";

let sandbox: TestSandbox;
let shop: Shop;
let customer: string;
let count = 0;

beforeAll(async () => {
  sandbox = await openTestSandbox();
  shop = openShop(sandbox, "agree");
  const made = await shop.stripe.customers.create({ email: "agree@acme.test" });
  const card = await shop.stripe.paymentMethods.attach("pm_card_visa", { customer: made.id });
  await shop.stripe.customers.update(made.id, {
    invoice_settings: { default_payment_method: card.id },
  });
  customer = made.id;
});
afterAll(() => sandbox.close());

/** Puts a price up for sale that no test sold before. */
function putUp(offer: PriceOffer, included: string): Promise<string> {
  count += 1;
  const prices = [{ ...offer, minimumMinor: null, capMinor: null }];
  const component = {
    ...{ key: `part${count}`, name: "Part", unit: null, meterKey: null, included, prices },
    kind: "seat" as const,
  };
  return shop.priceOf({ key: "agree", components: [] }, component, offer);
}

test("any price and any quantity come to what the local Stripe bills, line by line", async () => {
  await fc.assert(
    fc.asyncProperty(sold, quantity, async ({ offer, included }, units) => {
      const price = await putUp(offer, included);
      const { latest_invoice: invoice } = await shop.stripe.subscriptions.create({
        ...{ customer, items: [{ price, quantity: Number(units) }] },
        expand: ["latest_invoice"],
      });
      const { lines, subtotal } = invoice as Exclude<typeof invoice, string | null>;
      const parts = partsOf(offer, included, units);
      expect(lines.data.map(({ amount }) => BigInt(amount))).toEqual(
        parts.map((each) => each.minor),
      );
      expect(BigInt(subtotal)).toBe(amountOf(offer, included, units));
    }),
    { numRuns: 60 },
  );
});

const coupon = fc.oneof(
  fc.integer({ min: 1, max: 1000 }).map((tenths) => {
    return { percent: String(tenths / 10), amountMinor: null };
  }),
  fc.bigInt({ min: 1n, max: 9_000n }).map((amountMinor) => ({ percent: null, amountMinor })),
);

const halfOff = { percent: "50.1", amountMinor: null };

test("any coupons in any order take what they take at the local Stripe, line by line", async () => {
  const amounts = fc.array(fc.integer({ min: 1, max: 9_999 }), { minLength: 1, maxLength: 4 });
  const coupons = fc.array(coupon, { minLength: 1, maxLength: 3 });
  const stranger = (await shop.stripe.customers.create({})).id;
  await fc.assert(
    fc.asyncProperty(amounts, coupons, async (each, given) => {
      const ids = [];
      for (const { percent, amountMinor } of given) {
        const off =
          percent === null
            ? { amount_off: Number(amountMinor), currency: "usd" }
            : { percent_off: Number(percent) };
        ids.push((await shop.stripe.coupons.create(off)).id);
      }
      const preview = await shop.stripe.invoices.createPreview({
        ...{ customer: stranger, discounts: ids.map((id) => ({ coupon: id })) },
        invoice_items: each.map((amount) => ({ amount, currency: "usd" })),
      });
      const lines = each.map((amount) => ({
        ...{ minor: BigInt(amount), productId: null, isDiscountable: true, discounts: [] },
      }));
      const ours = given.map((one, place): Discount => {
        return { id: String(place), ...one, productIds: null };
      });
      const shares = takeDiscounts(lines, ours).map((of) => of.map(({ minor }) => minor));
      const billed = preview.lines.data.map(({ discount_amounts: of }) =>
        (of ?? []).map(({ amount }) => BigInt(amount)),
      );
      expect(billed).toEqual(shares);
      expect(preview.total).toBeGreaterThanOrEqual(0);
    }),
    {
      numRuns: 40,
      // What is over after flooring is more than its last line can give.
      examples: [
        [
          [1, 1, 1],
          [halfOff, { percent: null, amountMinor: 2n }],
        ],
      ],
    },
  );
});
