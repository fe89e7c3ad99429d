import {
  multiply,
  parseDecimal,
  rational,
  roundHalfDown,
  roundHalfOut,
} from "#sandbox/money/rational";
import { invalidRequest } from "#sandbox/protocol/errors";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { World } from "#sandbox/world/world";

type CreditLine = ObjectOf<"credit_note">["lines"]["data"][number];
type InvoiceLine = ObjectOf<"invoice">["lines"]["data"][number];

/** One line as it is asked for: a part of an invoice's, or something of its own. */
export interface LineSent {
  type: "custom_line_item" | "invoice_line_item";
  amount?: number;
  description?: string;
  invoice_line_item?: string;
  quantity?: number;
  unit_amount?: number;
  unit_amount_decimal?: string;
}

/** The lines of a credit note. A part of an invoice's line takes its part of discount and tax. */
export function creditLines(
  world: World,
  invoice: ObjectOf<"invoice">,
  sent: readonly LineSent[] | undefined,
  amount: number | undefined,
): CreditLine[] {
  if (sent !== undefined) return sent.map((line) => lineFrom(world, invoice, line));
  if (amount === undefined) {
    const message = "You must pass one of `amount`, `lines` or `shipping_cost`.";
    throw invalidRequest(message, "parameter_missing", "amount");
  }
  if (amount <= 0) {
    throw invalidRequest("Invalid positive integer", "parameter_invalid_integer", "amount");
  }
  return [{ ...blank(world), amount, type: "custom_line_item" }];
}

function lineFrom(world: World, invoice: ObjectOf<"invoice">, sent: LineSent): CreditLine {
  const unit = sent.unit_amount_decimal ?? sent.unit_amount?.toString();
  const quantity = sent.quantity ?? null;
  if (sent.type === "custom_line_item") {
    const amount = sent.amount ?? times(unit ?? "0", quantity ?? 1);
    return {
      ...blank(world),
      amount,
      description: sent.description ?? null,
      quantity: quantity ?? 1,
      type: "custom_line_item",
      unit_amount: sent.unit_amount ?? null,
      unit_amount_decimal: unit ?? null,
    };
  }
  const line = invoice.lines.data.find(({ id }) => id === sent.invoice_line_item);
  if (line === undefined) {
    const message = `No such invoice line item: '${sent.invoice_line_item ?? ""}'`;
    throw invalidRequest(message, "resource_missing", "lines[0][invoice_line_item]");
  }
  const own = line.pricing?.unit_amount_decimal ?? null;
  const amount = sent.amount ?? partOfLine(line, unit, quantity);
  return {
    ...blank(world),
    amount,
    description: sent.description ?? line.description,
    ...discountPart(line, amount),
    invoice_line_item: line.id,
    quantity,
    taxes: (line.taxes ?? []).map((tax) => ({
      ...tax,
      amount: share(tax.amount, amount, line.amount),
      taxable_amount:
        tax.taxable_amount === null ? null : share(tax.taxable_amount, amount, line.amount),
    })) as CreditLine["taxes"],
    type: "invoice_line_item",
    unit_amount: own !== null && /^-?\d+$/.test(own) ? Number(own) : null,
    unit_amount_decimal: own,
  };
}

function partOfLine(line: InvoiceLine, unit: string | undefined, quantity: number | null): number {
  if (quantity === null) return line.amount;
  if (unit !== undefined) return times(unit, quantity);
  return share(line.amount, quantity, line.quantity ?? 1);
}

function discountPart(line: InvoiceLine, amount: number) {
  const parts = (line.discount_amounts ?? []).map(({ amount: whole, discount }) => ({
    amount: share(whole, amount, line.amount),
    discount,
  }));
  return {
    discount_amount: parts.reduce((sum, part) => sum + part.amount, 0),
    discount_amounts: parts,
    pretax_credit_amounts: parts.map((part) => ({ ...part, type: "discount" as const })),
  };
}

function share(whole: number, part: number, of: number): number {
  if (of === 0) return 0;
  return Number(roundHalfDown(multiply(rational(whole), rational(part, of))));
}

function times(unit: string, quantity: number): number {
  return Number(roundHalfOut(multiply(parseDecimal(unit), rational(quantity))));
}

function blank(world: World): CreditLine {
  return {
    id: world.newId("cnli"),
    object: "credit_note_line_item",
    amount: 0,
    description: null,
    discount_amount: 0,
    discount_amounts: [],
    livemode: false,
    metadata: {},
    pretax_credit_amounts: [],
    quantity: null,
    tax_rates: [],
    taxes: [],
    type: "custom_line_item",
    unit_amount: null,
    unit_amount_decimal: null,
  };
}
