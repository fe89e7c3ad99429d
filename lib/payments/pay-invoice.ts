import { type DeclineKind, declineKindOf } from "#lib/billing/invoice-decline";
import { view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { convergeInvoice } from "#lib/payments/converge-invoice";
import type { PayInput } from "#lib/payments/input";
import { keepForPlan } from "#lib/payments/keep-method";
import { accountOf } from "#lib/payments/stripe-account";
import { isStripesNo } from "#lib/stripe/ask";
import type { Decline } from "#lib/stripe/decline";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import type { InvoiceStanding } from "#lib/stripe/gateway-invoices";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";

/** How a payment ended, or how it goes on. */
export type PayOutcome =
  | { kind: "paid" | "processing" }
  | { kind: "declined"; decline: DeclineKind }
  /** The payer's bank asks for them: the browser goes on with this. */
  | { kind: "needs_action"; clientSecret: string };

/**
 * Takes what an open invoice still asks for, with a method the tenant keeps. A payment that is on
 * its way already is not begun again.
 */
export async function payInvoice(
  ctx: TenantContext,
  { invoiceId, methodId, key, forPlan }: PayInput & { invoiceId: string },
  gateway: StripeGateway = stripeGateway(),
): Promise<PayOutcome> {
  requirePermission(ctx, "billing:update");
  await requireOwnInvoice(ctx, invoiceId);
  const before = await standingOf(gateway, invoiceId);
  const settled = settledAs(before);
  if (settled) return settled;
  if (before.status !== "open" && before.status !== "uncollectible") throw notPayable(before);
  if (methodId) await requireMethod(ctx, gateway, methodId);

  const decline = await tryToPay(gateway, { invoiceId, methodId, key });
  const after = await standingOf(gateway, invoiceId);
  await convergeInvoice(ctx, invoiceId, after);
  if (forPlan) await keepForPlan(ctx, gateway, after);
  return outcomeOf(after, decline);
}

/** Refuses an invoice that is not this tenant's as one that does not exist. */
export async function requireOwnInvoice(ctx: TenantContext, id: string): Promise<void> {
  const { tenantId } = ctx;
  const count = await view(ctx, (tx) => tx.invoice.count({ where: { id, tenantId } }));
  if (!count) throw new Refusal("not_found", "There is no such invoice in this workspace.");
}

/** How an invoice stands at Stripe; refuses one Stripe has no more. */
export async function standingOf(gateway: StripeGateway, id: string): Promise<InvoiceStanding> {
  const standing = await gateway.findInvoiceStanding(id);
  if (standing) return standing;
  throw new Refusal("gone", "Stripe no longer has this invoice, so it cannot be paid.");
}

/** What there is nothing more to do about. */
export function settledAs({ status, payments }: InvoiceStanding): PayOutcome | null {
  if (status === "paid") return { kind: "paid" };
  const isOnItsWay = payments.some(({ intentStatus }) => intentStatus === "processing");
  return isOnItsWay ? { kind: "processing" } : null;
}

export function notPayable({ status }: InvoiceStanding): Refusal {
  const message =
    status === "draft"
      ? "This invoice is still a draft. It can be paid once it is final, usually within the hour."
      : "This invoice was voided, so there is nothing to pay.";
  return new Refusal("conflict", message);
}

/** How the payment stands now; what Stripe said just now goes before what it kept. */
export function outcomeOf(standing: InvoiceStanding, decline: Decline | null): PayOutcome {
  const settled = settledAs(standing);
  if (settled) return settled;
  const { clientSecret, payments } = standing;
  const asked = payments.some(({ intentStatus }) => intentStatus === "requires_action");
  if (asked && clientSecret) return { kind: "needs_action", clientSecret };
  const last = decline ?? payments.findLast((payment) => payment.decline)?.decline;
  return {
    kind: "declined",
    decline: declineKindOf(last?.reason ?? null, last?.code ?? null),
  };
}

/** Whatever Stripe would let pass: nobody pays with what another workspace keeps. */
async function requireMethod(ctx: TenantContext, gateway: StripeGateway, methodId: string) {
  const methods = await gateway.listPaymentMethods(await accountOf(ctx, gateway));
  if (!methods.some(({ id }) => id === methodId)) throw notChargeable();
}

function notChargeable(): Refusal {
  const message = "This payment method cannot be charged. Choose another one, or add one.";
  return new Refusal("conflict", message, { field: "methodId" });
}

type Pay = { invoiceId: string; methodId: string | null; key: string };

/** Two who press at once, or a method that is gone, are answered in words. */
async function tryToPay(gateway: StripeGateway, pay: Pay): Promise<Decline | null> {
  try {
    return (await gateway.payInvoice(pay)).decline;
  } catch (error) {
    if (!isStripesNo(error)) throw error;
    const standing = await standingOf(gateway, pay.invoiceId);
    if (settledAs(standing)) return null;
    throw notChargeable();
  }
}
