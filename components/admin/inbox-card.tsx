import { BoundedCount } from "#components/admin/bounded-count";
import { formatDuration } from "#components/admin/duration";
import { Card, Fact, Facts } from "#components/ui/card";
import { TextLink } from "#components/ui/link-button";
import type { InboxState } from "#lib/overview/inbox-state";

/** How the platform keeps up with Stripe. */
export function InboxCard({ inbox }: { inbox: InboxState }) {
  const { waiting, dead, recent, p50Ms, p99Ms, oldestWaitingMs } = inbox;
  return (
    <Card
      title="Inbox"
      note="from arrival to done"
      action={<TextLink href="/admin/events">All events</TextLink>}
    >
      <Facts>
        <Fact label="Half of them within">{p50Ms === null ? "–" : formatDuration(p50Ms)}</Fact>
        <Fact label="99 of 100 within">{p99Ms === null ? "–" : formatDuration(p99Ms)}</Fact>
        <Fact label="Arrived in the last day">
          <TextLink href="/admin/events">
            <BoundedCount of={recent} />
          </TextLink>
        </Fact>
        <Fact label="Waiting">
          <TextLink href="/admin/events?status=waiting">
            <BoundedCount of={waiting} />
          </TextLink>
          {oldestWaitingMs !== null && (
            <span className="text-muted"> · the oldest for {formatDuration(oldestWaitingMs)}</span>
          )}
        </Fact>
        <Fact label="Dead">
          <TextLink href="/admin/events/dead">
            <BoundedCount of={dead} />
          </TextLink>
        </Fact>
      </Facts>
    </Card>
  );
}
