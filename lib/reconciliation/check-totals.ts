import type { Tx } from "#lib/db/client";
import { readBalances } from "#lib/ledger/read-balances";
import type { Finding } from "#lib/reconciliation/break";
import type { CauseCode } from "#lib/reconciliation/causes";
import { accountOf, type Outcome } from "#lib/reconciliation/check-open";
import type { CheckName } from "#lib/reconciliation/checks";

type Total = { subject: string; currency: string; minor: bigint };

/** What each tenant owes, beside what is open of its final invoices at Stripe. */
export async function checkReceivable(tx: Tx, now: Date): Promise<Outcome> {
  const open = await tx.$queryRaw<{ subject: string; currency: string; minor: string }[]>`
    select coalesce(tenant_id, customer_id) as subject, currency,
      sum(coalesce((object ->> 'amount_remaining')::numeric, 0))::text as minor
    from stripe_invoices
    where account = '' and status = 'open' and not is_deleted
    group by 1, 2 having sum(coalesce((object ->> 'amount_remaining')::numeric, 0)) <> 0`;
  const ours = await readBalances(tx, { book: "platform", code: "receivable" });
  return compareTotals("receivable", "not_as_invoiced", open.map(whole), ours.map(ofBalance), now);
}

/** What each tenant's credit is, beside its balance at Stripe, which counts the other way. */
export async function checkCredit(tx: Tx, now: Date): Promise<Outcome> {
  const held = await tx.$queryRaw<{ subject: string; currency: string; minor: string }[]>`
    select coalesce(tenant_id, id) as subject, lower(object ->> 'currency') as currency,
      sum(balance_minor)::text as minor
    from stripe_customers
    where account = '' and balance_minor <> 0 and not is_deleted and object ->> 'currency' <> ''
    group by 1, 2`;
  const ours = await readBalances(tx, { book: "platform", code: "customer_credit" });
  return compareTotals("credit", "not_as_credited", held.map(whole), ours.map(ofBalance), now);
}

/**
 * What is taken for tenants goes on at once, so that nothing stays. What a tenant owes of a payment
 * that was given back and not taken back from it is its debt, and no break.
 */
export async function checkPayable(tx: Tx, now: Date): Promise<Outcome> {
  const balances = await readBalances(tx, { book: "platform", code: "payable" });
  const ours = balances.filter(({ minor }) => minor < 0n);
  return compareTotals("payable", "not_handed_over", [], ours.map(ofBalance), now);
}

/** Every automatic payout whose parts are read, beside what they come to. */
export async function checkPayouts(tx: Tx, book: string): Promise<Outcome> {
  const account = accountOf(book);
  const rows = await tx.$queryRaw<
    { id: string; currency: string; paid: bigint; parts: bigint; count: number; at: Date }[]
  >`
    select payout_id as id, currency, payout_minor as paid, parts_minor as parts, parts as count,
      read_at as at
    from payout_traces
    where account = ${account} and read_at is not null and payout_minor <> parts_minor`;
  const asked = await tx.payoutTrace.count({ where: { account, readAt: { not: null } } });
  const findings = rows.map(
    (row): Finding => ({
      ...{ book, check: "payout", kind: "amount", cause: "parts_differ", reference: row.id },
      ...{ currency: row.currency, since: row.at, stripeMinor: row.paid, ledgerMinor: row.parts },
      evidence: {
        stripe: { paid: row.paid.toString() },
        mirror: { parts: row.parts.toString(), count: row.count },
        entry: null,
      },
    }),
  );
  return { asked, findings };
}

/** Invoices that our own calculation does not agree with, and that nobody has looked into. */
export async function checkRated(tx: Tx): Promise<Outcome> {
  const rows = await tx.invoiceCheck.findMany({
    where: { verdict: { not: "equal" }, settledAt: null },
    omit: { lines: true, sums: true },
    ...{ orderBy: { finalizedAt: "desc" }, take: 1000 },
  });
  const findings = rows.map((row): Finding => {
    const isUnknown = row.verdict === "unexplained";
    return {
      ...{ book: "platform", check: "invoice.rated", reference: row.invoiceId },
      ...{ kind: isUnknown ? "unknown_kind" : "amount", currency: row.currency },
      cause: isUnknown ? "not_rateable" : "rated_otherwise",
      ...{ stripeMinor: row.billedMinor, ledgerMinor: row.expectedMinor, since: row.finalizedAt },
      evidence: {
        stripe: { billed: row.billedMinor.toString(), number: row.number },
        mirror: null,
        entry: { expected: row.expectedMinor?.toString() ?? null },
      },
    };
  });
  return { asked: await tx.invoiceCheck.count(), findings };
}

/** Two totals of each subject and currency; one that either side is without counts as nothing. */
function compareTotals(
  check: CheckName,
  cause: CauseCode,
  theirs: readonly Total[],
  ours: readonly Total[],
  now: Date,
): Outcome {
  const key = ({ subject, currency }: Total) => `${subject} ${currency}`;
  const stripe = new Map(theirs.map((one) => [key(one), one]));
  const ledger = new Map(ours.map((one) => [key(one), one]));
  const all = new Map([...stripe, ...ledger]);
  const findings = [...all].flatMap(([name, { subject, currency }]): Finding[] => {
    const stripeMinor = stripe.get(name)?.minor ?? 0n;
    const ledgerMinor = ledger.get(name)?.minor ?? 0n;
    if (stripeMinor === ledgerMinor) return [];
    return [
      {
        ...{ book: "platform", check, kind: "drift", cause, reference: `${subject}:${currency}` },
        ...{ currency, stripeMinor, ledgerMinor, since: now },
        evidence: {
          stripe: { total: stripeMinor.toString() },
          mirror: null,
          entry: { total: ledgerMinor.toString() },
        },
      },
    ];
  });
  return { asked: all.size, findings };
}

const whole = ({ minor, ...row }: { subject: string; currency: string; minor: string }): Total => ({
  ...{ ...row, minor: BigInt(minor) },
});

type Kept = { account: { subject: string }; currency: string; minor: bigint };

function ofBalance({ account, currency, minor }: Kept): Total {
  return { subject: account.subject, currency, minor };
}
