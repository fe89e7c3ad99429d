import { z } from "zod";
import type { InvoiceSummary } from "#lib/billing/invoice";
import type { Prisma } from "#lib/db/generated/client";
import { decodeCursor } from "#lib/keyset";
import { isCurrency } from "#lib/money/currency";
import { toDecimal } from "#lib/money/format-money";

const day = z.iso.date("must be a day, such as 2026-11-21");

/** By what a list of invoices is narrowed. Days are of UTC, and both belong to it. */
export const invoiceFilter = z.object({
  status: z.enum(["draft", "open", "paid", "void", "uncollectible"]).optional(),
  currency: z.string().toLowerCase().refine(isCurrency, "is not a currency we bill in").optional(),
  /** The number or its beginning. */
  number: z.string().trim().min(1).max(50).optional(),
  from: day.optional(),
  to: day.optional(),
});
export type InvoiceFilter = z.output<typeof invoiceFilter>;

export function whereOf({ status, currency, number, from, to }: InvoiceFilter) {
  const created = {
    ...(from && { gte: new Date(`${from}T00:00:00Z`) }),
    ...(to && { lt: new Date(Date.parse(`${to}T00:00:00Z`) + 86_400_000) }),
  };
  return {
    ...(status && { status }),
    ...(currency && { currency }),
    ...(number && { number: { startsWith: number, mode: "insensitive" as const } }),
    ...((from || to) && { createdAt: created }),
  } satisfies Prisma.InvoiceWhereInput;
}

/** What comes after a row, newest first. */
export function afterCursor(cursor: string | undefined): Prisma.InvoiceWhereInput {
  if (!cursor) return {};
  const { at, id } = decodeCursor(cursor);
  return { OR: [{ createdAt: { lt: at } }, { createdAt: at, id: { lt: id } }] };
}

export const newestFirst: Prisma.InvoiceOrderByWithRelationInput[] = [
  { createdAt: "desc" },
  { id: "desc" },
];

const columns = ["number", "id", "status", "currency", "total", "due", "paid"] as const;
const dates = ["issued", "due_at", "paid_at"] as const;

/** Invoices as a table for spreadsheets: amounts as plain decimals, instants in UTC. */
export function invoicesAsCsv(rows: readonly (InvoiceSummary & { tenant?: string })[]): string {
  const hasTenant = rows.some(({ tenant }) => tenant !== undefined);
  const header = [...(hasTenant ? ["tenant"] : []), ...columns, ...dates];
  const lines = rows.map((row) => [
    ...(hasTenant ? [row.tenant ?? ""] : []),
    ...[row.number ?? "", row.id, row.status, row.total.currency.toUpperCase()],
    ...[row.total, row.amountDue, row.amountPaid].map(toDecimal),
    ...[row.createdAt, row.dueAt, row.paidAt].map((at) => at?.toISOString() ?? ""),
  ]);
  return [header, ...lines].map((line) => `${line.map(cell).join(",")}\r\n`).join("");
}

/** Quoted where it must be; what a spreadsheet would run as a formula is made text. */
function cell(text: string): string {
  const isFormula = /^[=+@\t\r]|^-(?!\d)/.test(text);
  const safe = isFormula ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
