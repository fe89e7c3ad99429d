import { quantityIn } from "#lib/billing/add-on";
import type { PublicPlan } from "#lib/catalog/plan";
import { toPlan, wholeVersion } from "#lib/catalog/read-version";
import type { Tx } from "#lib/db/client";
import type { StripeSubscription } from "#lib/stripe/objects";

/** An add-on as a tenant has it: at the version it was bought at. */
export type OwnedAddOn = { plan: PublicPlan; quantity: number };

/** What a subscription has beside its plan, by the mirror; in the order plans are offered. */
export async function readAddOns(tx: Tx, subscriptionId: string): Promise<OwnedAddOn[]> {
  const row = await tx.subscription.findUnique({
    where: { id: subscriptionId },
    select: { object: true },
  });
  const { items } = (row?.object ?? { items: { data: [] } }) as unknown as StripeSubscription;
  const had = items.data.map(({ price, quantity }) => ({
    priceId: price.id,
    quantity: quantity ?? null,
  }));
  const priced = { prices: { some: { stripePriceId: { in: had.map((one) => one.priceId) } } } };
  const versions = await tx.planVersion.findMany({
    where: { plan: { kind: "add_on" }, components: { some: priced } },
    include: wholeVersion,
    orderBy: { plan: { position: "asc" } },
  });
  return versions.map((version) => ({ plan: toPlan(version), quantity: quantityIn(version, had) }));
}
