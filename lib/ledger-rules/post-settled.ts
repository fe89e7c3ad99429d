import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import type { Account, Entry, Move } from "#lib/ledger/entry";
import type { Source } from "#lib/ledger-rules/claim";
import { postOpen } from "#lib/ledger-rules/post-open";
import { readBooks } from "#lib/ledger-rules/read-books";
import { readPayers } from "#lib/ledger-rules/read-payers";
import { countCorrections, readMoves } from "#lib/ledger-rules/read-posted";
import { bearable } from "#lib/ledger-rules/schedule";
import { settledEntries } from "#lib/ledger-rules/settled-entries";
import { type Currency, isCurrency } from "#lib/money/currency";
import type { StripeObjects } from "#lib/stripe/object-types";
import { idOf } from "#lib/stripe/objects";

type Row = StripeObjects["balance_transaction"];
/** How many entries are new, and which rows no rule could explain. */
export type Settling = { posted: number; unexplained: Source<Row>[] };

/**
 * Posts balance transactions. Of one that is posted already, and says something else by now, the
 * difference is posted as a correction that names it.
 */
export async function postSettled(
  tx: Tx,
  sources: readonly Source<Row>[],
  ctx: Context,
): Promise<Settling> {
  const books = await readBooks(tx, [...new Set(sources.map(({ account }) => account))]);
  const kept = sources.filter(({ account }) => books.has(account));
  const payers = await readPayers(tx, kept.map(paidBy));
  const told = kept.flatMap((source) => {
    const { account, id } = paidBy(source);
    const payer = payers.get(`${account} ${id}`);
    const entries = settledEntries({ ...source, ...(payer && { payer }) });
    return entries.map((entry) => ({ source, entry }));
  });
  const known = await readMoves(
    tx,
    told.map(({ entry }) => entry),
  );
  const entries: Entry[] = [];
  // A currency that we have no decimals of cannot even be kept in suspense.
  const unexplained = sources.filter(({ object }) => !isCurrency(object.currency));
  for (const { source, entry } of told) {
    const posted = known.get(`${entry.book} ${entry.reference}`);
    if (!posted && hasSuspense(entry.moves)) unexplained.push(source);
    if (!posted) entries.push(entry);
    else entries.push(...(await corrections(tx, entry, posted)));
  }
  const fresh = await postOpen(tx, entries, ctx);
  return { posted: fresh.size, unexplained };
}

function paidBy({ account, object }: Source<Row>) {
  return { account, id: idOf(object.source) ?? "" };
}

function hasSuspense(moves: readonly Move[]): boolean {
  return moves.some(({ from, to }) => from.code === "suspense" || to.code === "suspense");
}

async function corrections(tx: Tx, entry: Entry, posted: readonly Move[]): Promise<Entry[]> {
  const moves = differenceOf(posted, entry.moves);
  if (moves.length === 0) return [];
  const number = (await countCorrections(tx, entry)) + 1;
  const { reference: corrects } = entry;
  return [{ ...entry, reference: `${corrects}:corrected:${number}`, corrects, moves }];
}

type Line = { account: Account; currency: Currency; minor: bigint };

/** The fewest moves that make of what was posted what should be. */
export function differenceOf(posted: readonly Move[], wanted: readonly Move[]): Move[] {
  const lines = new Map<string, Line>();
  const add = (account: Account, currency: Currency, minor: bigint) => {
    const key = `${currency} ${account.code} ${account.subject}`;
    const before = lines.get(key)?.minor ?? 0n;
    lines.set(key, { account, currency, minor: before + minor });
  };
  for (const [moves, sign] of [
    [wanted, 1n],
    [posted, -1n],
  ] as const) {
    for (const { from, to, minor, currency } of moves) {
      add(to, currency, sign * minor);
      add(from, currency, -sign * minor);
    }
  }
  const givers = [...lines.values()].filter(({ minor }) => minor < 0n);
  const takers = [...lines.values()].filter(({ minor }) => minor > 0n);
  return givers.flatMap((giver) => handOut(giver, takers));
}

function handOut(giver: Line, takers: readonly Line[]): Move[] {
  let left = -giver.minor;
  return takers.flatMap((taker) => {
    if (taker.currency !== giver.currency) return [];
    const minor = bearable(left, taker.minor);
    if (minor === 0n) return [];
    left -= minor;
    taker.minor -= minor;
    return [{ from: giver.account, to: taker.account, minor, currency: giver.currency }];
  });
}
