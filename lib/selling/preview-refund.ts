import { view } from "#lib/db/transaction";
import type { Currency } from "#lib/money/currency";
import { type Money, money } from "#lib/money/money";
import type { RefundPreviewInput } from "#lib/selling/input";
import { readSales } from "#lib/selling/read-sales";
import { judgeRefund, readRefundStanding, usuallyReturnsFee } from "#lib/selling/refund-standing";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import { asSystem } from "#lib/tenancy/as-system";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";

/** What a refund would do, before anybody decides. */
export type RefundPreview = {
  amount: Money;
  left: Money;
  returnsFee: boolean;
  /** What it costs the tenant and the platform, which is negative; and what comes back. */
  customer: Money;
  tenant: Money;
  platform: Money;
  feeBack: Money;
  /** What Stripe took for the payment, and keeps. */
  stripeKeeps: Money | null;
  /** The payout the payment was in: its money is at the bank already. */
  payoutId: string | null;
  /** The tenant's balance at Stripe after it; below zero the next payments fill it first. */
  balanceAfter: Money;
};

/** Shows who bears what of a refund. Refuses what cannot be, as the refund itself would. */
export async function previewRefund(
  ctx: TenantContext,
  { saleId, minor, returnsFee: asked }: RefundPreviewInput & { saleId: string },
  gateway: StripeGateway = stripeGateway(),
): Promise<RefundPreview> {
  requirePermission(ctx, "payments:refund");
  const { tenantId } = ctx;
  const found = await view(asSystem(ctx), async (tx) => {
    const standing = await readRefundStanding(tx, { saleId, tenantId });
    const returnsFee = asked ?? (await usuallyReturnsFee(tx, standing.sale));
    const [shown] = await readSales(tx, { tenantId, id: saleId }, { after: null, take: 1 });
    return { standing, returnsFee, shown: shown! };
  });
  const { standing, returnsFee, shown } = found;
  const { borne, ...judged } = judgeRefund(standing, { minor, returnsFee });
  const { customer, tenant, platform, feeBack } = borne;
  const currency = standing.sale.currency as Currency;
  const { available, pending } = await gateway.readBalance(standing.sale.accountId);
  const held = [...available, ...pending].filter((sum) => sum.currency === currency);
  const balance = held.reduce((sum, { minor: part }) => sum + BigInt(part), 0n);
  return {
    ...{ amount: money(judged.minor, currency), left: money(standing.left, currency), returnsFee },
    ...{ customer, tenant, platform, feeBack, stripeKeeps: shown.stripeFee },
    ...{ payoutId: shown.payoutId, balanceAfter: money(balance + tenant.minor, currency) },
  };
}
