import { Count } from "#components/admin/count";
import type { Bounded } from "#lib/overview/inbox-state";

/** A count that stops at its bound says so: "10,000+". */
export function BoundedCount({ of: { count, isMore } }: { of: Bounded }) {
  return (
    <span className="tabular-nums">
      <Count of={count} />
      {isMore && "+"}
    </span>
  );
}
