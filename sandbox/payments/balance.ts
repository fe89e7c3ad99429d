import type { LedgerRow } from "#sandbox/payments/ledger";
import { reservedOf } from "#sandbox/payments/reserve";
import { StripeError } from "#sandbox/protocol/errors";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

/** What there is of one currency, by the funds it came from. */
export interface Total {
  currency: string;
  card: bigint;
  bank_account: bigint;
}

/** A ledger row as of now: what was pending is available once its day has come. */
export function asOfNow(world: World, row: LedgerRow): LedgerRow {
  return { ...row, status: isMature(world, row) ? "available" : "pending" };
}

/** Rows no automatic payout has taken. Those it took add up to nothing with the payout itself, so
 *  what is left is the balance, and reading it stays quick however long the ledger grows. */
export function openRows(world: World, currency?: string): Row<"balance_transaction">[] {
  return world.list("balance_transaction", { customer: "unpaid", key: currency, order: "oldest" });
}

/** What an account has now, by currency. */
export function totalsOf(world: World): { available: Total[]; pending: Total[] } {
  const totals = { available: new Map<string, Total>(), pending: new Map<string, Total>() };
  const rows = world.database.all(sums, world.now(), world.namespace.name, world.account);
  for (const { currency, source, mature, net } of rows) {
    for (const state of ["available", "pending"] as const) {
      const name = String(currency);
      const total = totals[state].get(name) ?? { currency: name, card: 0n, bank_account: 0n };
      totals[state].set(name, total);
      const isHere = (mature === 1) === (state === "available");
      if (isHere) total[source === "bank_account" ? source : "card"] += BigInt(net ?? 0);
    }
  }
  return { available: [...totals.available.values()], pending: [...totals.pending.values()] };
}

// The sum is of whole minor units, so SQLite adds it exactly.
const sums =
  "SELECT key AS currency, json_extract(hidden, '$.sourceType') AS source, " +
  "json_extract(json, '$.available_on') <= ? AS mature, SUM(json_extract(json, '$.net')) AS net " +
  "FROM objects WHERE namespace = ? AND account = ? AND kind = 'balance_transaction' " +
  "AND customer = 'unpaid' GROUP BY 1, 2, 3 ORDER BY 1";

/** What can be spent of a currency now; of one kind of funds, if one is named. */
export function availableOf(
  world: World,
  currency: string,
  sourceType?: "bank_account" | "card",
): number {
  const total = totalsOf(world).available.find((each) => each.currency === currency);
  if (total === undefined) return 0;
  if (sourceType === "bank_account") return Number(total.bank_account);
  const free = total.card - (reservedOf(world).get(currency) ?? 0n);
  return Number(sourceType === "card" ? free : free + total.bank_account);
}

/** The account's balance, added up from its ledger. */
export function balanceOf(world: World) {
  const { available: whole, pending } = totalsOf(world);
  const reserved = reservedOf(world);
  const available = whole.map((total) => ({
    ...total,
    card: total.card - (reserved.get(total.currency) ?? 0n),
  }));
  const instant = available.map((total, place) => {
    const coming = pending[place] ?? total;
    const amount = Number(total.card + coming.card);
    return { amount: Math.max(0, amount), currency: total.currency };
  });
  return {
    object: "balance" as const,
    available: amounts(available),
    ...(world.account === world.namespace.account ? { connect_reserved: held(reserved) } : {}),
    instant_available: instant.map((each) => ({ ...each, source_types: { card: each.amount } })),
    livemode: false,
    pending: amounts(pending),
    refund_and_dispute_prefunding: { available: [], pending: [] },
  };
}

/** More was asked for than is there. */
export function balanceInsufficient(message: string): StripeError {
  return new StripeError(400, {
    type: "invalid_request_error",
    code: "balance_insufficient",
    message,
  });
}

function held(reserved: Map<string, bigint>) {
  return [...reserved].map(([currency, minor]) => {
    const amount = Number(minor);
    return { amount, currency, source_types: { card: amount } };
  });
}

function amounts(totals: readonly Total[]) {
  const known = totals.length === 0 ? [{ currency: "usd", card: 0n, bank_account: 0n }] : totals;
  return known.map(({ currency, card, bank_account }) => ({
    amount: Number(card + bank_account),
    currency,
    source_types: {
      ...(bank_account === 0n ? {} : { bank_account: Number(bank_account) }),
      card: Number(card),
    },
  }));
}

function isMature(world: World, { available_on }: LedgerRow): boolean {
  return available_on <= world.now();
}
