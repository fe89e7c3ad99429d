import { Tabs } from "#components/admin/tabs";
import type { InboxState } from "#lib/overview/inbox-state";
import { type InboxQuery, type InboxStatus, inboxStatuses } from "#lib/overview/list-inbox-events";

type Props = { query: InboxQuery; counts: Pick<InboxState, "waiting" | "dead"> };

const labels = {
  waiting: "Waiting",
  done: "Done",
  ignored: "Ignored",
  dead: "Dead",
} as const satisfies Record<InboxStatus, string>;

/** The inbox by how its events stand. The other filters stay. */
export function EventTabs({ query: { status, type, q }, counts }: Props) {
  const at = (wanted: InboxStatus | undefined) => {
    const params = new URLSearchParams();
    for (const [name, value] of Object.entries({ status: wanted, type, q })) {
      if (value) params.set(name, value);
    }
    return params.size > 0 ? `/admin/events?${params}` : "/admin/events";
  };
  const tabs = inboxStatuses.map((one) => ({
    label: labels[one],
    href: at(one),
    isCurrent: status === one,
    count: one === "waiting" || one === "dead" ? counts[one] : undefined,
  }));
  return (
    <Tabs
      label="Events by state"
      tabs={[{ label: "All", href: at(undefined), isCurrent: status === undefined }, ...tabs]}
    />
  );
}
