import { FilterBar } from "#components/admin/filter-bar";
import { type InboxStatus, inboxStatuses } from "#lib/events/inbox-filter";

const labels = {
  waiting: "Waiting",
  done: "Done",
  ignored: "Ignored",
  dead: "Dead",
  discarded: "Discarded",
} as const satisfies Record<InboxStatus, string>;

/** What events are found by. `isOfOneState`: the page is about one state only. */
export function EventFilters({ isOfOneState = false }: { isOfOneState?: boolean }) {
  const states = inboxStatuses.map((value) => ({ value, label: labels[value] }));
  return (
    <FilterBar
      texts={[
        { name: "type", label: "Type, such as invoice.paid" },
        { name: "q", label: "Id of an event, object or trace" },
      ]}
      choices={
        isOfOneState ? [] : [{ name: "status", label: "State", any: "Any state", options: states }]
      }
      more={{
        texts: [
          { name: "account", label: "Account, or platform" },
          { name: "text", label: "Words in the payload or error" },
        ],
        instants: [
          { name: "from", label: "Arrived from, UTC" },
          { name: "to", label: "until, UTC" },
        ],
      }}
    />
  );
}
