import type { Context } from "#lib/context";
import { effects } from "#lib/dispatch/effects";
import { feedAccount } from "#lib/ledger-rules/feed-account";
import { reconcileTotals } from "#lib/reconciliation/reconcile-book";
import { stripeGateway } from "#lib/stripe/gateway";
import { stripeClientFromEnv } from "#lib/stripe/stripe-client";
import { accountOf } from "#prisma/seed/account-of";
import type { DemoTenant } from "#prisma/seed/demo-world";
import type { Act } from "#prisma/seed/purchases";

const hourMs = 3_600_000;

/**
 * A sale that nobody tells of: an hour later its money is found settled and not expected, which is
 * a break. The rule has Stripe asked, and once it answered the break is gone.
 */
export async function seedLostWebhook(
  ctx: Context,
  { slug, takesPayments }: DemoTenant,
  act: Act,
): Promise<boolean> {
  if (takesPayments !== "yes" || (await isOver(ctx, act))) return false;
  const { account } = await accountOf(ctx, slug);
  await act("webhook-faults", { kind: "drop" });
  await stripeClientFromEnv().paymentIntents.create(
    {
      ...{ amount: 36_400, currency: "usd", confirm: true, payment_method: "pm_card_visa" },
      automatic_payment_methods: { enabled: true, allow_redirects: "never" },
      description: "Order 71",
    },
    { stripeAccount: account },
  );
  await act("settle");
  await act("webhook-faults", { kind: "off" });
  await act("clock", { advance_seconds: hourMs / 1000 });

  const later = { ...ctx, now: () => new Date(ctx.now().getTime() + hourMs) };
  const gateway = stripeGateway();
  await feedAccount(later, account, gateway, effects);
  await reconcileTotals(later, { gateway, effects }, account);
  return true;
}

/** A world that is in use already has another history, and its clock does not go back. */
async function isOver(ctx: Context, act: Act): Promise<boolean> {
  const { now } = (await act("clock", { advance_seconds: 0 })) as { now: number };
  return now * 1000 > ctx.now().getTime();
}
