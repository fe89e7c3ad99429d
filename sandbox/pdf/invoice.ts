import { money } from "#sandbox/billing/lines";
import { edges, type PdfDocument, startPdf } from "#sandbox/pdf/document";
import type { ObjectOf } from "#sandbox/store/kinds";

type Invoice = ObjectOf<"invoice">;
type CreditNote = ObjectOf<"credit_note">;

interface Sums {
  label: string;
  amount: number;
  isBold?: boolean;
}

type Tax = NonNullable<Invoice["total_taxes"]>[number];
/** The rate a tax names; undefined where it names none. */
export type FindRate = (id: string) => ObjectOf<"tax_rate"> | undefined;

/** An invoice as a PDF, with everything its page says. */
export function invoicePdf(invoice: Invoice, findRate: FindRate): Buffer {
  const title = `Invoice ${invoice.number ?? "draft"}`;
  const pdf = startPdf(title);
  const issued = invoice.effective_at ?? invoice.created;
  head(pdf, title, [
    ["Billed to", invoice.customer_name ?? invoice.customer_email ?? "Customer"],
    ["Issued", day(issued)],
    ...(invoice.due_date === null ? [] : [["Due", day(invoice.due_date)] as const]),
    ["Status", invoice.status ?? "draft"],
    ...(invoice.customer_tax_ids ?? []).map(
      ({ type, value }) => [`Tax id (${type})`, value ?? ""] as const,
    ),
  ]);
  const { currency } = invoice;
  lines(
    pdf,
    currency,
    invoice.lines.data.map(({ amount, description, quantity_decimal, period, taxes }) => ({
      amount,
      description: description ?? "",
      quantity: quantity_decimal ?? "",
      detail: [
        spanOf(period),
        ...(taxes ?? []).map((tax) => `${taxLabel(tax, findRate)}: ${money(tax.amount, currency)}`),
      ].join(" · "),
    })),
  );
  sums(pdf, currency, invoiceSums(invoice, findRate));
  if (invoice.description) foot(pdf, invoice.description);
  if (invoice.footer) foot(pdf, invoice.footer);
  return pdf.bytes();
}

/** A credit note as a PDF. */
export function creditNotePdf(note: CreditNote): Buffer {
  const title = `Credit note ${note.number}`;
  const pdf = startPdf(title);
  head(pdf, title, [
    ["Issued", day(note.effective_at ?? note.created)],
    ["For invoice", String(note.invoice)],
    ["Status", note.status],
  ]);
  const items = note.lines.data.map(({ amount, description, quantity }) => ({
    amount,
    description: description ?? "Credit",
    quantity: quantity === null ? "" : String(quantity),
    detail: "",
  }));
  lines(pdf, note.currency, items);
  sums(pdf, note.currency, [{ label: "Total credited", amount: note.total, isBold: true }]);
  if (note.memo) foot(pdf, note.memo);
  return pdf.bytes();
}

/** What stands under an invoice's lines, here and on its page. */
export function invoiceSums(invoice: Invoice, findRate: FindRate): Sums[] {
  const off = (invoice.total_discount_amounts ?? []).reduce((sum, { amount }) => sum + amount, 0);
  const taxes = (invoice.total_taxes ?? []).filter(({ amount, taxability_reason: reason }) => {
    return amount !== 0 || reason === "reverse_charge" || reason === "customer_exempt";
  });
  const credited = invoice.pre_payment_credit_notes_amount;
  const applied = (invoice.ending_balance ?? invoice.starting_balance) - invoice.starting_balance;
  return [
    { label: "Subtotal", amount: invoice.subtotal },
    ...(off === 0 ? [] : [{ label: "Discount", amount: -off }]),
    ...taxes.map((tax) => ({ label: taxLabel(tax, findRate), amount: tax.amount })),
    { label: "Total", amount: invoice.total, isBold: true },
    ...(applied === 0 ? [] : [{ label: "Applied balance", amount: -applied }]),
    ...(credited === 0 ? [] : [{ label: "Credited", amount: -credited }]),
    { label: "Paid", amount: invoice.amount_paid },
    { label: "Left to pay", amount: invoice.amount_remaining, isBold: true },
  ];
}

function taxLabel({ tax_behavior: how, tax_rate_details: named, ...tax }: Tax, find: FindRate) {
  if (tax.taxability_reason === "reverse_charge") return "Tax (reverse charge)";
  if (tax.taxability_reason === "customer_exempt") return "Tax (exempt)";
  const rate = find(named?.tax_rate ?? "");
  const name = rate ? `${rate.display_name} ${rate.percentage}%` : "Tax";
  return how === "inclusive" ? `${name} (included)` : name;
}

function head(pdf: PdfDocument, title: string, facts: (readonly [string, string])[]): void {
  pdf.text("Local Stripe · test data", { x: edges.left, size: 9, isSoft: true });
  pdf.down(30);
  pdf.text(title, { x: edges.left, size: 20, weight: "bold" });
  pdf.down(28);
  for (const [label, value] of facts) {
    pdf.text(label, { x: edges.left, isSoft: true });
    pdf.text(value, { x: edges.left + 110 });
    pdf.down(16);
  }
  pdf.down(16);
}

function lines(
  pdf: PdfDocument,
  currency: string,
  rows: { description: string; detail: string; quantity: string; amount: number }[],
): void {
  const quantityAt = edges.right - 110;
  pdf.text("Description", { x: edges.left, weight: "bold" });
  pdf.text("Quantity", { x: quantityAt, weight: "bold", isRight: true });
  pdf.text("Amount", { x: edges.right, weight: "bold", isRight: true });
  pdf.down(8);
  pdf.rule();
  pdf.down(16);
  for (const { amount, description, detail, quantity } of rows) {
    pdf.text(quantity, { x: quantityAt, isRight: true });
    pdf.text(money(amount, currency), { x: edges.right, isRight: true });
    pdf.paragraph(description, { x: edges.left, width: quantityAt - edges.left - 70 });
    if (detail !== "") {
      pdf.down(13);
      pdf.text(detail, { x: edges.left, size: 8.5, isSoft: true });
    }
    pdf.down(8);
    pdf.rule();
    pdf.down(16, 40);
  }
}

function sums(pdf: PdfDocument, currency: string, rows: Sums[]): void {
  for (const { label, amount, isBold } of rows) {
    const weight = isBold ? ("bold" as const) : ("regular" as const);
    pdf.text(label, { x: edges.right - 110, isRight: true, weight });
    pdf.text(money(amount, currency), { x: edges.right, isRight: true, weight });
    pdf.down(17);
  }
}

function foot(pdf: PdfDocument, text: string): void {
  pdf.down(10, 40);
  pdf.paragraph(text, { x: edges.left, width: edges.right - edges.left, isSoft: true });
  pdf.down(12);
}

function spanOf({ start, end }: { start: number; end: number }): string {
  return day(start) === day(end) ? day(start) : `${day(start)} to ${day(end)}`;
}

function day(seconds: number): string {
  const options = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" } as const;
  return new Date(seconds * 1000).toLocaleDateString("en-GB", options);
}
