import { Card } from "#components/ui/card";
import { Status, type Tone } from "#components/ui/status";
import { Timeline } from "#components/ui/timeline";
import type { InboxEventPage } from "#lib/overview/get-inbox-event";
import type { Effect } from "#lib/overview/read-yield";
import { wordsFor } from "#lib/overview/words";

/** The facts that convergence on the object found, and the effects of each, which happen once. */
export function EventFindings({ event: { id, facts } }: { event: InboxEventPage }) {
  return (
    <Card title="Facts and effects" note="each once, however often it arrives">
      {facts.length === 0 ? (
        <p className="text-muted">Nothing beyond the object's new state.</p>
      ) : (
        <Timeline
          label="Facts and effects"
          items={facts.map(({ reference, kind, at, eventId, effects }) => ({
            key: reference,
            at,
            title: wordsFor(kind),
            detail: (
              <>
                {eventId === id ? "By this event: " : "By another event of the object: "}
                <code className="font-mono break-all">{reference}</code>
                <Effects of={effects} />
              </>
            ),
            tone: eventId === id ? toneOf(kind) : "quiet",
          }))}
        />
      )}
    </Card>
  );
}

function Effects({ of }: { of: readonly Effect[] }) {
  if (of.length === 0) return null;
  return (
    <ul aria-label="Effects" className="mt-1 grid gap-1">
      {of.map(({ id, kind, what, to, status }) => (
        <li key={id} className="flex flex-wrap items-center gap-x-2">
          <span className="text-foreground">
            {kind === "mail" ? "Mail" : "Webhook"} {what.replaceAll("-", " ")}
          </span>
          <span className="break-all">to {to}</span>
          <Status of={status} />
        </li>
      ))}
    </ul>
  );
}

function toneOf(kind: string): Tone {
  return /failed|past_due|canceled/.test(kind) ? "bad" : "good";
}
