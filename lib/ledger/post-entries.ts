import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import { Refusal } from "#lib/errors";
import type { Account, Entry } from "#lib/ledger/entry";
import { refusalOf } from "#lib/ledger/refusal-of";

/**
 * Posts what is not posted yet, in one statement however many; answers the references that are
 * new, in their order.
 * The same reference with other moves is refused, as is whatever does not balance, does not exist
 * or falls into a closed period: the database itself decides, so a refusal undoes the transaction.
 */
export async function postEntries(
  tx: Tx,
  entries: readonly Entry[],
  ctx: Context,
): Promise<string[]> {
  const once = withoutRepeats(entries);
  if (once.length === 0) return [];
  const { books, whose, effective, holders, codes, monies, parted, heads, moves } = rowsOf(once);
  try {
    const [answer] = await tx.$queryRaw<{ posted: number[] | null }[]>`
      select app.post_entries(${books}::text[], ${whose}::integer[], ${effective}::timestamptz[],
        ${holders}::integer[], ${codes}::text[], ${monies}::text[], ${parted}::boolean[],
        ${heads}::app.ledger_head[], ${moves}::app.ledger_leg[], ${ctx.now()}) as posted`;
    const posted = answer!.posted;
    return (posted ? posted.map((place) => once[place - 1]!) : once).map(
      ({ reference }) => reference,
    );
  } catch (error) {
    throw refusalOf(error) ?? error;
  }
}

/** Entries as `app.post_entries` takes them: what many of them name is named once. */
export function rowsOf(entries: readonly Entry[]) {
  const books = [...new Set(entries.map(({ book }) => book))].sort();
  const whose = entries.map(({ book }) => books.indexOf(book) + 1);
  const accounts = namedAccounts(entries, whose);
  return {
    ...{ books, whose },
    effective: entries.map(({ effectiveAt }) => effectiveAt.toISOString()),
    holders: accounts.named.map(({ holder }) => holder),
    codes: accounts.named.map(({ code }) => code),
    monies: accounts.named.map(({ currency }) => currency),
    parted: accounts.named.map(({ isParted }) => isParted),
    // Two who post the same facts wait for each other only if they write them in one order.
    heads: rowsAsText(entries.map(headOf).sort(byReference)),
    moves: rowsAsText(entries.flatMap(rowsIn(whose, accounts.placeOf))),
  };
}

type Named = { holder: number; code: string; currency: string; isParted: boolean };

/** The accounts that moves name, each once and in an order of their own, and where each stands. */
function namedAccounts(entries: readonly Entry[], whose: readonly number[]) {
  const found = new Map<string, Named>();
  const keyOf = (holder: number, { code, subject }: Account, currency: string) =>
    `${holder} ${currency} ${code} ${subject ? "part" : ""}`;
  for (const [place, { moves }] of entries.entries()) {
    const holder = whose[place]!;
    for (const { from, to, currency } of moves) {
      for (const one of [from, to]) {
        const isParted = one.subject !== "";
        found.set(keyOf(holder, one, currency), { holder, code: one.code, currency, isParted });
      }
    }
  }
  const sorted = [...found].sort(([left], [right]) => (left < right ? -1 : 1));
  const places = new Map(sorted.map(([key], place) => [key, place + 1]));
  return {
    named: sorted.map(([, one]) => one),
    placeOf: (...which: Parameters<typeof keyOf>) => places.get(keyOf(...which))!,
  };
}

type Field = string | number | undefined;

/** A row of `app.ledger_head`. */
function headOf({ reference, kind, about, corrects }: Entry, place: number) {
  const { tenantId, customerId, paymentId, country, method, objectId } = about;
  const rest: Field[] = [kind, tenantId, customerId, paymentId, country, method, objectId];
  return [place + 1, reference, ...rest, corrects] as const;
}

function byReference(left: readonly [number, string, ...Field[]], right: typeof left): number {
  return left[1] < right[1] ? -1 : 1;
}

type PlaceOf = ReturnType<typeof namedAccounts>["placeOf"];

/** Rows of `app.ledger_leg`. */
function rowsIn(whose: readonly number[], placeOf: PlaceOf) {
  return ({ moves }: Entry, place: number) =>
    moves.map(({ from, to, minor, currency, plan }, position): Field[] => [
      ...[place + 1, position, placeOf(whose[place]!, from, currency), from.subject],
      ...[placeOf(whose[place]!, to, currency), to.subject, minor.toString(), plan],
    ]);
}

/** Rows as PostgreSQL writes an array of them. */
function rowsAsText(rows: readonly (readonly Field[])[]): string {
  return `{${rows.map((row) => quoted(`(${row.map(fieldAsText).join(",")})`)).join(",")}}`;
}

function fieldAsText(field: Field): string | number {
  return typeof field === "string" ? quoted(field) : (field ?? "");
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, "\\$&")}"`;
}

/** A batch may find one fact twice; as two different ones it cannot be posted. */
function withoutRepeats(entries: readonly Entry[]): Entry[] {
  const kept = new Map<string, Entry>();
  for (const entry of entries) {
    const key = `${entry.book} ${entry.reference}`;
    const first = kept.get(key);
    if (first && movesAs(first) !== movesAs(entry)) {
      const message = `${entry.reference} comes twice, with other moves, for ${entry.book}.`;
      throw new Refusal("conflict", message);
    }
    if (!first) kept.set(key, entry);
  }
  return [...kept.values()];
}

function movesAs({ moves }: Entry): string {
  return JSON.stringify(moves.map((move) => ({ ...move, minor: move.minor.toString() })));
}
