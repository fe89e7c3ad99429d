import { partsOf } from "#lib/catalog/price-of";
import { formatDecimal, parseDecimal, plus, times } from "#lib/catalog/rational";
import type { Currency } from "#lib/money/currency";
import { type Period, periodAt } from "#lib/rater/calendar";
import type { Knowledge, KnownPrice } from "#lib/rater/known-invoice";
import type { Known, LineKind, UnratedLine } from "#lib/rater/line";
import type { BilledInvoice, BilledLine } from "#lib/stripe/billed-invoice";

/** What Stripe billed as one thing: an item's period, in as many lines as its price has parts. */
export type Charge = { kind: LineKind; price: KnownPrice | null; lines: BilledLine[] };

/** Puts the lines of an invoice together that are parts of one charge. */
export function chargesOf({ lines }: BilledInvoice, knowledge: Knowledge): Charge[] {
  const charges = new Map<string, Charge>();
  for (const line of lines) {
    const kind = kindOf(line, knowledge);
    const isParted = kind === "period" || kind === "usage";
    const key = isParted ? `${line.itemId} ${line.priceId} ${line.from} ${line.to}` : line.id;
    const price = knowledge.prices.get(line.priceId ?? "") ?? null;
    const charge = charges.get(key) ?? { kind, price, lines: [] };
    charges.set(key, { ...charge, lines: [...charge.lines, line] });
  }
  return [...charges.values()];
}

/** What a line bills, by all but its amount; of an amount only whether it is a credit. */
function kindOf(line: BilledLine, { prices, trial }: Knowledge): LineKind {
  if (line.itemId === null) return "item";
  // Also where its price left within the period: what was used until then is billed whole.
  if (prices.get(line.priceId ?? "")?.kind === "usage") return "usage";
  if (line.isProration) {
    if (line.isCredit) return "unused";
    return line.isDiscountable ? "partial" : "remaining";
  }
  return trial && line.from >= trial.from && line.from < trial.to ? "trial" : "period";
}

/** The lines of a charge before anything is worked out; null where parts and lines do not agree. */
export function unratedOf(
  { kind, price, lines }: Charge,
  currency: Currency,
): UnratedLine[] | null {
  const [first] = lines;
  if (!first) return null;
  const quantity = quantityOf(price, lines);
  const period = { from: first.from, to: first.to };
  const whole = { kind, currency, quantity, period, part: null };
  if (!price || (kind !== "period" && kind !== "usage")) return [whole];
  const parts = partsOf(price.offer, price.included, quantity);
  if (parts.length !== lines.length) return null;
  return parts.map((_part, part) => ({ ...whole, part }));
}

/** All units of a charge. A flat amount has none, and a line of packages counts packages. */
function quantityOf(price: KnownPrice | null, lines: readonly BilledLine[]): string {
  const counted = lines.filter(({ unitMinor }) => lines.length === 1 || unitMinor !== null);
  const all = counted.reduce(
    (sum, { quantity }) => plus(sum, parseDecimal(quantity)),
    parseDecimal("0"),
  );
  const size = price?.offer.model === "package" ? price.offer.packageSize : null;
  return formatDecimal(size === null ? all : times(all, parseDecimal(size)));
}

/** What must be known to work a charge out. */
export function knownOf(
  { kind, price, lines: [line] }: Charge,
  invoice: BilledInvoice,
  knowledge: Knowledge,
): Known {
  const isShare = kind === "partial" || kind === "remaining" || kind === "unused";
  const percents = discountsOn(line, invoice).flatMap(({ percent, productIds: only }) => {
    const isFor = only === null || (line?.productId && only.includes(line.productId));
    return percent !== null && isFor ? [percent] : [];
  });
  const known = { price, whole: null, percents, debitedMinor: null };
  if (!isShare || !line) return known;
  const whole = wholeOf(line, invoice, knowledge);
  return {
    ...known,
    whole,
    debitedMinor: kind === "unused" && whole ? debitedFor(line, whole, knowledge.earlier) : null,
  };
}

/** Those of the line's item come before those of all of the invoice. */
function discountsOn(line: BilledLine | undefined, { lines, discounts }: BilledInvoice) {
  const own = new Set(lines.flatMap(({ discountIds }) => discountIds));
  const ofItem = lines.filter(({ itemId }) => itemId !== null && itemId === line?.itemId);
  const mine = new Set(ofItem.flatMap(({ discountIds }) => discountIds));
  return [
    ...discounts.filter(({ id }) => mine.has(id)),
    ...discounts.filter(({ id }) => !own.has(id)),
  ];
}

/** The whole period a prorated line is a part of: what was billed says it, or else the cycle. */
function wholeOf(line: BilledLine, { lines }: BilledInvoice, knowledge: Knowledge): Period | null {
  const price = knowledge.prices.get(line.priceId ?? "");
  if (!price) return null;
  const { interval } = price.offer;
  const billed = [...knowledge.earlier, ...lines].filter((one) => {
    const other = knowledge.prices.get(one.priceId ?? "");
    const isAround = one.from <= line.from && line.from < one.to && one.to >= line.to;
    return !one.isProration && isAround && other?.offer.interval === interval;
  });
  const [best] = billed.sort(
    (left, right) =>
      Number(right.to === line.to) - Number(left.to === line.to) ||
      Number(right.itemId === line.itemId) - Number(left.itemId === line.itemId) ||
      left.from - right.from,
  );
  if (best) return { from: best.from, to: best.to };
  return knowledge.anchor === null ? null : periodAt(knowledge.anchor, interval, line.from);
}

/**
 * What was charged for the whole period, after discounts, where nothing changed since: Stripe gives
 * back what it took. Null where a change came between, whose amount was only a share.
 */
function debitedFor(
  credit: BilledLine,
  whole: Period,
  earlier: readonly BilledLine[],
): bigint | null {
  const mine = earlier.filter((one) => one.itemId === credit.itemId && !one.isCredit);
  const since = mine.filter(({ isProration, from }) => isProration && from >= whole.from);
  const charged = mine.filter(
    (one) => !one.isProration && one.from === whole.from && one.to === whole.to,
  );
  const [first] = charged;
  if (!first || since.length > 0 || first.priceId !== credit.priceId) return null;
  if (charged.length === 1 && !isSame(first.quantity, credit.quantity)) return null;
  return charged.reduce((sum, one) => sum + one.amountMinor - one.discountMinor, 0n);
}

function isSame(left: string, right: string): boolean {
  return formatDecimal(parseDecimal(left)) === formatDecimal(parseDecimal(right));
}
