import { Amount } from "#components/ui/amount";
import type { Column } from "#components/ui/data-table";
import { Moment } from "#components/ui/moment";
import { Status, type Tone } from "#components/ui/status";
import type { LineCheck, SumCheck } from "#lib/rater/judge-invoice";
import type { CheckRow } from "#lib/rater/list-checks";

type AnyVerdict = LineCheck["verdict"];

/** The words of the verdicts, as the console writes them. */
export const verdictWords = {
  equal: "Equal",
  different: "Differs",
  unexplained: "Unexplained",
  given: "Taken as it is",
} as const satisfies Record<AnyVerdict, string>;

const tones = {
  equal: "good",
  different: "bad",
  unexplained: "waiting",
  given: "quiet",
} as const satisfies Record<AnyVerdict, Tone>;

export function VerdictStatus({ of, isSettled = false }: { of: AnyVerdict; isSettled?: boolean }) {
  return (
    <Status of={of} tone={isSettled ? "quiet" : tones[of]}>
      {isSettled ? `${verdictWords[of]}, settled` : verdictWords[of]}
    </Status>
  );
}

/** What the list says of each invoice. */
export const checkColumns: Column<CheckRow>[] = [
  {
    header: "Invoice",
    cell: ({ number, invoiceId }) => <span className="font-medium">{number ?? invoiceId}</span>,
  },
  { header: "Tenant", cell: ({ tenantName }) => tenantName },
  {
    header: "Verdict",
    cell: ({ verdict, settledAt }) => <VerdictStatus of={verdict} isSettled={settledAt !== null} />,
  },
  {
    header: "Stripe billed",
    cell: ({ billedMinor: minor, currency }) => <Amount of={{ minor, currency }} />,
    align: "end",
  },
  {
    header: "We work out",
    cell: ({ expectedMinor: minor, currency }) =>
      minor === null ? <Unknown /> : <Amount of={{ minor, currency }} />,
    align: "end",
  },
  {
    header: "Difference",
    cell: (row) => <Difference {...row} />,
    align: "end",
    hideOnPhone: true,
  },
  { header: "Final since", cell: ({ finalizedAt }) => <Moment at={finalizedAt} />, align: "end" },
];

function Difference({ billedMinor, expectedMinor, currency }: CheckRow) {
  if (expectedMinor === null) return <Unknown />;
  const minor = billedMinor - expectedMinor;
  return minor === 0n ? (
    <span className="text-muted">none</span>
  ) : (
    <Amount of={{ minor, currency }} />
  );
}

function Unknown() {
  return <span className="text-muted">not known</span>;
}

/** The sums of an invoice, both ways. */
export function sumColumns(currency: string): Column<SumCheck>[] {
  return [
    { header: "Sum", cell: ({ name }) => name },
    { header: "Verdict", cell: ({ verdict }) => <VerdictStatus of={verdict} /> },
    {
      header: "Stripe billed",
      cell: ({ billed: minor }) => <Amount of={{ minor, currency }} />,
      align: "end",
    },
    {
      header: "We work out",
      cell: ({ expected: minor }) => <Amount of={{ minor, currency }} />,
      align: "end",
    },
  ];
}
