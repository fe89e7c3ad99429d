import { view } from "#lib/db/transaction";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import { liveOf } from "#lib/stripe/gateway-subscriptions";
import type { StripeSubscription } from "#lib/stripe/objects";
import type { TenantContext } from "#lib/tenancy/context";

const patienceMs = 5_000;
const everyMs = 60;

/**
 * Resolves once the tenant's newest subscription and its invoice are mirrored as Stripe has them,
 * so that the page shown next is not the one of before. After some seconds it no longer waits: what
 * was changed is changed, and is seen as soon as Stripe has told of it.
 */
export async function awaitMirror(
  ctx: TenantContext,
  gateway: StripeGateway = stripeGateway(),
): Promise<void> {
  const { tenantId } = ctx;
  const read = () =>
    view(ctx, (tx) =>
      tx.subscription.findFirst({ where: { tenantId }, orderBy: { createdAt: "desc" } }),
    );
  const first = await read();
  const live = first && (await gateway.readSubscription(first.id).catch(() => null));
  if (!live) return;

  const wanted = JSON.stringify(live);
  const until = performance.now() + patienceMs;
  for (let row: typeof first | null = first; row && performance.now() < until; row = await read()) {
    const mirrored = liveOf(row.object as unknown as StripeSubscription);
    const isSame = JSON.stringify(mirrored) === wanted;
    if (isSame && (await hasInvoice(ctx, live.latestInvoiceId))) return;
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}

async function hasInvoice(ctx: TenantContext, id: string | null): Promise<boolean> {
  return id === null || (await view(ctx, (tx) => tx.invoice.count({ where: { id } }))) > 0;
}
