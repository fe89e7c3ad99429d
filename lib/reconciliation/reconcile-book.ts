import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import { transact, view } from "#lib/db/transaction";
import type { Effects } from "#lib/events/converger";
import { askStripe } from "#lib/reconciliation/ask-stripe";
import type { Finding } from "#lib/reconciliation/break";
import { type BalanceOutcome, checkBalance } from "#lib/reconciliation/check-balance";
import { checkLedger } from "#lib/reconciliation/check-ledger";
import { checkClearing, checkSuspense, type Outcome } from "#lib/reconciliation/check-open";
import {
  checkCredit,
  checkPayable,
  checkPayouts,
  checkRated,
  checkReceivable,
} from "#lib/reconciliation/check-totals";
import { type CheckName, checks } from "#lib/reconciliation/checks";
import { findSuspectsAmong } from "#lib/reconciliation/find-suspects";
import { judgeTransaction } from "#lib/reconciliation/judge-transaction";
import { type Examined, keepFindings } from "#lib/reconciliation/keep-findings";
import { readPairs } from "#lib/reconciliation/read-pairs";
import { readRules } from "#lib/reconciliation/read-rules";
import { refetch } from "#lib/reconciliation/refetch";
import { tellBreaks } from "#lib/reconciliation/tell-breaks";
import type { StripeGateway } from "#lib/stripe/gateway";

export type Tools = { gateway: StripeGateway; effects: Effects };
export type Reconciled = { asked: number; found: number };
/** What else is written in the transaction of the findings, so that both are or neither. */
type Beside = (tx: Tx) => Promise<unknown>;

const pairChecks = ["transaction.entry", "entry.transaction"] as const;

/** Every check that is of what a book has open or holds in total, cheap enough for every pass. */
const wholeChecks: { readonly [Name in CheckName]?: WholeCheck } = {
  clearing: (tx, { book, now }) => checkClearing(tx, book, now),
  suspense: (tx, { book }) => checkSuspense(tx, book),
  payout: (tx, { book }) => checkPayouts(tx, book),
  receivable: (tx, { now }) => checkReceivable(tx, now),
  credit: (tx, { now }) => checkCredit(tx, now),
  payable: (tx, { now }) => checkPayable(tx, now),
  "invoice.rated": (tx) => checkRated(tx),
};
type WholeCheck = (tx: Tx, of: { book: string; now: Date }) => Promise<Outcome>;

/** Balance transactions of a book by their ids, each beside its entries. */
export async function reconcilePairs(
  ctx: Context,
  { gateway, effects }: Tools,
  { book, references }: { book: string; references: readonly string[] },
  beside: Beside = async () => {},
): Promise<Reconciled> {
  const now = ctx.now();
  const suspects = await view(ctx, (tx) => findSuspectsAmong(tx, book, references));
  const pairs = await view(ctx, (tx) => readPairs(tx, book, suspects));
  const found = pairs.flatMap((pair) => judgeTransaction(book, pair, now) ?? []);
  const findings = await askStripe(ctx, gateway, found);
  const examined = { book, checks: pairChecks, references };
  await keep(ctx, effects, examined, findings, beside);
  return { asked: references.length, found: findings.length };
}

/** What a book has open, and its totals; with Stripe's own total of it. */
export async function reconcileTotals(
  ctx: Context,
  { gateway, effects }: Tools,
  book: string,
): Promise<Reconciled> {
  const result = { asked: 0, found: 0 };
  const add = ({ asked, findings }: Outcome) => {
    result.asked += asked;
    result.found += findings.length;
  };
  for (const [name, check] of Object.entries(wholeChecks) as [CheckName, WholeCheck][]) {
    if (checks[name].whose === "platform" && book !== "platform") continue;
    const outcome = await view(ctx, (tx) => check(tx, { book, now: ctx.now() }));
    const examined = { book, checks: [name], references: "all" as const };
    await keep(ctx, effects, examined, outcome.findings, (tx) =>
      noteStanding(tx, ctx, { book, check: name, asked: outcome.asked, isWhole: true }),
    );
    add(outcome);
  }
  add(await reconcileBalance(ctx, { gateway, effects }, book));
  return result;
}

/** The book's balance beside Stripe's. Where Stripe moved all the while, the last word stands. */
async function reconcileBalance(
  ctx: Context,
  { gateway, effects }: Tools,
  book: string,
): Promise<Outcome> {
  const outcome = await checkBalance(ctx, gateway, book);
  if (!outcome.balances) return outcome;
  const examined = { book, checks: ["balance" as const], references: "all" as const };
  await keep(ctx, effects, examined, outcome.findings, async (tx) => {
    await keepBalances(tx, ctx, book, outcome);
    await noteStanding(tx, ctx, { book, check: "balance", asked: outcome.asked, isWhole: true });
  });
  return outcome;
}

/**
 * The book's own chain of seals and sums, worked out anew: costs by its history. Null where the
 * time was over before its end; asked again, it goes on.
 */
export async function reconcileLedger(
  ctx: Context,
  { effects }: Tools,
  { book, since, forMs }: { book: string; since: Date; forMs: number },
): Promise<Reconciled | null> {
  const outcome = await checkLedger(ctx, book, { since, forMs });
  if (!outcome) return null;
  const examined = { book, checks: ["ledger" as const], references: "all" as const };
  await keep(ctx, effects, examined, outcome.findings, (tx) =>
    noteStanding(tx, ctx, { book, check: "ledger", asked: outcome.asked, isWhole: true }),
  );
  return { asked: outcome.asked, found: outcome.findings.length };
}

async function keep(
  ctx: Context,
  effects: Effects,
  examined: Examined,
  findings: readonly Finding[],
  beside: Beside,
): Promise<void> {
  const kept = await transact(ctx, "reconciliation.keep-findings", async (tx) => {
    const rules = findings.length > 0 ? await readRules(tx) : [];
    const kept = await keepFindings(tx, ctx, examined, findings, rules);
    await tellBreaks(tx, ctx, kept, effects);
    await beside(tx);
    return kept;
  });
  for (const one of kept.refetch) await refetch(ctx, one);
}

type Standing = { book: string; check: CheckName; asked: number; isWhole: boolean };

/** How a check of a book stands: of all, or with so many more. */
export async function noteStanding(
  tx: Tx,
  ctx: Context,
  { book, check, asked, isWhole }: Standing,
): Promise<void> {
  const at = ctx.now();
  await tx.reconciliationStanding.upsert({
    where: { book_check: { book, check } },
    create: { book, check, asked, checkedAt: at, wholeAt: isWhole ? at : null },
    update: {
      ...(isWhole ? { asked, wholeAt: at } : { asked: { increment: asked } }),
      checkedAt: at,
    },
  });
}

async function keepBalances(
  tx: Tx,
  ctx: Context,
  book: string,
  { balances }: BalanceOutcome,
): Promise<void> {
  for (const { currency, ...figures } of balances ?? []) {
    const row = { ...figures, checkedAt: ctx.now() };
    await tx.reconciledBalance.upsert({
      where: { book_currency: { book, currency } },
      create: { book, currency, ...row },
      update: row,
    });
  }
}
