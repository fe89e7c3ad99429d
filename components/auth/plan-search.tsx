import { z } from "zod";
import { mostSeats } from "#components/pricing/plan-card";
import { isFree, type PublicPlan } from "#lib/catalog/plan";
import { isOffered } from "#lib/catalog/price-of";
import { isCurrency } from "#lib/money/currency";

/** The choice of a plan as the pricing page puts it into an address. Nonsense falls back. */
export const planSearch = z.object({
  plan: z.string().optional().catch(undefined),
  interval: z.enum(["month", "year"]).catch("month"),
  seats: z.coerce.number().int().min(1).max(mostSeats).catch(1),
  currency: z.string().refine(isCurrency).catch("usd"),
});
export type PlanSearch = z.output<typeof planSearch>;

/** The plan it names, if that is on offer this way. */
export function planOf(plans: readonly PublicPlan[], search: PlanSearch): PublicPlan | undefined {
  return plans.find((plan) => plan.key === search.plan && isOffered(plan, search));
}

/** What follows a workspace's address so that its billing page takes the choice up. */
export function billingPath(plan: PublicPlan | undefined, search: PlanSearch): string {
  if (!plan || isFree(plan)) return "";
  const { interval, seats, currency } = search;
  const query = new URLSearchParams({ plan: plan.key, interval, seats: String(seats), currency });
  return `/billing?${query}`;
}
