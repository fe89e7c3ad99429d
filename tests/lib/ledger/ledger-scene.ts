import type { Context } from "#lib/context";
import { transact, view } from "#lib/db/transaction";
import type { AccountCode } from "#lib/ledger/chart";
import { account, type Entry, type Move, platformBook } from "#lib/ledger/entry";
import { postEntries } from "#lib/ledger/post-entries";
import { type BalanceQuery, readBalances } from "#lib/ledger/read-balances";
import type { Currency } from "#lib/money/currency";

/** A move as tests write it: `move("revenue:usage", "receivable ten_1", 100n)`. */
export function move(from: string, to: string, minor: bigint, currency: Currency = "usd"): Move {
  return { from: accountOf(from), to: accountOf(to), minor, currency };
}

/** An entry of these moves; effective on the first of March where it does not say. */
export function entry(reference: string, moves: Move[], over: Partial<Entry> = {}): Entry {
  return {
    ...{ book: platformBook, reference, kind: "test.planted", about: {}, moves },
    effectiveAt: new Date("2026-03-01T12:00:00Z"),
    ...over,
  };
}

export function post(ctx: Context, ...entries: Entry[]): Promise<string[]> {
  return transact(ctx, "test.post", (tx) => postEntries(tx, entries, ctx));
}

/** The balances of a book, as `{"receivable ten_1 usd": 100n}`. */
export async function balancesOf(
  ctx: Context,
  query: Partial<BalanceQuery> = {},
): Promise<Record<string, bigint>> {
  const found = await view(ctx, (tx) => readBalances(tx, { book: platformBook, ...query }));
  return Object.fromEntries(
    found.map(({ account: { code, subject }, currency, minor }) => [
      [code, subject, currency].filter(Boolean).join(" "),
      minor,
    ]),
  );
}

function accountOf(text: string) {
  const [code, subject] = text.split(" ");
  return account(code as AccountCode, subject);
}
