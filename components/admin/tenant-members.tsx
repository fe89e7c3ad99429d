import { Count } from "#components/admin/count";
import { Card } from "#components/ui/card";
import { CopyableId } from "#components/ui/copyable-id";
import { type Column, DataTable } from "#components/ui/data-table";
import { EmptyState } from "#components/ui/empty-state";
import type { OverviewMember } from "#lib/overview/get-tenant-overview";

/** Who works in a tenant, the first one first. */
export function TenantMembers({ members }: { members: readonly OverviewMember[] }) {
  return (
    <Card title="Members" note={<Count of={members.length} one="person" other="people" />} flush>
      <DataTable
        caption="Members"
        columns={columns}
        rows={members}
        rowKey={({ id }) => id}
        empty={<EmptyState title="Nobody is a member">The last one left.</EmptyState>}
      />
    </Card>
  );
}

const columns: Column<OverviewMember>[] = [
  { header: "Name", cell: ({ name }) => name },
  { header: "E-mail", cell: ({ email }) => <span className="break-all">{email}</span> },
  { header: "Role", cell: ({ role }) => role },
  { header: "Id", cell: ({ id }) => <CopyableId id={id} />, hideOnPhone: true },
];
