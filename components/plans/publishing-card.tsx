import { RunAgain } from "#components/plans/run-again";
import { Card } from "#components/ui/card";
import { type Column, DataTable } from "#components/ui/data-table";
import { Progress } from "#components/ui/meter";
import { Moment } from "#components/ui/moment";
import { RefreshEvery } from "#components/ui/refresh-every";
import { Status } from "#components/ui/status";
import type { VersionStatus } from "#lib/catalog/plan-version";
import type { Difference, PublishingView } from "#lib/catalog/publishing";

type Props = {
  versionId: string;
  status: VersionStatus;
  run: PublishingView;
  mayPublish: boolean;
};

const titles = { publishing: "Publishing to Stripe", other: "Compared with Stripe" } as const;

/** How far Stripe knows this version, what was not as it should be, and the way on. */
export function PublishingCard({ versionId, status, run, mayPublish }: Props) {
  const { done, total, differences, error, startedAt, finishedAt } = run;
  const isPublishing = status === "publishing";
  const isRunning = run.status === "running";
  return (
    <Card
      title={isPublishing ? titles.publishing : titles.other}
      action={<RunStatus of={run} />}
      flush
    >
      {isRunning && <RefreshEvery seconds={2} />}
      <div className="grid gap-3 px-4 pb-4">
        {isRunning ? (
          <Progress
            label={`${done} of ${total} objects are at Stripe as they should be`}
            share={total > 0 ? done / total : 0}
          />
        ) : (
          <p className="text-muted">
            {done} of {total} objects are at Stripe as they should be, looked at{" "}
            <Moment at={finishedAt ?? startedAt} />.
          </p>
        )}
        {run.status === "failed" && (
          <div role="alert" className="grid gap-1">
            <p className="font-medium">{error ?? "It stopped, and nobody knows why."}</p>
            <p className="text-muted">
              What was made at Stripe stays and is found again: trying again makes nothing twice.
            </p>
          </div>
        )}
        {mayPublish && (
          <div>
            <RunAgain versionId={versionId} isPublishing={isPublishing} run={run.status} />
          </div>
        )}
      </div>
      {differences.length > 0 && (
        <DataTable
          caption="What was not as it should be"
          columns={differenceColumns}
          rows={differences}
          rowKey={({ object, field }) => `${object} ${field}`}
          empty={null}
        />
      )}
    </Card>
  );
}

function RunStatus({ of: { status } }: { of: PublishingView }) {
  const words = {
    running: ["waiting", "under way"],
    failed: ["bad", "stopped"],
    finished: ["good", "done"],
  } as const;
  const [tone, word] = words[status];
  return (
    <Status of={status} tone={tone}>
      {word}
    </Status>
  );
}

const differenceColumns: Column<Difference>[] = [
  {
    header: "At Stripe",
    cell: ({ object, field }) => (
      <span className="grid text-start">
        <span className="font-mono text-xs break-all">{object}</span>
        <span className="text-xs text-muted">{field}</span>
      </span>
    ),
  },
  { header: "Wanted", cell: ({ wanted }) => <span className="break-all">{wanted}</span> },
  { header: "Found", cell: ({ found }) => <span className="break-all">{found}</span> },
  {
    header: "Now",
    align: "end",
    cell: ({ isRepaired }) => (
      <Status of={isRepaired ? "repaired" : "differs"} tone={isRepaired ? "good" : "bad"} />
    ),
  },
];
