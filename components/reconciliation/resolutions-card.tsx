import { DecisionButtons } from "#components/reconciliation/break-acts";
import { Card } from "#components/ui/card";
import { type Column, DataTable } from "#components/ui/data-table";
import { Moment } from "#components/ui/moment";
import { Status, type Tone } from "#components/ui/status";
import type { ResolutionRow } from "#lib/reconciliation/list-breaks";

const tones = {
  proposed: "waiting",
  decided: "waiting",
  done: "good",
  failed: "bad",
  rejected: "quiet",
} as const satisfies Record<ResolutionRow["status"], Tone>;

type Props = { resolutions: readonly ResolutionRow[]; mayDecide: boolean; amount: string };

/** What was decided about a break, by whom, and what came of it. */
export function ResolutionsCard({ resolutions, mayDecide, amount }: Props) {
  const act: Column<ResolutionRow> = {
    ...{ header: "Decide", hideHeader: true, align: "end" },
    cell: ({ id, status, isOwn }) => {
      if (status !== "proposed" || !mayDecide) return null;
      if (isOwn) return <span className="text-xs text-muted">Somebody else has to agree</span>;
      return <DecisionButtons id={id} amount={amount} />;
    },
  };
  return (
    <Card title="Decisions" note="each stays, with who made it" flush>
      <DataTable
        caption="Decisions"
        columns={[...columns, act]}
        rows={resolutions}
        rowKey={({ id }) => id}
        empty={<p className="px-4 pb-4 text-muted">Nobody has decided about it yet.</p>}
      />
    </Card>
  );
}

const columns: Column<ResolutionRow>[] = [
  { header: "What", cell: ({ kind }) => kind.replace("_", " ") },
  { header: "State", cell: ({ status }) => <Status of={status} tone={tones[status]} /> },
  {
    header: "By",
    cell: ({ proposedBy, decidedBy, isByTwo }) =>
      isByTwo ? `${proposedBy}, ${decidedBy}` : proposedBy,
  },
  {
    header: "Why",
    cell: ({ note, error, entry }) => (
      <span className="grid max-w-72 min-w-0 text-start">
        <span className="break-words">{note}</span>
        {error && <span className="text-xs break-words text-danger">{error}</span>}
        {entry && <span className="font-mono text-2xs break-all text-muted">{entry}</span>}
      </span>
    ),
  },
  { header: "When", cell: ({ proposedAt }) => <Moment at={proposedAt} />, align: "end" },
];
