import type { Context } from "#lib/context";
import { view } from "#lib/db/transaction";
import { readBalances } from "#lib/ledger/read-balances";
import type { Finding } from "#lib/reconciliation/break";
import { accountOf, type Outcome } from "#lib/reconciliation/check-open";
import { isOutOfReach } from "#lib/stripe/ask";
import type { StripeGateway } from "#lib/stripe/gateway";
import type { NewestTransaction } from "#lib/stripe/gateway-reports";

const tries = 3;

export type ComparedBalance = {
  currency: string;
  stripeMinor: bigint;
  ledgerMinor: bigint;
  cutoff: string;
  cutoffAt: Date;
};
/** Null where money moved each time both sides were read, or Stripe tells us no more of it. */
export type BalanceOutcome = Outcome & { balances: ComparedBalance[] | null };

/**
 * A book's `stripe:balance` beside Stripe's own total of every currency. Stripe moves while it is
 * read, so the newest balance transaction is asked for before and after: where it is the same one,
 * both sides speak of the same rows.
 */
export async function checkBalance(
  ctx: Context,
  gateway: StripeGateway,
  book: string,
): Promise<BalanceOutcome> {
  try {
    return await readAndCompare(ctx, gateway, book);
  } catch (error) {
    // Its owner disconnected the account; what we have of it stands until it is connected again.
    if (isOutOfReach(error)) return unsaid;
    throw error;
  }
}

const unsaid: BalanceOutcome = { asked: 0, findings: [], balances: null };

async function readAndCompare(
  ctx: Context,
  gateway: StripeGateway,
  book: string,
): Promise<BalanceOutcome> {
  const account = accountOf(book);
  for (let turn = 0; turn < tries; turn += 1) {
    await gateway.waitForTurn(account);
    const before = await gateway.findNewestTransaction(account);
    const totals = await gateway.readTotals(account);
    const ours = await readOurs(ctx, book, before);
    const after = await gateway.findNewestTransaction(account);
    if (before?.id !== after?.id) continue;
    return compare(ctx, book, { newest: before, totals, ...ours });
  }
  return unsaid;
}

type Ours = { ledger: Map<string, bigint>; hasNewest: boolean };

/** The book's own sums, and whether the newest row of Stripe's is in our mirror, in one view. */
async function readOurs(
  ctx: Context,
  book: string,
  newest: NewestTransaction | null,
): Promise<Ours> {
  const account = accountOf(book);
  return view(ctx, async (tx) => {
    const kept = await readBalances(tx, { book, code: "stripe:balance" });
    const ledger = new Map(kept.map(({ currency, minor }) => [currency as string, minor]));
    const mirror =
      newest &&
      (await tx.stripeBalanceTransaction.findUnique({
        where: { account_id: { account, id: newest.id } },
        select: { id: true },
      }));
    return { ledger, hasNewest: newest === null || mirror !== null };
  });
}

type Sides = Ours & {
  newest: NewestTransaction | null;
  totals: readonly { currency: string; minor: bigint }[];
};

function compare(ctx: Context, book: string, sides: Sides): BalanceOutcome {
  const { newest, totals, ledger, hasNewest } = sides;
  const stripe = new Map(totals.map(({ currency, minor }) => [currency, minor]));
  const currencies = [...new Set([...stripe.keys(), ...ledger.keys()])].sort();
  const cutoff = newest?.id ?? "";
  const cutoffAt = newest?.createdAt ?? ctx.now();
  const balances = currencies.map((currency) => ({
    ...{ currency, cutoff, cutoffAt },
    stripeMinor: stripe.get(currency) ?? 0n,
    ledgerMinor: ledger.get(currency) ?? 0n,
  }));
  const findings = balances
    .filter(({ stripeMinor, ledgerMinor }) => stripeMinor !== ledgerMinor)
    .map(
      ({ currency, stripeMinor, ledgerMinor }): Finding => ({
        ...{ book, check: "balance", kind: "drift", reference: `balance:${currency}` },
        ...{ currency, stripeMinor, ledgerMinor, since: cutoffAt },
        cause: hasNewest ? "unexplained_total" : "transactions_missing",
        evidence: {
          stripe: { total: stripeMinor.toString(), newest: cutoff },
          mirror: { hasNewest },
          entry: { total: ledgerMinor.toString() },
        },
      }),
    );
  return { asked: balances.length, findings, balances };
}
