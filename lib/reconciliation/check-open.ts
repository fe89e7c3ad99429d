import type { Tx } from "#lib/db/client";
import type { Finding } from "#lib/reconciliation/break";
import { judgeClearing } from "#lib/reconciliation/judge-clearing";
import { type Open, readOpen, readSides } from "#lib/reconciliation/read-open";

export type Outcome = { asked: number; findings: Finding[] };

/** What is still to be settled, or is on its way to the bank: each in its time. */
export async function checkClearing(tx: Tx, book: string, now: Date): Promise<Outcome> {
  const open = await readSides(tx, book, await readOpen(tx, book, "stripe:clearing"));
  const onTheWay = await readOpen(tx, book, "bank:in_transit");
  const arrivals = await readArrivals(tx, book, onTheWay);
  const findings = [
    ...open.flatMap((one) => judgeClearing(book, one, now) ?? []),
    ...onTheWay.flatMap((one) => judgeArrival(book, one, arrivals.get(one.reference), now) ?? []),
  ];
  return { asked: open.length + onTheWay.length, findings: oneEach(findings) };
}

/** What no rule explains is a break from the first minute. */
export async function checkSuspense(tx: Tx, book: string): Promise<Outcome> {
  const open = await readOpen(tx, book, "suspense");
  const types = await readTypes(tx, book, open);
  const findings = open.map(
    (one): Finding => ({
      ...{ book, check: "suspense", kind: "unknown_kind", cause: "no_rule" },
      ...{ reference: one.reference, currency: one.currency, since: one.since },
      // Suspense is the other side of Stripe's balance.
      ...{ stripeMinor: -one.minor, ledgerMinor: null },
      evidence: {
        stripe: null,
        mirror: { type: types.get(one.reference) ?? null },
        entry: { account: "suspense", minor: one.minor.toString() },
      },
    }),
  );
  return { asked: open.length, findings: oneEach(findings) };
}

function judgeArrival(
  book: string,
  open: Open,
  arrivesAt: Date | undefined,
  now: Date,
): Finding | null {
  const due = arrivesAt ?? open.since;
  if (now <= due) return null;
  return {
    ...{ book, check: "clearing", kind: "late", cause: "no_arrival" },
    ...{ reference: open.reference, currency: open.currency, since: due },
    ...{ stripeMinor: null, ledgerMinor: open.minor },
    evidence: {
      stripe: null,
      mirror: { arrives: due.toISOString() },
      entry: { account: "bank:in_transit", minor: open.minor.toString() },
    },
  };
}

/** A reference that is open in two currencies is one break, of the first of them. */
function oneEach(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.toReversed().map((one) => [one.reference, one])).values()];
}

async function readArrivals(tx: Tx, book: string, open: readonly Open[]) {
  const rows = await tx.stripePayout.findMany({
    where: { account: accountOf(book), id: { in: open.map(({ reference }) => reference) } },
    select: { id: true, arrivesAt: true },
  });
  return new Map(rows.flatMap(({ id, arrivesAt }) => (arrivesAt ? [[id, arrivesAt]] : [])));
}

async function readTypes(tx: Tx, book: string, open: readonly Open[]) {
  const rows = await tx.stripeBalanceTransaction.findMany({
    where: { account: accountOf(book), id: { in: open.map(({ reference }) => reference) } },
    select: { id: true, type: true },
  });
  return new Map(rows.map(({ id, type }) => [id, type]));
}

/** The mirrors name the platform's own account by nothing. */
export function accountOf(book: string): string {
  return book === "platform" ? "" : book;
}
