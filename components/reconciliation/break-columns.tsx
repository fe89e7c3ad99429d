import { Amount } from "#components/ui/amount";
import { CopyableId } from "#components/ui/copyable-id";
import type { Column } from "#components/ui/data-table";
import { Moment } from "#components/ui/moment";
import { Status, type Tone } from "#components/ui/status";
import type { BreakKind } from "#lib/reconciliation/break";
import type { BreakRow } from "#lib/reconciliation/list-breaks";

const kindTones = {
  missing_here: "bad",
  missing_there: "bad",
  amount: "bad",
  currency: "bad",
  duplicate: "bad",
  drift: "bad",
  late: "waiting",
  unknown_kind: "waiting",
} as const satisfies Record<BreakKind, Tone>;

export const statusTones = {
  open: "waiting",
  expected: "quiet",
  accepted: "quiet",
  gone: "good",
} as const satisfies Record<BreakRow["status"], Tone>;

/** What is wrong, as a word. */
export function KindStatus({ of }: { of: BreakKind }) {
  return <Status of={of} tone={kindTones[of]} />;
}

/** An amount where there is one. */
export function Side({ minor, currency }: { minor: bigint | null; currency: string | null }) {
  if (minor === null || currency === null) return <>–</>;
  return <Amount of={{ minor, currency }} />;
}

/** What a list of breaks says of each. */
export const breakColumns: Column<BreakRow>[] = [
  { header: "Kind", cell: ({ kind }) => <KindStatus of={kind} /> },
  {
    header: "Account",
    cell: ({ whose, book }) => (
      <span className="grid min-w-0 text-start">
        <span className="font-medium">{whose}</span>
        {book !== "platform" && (
          <span className="font-mono text-2xs break-all text-muted">{book}</span>
        )}
      </span>
    ),
  },
  { header: "Reference", cell: ({ reference }) => <CopyableId id={reference} /> },
  {
    header: "Ledger",
    cell: ({ ledgerMinor, currency }) => <Side minor={ledgerMinor} currency={currency} />,
    ...{ align: "end", hideOnPhone: true },
  },
  {
    header: "Stripe",
    cell: ({ stripeMinor, currency }) => <Side minor={stripeMinor} currency={currency} />,
    ...{ align: "end", hideOnPhone: true },
  },
  {
    header: "Difference",
    cell: ({ differenceMinor, currency }) => (
      <span className="font-medium">
        <Side minor={differenceMinor} currency={currency} />
      </span>
    ),
    align: "end",
  },
  { header: "Since", cell: ({ since }) => <Moment at={since} />, align: "end" },
  {
    header: "Why, as far as we can tell",
    cell: (row) => (
      <span className="grid max-w-80 min-w-0 text-start">
        <span>{row.says}</span>
        <BreakState row={row} />
      </span>
    ),
  },
];

/** Until when it is expected, or by which rule it was decided. */
export function BreakState({ row }: { row: BreakRow }) {
  return (
    <span className="text-xs text-muted">
      {row.status === "expected" && row.expectedUntil && (
        <>
          Expected until <Moment at={row.expectedUntil} as="exact" />.{" "}
        </>
      )}
      {row.ruleKey && `Rule ${row.ruleKey}, version ${row.ruleVersion}.`}
    </span>
  );
}
