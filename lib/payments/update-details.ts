import { readCollection } from "#lib/billing/collection";
import { transact, view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import type { DetailsInput, TaxIdInput } from "#lib/payments/input";
import { findLiveSubscription } from "#lib/payments/list-methods";
import { accountOf } from "#lib/payments/stripe-account";
import { type TaxIdType, taxIdTypes } from "#lib/payments/tax-id-types";
import { isStripesNo } from "#lib/stripe/ask";
import { noOf } from "#lib/stripe/decline";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";

/**
 * Puts a name, an address and the rest on the tenant's bills from the next one on; bills that are
 * final stay as they are. Where Stripe Tax is used, a location is what it was waiting for.
 */
export async function updateDetails(
  ctx: TenantContext,
  input: DetailsInput,
  gateway: StripeGateway = stripeGateway(),
): Promise<void> {
  requirePermission(ctx, "billing:update");
  if (!input.country && (input.line1 || input.city || input.postalCode)) {
    throw new Refusal("invalid", "An address needs its country.", { field: "country" });
  }
  const accountId = await accountOf(ctx, gateway);
  await sayNo(() => gateway.updateCustomer(accountId, changesOf(input)), "country");
  const { tenantId } = ctx;
  const kept = { ccEmails: [...new Set(input.ccEmails)], updatedAt: ctx.now() };
  await transact(ctx, "payments.update-details", (tx) =>
    tx.billingSettings.upsert({
      where: { tenantId },
      create: { tenantId, ...kept },
      update: kept,
    }),
  );
  if (input.country) await beginTax(ctx, gateway);
}

/** Prints a tax id on the tenant's bills. Stripe says whether it can be one. */
export async function addTaxId(
  ctx: TenantContext,
  input: TaxIdInput,
  gateway: StripeGateway = stripeGateway(),
): Promise<{ id: string }> {
  requirePermission(ctx, "billing:update");
  const accountId = await accountOf(ctx, gateway);
  const looks = taxIdTypes[input.type as TaxIdType];
  const why = looks ? ` One looks like ${looks}.` : "";
  try {
    const { id } = await gateway.createTaxId(accountId, input);
    return { id };
  } catch (error) {
    if (!isStripesNo(error)) throw error;
    const { param, message } = noOf(error);
    const isType = param === "type";
    const no = isType ? message : `Stripe does not take this as such a tax id.${why}`;
    throw new Refusal("invalid", no, { field: isType ? "type" : "value" });
  }
}

/** Takes a tax id off the tenant's bills. One that is gone already is none the less gone. */
export async function removeTaxId(
  ctx: TenantContext,
  { taxIdId }: { taxIdId: string },
  gateway: StripeGateway = stripeGateway(),
): Promise<void> {
  requirePermission(ctx, "billing:update");
  await gateway.deleteTaxId(await accountOf(ctx, gateway), taxIdId);
}

function changesOf(input: DetailsInput) {
  const { name, email, phone, line1, line2, city, state, country, locale, reference } = input;
  const address = { line1, line2, city, state, postal_code: input.postalCode, country };
  return {
    ...{ name, email, phone, reference },
    ...(country && { address }),
    locales: locale ? [locale] : [],
  };
}

/** What Stripe does not take of what a person typed is said to them, at a field. */
async function sayNo(run: () => Promise<unknown>, field: string): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!isStripesNo(error)) throw error;
    throw new Refusal("invalid", `Stripe does not take this: ${noOf(error).message}`, { field });
  }
}

/** A plan that is to be taxed, and was not for want of a place, is taxed from now on. */
async function beginTax(ctx: TenantContext, gateway: StripeGateway): Promise<void> {
  const { tax } = await view(ctx, readCollection);
  const subscriptionId = tax !== "off" && (await findLiveSubscription(ctx));
  const terms = subscriptionId && (await gateway.findSubscriptionTerms(subscriptionId));
  if (!terms || terms.isTaxAutomatic) return;
  if (tax !== "all" && !terms.lostTax) return;
  await sayNo(() => gateway.setAutomaticTax(subscriptionId, true), "country");
  const { scheduleId } = terms;
  if (scheduleId) await gateway.setScheduleTax(scheduleId, true);
}
