import { triesOf } from "#lib/billing/invoice-tries";
import { askForPayments } from "#lib/billing/learn-payments";
import { askForTaxRates } from "#lib/billing/learn-tax-rates";
import type { Tx } from "#lib/db/client";
import { upsertRows } from "#lib/db/upsert-rows";
import { type Fact, keyOf, type Owned } from "#lib/events/converger";
import { isCurrency } from "#lib/money/currency";
import { idOf, instantFrom, type StripeInvoice } from "#lib/stripe/objects";

type Ours = Owned<StripeInvoice> & { tenantId: string };

const columns = {
  ...{ id: "text", tenant_id: "text", subscription_id: "text", number: "text", status: "text" },
  ...{ currency: "text", total_minor: "bigint", amount_due_minor: "bigint" },
  ...{ amount_paid_minor: "bigint", created_at: "timestamptz", due_at: "timestamptz" },
  ...{ paid_at: "timestamptz", instant: "timestamptz", object: "jsonb" },
};

/**
 * Keeps what tenants are billed, and says when it was finalised, when it was paid and each time its
 * payment failed.
 */
export async function projectInvoices(
  tx: Tx,
  seen: readonly Owned<StripeInvoice>[],
): Promise<Map<string, Fact[]>> {
  const ours = seen.filter((one): one is Ours => {
    return one.tenantId !== null && isCurrency(one.object.currency);
  });
  const gone = ours.filter(({ isDeleted }) => isDeleted).map(({ id }) => id);
  const kept = ours.filter(({ isDeleted }) => !isDeleted);
  if (gone.length > 0) await tx.invoice.deleteMany({ where: { id: { in: gone } } });
  if (kept.length > 0) {
    await upsertRows(tx, "invoices", columns, { key: ["id"] }, kept.map(rowOf));
  }
  await askForPayments(tx, kept);
  await askForTaxRates(tx, kept);
  return new Map(kept.map((one) => [keyOf(one), factsOf(one)]));
}

function rowOf({ id, tenantId, instant, object }: Ours) {
  const { due_date: due, status_transitions: at } = object;
  return {
    ...{ id, tenant_id: tenantId, instant, object },
    subscription_id: idOf(object.parent?.subscription_details?.subscription ?? null),
    number: object.number,
    status: object.status ?? "draft",
    currency: object.currency,
    total_minor: BigInt(object.total),
    amount_due_minor: BigInt(object.amount_due),
    amount_paid_minor: BigInt(object.amount_paid),
    created_at: instantFrom(object.created),
    due_at: due === null ? null : instantFrom(due),
    paid_at: at.paid_at === null ? null : instantFrom(at.paid_at),
  };
}

function factsOf({ object, tenantId }: Ours): Fact[] {
  const { id, status, attempt_count: attempts, next_payment_attempt: next } = object;
  const data = {
    invoiceId: id,
    minor: String(status === "paid" ? object.amount_paid : object.amount_due),
    currency: object.currency,
    nextAttemptAt: next === null ? null : instantFrom(next).toISOString(),
  };
  const facts: Fact[] = [];
  const { finalized_at: finalized, paid_at: paid } = object.status_transitions;
  if (finalized !== null && status !== "void") {
    const reference = `invoice:${id}:finalized`;
    const at = instantFrom(finalized);
    facts.push({ kind: "invoice.finalized", reference, tenantId, data, at });
  }
  if (status === "paid") {
    const told = { kind: "invoice.paid", reference: `invoice:${id}:paid`, tenantId, data };
    facts.push(paid === null ? told : { ...told, at: instantFrom(paid) });
  }
  if (triesOf(object) === "failed") {
    const reference = `invoice:${id}:payment_failed:${attempts}`;
    facts.push({ kind: "invoice.payment_failed", reference, tenantId, data });
  }
  return facts;
}
