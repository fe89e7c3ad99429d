import { findAccount } from "#lib/connect/find-account";
import { Refusal } from "#lib/errors";
import type { ScheduleInput } from "#lib/payouts/input";
import { wordsOf } from "#lib/payouts/stripe-no";
import { toStripeInteger } from "#lib/stripe/amounts";
import { isStripesNo } from "#lib/stripe/ask";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import type { PayoutSettings } from "#lib/stripe/gateway-payouts";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";

/**
 * Says when Stripe pays out by itself, and what stays in the balance then. Said again it changes
 * nothing. While the platform holds payouts back nobody changes when they leave.
 */
export async function changeSchedule(
  ctx: TenantContext,
  { minimums, ...schedule }: ScheduleInput,
  gateway: StripeGateway = stripeGateway(),
): Promise<PayoutSettings> {
  requirePermission(ctx, "payouts:update");
  const { accountId } = await findAccount(ctx, "payouts");
  const kept = Object.entries(minimums ?? {}).map(([currency, minor]) => {
    return [currency, minor === null ? null : toStripeInteger(minor)];
  });
  const change = {
    interval: schedule.interval,
    ...(schedule.weekdays && { weekdays: schedule.weekdays }),
    ...(schedule.monthDays && { monthDays: schedule.monthDays }),
    ...(minimums && { minimums: Object.fromEntries(kept) as Record<string, number | null> }),
  };
  try {
    return await gateway.changePayoutSettings(accountId, change);
  } catch (error) {
    if (isStripesNo(error)) throw new Refusal("conflict", wordsOf(error));
    throw error;
  }
}
