import { judgeTax, taxSettings } from "#sandbox/billing/automatic-tax";
import { takenOff } from "#sandbox/billing/price-invoice";
import { parseDecimal, type Rational } from "#sandbox/money/rational";
import { spread } from "#sandbox/money/spread";
import { taxOf } from "#sandbox/money/tax";
import { lineItemsFrom } from "#sandbox/resources/checkout-session-object";
import type { CheckoutItem } from "#sandbox/store/kept";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { World } from "#sandbox/world/world";

type Session = ObjectOf<"checkout.session">;
type LineItem = NonNullable<Session["line_items"]>["data"][number];

/** Where a payer is, and what frees them from tax. */
export interface TaxPlace {
  country: string | null;
  state: string | null;
  exempt?: string;
  hasUnionId?: boolean;
}

/** What a session's amounts follow from. */
export interface CheckoutBasis {
  items: readonly CheckoutItem[];
  isTrial: boolean;
  place: TaxPlace | undefined;
  /** The tax rates of lines that have none of their own. */
  usualRates?: readonly string[];
}

interface Rate {
  percentage: Rational;
  isInclusive: boolean;
}

/** Works a session out anew: its lines, the discount it has, and tax where it is known. What is
 *  free for now, in a trial, is neither discounted nor taxed. */
export function recountSession(world: World, session: Session, basis: CheckoutBasis): Session {
  const list = session.line_items;
  if (list === undefined || session.mode === "setup") return session;
  const currency = session.currency ?? "usd";
  const lines = lineItemsFrom(world, basis.items, currency).map((line, place) => ({
    ...line,
    id: list.data[place]?.id ?? line.id,
  }));
  const isDue = (line: LineItem) => !(basis.isTrial && line.price?.recurring);
  const offs = sharesOf(
    world,
    session,
    lines.map((line) => (isDue(line) ? line : null)),
  );
  const counted = lines.map((line, place) => {
    const off = offs[place] ?? 0;
    const rates = isDue(line) ? ratesOf(world, session, line, basis, place) : [];
    return taxed(line, off, rates);
  });
  const due = counted.filter(({ line }) => isDue(line));
  const sum = (read: (line: LineItem) => number) =>
    due.reduce((total, { line }) => total + read(line), 0);
  const isPlaced = basis.place?.country != null;
  return {
    ...session,
    amount_subtotal: sum((line) => line.amount_subtotal),
    amount_total: sum((line) => line.amount_total),
    automatic_tax: session.automatic_tax.enabled
      ? {
          ...session.automatic_tax,
          status: isPlaced ? "complete" : "requires_location_inputs",
        }
      : session.automatic_tax,
    line_items: { ...list, data: counted.map(({ line }) => line) },
    total_details: {
      amount_discount: sum((line) => line.amount_discount),
      amount_shipping: 0,
      amount_tax: sum((line) => line.amount_tax),
    },
  };
}

// Each line's share is floored, and the last takes the rest, as on an invoice.
function sharesOf(world: World, { discounts, currency }: Session, lines: (LineItem | null)[]) {
  const coupon = world.find("coupon", String(discounts?.[0]?.coupon ?? ""))?.object;
  if (coupon === undefined) return lines.map(() => 0);
  const products = coupon.applies_to?.products;
  const weights = lines.map((line) => {
    const product = String(line?.price?.product ?? "");
    const isFor = products === undefined || products.includes(product);
    return line !== null && isFor ? BigInt(line.amount_subtotal) : 0n;
  });
  const base = weights.reduce((total, weight) => total + weight, 0n);
  const wanted = takenOff(coupon, currency ?? "usd", base);
  return spread(atMost(base, wanted), weights).map(Number);
}

function atMost(limit: bigint, wanted: bigint): bigint {
  if (wanted > limit) return limit;
  return wanted;
}

function taxed(line: LineItem, off: number, rates: readonly Rate[]): { line: LineItem } {
  const net = line.amount_subtotal - off;
  const taxes = rates.map(({ percentage, isInclusive }) => ({
    amount: taxOf(net, percentage, isInclusive),
    isInclusive,
  }));
  const tax = taxes.reduce((total, { amount }) => total + amount, 0);
  const added = taxes.reduce((total, one) => total + (one.isInclusive ? 0 : one.amount), 0);
  return {
    line: { ...line, amount_discount: off, amount_tax: tax, amount_total: net + added },
  };
}

function ratesOf(
  world: World,
  session: Session,
  line: LineItem,
  { items, place, usualRates = [] }: CheckoutBasis,
  at: number,
): Rate[] {
  if (!session.automatic_tax.enabled) {
    return (items[at]?.tax_rates ?? usualRates).flatMap((id) => {
      const rate = world.find("tax_rate", id)?.object;
      if (rate === undefined) return [];
      const percentage = parseDecimal(String(rate.percentage));
      return [{ percentage, isInclusive: rate.inclusive }];
    });
  }
  const verdict = judgeTax(world, {
    country: place?.country ?? null,
    state: place?.state ?? null,
    exempt: place?.exempt ?? "none",
    hasUnionId: place?.hasUnionId ?? false,
  });
  if (verdict === undefined) return [];
  const own = line.price?.tax_behavior;
  const usual = taxSettings(world).defaults.tax_behavior ?? "exclusive";
  const behavior = own === "inclusive" || own === "exclusive" ? own : usual;
  const isInclusive = behavior === "inclusive";
  return [{ percentage: parseDecimal(verdict.percentage), isInclusive }];
}
