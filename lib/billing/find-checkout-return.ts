import { view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { asSystem } from "#lib/tenancy/as-system";
import type { PersonContext } from "#lib/tenancy/context";

export type CheckoutReturn = { checkoutId: string; isCanceled: boolean; isToPay?: boolean };

/**
 * Where Stripe's page leads back to: billing of the checkout's workspace, at the address it has
 * now. A checkout of a workspace one is not in answers as one that does not exist.
 */
export async function findCheckoutReturn(
  ctx: PersonContext,
  { checkoutId, isCanceled, isToPay = false }: CheckoutReturn,
): Promise<string> {
  // With the system's reach, because which workspace it is shows only once the row is found.
  const checkout = await view(asSystem(ctx), (tx) =>
    tx.checkout.findFirst({
      where: { id: checkoutId, tenant: { members: { some: { userId: ctx.userId } } } },
      select: { tenant: { select: { slug: true } } },
    }),
  );
  if (!checkout) throw new Refusal("not_found", "There is no such checkout.");
  if (isToPay) return `/${checkout.tenant.slug}/billing/checkout`;
  return `/${checkout.tenant.slug}/billing?checkout=${isCanceled ? "canceled" : checkoutId}`;
}
