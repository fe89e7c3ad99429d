import { mailBillingPeople } from "#lib/billing/mail-billing-people";
import { findTenantOf } from "#lib/billing/store";
import type { Prisma } from "#lib/db/generated/client";
import type { Converger, Fact } from "#lib/events/converger";
import { isCurrency } from "#lib/money/currency";
import { formatMoney } from "#lib/money/format-money";
import { money } from "#lib/money/money";
import { idOf, instantFrom, type StripeInvoice } from "#lib/stripe/objects";

/** Keeps the mirror of an invoice, and says when it was paid and each time its payment failed. */
export const syncInvoice: Converger<StripeInvoice> = {
  of: "platform",
  action: "billing.sync-invoice",
  fetch: (gateway, id) => gateway.findInvoice(id),
  instantOf: async (tx, id) => {
    const row = await tx.invoice.findUnique({ where: { id }, select: { instant: true } });
    return row?.instant ?? null;
  },
  apply: async (tx, { object, instant }) => {
    const { id, parent, customer_account: account } = object;
    const metadata = parent?.subscription_details?.metadata;
    const tenant = await findTenantOf(tx, { account, metadata });
    if (!tenant || !isCurrency(object.currency)) return undefined;

    const row = { ...mirror(object), tenantId: tenant.id, instant };
    const { count } = await tx.invoice.updateMany({
      where: { id, instant: { lte: instant } },
      data: row,
    });
    const { count: added } = count
      ? { count }
      : await tx.invoice.createMany({ data: [{ id, ...row }], skipDuplicates: true });
    return added ? factsOf(object, tenant.id) : [];
  },
  effects: {
    "invoice.payment_failed": async (tx, fact, ctx) => {
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
    },
  },
};

function mirror(object: StripeInvoice) {
  const { due_date: due, status_transitions: at } = object;
  return {
    subscriptionId: idOf(object.parent?.subscription_details?.subscription ?? null),
    number: object.number,
    status: object.status ?? "draft",
    currency: object.currency,
    totalMinor: BigInt(object.total),
    amountDueMinor: BigInt(object.amount_due),
    amountPaidMinor: BigInt(object.amount_paid),
    createdAt: instantFrom(object.created),
    dueAt: due === null ? null : instantFrom(due),
    paidAt: at.paid_at === null ? null : instantFrom(at.paid_at),
    object: object as unknown as Prisma.InputJsonObject,
  };
}

function factsOf(object: StripeInvoice, tenantId: string): Fact[] {
  const { id, status, attempt_count: attempts, next_payment_attempt: next } = object;
  const data = {
    invoiceId: id,
    minor: String(status === "paid" ? object.amount_paid : object.amount_due),
    currency: object.currency,
    nextAttemptAt: next === null ? null : instantFrom(next).toISOString(),
  };
  if (status === "paid") {
    return [{ kind: "invoice.paid", reference: `invoice:${id}:paid`, tenantId, data }];
  }
  if (status === "open" && attempts > 0) {
    const reference = `invoice:${id}:payment_failed:${attempts}`;
    return [{ kind: "invoice.payment_failed", reference, tenantId, data }];
  }
  return [];
}
