import type { Context } from "#lib/context";
import { view } from "#lib/db/transaction";
import { type LedgerFault, verifyLedger } from "#lib/ledger/verify-ledger";
import type { Finding } from "#lib/reconciliation/break";
import type { Outcome } from "#lib/reconciliation/check-open";

/**
 * The book worked out anew from its entries: what was removed or changed past every wall. One that
 * began since then goes on where it was; null where `forMs` was over before its end.
 */
export async function checkLedger(
  ctx: Context,
  book: string,
  { since, forMs }: { since: Date; forMs: number },
): Promise<Outcome | null> {
  const faults = await verifyLedger(ctx, { book, since, forMs });
  if (!faults) return null;
  const [count] = await view(
    ctx,
    (tx) => tx.$queryRaw<{ entries: bigint }[]>`
      select c.entries from ledger_counts c join ledger_books b on b.id = c.book_id
      where b.key = ${book}`,
  );
  const asked = Number(count?.entries ?? 0n);
  return { asked, findings: faults.map((fault) => findingOf(book, fault, ctx.now())) };
}

function findingOf(book: string, fault: LedgerFault, now: Date): Finding {
  const common = { book, check: "ledger" as const, since: now };
  if ("subject" in fault) {
    const { code, subject, currency, keptMinor, movedMinor } = fault;
    return {
      ...{ ...common, kind: "drift", cause: "sums_changed", currency },
      reference: `${code}/${subject}:${currency}`,
      ...{ stripeMinor: keptMinor, ledgerMinor: movedMinor },
      evidence: {
        stripe: null,
        mirror: { kept: keptMinor.toString() },
        entry: { moved: movedMinor.toString() },
      },
    };
  }
  if (fault.kind === "closing_differs") {
    const { closing, code, currency, keptMinor, movedMinor } = fault;
    return {
      ...{ ...common, kind: "drift", cause: "closing_changed", currency },
      reference: `${closing}/${code}:${currency}`,
      ...{ stripeMinor: keptMinor, ledgerMinor: movedMinor },
      evidence: {
        stripe: null,
        mirror: { closed: keptMinor.toString() },
        entry: { moved: movedMinor.toString() },
      },
    };
  }
  const isGone = fault.kind === "entries_missing" || fault.kind === "seal_missing";
  const ids = "entryIds" in fault ? fault.entryIds.slice(0, 100).map(String) : [];
  return {
    ...{ ...common, kind: "drift", cause: isGone ? "entries_removed" : "entries_changed" },
    reference: "seal" in fault ? `seal:${fault.seal}` : "unsealed",
    ...{ currency: null, stripeMinor: null, ledgerMinor: null },
    evidence: { stripe: null, mirror: null, entry: { fault: fault.kind, entries: ids } },
  };
}
