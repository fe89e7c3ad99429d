import { Card } from "#components/ui/card";
import { type Column, DataTable } from "#components/ui/data-table";
import { LinkButton } from "#components/ui/link-button";
import { Moment } from "#components/ui/moment";
import { Status } from "#components/ui/status";
import type {
  VersionSubscriber,
  VersionSubscribers,
} from "#lib/migrations/list-version-subscribers";

type Props = {
  of: VersionSubscribers;
  /** The page these are on: where the next ones lead. */
  path: string;
  isFirst: boolean;
};

/** Who is on a version now. */
export function SubscribersCard({ of: { rows, next, total }, path, isFirst }: Props) {
  return (
    <Card title="Subscribers" note={total.toLocaleString("en")} flush>
      <DataTable
        caption="Subscribers"
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
        rowHref={({ tenantId }) => `/admin/tenants/${tenantId}`}
        empty={<p className="px-4 pb-4 text-muted">Nobody is on this version.</p>}
      />
      {(next || !isFirst) && (
        <nav aria-label="Pages of subscribers" className="flex justify-end gap-2 px-4 py-3">
          {!isFirst && (
            <LinkButton href={path} variant="secondary" size="sm">
              First
            </LinkButton>
          )}
          {next && (
            <LinkButton
              href={`${path}?cursor=${encodeURIComponent(next)}`}
              variant="secondary"
              size="sm"
            >
              Next
            </LinkButton>
          )}
        </nav>
      )}
    </Card>
  );
}

const columns: Column<VersionSubscriber>[] = [
  { header: "Tenant", cell: ({ tenantName }) => tenantName },
  { header: "State", cell: ({ status }) => <Status of={status} /> },
  {
    header: "Pays",
    cell: ({ currency, interval }) => `${currency.toUpperCase()} by the ${interval}`,
  },
  { header: "Seats", align: "end", cell: ({ seats }) => seats?.toLocaleString("en") ?? "–" },
  {
    header: "Renews",
    align: "end",
    cell: ({ currentPeriodEnd }) =>
      currentPeriodEnd ? (
        <Moment at={currentPeriodEnd} as="date" />
      ) : (
        <span className="text-muted">–</span>
      ),
  },
];
