import { Card } from "#components/ui/card";
import type { Tone } from "#components/ui/status";
import { Timeline } from "#components/ui/timeline";
import type { InboxEventPage } from "#lib/overview/get-inbox-event";
import { wordsFor } from "#lib/overview/words";

/** The facts that convergence on the object found, each of which has its effect once. */
export function EventFindings({ event: { id, facts } }: { event: InboxEventPage }) {
  return (
    <Card title="What it led to" note="each once, however often it arrives">
      {facts.length === 0 ? (
        <p className="text-muted">Nothing beyond the object's new state.</p>
      ) : (
        <Timeline
          label="What it led to"
          items={facts.map(({ reference, kind, at, eventId }) => ({
            key: reference,
            at,
            title: wordsFor(kind),
            detail: (
              <>
                {eventId === id ? "By this event: " : "By another event of the object: "}
                <code className="font-mono break-all">{reference}</code>
              </>
            ),
            tone: eventId === id ? toneOf(kind) : "quiet",
          }))}
        />
      )}
    </Card>
  );
}

function toneOf(kind: string): Tone {
  return /failed|past_due|canceled/.test(kind) ? "bad" : "good";
}
