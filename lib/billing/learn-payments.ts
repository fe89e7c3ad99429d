import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import { resyncObject } from "#lib/events/resync-object";
import { enqueueAll } from "#lib/jobs/enqueue";
import type { StripeGateway } from "#lib/stripe/gateway";
import type { StripeInvoice } from "#lib/stripe/objects";

/**
 * Stripe tells of an invoice's payment only once it is paid, so which payment intent tries for one
 * that is open is asked for when it was first tried.
 */
export async function askForPayments(
  tx: Tx,
  invoices: readonly { id: string; object: StripeInvoice }[],
): Promise<void> {
  const tried = invoices.filter(({ object }) => object.status === "open" && object.attempted);
  if (tried.length === 0) return;
  const ids = tried.map(({ id }) => id);
  const known = await tx.stripeInvoicePayment.findMany({
    where: { account: "", invoiceId: { in: ids } },
    select: { invoiceId: true },
  });
  const seen = new Set(known.map(({ invoiceId }) => invoiceId));
  const name = "billing.learn-payments" as const;
  const unknown = ids.filter((id) => !seen.has(id));
  await enqueueAll(
    tx,
    unknown.map((id) => ({ name, payload: { invoiceId: id }, key: `payments:${id}` })),
  );
}

/** Has the payments of an invoice mirrored, with the charges that were tried. */
export async function learnPayments(
  ctx: Context,
  { invoiceId }: { invoiceId: string },
  gateway: StripeGateway,
): Promise<void> {
  const standing = await gateway.findInvoiceStanding(invoiceId);
  for (const { id, intentId, chargeId } of standing?.payments ?? []) {
    const to = (objectType: string, objectId: string) =>
      resyncObject(ctx, { account: "", objectType, objectId });
    await to("invoice_payment", id);
    await to("payment_intent", intentId);
    if (chargeId) await to("charge", chargeId);
  }
}
