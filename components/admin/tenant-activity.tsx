import { Card } from "#components/ui/card";
import type { Tone } from "#components/ui/status";
import { Timeline } from "#components/ui/timeline";
import type { Activity } from "#lib/overview/activity";

/** What people did in a tenant and what Stripe reported of it, the newest first. */
export function TenantActivity({ timeline }: { timeline: readonly Activity[] }) {
  return (
    <Card title="What happened" note={timeline.length === 50 ? "the latest 50" : undefined}>
      {timeline.length === 0 ? (
        <p className="text-muted">Nothing yet.</p>
      ) : (
        <Timeline
          label="What happened"
          items={timeline.map(({ id, at, actor, what, kind, target }) => ({
            key: id,
            at,
            title: kind === "fact" ? what : `${actor} ${what}`,
            detail: kind === "fact" ? "as Stripe reported" : undefined,
            tone: toneOf(kind, what, target),
          }))}
        />
      )}
    </Card>
  );
}

function toneOf(kind: Activity["kind"], what: string, target: string): Tone {
  if (kind === "audit") return "quiet";
  if (/failed|past due/i.test(what)) return "bad";
  return target === "subscription" || target === "invoice" ? "good" : "quiet";
}
