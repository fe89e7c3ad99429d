import type { Tx } from "#lib/db/client";
import { type LedgerFault, verifyLedger } from "#lib/ledger/verify-ledger";
import type { Finding } from "#lib/reconciliation/break";
import type { Outcome } from "#lib/reconciliation/check-open";

/** The book worked out anew from its entries: what was removed or changed past every wall. */
export async function checkLedger(tx: Tx, book: string, now: Date): Promise<Outcome> {
  const { faults } = await verifyLedger(tx, { book });
  const [count] = await tx.$queryRaw<{ entries: bigint }[]>`
    select count(*) as entries from ledger_entries e join ledger_books b on b.id = e.book_id
    where b.key = ${book}`;
  const asked = Number(count?.entries ?? 0n);
  return { asked, findings: faults.map((fault) => findingOf(book, fault, now)) };
}

function findingOf(book: string, fault: LedgerFault, now: Date): Finding {
  const common = { book, check: "ledger" as const, since: now };
  if (fault.kind === "balance_differs") {
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
