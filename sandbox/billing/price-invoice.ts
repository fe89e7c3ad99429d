import { amountOff } from "#sandbox/billing/coupons";
import { runningDiscounts } from "#sandbox/billing/discounts";
import type { Line } from "#sandbox/billing/lines";
import { addTaxes } from "#sandbox/billing/tax-lines";
import { multiply, parseDecimal, rational, roundHalfDown } from "#sandbox/money/rational";
import { spread } from "#sandbox/money/spread";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { World } from "#sandbox/world/world";

type Invoice = ObjectOf<"invoice">;

/** What one discount took off one line. */
interface Share {
  amount: number;
  discount: string;
}

/** Works out an invoice anew from its lines: their own discounts first, then the invoice's in
 *  their order, each on what the one before left; then tax on what is left of each line. */
export function priceInvoice(world: World, invoice: Invoice): Invoice {
  const at = invoice.created;
  const onInvoice = runningDiscounts(world, ids(invoice.discounts), at);
  let lines = invoice.lines.data.map((line) => {
    let shares: Share[] = [];
    for (const discount of runningDiscounts(world, ids(line.discounts), at)) {
      shares = [...shares, ...sharesOf(world, discount, [{ line, shares }]).flat()];
    }
    return { line, shares, own: shares };
  });
  for (const discount of onInvoice) {
    const given = sharesOf(world, discount, lines);
    lines = lines.map((each, place) => ({
      ...each,
      shares: [...each.shares, ...(given[place] ?? [])],
    }));
  }
  const credits = (line: Line) =>
    line.pretax_credit_amounts?.filter(({ type }) => type === "credit_balance_transaction") ?? [];
  const priced = lines.map(({ line, shares }) => ({
    ...line,
    discount_amounts: shares,
    pretax_credit_amounts: [
      ...credits(line),
      ...shares.map((share) => ({ ...share, type: "discount" as const })),
    ],
  }));
  const ownOff = sumOf(lines.flatMap(({ own }) => own));
  return addTaxes(world, summed({ ...invoice, lines: { ...invoice.lines, data: priced } }, ownOff));
}

/** What is left of a line before tax. */
export function netOf(line: Line): number {
  return line.amount - sumOf(line.pretax_credit_amounts ?? []);
}

// The sums, as if nothing were taxed yet.
function summed(invoice: Invoice, ownOff: number): Invoice {
  const lines = invoice.lines.data;
  const subtotal = sumOf(lines) - ownOff;
  const total = lines.reduce((sum, line) => sum + netOf(line), 0);
  const off = ids(invoice.discounts);
  const byDiscount = new Map<string, number>(off.map((id) => [id, 0]));
  for (const { amount, discount } of lines.flatMap((line) => line.discount_amounts ?? [])) {
    byDiscount.set(discount, (byDiscount.get(discount) ?? 0) + amount);
  }
  const amounts = [...byDiscount].map(([discount, amount]) => ({ amount, discount }));
  const credited = lines
    .flatMap((line) => line.pretax_credit_amounts ?? [])
    .filter(({ type }) => type === "credit_balance_transaction");
  return {
    ...invoice,
    amount_due: Math.max(0, total),
    amount_remaining: Math.max(0, total),
    subtotal,
    subtotal_excluding_tax: subtotal,
    total,
    total_discount_amounts: amounts,
    total_excluding_tax: total,
    total_pretax_credit_amounts: [
      ...amounts.map((share) => ({ ...share, type: "discount" as const })),
      ...credited,
    ],
  };
}

function sharesOf(
  world: World,
  discount: ObjectOf<"discount">,
  lines: readonly { line: Line; shares: Share[] }[],
): Share[][] {
  const coupon = world.find("coupon", discount.source.coupon ?? "")?.object;
  if (coupon === undefined) return lines.map(() => []);
  const products = coupon.applies_to?.products;
  const weights = lines.map(({ line, shares }) => {
    const product = line.pricing?.price_details?.product;
    const isFor = products === undefined || (product !== undefined && products.includes(product));
    const left = line.amount - sumOf(shares);
    return line.discountable && isFor && left > 0 ? BigInt(left) : 0n;
  });
  const base = weights.reduce((sum, weight) => sum + weight, 0n);
  const wanted = takenOff(coupon, lines[0]?.line.currency ?? "usd", base);
  const whole = atMost(base, wanted);
  return spread(whole, weights).map((amount, place) =>
    weights[place] === 0n ? [] : [{ amount: Number(amount), discount: discount.id }],
  );
}

/** What a coupon takes off an amount. */
export function takenOff(coupon: ObjectOf<"coupon">, currency: string, base: bigint): bigint {
  if (coupon.percent_off === null) return BigInt(amountOff(coupon, currency) ?? 0);
  const share = multiply(parseDecimal(String(coupon.percent_off)), rational(1, 100));
  return roundHalfDown(multiply(rational(base), share));
}

function ids(discounts: readonly string[] | null | undefined): string[] {
  return [...(discounts ?? [])];
}

function sumOf(parts: readonly { amount: number }[]): number {
  return parts.reduce((sum, { amount }) => sum + amount, 0);
}

function atMost(limit: bigint, wanted: bigint): bigint {
  if (wanted > limit) return limit;
  return wanted;
}
