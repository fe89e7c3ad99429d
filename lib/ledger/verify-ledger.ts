import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import { transact, view } from "#lib/db/transaction";
import type { AccountCode } from "#lib/ledger/chart";
import type { BookKey } from "#lib/ledger/entry";
import type { Currency } from "#lib/money/currency";

/**
 * Something that is not as it was written: a row that was added, changed or taken away past the
 * walls, which only somebody with power over the database can do.
 */
export type LedgerFault =
  | { readonly kind: "seal_missing"; readonly seal: number }
  | { readonly kind: "entries_missing"; readonly seal: number; readonly entryIds: bigint[] }
  | { readonly kind: "entries_changed"; readonly seal: number }
  | { readonly kind: "entries_unsealed"; readonly entryIds: bigint[] }
  | ({
      /** A closed period that does not come to what it did when it was closed. */
      readonly kind: "closing_differs";
      readonly closing: string;
    } & Difference)
  | ({
      /** A day's sum that is not what its moves come to, in all or by what they are about. */
      readonly kind: "day_differs" | "slice_differs";
      readonly subject: string;
    } & Difference)
  | ({ readonly kind: "balance_differs"; readonly subject: string } & Difference);

type Difference = {
  readonly code: AccountCode;
  readonly currency: Currency;
  readonly keptMinor: bigint;
  readonly movedMinor: bigint;
};

export type Count = {
  readonly book: BookKey;
  /** One that began since then and was cut off goes on where it was; else one begins anew. */
  readonly since?: Date;
  /** It stops after so long, and goes on when it is asked again. */
  readonly forMs?: number;
  /** What is kept becomes what was counted. */
  readonly mends?: boolean;
  /** So many entries in one transaction, or one seal. */
  readonly atOnce?: number;
};

/** A second or two of work, where a transaction may take half a minute. */
const usualPiece = 20_000;
/** Its end compares all that is kept, which of the largest books takes longer than a piece. */
const endLimitMs = 10 * 60_000;

/**
 * Works a book out anew from its entries, piece by piece: every seal, every entry's place in one,
 * every balance, every day's sums and what was closed. What is posted meanwhile waits for nothing
 * and makes no difference. Costs by the book's history and holds little of it. Answers what does
 * not hold, or null where `forMs` was over before the end.
 */
export async function verifyLedger(
  ctx: Context,
  { book, since = ctx.now(), mends = false, atOnce = usualPiece, ...count }: Count,
): Promise<LedgerFault[] | null> {
  const known = await view(ctx, (tx) => tx.ledgerBook.findUnique({ where: { key: book } }));
  if (!known) return [];
  const until = performance.now() + (count.forMs ?? Number.POSITIVE_INFINITY);
  for (;;) {
    const isAll = await countPiece(ctx, { book, since, atOnce });
    const faults = isAll ? await endCount(ctx, { book, since, mends, atOnce }) : null;
    if (faults) return faults;
    if (performance.now() >= until) return null;
  }
}

type Piece = Required<Pick<Count, "book" | "since" | "atOnce">>;

function countPiece(ctx: Context, { book, since, atOnce }: Piece): Promise<boolean> {
  return transact(ctx, "ledger.count", async (tx) => {
    const [piece] = await tx.$queryRaw<{ isAll: boolean }[]>`
      select app.count_ledger(${book}, ${since}, ${atOnce}, ${ctx.now()}) as "isAll"`;
    return piece!.isAll;
  });
}

/** Null where more was folded meanwhile than one piece takes. */
function endCount(
  ctx: Context,
  { book, since, mends, atOnce }: Piece & { mends: boolean },
): Promise<LedgerFault[] | null> {
  const end = async (tx: Tx) => {
    const [ended] = await tx.$queryRaw<{ faults: Row[] | null }[]>`
      select app.end_count(${book}, ${since}, ${mends}, ${atOnce}, ${ctx.now()}) as faults`;
    return ended!.faults?.map(faultOf) ?? null;
  };
  return transact(ctx, "ledger.count", end, endLimitMs);
}

/** As JSON holds it: what may be long is text, which loses nothing. */
type Row = {
  kind: LedgerFault["kind"];
  entryIds?: string[];
  keptMinor?: string;
  movedMinor?: string;
};

function faultOf({ entryIds, keptMinor, movedMinor, ...row }: Row): LedgerFault {
  return {
    ...row,
    ...(entryIds && { entryIds: entryIds.map(BigInt) }),
    ...(keptMinor !== undefined && { keptMinor: BigInt(keptMinor) }),
    ...(movedMinor !== undefined && { movedMinor: BigInt(movedMinor) }),
  } as LedgerFault;
}
