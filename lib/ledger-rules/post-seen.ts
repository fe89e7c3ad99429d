import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import type { Owned } from "#lib/events/converger";
import type { Entry } from "#lib/ledger/entry";
import { askForFeeding } from "#lib/ledger-rules/ask-for-feeding";
import { type Built, type Claim, nameOf, type Origin } from "#lib/ledger-rules/claim";
import { claimsOf, isClaimed } from "#lib/ledger-rules/claims";
import { addSchedules, relieveSchedules } from "#lib/ledger-rules/keep-schedules";
import { postOpen } from "#lib/ledger-rules/post-open";
import { readBooks } from "#lib/ledger-rules/read-books";
import { readKnown } from "#lib/ledger-rules/read-known";
import { readPosted } from "#lib/ledger-rules/read-posted";

type Named = Claim & { origin: Origin };
/** How many entries are new, and which objects wait for another that is not here yet. */
export type Seeing = { posted: number; waiting: Origin[] };

/**
 * Posts what objects say has happened and is not posted yet, in the transaction that writes their
 * mirrors. What an object needs of others is read there by key; what is missing is waited for,
 * and done without once it is overdue, where that is possible.
 */
export async function postSeen(
  tx: Tx,
  seen: readonly Owned[],
  ctx: Context,
  overdue: ReadonlySet<string> = new Set(),
): Promise<Seeing> {
  const found = await keepNew(tx, seen.flatMap(claimsIn));
  if (found.length === 0) return { posted: 0, waiting: [] };
  const books = await readBooks(tx, [...new Set(found.map(({ origin }) => origin.account))]);
  const claims = found.filter(({ origin }) => books.has(origin.account));
  const waiting = found.flatMap(({ origin }) => (books.has(origin.account) ? [] : [origin]));
  await askForFeeding(tx, ctx, [...new Set(claims.map(({ origin }) => origin.account))]);
  let posted = 0;
  // A state may rest on an earlier one of the same objects, so each has its turn.
  for (const turn of turnsOf(claims)) {
    const known = await readKnown(
      tx,
      turn.map(({ needs }) => needs ?? {}),
    );
    const ready = turn.flatMap((claim) => {
      const isFresh = !overdue.has(nameOf(claim.origin));
      const built = claim.build({ ...known, isFresh });
      if (built) return [{ claim, built }];
      waiting.push(claim.origin);
      return [];
    });
    posted += await post(tx, ready, ctx);
  }
  return { posted, waiting };
}

function claimsIn({ account, id, tenantId, object, isDeleted }: Owned): Named[] {
  const type = (object as { object?: string }).object ?? "";
  if (isDeleted || !isClaimed(type)) return [];
  const origin = { type, account, id };
  return claimsOf(type, { account, tenantId, object }).map((claim) => ({ ...claim, origin }));
}

async function keepNew(tx: Tx, claims: readonly Named[]): Promise<Named[]> {
  const posted = await readPosted(tx, claims);
  return claims.filter(({ book, reference }) => !posted.has(`${book} ${reference}`));
}

/** Claims in an order in which each finds posted what it asks for; what asks for nothing first. */
function turnsOf(claims: readonly Named[]): Named[][] {
  const turns: Named[][] = [];
  const rest = new Set(claims);
  while (rest.size > 0) {
    const coming = new Set([...rest].map(({ book, reference }) => `${book} ${reference}`));
    const isReady = ({ needs }: Named) => {
      return !needs?.posted?.some(({ book, reference }) => coming.has(`${book} ${reference}`));
    };
    const ready = [...rest].filter(isReady);
    turns.push(ready.length > 0 ? ready : [...rest]);
    for (const claim of ready.length > 0 ? ready : [...rest]) rest.delete(claim);
  }
  return turns;
}

type Ready = { claim: Named; built: Built };

/** Only what is new changes the days to come: a claim that was overtaken does nothing. */
async function post(tx: Tx, ready: readonly Ready[], ctx: Context): Promise<number> {
  const fresh = await postOpen(tx, ready.map(entryOf), ctx);
  const news = ready.filter(({ claim }) => fresh.has(claim.reference));
  await addSchedules(
    tx,
    news.flatMap(({ built }) => built.schedules ?? []),
  );
  await relieveSchedules(
    tx,
    news.flatMap(({ built }) => built.relief ?? []),
  );
  return fresh.size;
}

function entryOf({ claim, built }: Ready): Entry {
  const { kind, book, reference, effectiveAt } = claim;
  const about = { ...claim.about, ...built.about };
  return { kind, book, reference, effectiveAt, about, moves: built.moves };
}
