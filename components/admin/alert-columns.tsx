import Link from "next/link";
import { AcknowledgeButton } from "#components/admin/acknowledge-button";
import { Amount } from "#components/ui/amount";
import { CopyableId } from "#components/ui/copyable-id";
import type { Column } from "#components/ui/data-table";
import { Moment } from "#components/ui/moment";
import { Status } from "#components/ui/status";
import { alertKinds, isAlertKind } from "#lib/alerts/alert";
import type { AlertRow } from "#lib/alerts/list-alerts";

/** What a list of alerts says of each. */
export const alertColumns: Column<AlertRow>[] = [
  {
    header: "Alert",
    cell: ({ kind }) => (
      <span className="grid max-w-96 min-w-0 text-start">
        <span className="font-medium">{isAlertKind(kind) ? alertKinds[kind].title : kind}</span>
        {isAlertKind(kind) && <span className="text-xs text-muted">{alertKinds[kind].mend}</span>}
      </span>
    ),
  },
  {
    header: "Tenant",
    cell: ({ tenant }) =>
      tenant ? <Link href={`/admin/tenants/${tenant.id}`}>{tenant.name}</Link> : "–",
  },
  {
    header: "Amount",
    cell: ({ data: { minor, currency } }) =>
      minor && currency ? <Amount of={{ minor, currency }} /> : "–",
    align: "end",
  },
  { header: "Object", cell: ({ objectId }) => <CopyableId id={objectId} /> },
  { header: "State", cell: (alert) => <AlertState alert={alert} /> },
  { header: "Raised", cell: ({ raisedAt }) => <Moment at={raisedAt} />, align: "end" },
];

export const acknowledgeColumn: Column<AlertRow> = {
  header: "Acknowledge",
  hideHeader: true,
  align: "end",
  cell: ({ id, kind, acknowledgedAt }) =>
    acknowledgedAt ? null : (
      <AcknowledgeButton id={id} title={isAlertKind(kind) ? alertKinds[kind].title : kind} />
    ),
};

function AlertState({ alert }: { alert: AlertRow }) {
  const { acknowledgedAt, acknowledgedBy, note } = alert;
  if (!acknowledgedAt) return <Status of="open" tone="waiting" />;
  return (
    <span className="grid max-w-64 min-w-0 text-start">
      <Status of="acknowledged" tone="good" />
      <span className="text-xs break-words text-muted">
        {note} · {acknowledgedBy}, <Moment at={acknowledgedAt} />
      </span>
    </span>
  );
}
