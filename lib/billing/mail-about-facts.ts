import { mailBillingPeople } from "#lib/billing/mail-billing-people";
import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import type { Fact } from "#lib/events/converger";
import { isCurrency } from "#lib/money/currency";
import { formatMoney } from "#lib/money/format-money";
import { money } from "#lib/money/money";

/** Writes to a tenant's billing people that their plan is on. */
export async function mailPlanActive(tx: Tx, fact: Fact, ctx: Context): Promise<void> {
  const version = await tx.planVersion.findUnique({
    where: { id: String(fact.data.versionId ?? "") },
    include: { plan: true },
  });
  if (!version) return;
  await mailBillingPeople(tx, ctx, fact, ({ tenant, path }) => ({
    template: "plan-active",
    data: { tenant, plan: version.plan.name, path: `${path}/billing` },
  }));
}

/** Writes to a tenant's billing people that an invoice is paid, where it cost anything. */
export async function mailPaymentReceived(tx: Tx, fact: Fact, ctx: Context): Promise<void> {
  const { invoiceId, minor, currency } = fact.data;
  if (!isCurrency(String(currency)) || BigInt(String(minor)) === 0n) return;
  const amount = formatMoney(money(BigInt(String(minor)), currency as "usd"));
  const invoice = await tx.invoice.findUnique({
    where: { id: String(invoiceId) },
    select: { number: true },
  });
  await mailBillingPeople(tx, ctx, fact, ({ tenant, path }) => ({
    template: "payment-received",
    data: {
      ...{ tenant, amount, number: invoice?.number ?? null },
      path: `${path}/invoices/${invoiceId}`,
    },
  }));
}

/** Writes to a tenant's billing people that a payment of theirs failed. */
export async function mailPaymentFailed(tx: Tx, fact: Fact, ctx: Context): Promise<void> {
  const { invoiceId, minor, currency, nextAttemptAt } = fact.data;
  if (!isCurrency(String(currency))) return;
  const amount = formatMoney(money(BigInt(String(minor)), currency as "usd"));
  await mailBillingPeople(tx, ctx, fact, ({ tenant, path }) => ({
    template: "payment-failed",
    data: {
      tenant,
      amount,
      nextAttemptAt: nextAttemptAt === null ? null : String(nextAttemptAt),
      path: `${path}/invoices/${invoiceId}`,
    },
  }));
}
