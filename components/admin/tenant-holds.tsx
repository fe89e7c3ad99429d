import { DecideAppealButton, ReleaseHoldButton } from "#components/admin/hold-buttons";
import { Card } from "#components/ui/card";
import { Moment } from "#components/ui/moment";
import { Status } from "#components/ui/status";
import { wordsOfStops } from "#lib/connect/hold";
import type { AppealView, HoldView } from "#lib/connect/read-holds";

type Props = { holds: readonly HoldView[]; mayHold: boolean };

/** What is and was stopped of a tenant, why, and what it says against it. */
export function TenantHolds({ holds, mayHold }: Props) {
  if (holds.length === 0) return null;
  return (
    <Card title="Holds">
      <ul className="grid gap-4">
        {holds.map((hold) => (
          <li key={hold.id} className="grid gap-1">
            <Head hold={hold} mayHold={mayHold} />
            <p className="wrap-anywhere">{hold.reason}</p>
            {hold.rule && (
              <p className="text-xs text-muted">
                {`Placed by a rule: ${hold.rule.title}, version ${hold.rule.version}. ${hold.rule.mend}`}
              </p>
            )}
            {hold.endNote && <p className="text-xs text-muted">{`It ended: ${hold.endNote}`}</p>}
            {hold.appeals.map((appeal) => (
              <Appeal key={appeal.id} appeal={appeal} mayHold={mayHold} />
            ))}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Head({ hold, mayHold }: { hold: HoldView; mayHold: boolean }) {
  const { id, placedAt, until, endedAt, ending } = hold;
  const what = wordsOfStops(hold);
  return (
    <div className="flex flex-wrap items-center justify-between gap-2">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <Status of={endedAt ? "ended" : "held"} tone={endedAt ? "quiet" : "bad"}>
          {endedAt ? `${what} ${ending}` : `${what} stopped`}
        </Status>
        <span className="text-xs text-muted">
          <Moment at={endedAt ?? placedAt} />
          {!endedAt && until && (
            <>
              {", until "}
              <Moment at={until} />
            </>
          )}
        </span>
      </p>
      {!endedAt && mayHold && <ReleaseHoldButton id={id} what={`the hold of ${what}`} />}
    </div>
  );
}

function Appeal({ appeal, mayHold }: { appeal: AppealView; mayHold: boolean }) {
  const { id, text, madeAt, decision, answer } = appeal;
  return (
    <div className="mt-1 grid gap-1.5 border-s-2 border-border ps-3">
      <p className="text-xs wrap-anywhere">
        {`“${text}” `}
        <span className="text-muted">
          <Moment at={madeAt} />
        </span>
      </p>
      {decision ? (
        <p className="text-xs wrap-anywhere text-muted">
          {`${decision === "granted" ? "Granted" : "Not granted"}: ${answer}`}
        </p>
      ) : (
        mayHold && (
          <div className="flex gap-2">
            <DecideAppealButton id={id} decision="granted" />
            <DecideAppealButton id={id} decision="upheld" />
          </div>
        )
      )}
    </div>
  );
}
