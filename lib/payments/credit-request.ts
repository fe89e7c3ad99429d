import { Refusal } from "#lib/errors";
import type { Currency } from "#lib/money/currency";
import { money } from "#lib/money/money";
import type { CreditInput } from "#lib/payments/input";
import { toStripeAmount } from "#lib/stripe/amounts";
import type { CreditNoteRequest } from "#lib/stripe/gateway-invoices";
import type { StripeInvoice } from "#lib/stripe/objects";

type Line = StripeInvoice["lines"]["data"][number];

/** What Stripe is asked for, split as it wants it: what is due falls first, then what was paid. */
export function creditRequestOf(invoice: StripeInvoice, input: CreditInput): CreditNoteRequest {
  const { status, amount_remaining: due, amount_paid: paid } = invoice;
  if (status !== "open" && status !== "paid") {
    const message = `Only an open or a paid invoice can be credited; this one is ${status}.`;
    throw new Refusal("conflict", message);
  }
  const left = due + paid - invoice.post_payment_credit_notes_amount;
  if (left <= 0) throw new Refusal("conflict", "All of this invoice was credited already.");
  const what = whatOf(invoice, input, left);
  if (what.total > left) {
    const field = what.lines ? "lines" : "amountMinor";
    throw new Refusal("invalid", "This is more than is left to credit.", { field });
  }
  const after = Math.max(0, what.total - due);
  const goes = { refundAmount: 0, creditAmount: 0, outOfBandAmount: 0 };
  if (input.paidGoes === "refund") goes.refundAmount = after;
  else if (input.paidGoes === "balance") goes.creditAmount = after;
  else goes.outOfBandAmount = after;
  return {
    invoiceId: invoice.id,
    ...(what.lines ? { lines: what.lines } : { amount: what.total }),
    ...goes,
    ...(input.reason && { reason: input.reason }),
    ...(input.memo && { memo: input.memo }),
  };
}

type What = { total: number; lines?: { lineId: string; amount: number }[] };

function whatOf(invoice: StripeInvoice, { amountMinor, lines }: CreditInput, left: number): What {
  if (amountMinor !== undefined && lines) {
    throw new Refusal("invalid", "Credit a sum or lines, not both.", { field: "lines" });
  }
  if (amountMinor !== undefined) return { total: numberOf(invoice, amountMinor) };
  if (!lines) return { total: left };
  const seen = new Set<string>();
  const parts = lines.map(({ lineId, minor }) => {
    const line = invoice.lines.data.find(({ id }) => id === lineId);
    if (!line || seen.has(lineId)) {
      throw new Refusal("invalid", "Name each line of this invoice once.", { field: "lines" });
    }
    seen.add(lineId);
    if (minor > BigInt(line.amount)) {
      const what = line.description ?? "This line";
      throw new Refusal("invalid", `${what}: more than was billed.`, { field: "lines" });
    }
    return { line, amount: numberOf(invoice, minor) };
  });
  return {
    total: parts.reduce((sum, { line, amount }) => sum + withTax(line, amount), 0),
    lines: parts.map(({ line, amount }) => ({ lineId: line.id, amount })),
  };
}

function numberOf({ currency }: StripeInvoice, minor: bigint): number {
  return toStripeAmount(money(minor, currency as Currency));
}

/** A part of a line takes its part of the discount with it, and of the tax that came on top. */
function withTax(line: Line, amount: number): number {
  const off = (line.discount_amounts ?? []).reduce((sum, part) => {
    return sum + shareOf(part.amount, amount, line.amount);
  }, 0);
  const tax = (line.taxes ?? []).reduce((sum, part) => {
    const isInside = part.tax_behavior === "inclusive";
    return isInside ? sum : sum + shareOf(part.amount, amount, line.amount);
  }, 0);
  return amount - off + tax;
}

/** The part of a whole that goes with a part of a line, a half rounded down as Stripe does. */
function shareOf(whole: number, part: number, of: number): number {
  if (of === 0) return 0;
  const [numerator, denominator] = [BigInt(whole) * BigInt(part), BigInt(of)];
  const doubled = 2n * numerator + denominator - 1n;
  return Number(doubled / (2n * denominator));
}
