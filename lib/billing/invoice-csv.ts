import type { InvoiceSummary } from "#lib/billing/invoice";
import type { Tx } from "#lib/db/client";
import { toDecimal } from "#lib/money/format-money";
import { money } from "#lib/money/money";

/** How an invoice's total comes about, in minor units, and where its customer is. */
export type InvoiceDetail = {
  id: string;
  subtotalMinor: bigint;
  discountMinor: bigint;
  taxMinor: bigint;
  country: string | null;
};
/** A row as the table has it; with the tenant's name where there are several. */
export type CsvInvoice = InvoiceSummary & { tenant?: string; detail: InvoiceDetail };

/** So many rows are held at a time, however many there are. */
export const rowsAtOnce = 500;

const sums = ["subtotal", "discount", "tax", "total", "due", "paid"] as const;
const dates = ["issued", "due_at", "paid_at"] as const;

/** The first line; `hasTenant` where several tenants are in one table. */
export function csvHead(hasTenant: boolean): string {
  const first = hasTenant ? ["tenant"] : [];
  return toLine([...first, "number", "id", "status", "currency", ...sums, ...dates, "country"]);
}

/** Invoices as lines for spreadsheets: amounts as plain decimals, instants in UTC. */
export function csvLines(rows: readonly CsvInvoice[]): string {
  return rows
    .map((row) => {
      const { currency } = row.total;
      const { subtotalMinor, discountMinor, taxMinor, country } = row.detail;
      const parts = [subtotalMinor, discountMinor, taxMinor].map((minor) => money(minor, currency));
      return toLine([
        ...(row.tenant === undefined ? [] : [row.tenant]),
        ...[row.number ?? "", row.id, row.status, currency.toUpperCase()],
        ...[...parts, row.total, row.amountDue, row.amountPaid].map(toDecimal),
        ...[row.createdAt, row.dueAt, row.paidAt].map((at) => at?.toISOString() ?? ""),
        country ?? "",
      ]);
    })
    .join("");
}

/** What the table says of invoices beside their rows. One deleted a moment ago is left out. */
export async function withDetails<Row extends { id: string }>(tx: Tx, rows: readonly Row[]) {
  const found = await tx.$queryRaw<InvoiceDetail[]>`
    select id, (object ->> 'subtotal')::bigint as "subtotalMinor",
      coalesce((select sum((part ->> 'amount')::bigint) from jsonb_array_elements(
        case jsonb_typeof(object -> 'total_discount_amounts')
          when 'array' then object -> 'total_discount_amounts' else '[]' end) part), 0)::bigint
        as "discountMinor",
      coalesce((select sum((part ->> 'amount')::bigint) from jsonb_array_elements(
        case jsonb_typeof(object -> 'total_taxes')
          when 'array' then object -> 'total_taxes' else '[]' end) part), 0)::bigint
        as "taxMinor",
      object #>> '{customer_address,country}' as country
    from invoices where id = any(${rows.map(({ id }) => id)})`;
  const details = new Map(found.map((detail) => [detail.id, detail]));
  return rows.flatMap((row) => {
    const detail = details.get(row.id);
    return detail ? [{ ...row, detail }] : [];
  });
}

export type CsvPage = { rows: readonly CsvInvoice[]; next: { createdAt: Date; id: string } | null };

/** A page, and after which row the next begins; null where this one was the last. */
export function toCsvPage(
  rows: readonly CsvInvoice[],
  read: readonly { createdAt: Date; id: string }[],
): CsvPage {
  return { rows, next: read.length < rowsAtOnce ? null : (read.at(-1) ?? null) };
}

/**
 * A table in pieces, a page of rows each, so that a million rows need no more memory than a page.
 * The first is read at once: what is refused is refused before anything was sent.
 */
export async function streamCsv(
  hasTenant: boolean,
  readAfter: (last: { createdAt: Date; id: string } | undefined) => Promise<CsvPage>,
): Promise<AsyncIterable<string>> {
  const first = await readAfter(undefined);
  async function* pieces() {
    yield csvHead(hasTenant) + csvLines(first.rows);
    for (let { next } = first; next; ) {
      const page = await readAfter(next);
      yield csvLines(page.rows);
      next = page.next;
    }
  }
  return pieces();
}

function toLine(cells: readonly string[]): string {
  return `${cells.map(cell).join(",")}\r\n`;
}

/** Quoted where it must be; what a spreadsheet would run as a formula is made text. */
function cell(text: string): string {
  const isFormula = /^[=+@\t\r]|^-(?!\d)/.test(text);
  const safe = isFormula ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
