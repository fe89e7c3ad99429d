import { useTranslations } from "next-intl";
import { Amount } from "#components/ui/amount";
import type { PublicPlan } from "#lib/catalog/plan";
import type { Priced, PricedLine } from "#lib/catalog/price-of";

type Props = { plan: Pick<PublicPlan, "components">; priced: Priced; totalLabel: string };

/** What a period costs line by line. Usage that is not known yet is no line of nothing. */
export function PricedLines({ plan, priced: { lines, total }, totalLabel }: Props) {
  const usage = new Set(plan.components.filter(({ kind }) => kind === "usage").map(keyOf));
  const shown = lines.filter(({ key, amount }) => !usage.has(key) || amount.minor !== 0n);
  return (
    <dl className="grid gap-1.5">
      {shown.map((line) => (
        <div key={line.key} className="flex items-baseline justify-between gap-4">
          <dt className="text-muted">
            <LineName line={line} isCounted={!usage.has(line.key)} />
          </dt>
          <dd>
            <Amount of={line.amount} />
          </dd>
        </div>
      ))}
      <div className="flex items-baseline justify-between gap-4 border-t border-separator pt-2 font-semibold">
        <dt>{totalLabel}</dt>
        <dd className="text-base">
          <Amount of={total} />
        </dd>
      </div>
    </dl>
  );
}

function LineName({
  line: { name, quantity },
  isCounted,
}: {
  line: PricedLine;
  isCounted: boolean;
}) {
  const t = useTranslations("tenant.billing.next");
  if (!isCounted || quantity <= 1n) return name;
  return t("quantity", { name, quantity: Number(quantity) });
}

function keyOf({ key }: { key: string }): string {
  return key;
}
