import { view } from "#lib/db/transaction";
import { type Balances, toBalances } from "#lib/payments/balance";
import {
  type BillingDetails,
  type TaxIdView,
  type TaxStanding,
  toDetails,
  toTaxId,
} from "#lib/payments/details";
import { customerGone, findAccountOf } from "#lib/payments/stripe-account";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";

export type DetailsPage = {
  details: BillingDetails;
  taxIds: TaxIdView[];
  tax: TaxStanding;
  balances: Balances;
};

/** What stands on the tenant's bills, as Stripe has it this moment. */
export async function getDetails(
  ctx: TenantContext,
  gateway: StripeGateway = stripeGateway(),
): Promise<DetailsPage> {
  requirePermission(ctx, "billing:read");
  const settings = await view(ctx, (tx) =>
    tx.billingSettings.findUnique({ where: { tenantId: ctx.tenantId } }),
  );
  const ccEmails = settings?.ccEmails ?? [];
  const accountId = await findAccountOf(ctx);
  if (!accountId) {
    return { details: toDetails(null, ccEmails), taxIds: [], tax: "none", balances: [] };
  }
  const [customer, taxIds] = await Promise.all([
    gateway.findCustomer(accountId),
    gateway.listTaxIds(accountId),
  ]);
  if (!customer) throw customerGone();
  return {
    details: toDetails(customer, ccEmails),
    taxIds: taxIds.map(toTaxId),
    tax: (customer.tax_exempt ?? "none") as TaxStanding,
    balances: toBalances(customer),
  };
}
