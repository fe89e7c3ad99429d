import { migratedColumns } from "#components/plans/migration-columns";
import { StatusChoice } from "#components/plans/status-choice";
import { Card } from "#components/ui/card";
import { DataTable } from "#components/ui/data-table";
import { LinkButton } from "#components/ui/link-button";
import type { Page } from "#lib/keyset";
import type { MigratedStatus, MigratedView } from "#lib/migrations/migration";

type Props = {
  of: Page<MigratedView>;
  path: string;
  /** Only those who stand so; undefined is everybody. */
  status: MigratedStatus | undefined;
  isFirst: boolean;
  action: React.ReactNode;
};

/** Everybody a migration concerns, in the order they are moved. */
export function MigratedCard({ of: { rows, next }, path, status, isFirst, action }: Props) {
  const at = (cursor?: string) => {
    const search = new URLSearchParams();
    if (status) search.set("status", status);
    if (cursor !== undefined) search.set("cursor", cursor);
    return search.size > 0 ? `${path}?${search}` : path;
  };
  return (
    <Card title="Subscribers" note="in the order they are moved" action={action} flush>
      <StatusChoice status={status} />
      <DataTable
        caption="Subscribers"
        columns={migratedColumns}
        rows={rows}
        rowKey={({ subscriptionId }) => subscriptionId}
        rowHref={({ tenantId }) => `/admin/tenants/${tenantId}`}
        empty={<p className="px-4 pb-4 text-muted">Nobody stands so.</p>}
      />
      {(next !== null || !isFirst) && (
        <nav aria-label="Pages of subscribers" className="flex justify-end gap-2 px-4 py-3">
          {!isFirst && (
            <LinkButton href={at()} variant="secondary" size="sm">
              First
            </LinkButton>
          )}
          {next !== null && (
            <LinkButton href={at(next)} variant="secondary" size="sm">
              Next
            </LinkButton>
          )}
        </nav>
      )}
    </Card>
  );
}
