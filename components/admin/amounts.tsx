import { Amount } from "#components/ui/amount";
import type { Money } from "#lib/money/money";

/** One amount per currency, each on its line: money of two currencies has no sum. */
export function Amounts({ of, none = "Nothing" }: { of: readonly Money[]; none?: string }) {
  if (of.length === 0) return <span className="text-muted">{none}</span>;
  return (
    <span className="inline-grid">
      {of.map((amount) => (
        <Amount key={amount.currency} of={amount} />
      ))}
    </span>
  );
}
