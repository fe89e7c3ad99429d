import Link from "next/link";
import { Amount } from "#components/ui/amount";
import type { Column } from "#components/ui/data-table";
import { Moment } from "#components/ui/moment";
import { Status } from "#components/ui/status";
import { sayQuantity } from "#components/usage/quantity";
import { SettleStuck } from "#components/usage/settle-stuck";
import type { AdjustmentRow } from "#lib/usage/list-adjustments";
import type { ComparisonRow, ReportRow, StuckFlush } from "#lib/usage/list-troubles";

const number = (text: string) => (
  <span className="tabular-nums">{sayQuantity(text, null, "en-US")}</span>
);
const tenant = ({ tenantId, tenantName }: { tenantId: string; tenantName: string }) => (
  <Link href={`/admin/tenants/${tenantId}`} className="link">
    {tenantName}
  </Link>
);

/** What Stripe was sent of a running period, beside what it says it counted. */
export const comparisonColumns: Column<ComparisonRow>[] = [
  { header: "Tenant", cell: tenant },
  { header: "Meter", cell: ({ meterKey }) => meterKey },
  { header: "We sent", align: "end", cell: ({ sent }) => number(sent) },
  { header: "Stripe counted", align: "end", cell: ({ counted }) => number(counted) },
  {
    header: "State",
    cell: ({ driftedAt }) =>
      driftedAt ? (
        <Status of="drifted" tone="bad">
          Differs since <Moment at={driftedAt} />
        </Status>
      ) : (
        <Status of="agrees" tone="good">
          Agrees
        </Status>
      ),
  },
  {
    ...{ header: "Compared", align: "end", hideOnPhone: true },
    cell: ({ comparedAt }) => <Moment at={comparedAt} />,
  },
];

/** Meter events that did not arrive, or may not have; `maySettle` adds what can be done. */
export function stuckColumns(maySettle: boolean): Column<StuckFlush>[] {
  const columns: Column<StuckFlush>[] = [
    { header: "Tenant", cell: tenant },
    { header: "Meter", cell: ({ meterKey }) => meterKey },
    { header: "Quantity", align: "end", cell: ({ value }) => number(value) },
    { header: "Used", cell: ({ startsAt }) => <Moment at={startsAt} /> },
    {
      header: "Why",
      cell: ({ state, error }) => (
        <span className="grid gap-0.5">
          <Status of={state} tone="bad">
            {state === "refused" ? "Refused by Stripe" : "Nobody knows"}
          </Status>
          <span className="text-xs break-words text-muted">{error}</span>
        </span>
      ),
    },
  ];
  if (!maySettle) return columns;
  return [
    ...columns,
    {
      ...{ header: "Settle", hideHeader: true, align: "end" },
      cell: (flush) => <SettleStuck flush={flush} />,
    },
  ];
}

const reasons = { minimum: "Up to the minimum", cap: "Down to the cap", late: "Came too late" };
const states = {
  posted: ["On an invoice", "good"],
  waiting: ["On its way", "waiting"],
  waived: ["Waived by policy", "quiet"],
  stuck: ["Stripe says no", "bad"],
} as const;

/** What was put on invoices beside Stripe's own count. */
export const adjustmentColumns: Column<AdjustmentRow>[] = [
  { header: "Tenant", cell: tenant },
  { header: "Component", cell: ({ component }) => component },
  { header: "Why", cell: ({ why }) => reasons[why] },
  {
    ...{ header: "Stripe had", align: "end", hideOnPhone: true },
    cell: ({ billed }) => number(billed),
  },
  {
    ...{ header: "We count", align: "end", hideOnPhone: true },
    cell: ({ counted }) => number(counted),
  },
  { header: "Amount", align: "end", cell: ({ amount }) => <Amount of={amount} /> },
  {
    header: "State",
    cell: ({ state, error }) => (
      <span className="grid gap-0.5">
        <Status of={state} tone={states[state][1]}>
          {states[state][0]}
        </Status>
        {error && <span className="text-xs break-words text-muted">{error}</span>}
      </span>
    ),
  },
  {
    ...{ header: "Decided", align: "end", hideOnPhone: true },
    cell: ({ createdAt }) => <Moment at={createdAt} />,
  },
];

/** What Stripe told of meter events it did not count. */
export const reportColumns: Column<ReportRow>[] = [
  { header: "Told", cell: ({ toldAt }) => <Moment at={toldAt} /> },
  { header: "Meter", cell: ({ meterKey }) => meterKey ?? "none has the name" },
  { header: "Events", align: "end", cell: ({ errorCount }) => number(String(errorCount)) },
  {
    header: "Why",
    cell: ({ codes, summary }) => (
      <span className="grid gap-0.5">
        <span className="font-mono text-xs break-words">{codes.join(", ")}</span>
        <span className="text-xs text-muted">{summary}</span>
      </span>
    ),
  },
];
