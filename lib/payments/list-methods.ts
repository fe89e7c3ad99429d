import { liveStatuses } from "#lib/billing/subscription";
import { view } from "#lib/db/transaction";
import { type Method, toMethod } from "#lib/payments/method";
import { customerGone, findAccountOf } from "#lib/payments/stripe-account";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import { idOf } from "#lib/stripe/objects";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";

export type Methods = {
  methods: Method[];
  /** A subscription that is charged to the default, so that one must stay. */
  liveSubscriptionId: string | null;
};

/** What the tenant can pay with, the default first, as Stripe has it this moment. */
export async function listMethods(
  ctx: TenantContext,
  gateway: StripeGateway = stripeGateway(),
): Promise<Methods> {
  requirePermission(ctx, "billing:read");
  const liveSubscriptionId = await findLiveSubscription(ctx);
  const accountId = await findAccountOf(ctx);
  if (!accountId) return { methods: [], liveSubscriptionId };
  const [customer, found, terms] = await Promise.all([
    gateway.findCustomer(accountId),
    gateway.listPaymentMethods(accountId),
    liveSubscriptionId ? gateway.findSubscriptionTerms(liveSubscriptionId) : null,
  ]);
  if (!customer) throw customerGone();
  const defaultId = terms?.methodId ?? idOf(customer.invoice_settings.default_payment_method);
  const methods = found.map((method) => toMethod(method, defaultId, ctx.now()));
  return {
    methods: methods.toSorted((left, right) => Number(right.isDefault) - Number(left.isDefault)),
    liveSubscriptionId,
  };
}

/** The subscription that is charged from time to time now. */
export async function findLiveSubscription({ tenantId, ...ctx }: TenantContext) {
  const found = await view(ctx, (tx) =>
    tx.subscription.findFirst({
      where: { tenantId, status: { in: [...liveStatuses] } },
      orderBy: { createdAt: "desc" },
      select: { id: true },
    }),
  );
  return found?.id ?? null;
}
