import { wordOf } from "#components/admin/event-facts";
import { CopyableId } from "#components/ui/copyable-id";
import { type Column, DataTable } from "#components/ui/data-table";
import { Moment } from "#components/ui/moment";
import { Status, type Tone } from "#components/ui/status";
import type { Difference } from "#lib/events/converger";
import type { DriftPolicy } from "#lib/events/find-drift";
import type { DriftRow, DriftStatus } from "#lib/overview/list-drifts";

/** What the policy does, in a sentence each. */
export const policySentences = {
  auto: "Repaired as soon as it is found",
  propose: "Proposed, and repaired once a person approves",
  off: "Off: nobody looks",
} as const satisfies Record<DriftPolicy, string>;

const tones = {
  proposed: "waiting",
  repairing: "waiting",
  settled: "good",
  dismissed: "quiet",
} as const satisfies Record<DriftStatus, Tone>;

export function DriftState({ of }: { of: DriftStatus }) {
  return <Status of={of} tone={tones[of]} />;
}

/** What a list of differing mirrors says of each. */
export const driftColumns: Column<DriftRow>[] = [
  { header: "Object", cell: ({ objectType }) => wordOf(objectType) },
  { header: "Id", cell: ({ objectId }) => <CopyableId id={objectId} /> },
  { header: "State", cell: ({ status }) => <DriftState of={status} /> },
  {
    header: "Differs in",
    cell: ({ differences }) => (
      <span className="line-clamp-2 max-w-72 min-w-0 font-mono text-xs break-words">
        {sayFields(differences)}
      </span>
    ),
  },
  {
    header: "Why",
    cell: ({ why }) => <span className="line-clamp-2 max-w-72 min-w-0">{why}</span>,
    hideOnPhone: true,
  },
  { header: "Found", cell: ({ foundAt }) => <Moment at={foundAt} />, align: "end" },
];

function sayFields(differences: readonly Difference[]): string {
  const paths = differences.map(({ path }) => path || "whether it is there");
  const shown = paths.slice(0, 3).join(", ");
  return paths.length > 3 ? `${shown} and ${paths.length - 3} more` : shown;
}

/** Field by field: what we hold, and what Stripe said when it was compared. */
export function Differences({ of }: { of: readonly Difference[] }) {
  return (
    <DataTable
      caption="Differences"
      columns={differenceColumns}
      rows={of}
      rowKey={({ path }) => path}
      empty={<p className="px-4 pb-4 text-muted">Nothing was recorded.</p>}
    />
  );
}

const differenceColumns: Column<Difference>[] = [
  {
    header: "Field",
    cell: ({ path }) => (
      <span className="font-mono text-xs break-all">{path || "the object itself"}</span>
    ),
  },
  { header: "Our mirror", cell: ({ mirror }) => <Json of={mirror} /> },
  { header: "Stripe", cell: ({ live }) => <Json of={live} /> },
];

function Json({ of }: { of: Difference["live"] }) {
  const text = typeof of === "string" ? of : JSON.stringify(of);
  return <span className="font-mono text-xs break-all whitespace-pre-wrap">{text}</span>;
}
