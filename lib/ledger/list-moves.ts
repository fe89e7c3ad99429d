import { z } from "zod";
import type { Tx } from "#lib/db/client";
import { Prisma } from "#lib/db/generated/client";
import { view } from "#lib/db/transaction";
import { decodeCursor, type Page, pageSize, toPage } from "#lib/keyset";
import { type AccountCode, accountCodes } from "#lib/ledger/chart";
import type { Account } from "#lib/ledger/entry";
import { type Book, findBook } from "#lib/ledger/list-books";
import type { Currency } from "#lib/money/currency";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";
import { currency } from "#lib/wire";

export const moveQuery = z.object({
  code: z.enum(accountCodes as [AccountCode, ...AccountCode[]]),
  currency,
  subject: z.string().trim().max(200).optional().describe("One part of an account that has parts."),
  cursor: z.string().max(200).optional(),
});
export type MoveQuery = z.output<typeof moveQuery>;

/** A move as an account sees it. */
export type AccountMove = {
  readonly entryId: bigint;
  readonly position: number;
  readonly reference: string;
  readonly kind: string;
  readonly effectiveAt: Date;
  readonly postedAt: Date;
  /** Which part of this account moved. */
  readonly subject: string;
  readonly other: Account;
  readonly currency: Currency;
  /** What the account received; negative where it gave. */
  readonly minor: bigint;
};

/** The moves of an account, or of one part of it, the latest by when they were so first. */
export async function listMoves(
  ctx: PlatformContext,
  { book: key, ...query }: MoveQuery & { book: string },
): Promise<Page<AccountMove>> {
  requirePlatform(ctx, "ledger:read");

  return view(ctx, async (tx) => readMoves(tx, await findBook(tx, key), query));
}

/** The same of a book that was found already. */
export async function readMoves(tx: Tx, book: Book, query: MoveQuery): Promise<Page<AccountMove>> {
  const after = query.cursor ? keyOf(query.cursor) : undefined;
  const rows = await tx.$queryRaw<Row[]>`
    with own as (
      select id from ledger_accounts
      where book_id = ${book.id} and code = ${query.code} and currency = ${query.currency}
    ), side as (
      (${sideOf("to", query.subject, after)}) union all (${sideOf("from", query.subject, after)})
    )
    select side."entryId", side.position, e.reference, e.kind, side."effectiveAt",
      e.posted_at as "postedAt", side.subject, o.code as "otherCode", side."otherSubject",
      side.minor
    from side join ledger_entries e on e.id = side."entryId"
      join ledger_accounts o on o.id = side.other
    order by side."effectiveAt" desc, side."entryId" desc, side.position desc
    limit ${pageSize + 1}`;
  const moves = rows.map(({ otherCode, otherSubject, ...row }) => ({
    ...{ ...row, currency: query.currency },
    other: { code: otherCode, subject: otherSubject },
  }));
  return toPage(moves, pageSize, ({ effectiveAt, entryId, position }) => ({
    at: effectiveAt,
    id: `${entryId}.${position}`,
  }));
}

type Row = Omit<AccountMove, "other" | "currency"> & {
  otherCode: AccountCode;
  otherSubject: string;
};
type After = { at: Date; entryId: bigint; position: number };

/** A page of the moves that end, or begin, in the account: each side is an index of its own. */
function sideOf(side: "to" | "from", subject?: string, after?: After): Prisma.Sql {
  const [here, there] = side === "to" ? ["to", "from"] : ["from", "to"];
  const name = (text: string) => Prisma.raw(text);
  return Prisma.sql`
    select m.entry_id as "entryId", m.position, m.effective_at as "effectiveAt",
      m.${name(`${here}_subject`)} as subject, m.${name(`${there}_account`)} as other,
      m.${name(`${there}_subject`)} as "otherSubject",
      ${name(side === "to" ? "m.minor" : "-m.minor")} as minor
    from ledger_moves m where m.${name(`${here}_account`)} = (select id from own)
      ${subject ? Prisma.sql`and m.${name(`${here}_subject`)} = ${subject}` : Prisma.empty}
      ${
        after
          ? Prisma.sql`and (m.effective_at, m.entry_id, m.position)
            < (${after.at}, ${after.entryId}, ${after.position})`
          : Prisma.empty
      }
    order by m.effective_at desc, m.entry_id desc, m.position desc limit ${pageSize + 1}`;
}

function keyOf(cursor: string): After {
  const { at, id } = decodeCursor(cursor);
  const [entryId = "0", position = "0"] = id.split(".");
  return {
    at,
    entryId: BigInt(/^\d+$/.test(entryId) ? entryId : 0),
    position: Number(position) || 0,
  };
}
