import type { AddOnChoice } from "#lib/billing/add-on";
import { type Interval, isBeside, type PublicPlan } from "#lib/catalog/plan";
import { isOffered } from "#lib/catalog/price-of";
import type { Currency } from "#lib/money/currency";

/** An add-on to choose. Who has it already may keep what is not sold any more. */
export type AddOnOption = { plan: PublicPlan; owned: number };
export type AddOnTerms = { plan: string; planName: string; interval: Interval; currency: Currency };

/** Of what was chosen, what can be bought beside this plan, in this interval and currency. */
export function sellable(
  chosen: readonly AddOnChoice[],
  options: readonly AddOnOption[],
  terms: AddOnTerms,
  current?: string,
): AddOnChoice[] {
  return chosen.filter(({ key }) => {
    const option = options.find(({ plan }) => plan.key === key);
    return option !== undefined && hindranceOf(option, terms, current) === null;
  });
}

/** Why an add-on cannot be bought so; null where it can. */
export function hindranceOf({ plan, owned }: AddOnOption, terms: AddOnTerms, current?: string) {
  const isKept = owned > 0 && terms.plan === current;
  if (!isKept && !isBeside(plan, terms.plan)) return "beside" as const;
  return isOffered(plan, terms) ? null : ("offer" as const);
}
