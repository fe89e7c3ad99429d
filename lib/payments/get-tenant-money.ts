import { type Balances, toBalances } from "#lib/payments/balance";
import type { TaxStanding } from "#lib/payments/details";
import { listTenantActs } from "#lib/payments/get-tenant-invoice";
import type { MoneyActView } from "#lib/payments/money-act";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

export type TenantMoney = {
  /** Null: Stripe has no such customer, or none was ever opened. */
  customer: { balances: Balances; tax: TaxStanding; currency: string } | null;
  acts: (MoneyActView & { by: string })[];
};

/** What a tenant has with us and how it stands to tax, as Stripe has it, and what we did to it. */
export async function getTenantMoney(
  ctx: PlatformContext,
  { tenantId, accountId }: { tenantId: string; accountId: string | null },
  gateway: StripeGateway = stripeGateway(),
): Promise<TenantMoney> {
  requirePlatform(ctx, "invoices:read");
  const [acts, customer] = await Promise.all([
    listTenantActs(ctx, { tenantId }),
    accountId ? gateway.findCustomer(accountId) : null,
  ]);
  if (!customer) return { customer: null, acts };
  const tax = (customer.tax_exempt ?? "none") as TaxStanding;
  const currency = customer.currency ?? "usd";
  return { customer: { balances: toBalances(customer), tax, currency }, acts };
}
