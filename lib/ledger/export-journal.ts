import { z } from "zod";
import type { Context } from "#lib/context";
import { Prisma } from "#lib/db/generated/client";
import { view } from "#lib/db/transaction";
import { type AccountKind, chart } from "#lib/ledger/chart";
import { entriesInTime, type InTime } from "#lib/ledger/entries-in-time";
import type { Account, Move } from "#lib/ledger/entry";
import { findBook } from "#lib/ledger/list-books";
import { type PostedEntry, readEntries } from "#lib/ledger/read-entries";
import { currencies } from "#lib/money/currency";
import { toDecimal } from "#lib/money/format-money";
import { money } from "#lib/money/money";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

export const journalQuery = z.object({
  from: z.iso.date().optional().describe("The first day, in UTC, by when it was so."),
  to: z.iso.date().optional().describe("The last day."),
});
type Span = z.output<typeof journalQuery>;

/** So many entries are held at a time, however many there are. */
const atOnce = 500;

/** A book as text that hledger reads: every entry a transaction, in the order of time. */
export async function exportJournal(
  ctx: PlatformContext,
  { book, ...span }: Span & { book: string },
): Promise<AsyncIterable<string>> {
  requirePlatform(ctx, "ledger:read");

  const { id } = await view(ctx, (tx) => findBook(tx, book));
  return journalOf(ctx, id, span);
}

/** A book's journal piece by piece, so that however long it is little is held at a time. */
export async function* journalOf(
  ctx: Context,
  bookId: number,
  { from, to }: Span,
): AsyncIterable<string> {
  yield journalHead();
  const day = (text: string, later: number) =>
    new Date(Date.parse(`${text}T00:00:00Z`) + later * 86_400_000);
  const span = {
    ...({ bookId, order: "asc", limit: atOnce } as const),
    ...(from && { from: day(from, 0) }),
    ...(to && { before: day(to, 1) }),
  };
  for (let after: InTime["after"]; ; ) {
    const which = entriesInTime({ ...span, ...(after && { after }) });
    const entries = await view(ctx, (tx) =>
      readEntries(tx, Prisma.sql`where e.id in (${which}) order by e.effective_at, e.id`),
    );
    const last = entries.at(-1);
    if (!last) return;
    yield entries.map(journalEntry).join("");
    after = { at: last.effectiveAt, id: last.id };
  }
}

/** What hledger calls each kind of account; contra accounts lessen what is earned. */
const parents: Readonly<Record<AccountKind, { name: string; type: string }>> = {
  asset: { name: "assets", type: "A" },
  suspense: { name: "assets:unexplained", type: "A" },
  liability: { name: "liabilities", type: "L" },
  equity: { name: "equity", type: "E" },
  income: { name: "revenues", type: "R" },
  contra: { name: "revenues:less", type: "R" },
  expense: { name: "expenses", type: "X" },
};

/** The declarations: how each currency is written, and what each account is. */
export function journalHead(): string {
  const marks = Object.entries(currencies).map(
    ([currency, { decimals }]) =>
      `commodity ${currency.toUpperCase()} 1000.${"0".repeat(decimals)}\n`,
  );
  const accounts = Object.entries(chart).map(
    ([code, { kind }]) => `account ${parents[kind].name}:${code}  ; type: ${parents[kind].type}\n`,
  );
  return `${marks.join("")}\n${accounts.join("")}\n`;
}

/** An entry as a transaction: each move is a pair of postings, so it balances in every currency. */
export function journalEntry({
  reference,
  kind,
  effectiveAt,
  postedAt,
  moves,
}: PostedEntry): string {
  const head = `${effectiveAt.toISOString().slice(0, 10)} * ${plain(reference)}\n`;
  const tags = `    ; kind: ${plain(kind)}, posted: ${postedAt.toISOString()}\n`;
  return `${head}${tags}${moves.map(pairOf).join("")}\n`;
}

function pairOf({ from, to, minor, currency }: Move): string {
  const mark = currency.toUpperCase();
  return [
    `    ${nameOf(to)}  ${mark} ${toDecimal(money(minor, currency))}\n`,
    `    ${nameOf(from)}  ${mark} ${toDecimal(money(-minor, currency))}\n`,
  ].join("");
}

function nameOf({ code, subject }: Account): string {
  return [parents[chart[code].kind].name, code, ...(subject ? [plain(subject)] : [])].join(":");
}

/** Two spaces end an account's name there, and a semicolon begins a comment. */
function plain(text: string): string {
  return text.replaceAll(/[\s;|]+/g, "_");
}
