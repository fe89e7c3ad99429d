import type { Context } from "#lib/context";
import { view } from "#lib/db/transaction";
import { changeSchedule } from "#lib/payouts/change-schedule";
import { createPayout } from "#lib/payouts/create-payout";
import { previewPayout } from "#lib/payouts/preview-payout";
import { stripeClientFromEnv } from "#lib/stripe/stripe-client";
import { accountOf } from "#prisma/seed/account-of";
import type { DemoTenant } from "#prisma/seed/demo-world";
import { asOwner } from "#prisma/seed/people";
import type { Act } from "#prisma/seed/purchases";

/** The platform has a bank of its own, which Stripe pays out to every day. */
export async function seedPlatformBank(): Promise<boolean> {
  const stripe = stripeClientFromEnv();
  const { id } = await stripe.accounts.retrieveCurrent();
  const { data } = await stripe.accounts.listExternalAccounts(id);
  if (data.length > 0) return false;
  await stripe.accounts.createExternalAccount(id, {
    external_account: {
      ...{ object: "bank_account", country: "US", currency: "usd" },
      ...{ account_number: "000123456789", routing_number: "110000000" },
    },
  });
  return true;
}

/** Its bank sends the newest payout back: the account there was closed. */
export async function seedFailedPayout(
  ctx: Context,
  { slug, takesPayments }: DemoTenant,
  act: Act,
): Promise<boolean> {
  if (takesPayments !== "yes") return false;
  const { account, tenantId } = await accountOf(ctx, slug);
  const where = { account, tenantId };
  const known = await view(ctx, (tx) =>
    tx.stripePayout.findMany({ where, orderBy: { createdAt: "desc" } }),
  );
  const newest = known.find(({ status, isAutomatic }) => status === "paid" && isAutomatic);
  if (!newest || known.some(({ status }) => status === "failed")) return false;
  await act(`payouts/${newest.id}/fail`, { code: "account_closed" });
  return true;
}

/** It gives another bank account, so the next payout takes along what came back. */
export async function seedMendedBank(ctx: Context, tenant: DemoTenant): Promise<boolean> {
  if (tenant.takesPayments !== "yes") return false;
  const { account } = await accountOf(ctx, tenant.slug);
  const stripe = stripeClientFromEnv();
  const { data } = await stripe.accounts.listExternalAccounts(account);
  if (data.length !== 1) return false;
  await stripe.accounts.createExternalAccount(account, {
    external_account: {
      ...{ object: "bank_account", country: "US", currency: "usd" },
      ...{ account_number: "000123456789", routing_number: "110000000" },
    },
    default_for_currency: true,
  });
  // Stripe looks at the balance again when its schedule is said anew.
  await asOwner(ctx, tenant, (member) => changeSchedule(member, { interval: "daily" }));
  return true;
}

/** Today somebody pays out by hand: a part at once, and a part in the usual days. */
export async function seedHandPayouts(ctx: Context, tenant: DemoTenant): Promise<boolean> {
  if (tenant.takesPayments !== "yes") return false;
  const { account, tenantId } = await accountOf(ctx, tenant.slug);
  if ((await view(ctx, (tx) => tx.moneyMove.count({ where: { tenantId } }))) > 0) return false;
  await stripeClientFromEnv().paymentIntents.create(
    {
      ...{ amount: 64_000, currency: "usd", confirm: true },
      payment_method: "pm_card_bypassPending",
      automatic_payment_methods: { enabled: true, allow_redirects: "never" },
      description: "Order 61",
    },
    { stripeAccount: account },
  );
  for (const method of ["instant", "standard"] as const) {
    await asOwner(ctx, tenant, async (member) => {
      const wanted = { currency: "usd", minor: 15_000n, method };
      const { most } = await previewPayout(member, wanted);
      const key = `demo-${method}-${tenant.slug}`;
      await createPayout(member, { ...wanted, key, seenMinor: most.minor });
    });
  }
  return true;
}
