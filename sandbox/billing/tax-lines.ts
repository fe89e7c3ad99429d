import { judgeTax, rateInside, type TaxVerdict, taxSettings } from "#sandbox/billing/automatic-tax";
import type { Line } from "#sandbox/billing/lines";
import { itemOfLine } from "#sandbox/billing/pending-items";
import { parseDecimal } from "#sandbox/money/rational";
import { taxOf } from "#sandbox/money/tax";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { World } from "#sandbox/world/world";

type Invoice = ObjectOf<"invoice">;
type Tax = NonNullable<Line["taxes"]>[number];
type Rate = ObjectOf<"tax_rate">;

/** Adds tax to an invoice whose lines are priced: by the rates it names, or by where its customer
 *  is when that is left to Stripe. */
export function addTaxes(world: World, invoice: Invoice): Invoice {
  const verdict = invoice.automatic_tax.enabled ? judgeInvoice(world, invoice) : undefined;
  const lines = invoice.lines.data.map((line) => ({
    ...line,
    taxes: invoice.automatic_tax.enabled
      ? automaticTaxes(world, line, verdict)
      : ratesOf(world, invoice, line).map((rate) => taxAt(line, rate)),
  }));
  const taxes = lines.flatMap((line) => line.taxes);
  const sumOf = (behavior: string) =>
    taxes
      .filter(({ tax_behavior }) => tax_behavior === behavior)
      .reduce((sum, { amount }) => sum + amount, 0);
  const total = invoice.total + sumOf("exclusive");
  return {
    ...invoice,
    automatic_tax: invoice.automatic_tax.enabled
      ? {
          ...invoice.automatic_tax,
          provider: "stripe",
          status: verdict === undefined ? "requires_location_inputs" : "complete",
        }
      : invoice.automatic_tax,
    amount_due: Math.max(0, total),
    amount_remaining: Math.max(0, total),
    lines: { ...invoice.lines, data: lines },
    subtotal_excluding_tax: invoice.subtotal - sumOf("inclusive"),
    total,
    total_excluding_tax: invoice.total - sumOf("inclusive"),
    total_taxes: added(taxes) as Invoice["total_taxes"],
  };
}

function judgeInvoice(world: World, invoice: Invoice): TaxVerdict | undefined {
  const { country = null, state = null } = invoice.customer_address ?? {};
  return judgeTax(world, {
    country,
    state,
    exempt: invoice.customer_tax_exempt ?? "none",
    hasUnionId: (invoice.customer_tax_ids ?? []).some(({ type }) => type === "eu_vat"),
  });
}

function automaticTaxes(world: World, line: Line, verdict: TaxVerdict | undefined): Tax[] {
  if (verdict === undefined) return [];
  const price = world.find("price", line.pricing?.price_details?.price ?? "")?.object;
  const own = price?.tax_behavior;
  const usual = taxSettings(world).defaults.tax_behavior ?? "exclusive";
  const behavior = own === "inclusive" || own === "exclusive" ? own : usual;
  const isInclusive = behavior === "inclusive";
  const taxable = taxableOf(line);
  const { rate: onTop } = verdict;
  const rate = onTop !== null && isInclusive ? rateInside(world, onTop) : onTop;
  return [
    {
      amount: taxOf(taxable, parseDecimal(verdict.percentage), isInclusive),
      tax_behavior: isInclusive ? "inclusive" : "exclusive",
      tax_rate_details: rate === null ? null : { tax_rate: rate },
      taxability_reason: verdict.reason,
      taxable_amount: verdict.rate === null ? 0 : taxable,
      type: "tax_rate_details",
    },
  ];
}

// A line's own rates come before the invoice's.
function ratesOf(world: World, invoice: Invoice, line: Line): Rate[] {
  const item = world.find("invoiceitem", itemOfLine(line) ?? "")?.object.tax_rates;
  const details = line.parent?.subscription_item_details?.subscription_item;
  const own = world.find("subscription_item", details ?? "")?.object.tax_rates;
  const first = [item, own].find((rates) => rates && rates.length > 0);
  return first ?? invoice.default_tax_rates;
}

function taxAt(line: Line, rate: Rate): Tax {
  const taxable = taxableOf(line);
  return {
    amount: taxOf(taxable, parseDecimal(String(rate.percentage)), rate.inclusive),
    tax_behavior: rate.inclusive ? "inclusive" : "exclusive",
    tax_rate_details: { tax_rate: rate.id },
    taxability_reason: "not_available",
    taxable_amount: taxable,
    type: "tax_rate_details",
  };
}

function taxableOf(line: Line): number {
  const off = (line.pretax_credit_amounts ?? []).reduce((sum, { amount }) => sum + amount, 0);
  return line.amount - off;
}

function added(taxes: readonly Tax[]): Tax[] {
  const sums = new Map<string, Tax>();
  for (const tax of taxes) {
    const { tax_rate_details: rate, taxability_reason, tax_behavior } = tax;
    const key = `${rate?.tax_rate} ${taxability_reason} ${tax_behavior}`;
    const sum = sums.get(key);
    const amount = (sum?.amount ?? 0) + tax.amount;
    const taxable = (sum?.taxable_amount ?? 0) + (tax.taxable_amount ?? 0);
    sums.set(key, { ...tax, amount, taxable_amount: taxable });
  }
  return [...sums.values()];
}
