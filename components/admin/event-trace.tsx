import { Card } from "#components/ui/card";
import { TextLink } from "#components/ui/link-button";
import { Timeline } from "#components/ui/timeline";
import type { InboxEventPage } from "#lib/overview/get-inbox-event";
import type { Act } from "#lib/overview/read-trace";

/** What people and the system did under the event's trace, and what was decided about the event. */
export function EventTrace({ event: { acts, id } }: { event: InboxEventPage }) {
  if (!acts) return null;
  return (
    <Card
      title="Trace"
      note="from the audit log"
      action={<TextLink href={`/admin/audit?target=${encodeURIComponent(id)}`}>Audit</TextLink>}
    >
      <div className="grid gap-4">
        {acts.decisions.length > 0 && <Acts label="Decided about this event" of={acts.decisions} />}
        {acts.trace.length > 0 ? (
          <Acts label="Done under its trace" of={acts.trace} />
        ) : (
          <p className="text-muted">
            It began at Stripe: nothing was done here under its trace before it came.
          </p>
        )}
      </div>
    </Card>
  );
}

function Acts({ label, of }: { label: string; of: readonly Act[] }) {
  return (
    <div>
      <h3 className="mb-2 text-xs text-muted">{label}</h3>
      <Timeline
        label={label}
        items={of.map(({ key, at, actor, action, what }) => ({
          ...{ key, at },
          title: (
            <>
              {actor} {what}
            </>
          ),
          detail: <code className="font-mono">{action}</code>,
        }))}
      />
    </div>
  );
}
