import { view } from "#lib/db/transaction";
import { env } from "#lib/env";
import { Refusal } from "#lib/errors";
import type { StripeInvoice } from "#lib/stripe/objects";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";

export type InvoicePdf = { name: string; bytes: ReadableStream<Uint8Array> };

/**
 * The invoice as Stripe prints it, fetched for the reader: the local Stripe is not where their
 * browser could reach it, and Stripe's links open for whoever holds them.
 */
export async function openInvoicePdf(ctx: TenantContext, id: string): Promise<InvoicePdf> {
  requirePermission(ctx, "billing:read");
  const row = await view(ctx, (tx) =>
    tx.invoice.findFirst({
      where: { id, tenantId: ctx.tenantId },
      select: { number: true, object: true },
    }),
  );
  if (!row) throw new Refusal("not_found", "There is no such invoice in this workspace.");
  const { invoice_pdf: url } = row.object as unknown as StripeInvoice;
  if (!url) throw new Refusal("conflict", "A draft has no PDF yet; it has one once it is final.");
  return { name: `invoice-${row.number ?? id}.pdf`, bytes: await fetchPdf(url) };
}

async function fetchPdf(url: string): Promise<ReadableStream<Uint8Array>> {
  // Only where Stripe keeps them: the address comes from outside.
  const { protocol, hostname, origin } = new URL(url);
  const { STRIPE_API_BASE: base } = env();
  const isLocal = base !== undefined && origin === new URL(base).origin;
  const isStripes = protocol === "https:" && /(^|\.)stripe\.com$/.test(hostname);
  if (!isLocal && !isStripes) throw new Refusal("conflict", "Stripe names no PDF of this invoice.");
  const response = await fetch(url, { signal: AbortSignal.timeout(15_000) }).catch(() => null);
  if (!response?.ok || !response.body) {
    throw new Refusal("unavailable", "Stripe does not give out the PDF right now. Try again.");
  }
  return response.body;
}
