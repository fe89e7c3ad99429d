import { sayChange } from "#components/plans/comparison";
import { Amount } from "#components/ui/amount";

type Props = { before: bigint; after: bigint; currency: string };

/** What the difference is, signed, and its share of what was paid. */
export function Change({ before, after, currency }: Props) {
  if (before === after) return <span className="text-muted">the same</span>;
  const share = sayChange({ before, after });
  return (
    <span className="inline-grid justify-items-end">
      <span className="whitespace-nowrap">
        {after > before ? "+" : ""}
        <Amount of={{ minor: after - before, currency }} />
      </span>
      {share && <span className="text-xs text-muted tabular-nums">{share}</span>}
    </span>
  );
}
