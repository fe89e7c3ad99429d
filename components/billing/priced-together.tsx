import type { PlanComponent, PublicPlan } from "#lib/catalog/plan";
import { type Choice, type Priced, type PricedLine, priceOf } from "#lib/catalog/price-of";
import { money } from "#lib/money/money";

type Had = { plan: PublicPlan; quantity: number };
export type PricedTogether = { components: PlanComponent[]; priced: Priced };

/** A plan and what is beside it on one bill: each line is named apart by its plan. */
export function pricedTogether(had: readonly Had[], choice: Omit<Choice, "times">): PricedTogether {
  const components: PlanComponent[] = [];
  const lines: PricedLine[] = [];
  for (const { plan, quantity } of had) {
    const apart = <T extends { key: string }>(part: T): T => ({
      ...part,
      key: `${plan.key}/${part.key}`,
    });
    components.push(...plan.components.map(apart));
    lines.push(...priceOf(plan, { ...choice, times: quantity }).lines.map(apart));
  }
  const minor = lines.reduce((sum, { amount }) => sum + amount.minor, 0n);
  return { components, priced: { lines, total: money(minor, choice.currency) } };
}
