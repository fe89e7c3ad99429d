"use client";

import { useState } from "react";
import { Change } from "#components/plans/change";
import { furthestFirst, type Side } from "#components/plans/comparison";
import { Amount } from "#components/ui/amount";
import { type Column, DataTable } from "#components/ui/data-table";
import { EmptyState } from "#components/ui/empty-state";
import { Segments } from "#components/ui/segments";
import type { BackTestAnswer, BackTestRow } from "#lib/migrations/back-test";

type Row = Omit<BackTestRow, "billedMinor" | "wouldMinor"> & { before: bigint; after: bigint };
type Total = { currency: BackTestRow["currency"]; periods: number; before: bigint; after: bigint };

/** Old and new amounts: the sums, then each subscriber, the furthest change first. */
export function BackTestResult({ of }: { of: BackTestAnswer }) {
  const [side, setSide] = useState<Side>("all");
  const rows = of.rows.map(read);
  if (of.periods === 0) return <Nothing of={of} />;
  return (
    <div className="grid grid-cols-1 gap-3">
      <p className="px-4 text-muted">{sayScope(of)}</p>
      <DataTable
        caption="Sums by currency"
        columns={totalColumns}
        rows={of.totals.map(read)}
        rowKey={({ currency }) => currency}
        empty={null}
      />
      <div className="px-4">
        <Segments
          label="Subscribers who would have paid"
          value={side}
          onChange={(value) => setSide(value as Side)}
          options={[
            { value: "all", label: "Anything" },
            { value: "more", label: "More" },
            { value: "less", label: "Less" },
          ]}
        />
      </div>
      <DataTable
        caption="Each subscriber"
        columns={rowColumns}
        rows={furthestFirst(rows, side)}
        rowKey={(row) => [row.tenantId, row.versionNumber, row.currency, row.interval].join("/")}
        empty={<p className="px-4 pb-4 text-muted">Nobody would have paid {side}.</p>}
      />
    </div>
  );
}

function read<T extends { billedMinor: string; wouldMinor: string }>(row: T) {
  const { billedMinor, wouldMinor, ...rest } = row;
  return { ...rest, before: BigInt(billedMinor), after: BigInt(wouldMinor) };
}

function Nothing({ of }: { of: BackTestAnswer }) {
  return (
    <EmptyState title="No past period to try it on">
      {of.notOffered > 0
        ? `This draft is not sold as the ${of.notOffered} billed periods were.`
        : "Nobody on this plan was billed for a whole period in that time."}
    </EmptyState>
  );
}

function sayScope({ subscribers, periods, notOffered, months, rows }: BackTestAnswer): string {
  const who =
    subscribers === 1 ? "1 subscriber" : `${subscribers.toLocaleString("en")} subscribers`;
  const span = months === 1 ? "month" : `${months} months`;
  const parts = [
    `${periods.toLocaleString("en")} billed periods of ${who} in the last ${span}.`,
    notOffered > 0 && `${notOffered} more are left out: the draft is not sold in their currency.`,
    rows.length === 100 && "Below are the 100 whose bill would have changed most.",
  ];
  return parts.filter(Boolean).join(" ");
}

const amounts = [
  {
    header: "Billed",
    align: "end",
    cell: ({ before, currency }: Total) => <Amount of={{ minor: before, currency }} />,
  },
  {
    header: "On this draft",
    align: "end",
    cell: ({ after, currency }: Total) => <Amount of={{ minor: after, currency }} />,
  },
  { header: "Difference", align: "end", cell: (row: Total) => <Change {...row} /> },
] as const satisfies Column<Total>[];

const totalColumns: Column<Total>[] = [
  { header: "All of it", cell: ({ currency }) => currency.toUpperCase() },
  { header: "Periods", align: "end", cell: ({ periods }) => periods.toLocaleString("en") },
  ...amounts,
];

const rowColumns: Column<Row>[] = [
  {
    header: "Subscriber",
    cell: ({ tenantName, versionNumber, interval }) => (
      <span className="grid text-start">
        <span className="font-medium">{tenantName}</span>
        <span className="text-xs text-muted">
          version {versionNumber}, by the {interval}
        </span>
      </span>
    ),
  },
  { header: "Periods", align: "end", cell: ({ periods }) => periods.toLocaleString("en") },
  ...amounts,
];
