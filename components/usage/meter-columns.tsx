import type { Column } from "#components/ui/data-table";
import { Moment } from "#components/ui/moment";
import { Status } from "#components/ui/status";
import { MeterActs } from "#components/usage/meter-acts";
import type { MeterRow } from "#lib/usage/list-all-meters";

/** How a meter counts, in words. */
export const aggregationWords = {
  sum: "Adds values up",
  count: "Counts events",
  max: "Keeps the largest value",
  last: "Keeps the latest value",
  unique: "Counts different values",
} as const satisfies Record<MeterRow["aggregation"], string>;

/** The meters there are; `mayChange` adds what can be done with one. */
export function meterColumns(mayChange: boolean): Column<MeterRow>[] {
  const columns: Column<MeterRow>[] = [
    {
      header: "Meter",
      cell: ({ name, key }) => (
        <span className="grid gap-0.5">
          <span className="font-medium">{name}</span>
          <span className="font-mono text-xs text-muted">{key}</span>
        </span>
      ),
    },
    {
      header: "Counts",
      cell: ({ aggregation, unit }) =>
        `${aggregationWords[aggregation]}${unit ? `, in ${unit}` : ""}`,
    },
    { header: "Plans on sale", cell: ({ plans }) => plans.join(", ") || "none" },
    {
      ...{ header: "Tenants, 30 days", align: "end", hideOnPhone: true },
      cell: ({ tenants }) => <span className="tabular-nums">{tenants}</span>,
    },
    {
      ...{ header: "Last used", hideOnPhone: true },
      cell: ({ lastHour }) => (lastHour ? <Moment at={lastHour} /> : "not in 30 days"),
    },
    { header: "State", cell: MeterState },
  ];
  if (!mayChange) return columns;
  const acts: Column<MeterRow> = {
    ...{ header: "Change", hideHeader: true, align: "end" },
    cell: (meter) => <MeterActs meter={meter} />,
  };
  return [...columns, acts];
}

function MeterState({ deactivatedAt, stripeMeterId }: MeterRow) {
  if (deactivatedAt) {
    return (
      <Status of="stopped" tone="quiet">
        Stopped
      </Status>
    );
  }
  return stripeMeterId ? (
    <Status of="active" tone="good">
      Counts
    </Status>
  ) : (
    <Status of="here" tone="waiting">
      Counts, not at Stripe yet
    </Status>
  );
}
