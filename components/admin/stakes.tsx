import { Amount } from "#components/ui/amount";
import type { Stake } from "#lib/overview/attention";

/** What is at stake, an amount a currency. */
export function Stakes({ of }: { of: readonly Stake[] }) {
  if (of.length === 0) return <span className="text-muted">–</span>;
  return (
    <span className="grid justify-items-end">
      {of.map((stake) => (
        <Amount key={stake.currency} of={stake} />
      ))}
    </span>
  );
}
