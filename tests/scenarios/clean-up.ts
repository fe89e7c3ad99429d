import type Stripe from "stripe";
import { mine } from "#tests/scenarios/scenario";

/** Takes away what the stories have made since an instant, and says how much of it is left: payments
 *  and accounts stay, as Stripe keeps them. */
export async function cleanUp(stripe: Stripe, since: number): Promise<number> {
  const created = { gte: since };
  const isMine = ({ name }: { name?: string | null }) => name?.startsWith(mine) ?? false;
  const customers = () => all(stripe.customers.list({ created, limit: 100 }), isMine);
  const products = () => all(stripe.products.list({ created, limit: 100, active: true }), isMine);
  const coupons = () => all(stripe.coupons.list({ created, limit: 100 }), isMine);

  // A customer's subscriptions end with it.
  for (const { id } of await customers()) await stripe.customers.del(id);
  for (const { id } of await products()) {
    const prices = await all(stripe.prices.list({ product: id, active: true, limit: 100 }));
    for (const price of prices) await stripe.prices.update(price.id, { active: false });
    await stripe.products.update(id, { active: false });
  }
  for (const { id } of await coupons()) await stripe.coupons.del(id);
  const left = await Promise.all([customers(), products(), coupons()]);
  return left.flat().length;
}

function all<Item>(
  list: Stripe.ApiListPromise<Item>,
  isWanted: (item: Item) => boolean = () => true,
): Promise<Item[]> {
  return list.autoPagingToArray({ limit: 1_000 }).then((items) => items.filter(isWanted));
}
