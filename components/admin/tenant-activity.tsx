import { Card } from "#components/ui/card";
import type { Tone } from "#components/ui/status";
import { Timeline } from "#components/ui/timeline";
import type { Activity } from "#lib/overview/activity";
import type { TenantConnect } from "#lib/overview/get-tenant-connect";

type Step = TenantConnect["timeline"][number];
type Item = React.ComponentProps<typeof Timeline>["items"][number] & { at: Date };
type Props = { timeline: readonly Activity[]; steps: readonly Step[] };

const most = 50;

/**
 * What people did in a tenant, what Stripe reported of it, and each step of its payments account
 * with its cause: one timeline, the newest first.
 */
export function TenantActivity({ timeline, steps }: Props) {
  const items = [...timeline.filter(isNoStep).map(ofActivity), ...steps.map(ofStep)]
    .toSorted((left, right) => right.at.getTime() - left.at.getTime())
    .slice(0, most);
  return (
    <Card title="What happened" note={items.length === most ? `the latest ${most}` : undefined}>
      {items.length === 0 ? (
        <p className="text-muted">Nothing yet.</p>
      ) : (
        <Timeline label="What happened" items={items} />
      )}
    </Card>
  );
}

/** What a step of the payments account says better, with its cause. */
const told = ["account.active", "account.restricted", "account.disconnected", "account.closed"];
const isNoStep = ({ action }: Activity) =>
  !told.includes(action) && action !== "connect.follow-account";

function ofActivity({ id, at, actor, what, kind, target }: Activity): Item {
  const title = kind === "fact" ? what : `${actor} ${what}`;
  const detail = kind === "fact" ? "as Stripe reported" : undefined;
  return { key: id, at, title, detail, tone: toneOf(kind, what, target) };
}

const bad: readonly Step["to"][] = ["restricted", "suspended", "disconnected"];

function ofStep({ id, at, to, cause }: Step): Item {
  const tone = bad.includes(to) ? "bad" : to === "active" ? "good" : "quiet";
  return { key: id, at, title: `Payments account: ${to}`, detail: cause, tone };
}

function toneOf(kind: Activity["kind"], what: string, target: string): Tone {
  if (kind === "audit") return "quiet";
  if (/failed|past due/i.test(what)) return "bad";
  return target === "subscription" || target === "invoice" ? "good" : "quiet";
}
