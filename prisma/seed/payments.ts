import { startOnboarding } from "#lib/connect/start-onboarding";
import type { Context } from "#lib/context";
import { view } from "#lib/db/transaction";
import { stripeClientFromEnv } from "#lib/stripe/stripe-client";
import type { DemoTenant } from "#prisma/seed/demo-world";
import { asOwner } from "#prisma/seed/people";
import type { Act } from "#prisma/seed/purchases";

/** What its customers paid, in minor units, and how many weeks ago. */
export const sales = [
  { weeksAgo: 5, amounts: [48_000, 126_500, 9_900] },
  { weeksAgo: 3, amounts: [32_000, 74_250] },
  { weeksAgo: 1, amounts: [210_000, 18_700, 55_000] },
] as const;

/** Of last week's one was not delivered, says its bank, and one may not be the cardholder's. */
const cards: Readonly<Record<number, string>> = {
  18700: "pm_card_createDisputeProductNotReceived",
  55000: "pm_card_createIssuerFraudRecord",
};

/** A company begins to take payments, and tells Stripe all or stops half way. */
export async function seedOnboarding(ctx: Context, tenant: DemoTenant, act: Act): Promise<boolean> {
  const { slug, takesPayments } = tenant;
  if (!takesPayments || (await accountOf(ctx, slug))) return false;
  await asOwner(ctx, tenant, (member) => startOnboarding(member));
  const account = await accountOf(ctx, slug);
  if (takesPayments === "yes") await act(`accounts/${account}/onboard`);
  return true;
}

/** Its customers pay, on the company's own account. */
export async function seedSales(
  ctx: Context,
  { slug, takesPayments }: DemoTenant,
  { weeksAgo, amounts }: (typeof sales)[number],
): Promise<boolean> {
  if (takesPayments !== "yes") return false;
  const account = await accountOf(ctx, slug);
  const from = new Date(ctx.now().getTime() - 3_600_000);
  const where = { account: account!, createdAt: { gte: from } };
  if ((await view(ctx, (tx) => tx.stripeCharge.count({ where }))) > 0) return false;
  const stripe = stripeClientFromEnv();
  for (const [place, amount] of amounts.entries()) {
    await stripe.paymentIntents.create(
      {
        ...{
          amount,
          currency: "usd",
          confirm: true,
          payment_method: cards[amount] ?? "pm_card_visa",
        },
        automatic_payment_methods: { enabled: true, allow_redirects: "never" },
        description: `Order ${weeksAgo}${place + 1}`,
      },
      { stripeAccount: account! },
    );
  }
  return true;
}

async function accountOf(ctx: Context, slug: string): Promise<string | null> {
  const { id } = await view(ctx, (tx) => tx.tenant.findUniqueOrThrow({ where: { slug } }));
  const kept = await view(ctx, (tx) =>
    tx.connectedAccount.findUnique({ where: { tenantId: id }, select: { accountId: true } }),
  );
  return kept?.accountId ?? null;
}
