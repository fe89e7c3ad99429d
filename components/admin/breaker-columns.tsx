import { Count } from "#components/admin/count";
import { CopyableId } from "#components/ui/copyable-id";
import type { Column } from "#components/ui/data-table";
import { TextLink } from "#components/ui/link-button";
import { Moment } from "#components/ui/moment";
import { Status } from "#components/ui/status";
import type { BreakerRow } from "#lib/overview/list-breakers";

/** What a list of circuit breakers says of each. */
export const breakerColumns: Column<BreakerRow>[] = [
  {
    header: "Request",
    cell: ({ route }) => <span className="font-mono text-xs break-all">{route}</span>,
  },
  {
    header: "Account",
    cell: ({ account, tenant }) => {
      if (tenant) return <TextLink href={`/admin/tenants/${tenant.id}`}>{tenant.name}</TextLink>;
      return account ? <CopyableId id={account} /> : "The platform";
    },
  },
  { header: "State", cell: (row) => <BreakerState row={row} /> },
  { header: "Opened", cell: ({ openings }) => <Count of={openings} one="time" />, align: "end" },
  {
    header: "Tried again",
    cell: ({ status, retryAt }) =>
      status !== "closed" && retryAt ? <Moment at={retryAt} /> : <span>–</span>,
    align: "end",
  },
  { header: "Changed", cell: ({ changedAt }) => <Moment at={changedAt} />, align: "end" },
  {
    header: "Process",
    cell: ({ process }) => <span className="font-mono text-xs break-all">{process}</span>,
    hideOnPhone: true,
  },
];

function BreakerState({ row: { isStale, status } }: { row: BreakerRow }) {
  if (isStale) {
    return (
      <Status of="stale" tone="quiet">
        process is gone
      </Status>
    );
  }
  const tone = ({ open: "bad", half_open: "waiting", closed: "good" } as const)[status];
  return <Status of={status} tone={tone} />;
}
