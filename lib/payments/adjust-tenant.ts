import { view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { money } from "#lib/money/money";
import type { BalanceInput, ExemptionInput } from "#lib/payments/input";
import type { MoneyActView } from "#lib/payments/money-act";
import { runAct } from "#lib/payments/run-act";
import { customerGone } from "#lib/payments/stripe-account";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

type About = { tenantId: string };

/** Gives a tenant credit for its next invoices, or adds to what it owes. */
export async function adjustBalance(
  ctx: PlatformContext,
  { tenantId, ...input }: BalanceInput & About,
  gateway: StripeGateway = stripeGateway(),
): Promise<MoneyActView> {
  requirePlatform(ctx, "money:update");
  const { key, why, direction, minor, currency, description } = input;
  return runAct(ctx, gateway, { key, kind: "adjust_balance", about: tenantId }, async () => {
    const accountId = await requireCustomer(ctx, gateway, tenantId);
    // Stripe counts from our side: what they gain is negative.
    const signed = direction === "credit" ? -minor : minor;
    return {
      ...{ tenantId, reason: why, amount: money(-signed, currency) },
      ask: { accountId, amount: Number(signed), currency, description },
    };
  });
}

/** Frees a tenant of tax, or has it answer for its tax itself; from its next invoice on. */
export async function setTaxExemption(
  ctx: PlatformContext,
  { tenantId, key, why, exemption }: ExemptionInput & About,
  gateway: StripeGateway = stripeGateway(),
): Promise<MoneyActView> {
  requirePlatform(ctx, "money:update");
  return runAct(ctx, gateway, { key, kind: "tax_exemption", about: tenantId }, async () => {
    const accountId = await requireCustomer(ctx, gateway, tenantId);
    return { tenantId, reason: why, ask: { accountId, exemption } };
  });
}

async function requireCustomer(ctx: PlatformContext, gateway: StripeGateway, tenantId: string) {
  const tenant = await view(ctx, (tx) => tx.tenant.findUnique({ where: { id: tenantId } }));
  if (!tenant) throw new Refusal("not_found", "There is no such tenant.");
  if (!tenant.stripeAccountId) {
    throw new Refusal("conflict", "This tenant has no account at Stripe yet.");
  }
  if (!(await gateway.findCustomer(tenant.stripeAccountId))) throw customerGone();
  return tenant.stripeAccountId;
}
