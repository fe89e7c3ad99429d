import { getOwnEntry } from "#lib/books/get-own-entry";
import { getOwnStanding } from "#lib/books/get-own-standing";
import { getOwnStatements } from "#lib/books/get-own-statements";
import { listOwnEntries } from "#lib/books/list-own-entries";
import { listOwnMoves } from "#lib/books/list-own-moves";
import type { Context } from "#lib/context";
import type { Db } from "#lib/db/client";
import { view } from "#lib/db/transaction";
import { encodeCursor } from "#lib/keyset";
import { getStatements } from "#lib/ledger/get-statements";
import { listEntries } from "#lib/ledger/list-entries";
import { listOpen } from "#lib/ledger/list-open";
import { type BalanceQuery, readBalances } from "#lib/ledger/read-balances";
import { readNegativeBalances } from "#lib/overview/negative-balances";
import { getStanding } from "#lib/reconciliation/get-standing";
import type { PlatformContext, TenantContext } from "#lib/tenancy/context";
import { instantOf, large, payments, settled, small } from "#scripts/bench/ledger-large-rows";
import { contextOn } from "#scripts/bench/stage";

/** What a page asks for; each turn for something else of its kind. */
export type Reader = (turn: number) => Promise<unknown>;

const person = { kind: "person", userId: "usr_bench" } as const;

/** Finance in the console. */
export function financeOn(db: Db): PlatformContext {
  const ctx = contextOn(db, { kind: "platform", userId: person.userId });
  return { ...ctx, actor: person, userId: person.userId, platformRole: "finance" };
}

function ownerOn(db: Db, tenantId: string): TenantContext {
  const ctx = contextOn(db, { kind: "tenant", tenantId, userId: person.userId });
  return { ...ctx, actor: person, userId: person.userId, tenantId, tenantSlug: "x", role: "owner" };
}

/** Every page that reads a book, by its name. */
export function openReaders(db: Db): Record<string, Reader> {
  const system = contextOn(db, { kind: "system" });
  const finance = financeOn(db);
  const owner = ownerOn(db, large.tenantId);
  return {
    ...balances(system),
    "open items, oldest first": () =>
      view(system, (tx) => listOpen(tx, { book: large.book, code: "stripe:clearing", limit: 50 })),
    ...lists(finance, owner, ownerOn(db, small.tenantId)),
    "statements of now": () => getStatements(finance, { book: large.book }),
    "statements as of a day": (turn) =>
      getStatements(finance, { book: large.book, from: dayOf(turn), to: dayOf(turn + 40) }),
    "own statements as of a day": (turn) => getOwnStatements(owner, { to: dayOf(turn + 100) }),
    "own standing": () => getOwnStanding(owner),
    "standing of all books": () => getStanding(finance),
    "negative balances": () => view(system, (tx) => readNegativeBalances(tx, 5)),
  };
}

function balances(ctx: Context): Record<string, Reader> {
  const of = (query: (turn: number) => Omit<BalanceQuery, "book">) => (turn: number) =>
    view(ctx, (tx) => readBalances(tx, { book: large.book, ...query(turn) }));
  const middle = (turn: number) => ({ effective: instantOf(payments / 2 + turn * 1_000) });
  const { tenantId } = large;
  const code = "revenue:sales" as const;
  return {
    "balances now": of(() => ({})),
    "hot balance as of an instant": of((n) => ({ code: "stripe:balance", at: middle(n) })),
    "earned by tenant": of(() => ({ code, dimensions: { tenantId } })),
    "earned by plan, as of an instant": of((n) => ({
      ...{ code, dimensions: { plan: `plan_${n % 10}` }, at: middle(n) },
    })),
    "balances by customer": of((n) => ({ dimensions: { customerId: `cus_${n * 991}` } })),
    "balances by payment": of((n) => ({ dimensions: { paymentId: `pi_${1 + n * 997}` } })),
    "one reference as of an instant": of((n) => ({
      ...{ code: "stripe:clearing", subject: `ch_${1 + n * 997}`, at: middle(n) },
    })),
  };
}

function lists(
  finance: PlatformContext,
  owner: TenantContext,
  other: TenantContext,
): Record<string, Reader> {
  const hot = { code: "stripe:balance", currency: "usd" } as const;
  const farBack = (turn: number) => {
    const n = Math.floor(settled / 3) + turn * 500;
    return encodeCursor({ at: instantOf(n), id: `${2 * n}.0` });
  };
  const entryBack = (turn: number) => {
    const n = Math.floor(settled / 3) + turn * 500;
    return encodeCursor({ at: instantOf(n), id: `${2 * n}` });
  };
  const nth = (turn: number) => 1 + ((turn * 7_919) % settled);
  return {
    "a hot account's newest moves": () => listOwnMoves(owner, hot),
    "a hot account's moves far back": (turn) =>
      listOwnMoves(owner, { ...hot, cursor: farBack(turn) }),
    "one reference's moves": (turn) =>
      listOwnMoves(owner, {
        ...{ code: "stripe:clearing", currency: "usd", subject: `ch_${nth(turn)}` },
      }),
    "own newest entries": () => listOwnEntries(owner, {}),
    "own entries far back": (turn) => listOwnEntries(owner, { cursor: entryBack(turn) }),
    "own entries of a payment": (turn) => listOwnEntries(owner, { objectId: `pi_${nth(turn)}` }),
    "a small book's entries": () => listOwnEntries(other, {}),
    "an entry in full": (turn) => getOwnEntry(owner, { entryId: `${nth(turn)}` }),
    "an entry by its reference": (turn) =>
      listEntries(finance, { reference: `bt:txn_${nth(turn)}` }),
    "a book's entries in the console": () => listEntries(finance, { book: large.book }),
    "a tenant's entries in the console": () => listEntries(finance, { tenantId: large.tenantId }),
  };
}

function dayOf(later: number): string {
  return new Date(instantOf(0).getTime() + later * 86_400_000).toISOString().slice(0, 10);
}
