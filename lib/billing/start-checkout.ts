import {
  type CheckoutEvent,
  type CheckoutStatus,
  checkoutLifecycle,
  isSameChoice,
  isStale,
} from "#lib/billing/checkout";
import { choosePlan } from "#lib/billing/choose-plan";
import { findCode, readBuyer } from "#lib/billing/find-code";
import type { CheckoutInput } from "#lib/billing/input";
import { CheckoutRefused, openCheckout } from "#lib/billing/open-checkout";
import { findCurrentSubscription, findPaidCheckout, findUnderWay } from "#lib/billing/store";
import { type SubscriptionStatus, subscriptionStatuses } from "#lib/billing/subscription";
import type { Tx } from "#lib/db/client";
import type { Checkout } from "#lib/db/generated/client";
import { isUniqueViolation, transact, view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { newId } from "#lib/ids";
import { advance } from "#lib/lifecycle";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import type { PromotionCode } from "#lib/stripe/gateway-discounts";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";

export type StartedCheckout = { checkoutId: string; url: string };

/**
 * Sends a tenant to Stripe's page for a plan. The same choice twice is one checkout; another choice
 * closes the first one's page before its own opens, so a tenant can never pay for two.
 */
export async function startCheckout(
  ctx: TenantContext,
  input: CheckoutInput,
  gateway: StripeGateway = stripeGateway(),
): Promise<StartedCheckout> {
  requirePermission(ctx, "billing:update");

  // Asked for before the decision, because Stripe alone knows what was used up.
  const code = input.code ? await readCode(ctx, { ...input, code: input.code }, gateway) : null;
  for (let attempt = 1; attempt <= 4; attempt += 1) {
    const { checkout, rival } = await decide(ctx, input, code);
    if (checkout) return openCheckout(ctx, checkout, gateway);
    await closeRival(ctx, rival, gateway);
  }
  throw new Refusal("conflict", "Someone else is choosing a plan right now. Reload and look.");
}

async function readCode(
  ctx: TenantContext,
  { code, currency }: { code: string; currency: string },
  gateway: StripeGateway,
): Promise<PromotionCode> {
  const buyer = await view(ctx, (tx) => readBuyer(tx, ctx.tenantId));
  return findCode(gateway, code, { ...buyer, currency, now: ctx.now() });
}

type Decision = { checkout: Checkout; rival?: never } | { checkout?: never; rival: Checkout };

/** Finds the checkout under way for this choice or makes it; another choice's is a rival. */
async function decide(
  ctx: TenantContext,
  input: CheckoutInput,
  code: PromotionCode | null,
): Promise<Decision> {
  try {
    return await transact(ctx, "billing.start-checkout", async (tx) => {
      await refuseSecondSubscription(tx, ctx.tenantId);
      const choice = await choosePlan(tx, ctx.tenantId, input, code);
      const current = await findUnderWay(tx, ctx.tenantId);
      if (current && isSameChoice(current, choice) && !isStale(current, ctx.now())) {
        return { checkout: current };
      }
      if (current) return { rival: current };
      const createdAt = ctx.now();
      const checkout = await tx.checkout.create({
        data: {
          id: newId("checkout", createdAt),
          tenantId: ctx.tenantId,
          ...choice,
          status: "opening",
          createdById: ctx.userId,
          createdAt,
          traceId: ctx.traceId,
        },
      });
      return { checkout };
    });
  } catch (error) {
    // A second click came first; its row is committed now.
    if (isUniqueViolation(error)) return decide(ctx, input, code);
    throw error;
  }
}

async function refuseSecondSubscription(tx: Tx, tenantId: string): Promise<void> {
  const current = await findCurrentSubscription(tx, tenantId);
  if (!current) {
    if (!(await findPaidCheckout(tx, tenantId))) return;
    throw new Refusal("conflict", "Your payment arrived. The plan becomes active in a moment.");
  }
  const plan = current.version?.plan.name ?? "a plan";
  const { word } = subscriptionStatuses[current.status as SubscriptionStatus];
  throw new Refusal(
    "conflict",
    `This workspace is on ${plan} already (${word.toLowerCase()}). Nothing was bought.`,
  );
}

/** Closes a checkout at Stripe first and here only then, so that a paid one is never lost. */
async function closeRival(
  ctx: TenantContext,
  rival: Checkout,
  gateway: StripeGateway,
): Promise<void> {
  const isForgotten = rival.status === "opening" && isStale(rival, ctx.now());
  if (!isForgotten) {
    const sessionId = rival.stripeSessionId ?? (await findSession(ctx, rival, gateway));
    if (sessionId === null) return;
    if ((await gateway.expireCheckoutSession(sessionId)) === "complete") {
      const message = "You paid for another plan a moment ago. It becomes active right away.";
      throw new Refusal("conflict", message);
    }
  }
  await transact(ctx, "billing.expire-checkout", async (tx) => {
    const event = isForgotten ? "fail" : "expire";
    const current = await tx.checkout.findUniqueOrThrow({ where: { id: rival.id } });
    if (current.status !== "opening" && current.status !== "open") return;
    const status = advance<CheckoutStatus, CheckoutEvent>(
      checkoutLifecycle,
      "checkout",
      current.status,
      event,
    );
    await tx.checkout.updateMany({
      where: { id: rival.id, status: current.status },
      data: { status },
    });
  });
}

/** The page of a checkout cut off while it opened. Null where Stripe refused, which ended it. */
async function findSession(
  ctx: TenantContext,
  rival: Checkout,
  gateway: StripeGateway,
): Promise<string | null> {
  try {
    return (await openCheckout(ctx, rival, gateway)).stripeSessionId;
  } catch (error) {
    if (error instanceof CheckoutRefused) return null;
    throw error;
  }
}
