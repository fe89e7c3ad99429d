import { ConfirmRunStop } from "#components/admin/confirm-run-stop";
import { Count } from "#components/admin/count";
import type { Column } from "#components/ui/data-table";
import { Progress } from "#components/ui/meter";
import { Moment } from "#components/ui/moment";
import { Status } from "#components/ui/status";
import { countedAtMost, type RunFilter } from "#lib/events/inbox-run";
import type { RunRow } from "#lib/overview/list-runs";

/** What a list of acts on many events says of each. */
export const runColumns: Column<RunRow>[] = [
  {
    header: "Act",
    cell: ({ act, filter }) => (
      <span className="grid min-w-0 text-start">
        <span className="font-medium">{act === "replay" ? "Replay" : "Discard"}</span>
        <span className="text-xs break-all text-muted">{sayFilter(filter)}</span>
      </span>
    ),
  },
  { header: "State", cell: (run) => <RunStatus run={run} /> },
  { header: "Progress", cell: (run) => <RunProgress run={run} /> },
  { header: "By", cell: ({ startedBy }) => startedBy },
  {
    header: "Why",
    cell: ({ reason, error }) => (
      <span className="line-clamp-2 max-w-64 min-w-0 break-words">{error ?? reason ?? "–"}</span>
    ),
  },
  { header: "Began", cell: ({ startedAt }) => <Moment at={startedAt} />, align: "end" },
];

export const runStopColumn: Column<RunRow> = {
  header: "Stop",
  hideHeader: true,
  align: "end",
  cell: ({ id, status }) => (status === "running" ? <ConfirmRunStop id={id} /> : null),
};

function RunStatus({ run: { status, isStill } }: { run: RunRow }) {
  if (isStill) {
    return (
      <Status of="waiting" tone="waiting">
        to be resumed
      </Status>
    );
  }
  const tone = ({ running: "waiting", done: "good", stopped: "quiet" } as const)[status];
  return <Status of={status} tone={tone} />;
}

/** How many of how many; where more matched than are counted, the end is not known. */
function RunProgress({ run: { done, expected, status } }: { run: RunRow }) {
  const isCounted = expected <= countedAtMost;
  const text = isCounted
    ? `${done.toLocaleString("en-US")} of ${expected.toLocaleString("en-US")}`
    : `${done.toLocaleString("en-US")} so far`;
  if (status !== "running") return <Count of={done} one="event" />;
  return (
    <span className="block w-40 max-sm:ms-auto">
      <Progress label={text} {...(isCounted && { share: Math.min(1, done / expected) })} />
    </span>
  );
}

/** A filter as one reads it: "dead · invoice.paid · of acct_1". */
export function sayFilter({ status, type, account, q, from, to, error }: RunFilter): string {
  const parts = [
    status === "dead" ? "dead letters" : `${status} events`,
    ...[type, q, account && `of ${account}`, error && `“${error.slice(0, 80)}”`],
    ...[from && `from ${from.slice(0, 16)}`, to && `until ${to.slice(0, 16)}`],
  ];
  return parts.filter(Boolean).join(" · ");
}
