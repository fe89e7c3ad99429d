import { Amount } from "#components/ui/amount";
import { Card } from "#components/ui/card";
import { type Column, DataTable } from "#components/ui/data-table";
import { EmptyState } from "#components/ui/empty-state";
import { LinkButton } from "#components/ui/link-button";
import { Moment } from "#components/ui/moment";
import { sayCap, sayQuantity } from "#components/usage/quantity";
import type { MeterUsage } from "#lib/usage/get-usage";

type Props = { tenantId: string; meters: readonly MeterUsage[]; mayLook: boolean };

/** What a tenant used in its period, what that costs so far and may come to. */
export function TenantUsage({ tenantId, meters, mayLook }: Props) {
  return (
    <Card
      title="Usage"
      flush
      action={
        mayLook && (
          <LinkButton href={`/admin/usage?tenantId=${tenantId}`} variant="ghost" size="sm">
            At Stripe
          </LinkButton>
        )
      }
    >
      <DataTable
        caption="Usage of the period"
        columns={columns}
        rows={meters}
        rowKey={({ meter }) => meter.key}
        empty={<EmptyState title="Nothing was used in this period" />}
      />
    </Card>
  );
}

const columns: Column<MeterUsage>[] = [
  { header: "Meter", cell: ({ name }) => <span className="font-medium">{name}</span> },
  {
    ...{ header: "Used", align: "end" },
    cell: ({ quantity, unit }) => (
      <span className="tabular-nums">{sayQuantity(quantity, unit, "en-US")}</span>
    ),
  },
  {
    ...{ header: "Cost so far", align: "end" },
    cell: ({ cost }) => (cost ? <Amount of={cost.total} /> : <NotSold />),
  },
  {
    ...{ header: "Expected", align: "end", hideOnPhone: true },
    cell: ({ forecast }) => (forecast?.cost ? <Amount of={forecast.cost.total} /> : "–"),
  },
  {
    ...{ header: "Hard cap", align: "end", hideOnPhone: true },
    cell: ({ gate, unit }) => (gate ? sayCap(gate.most, unit, "en-US") : "none"),
  },
  { header: "Until", align: "end", cell: ({ to }) => <Moment at={to} as="date" /> },
];

function NotSold() {
  return <span className="text-muted">no price</span>;
}
