import { Count } from "#components/admin/count";
import { ConfirmResyncStop } from "#components/admin/resync-forms";
import type { Column } from "#components/ui/data-table";
import { TextLink } from "#components/ui/link-button";
import { Progress } from "#components/ui/meter";
import { Moment } from "#components/ui/moment";
import { Status } from "#components/ui/status";
import type { ResyncRow } from "#lib/overview/list-resyncs";

/** What a list of comparisons with Stripe says of each. */
export const resyncColumns: Column<ResyncRow>[] = [
  {
    header: "What",
    cell: ({ onlyTenantId, tenant }) => {
      if (onlyTenantId === null) return <span className="font-medium">Everything</span>;
      return tenant ? (
        <TextLink href={`/admin/tenants/${tenant.id}`}>{tenant.name}</TextLink>
      ) : (
        onlyTenantId
      );
    },
  },
  { header: "State", cell: (row) => <ResyncStatus row={row} /> },
  { header: "Accounts", cell: (row) => <ResyncProgress row={row} /> },
  { header: "Compared", cell: ({ compared }) => <Count of={compared} />, align: "end" },
  { header: "Differed", cell: ({ asked }) => <Count of={asked} />, align: "end" },
  {
    header: "By",
    cell: ({ startedBy, error }) => (
      <span className="line-clamp-2 max-w-56 min-w-0 break-words">
        {error ?? startedBy ?? "Lockstep"}
      </span>
    ),
  },
  { header: "Began", cell: ({ startedAt }) => <Moment at={startedAt} />, align: "end" },
];

export const resyncStopColumn: Column<ResyncRow> = {
  header: "Stop",
  hideHeader: true,
  align: "end",
  cell: ({ id, status }) => (status === "running" ? <ConfirmResyncStop id={id} /> : null),
};

function ResyncStatus({ row: { status, isStill, error } }: { row: ResyncRow }) {
  if (isStill) {
    return (
      <Status of="waiting" tone="waiting">
        to be resumed
      </Status>
    );
  }
  if (status === "running" && error) {
    return (
      <Status of="failing" tone="bad">
        tried again
      </Status>
    );
  }
  const tone = ({ running: "waiting", done: "good", stopped: "quiet" } as const)[status];
  return <Status of={status} tone={tone} />;
}

function ResyncProgress({ row: { accounts, accountsDone, status } }: { row: ResyncRow }) {
  const text = `${accountsDone.toLocaleString("en-US")} of ${accounts.toLocaleString("en-US")}`;
  if (status !== "running") return <span className="tabular-nums">{text}</span>;
  return (
    <span className="block w-32 max-sm:ms-auto">
      <Progress label={text} share={accounts > 0 ? accountsDone / accounts : 0} />
    </span>
  );
}
