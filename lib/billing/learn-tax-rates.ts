import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import { transact } from "#lib/db/transaction";
import { enqueueAll } from "#lib/jobs/enqueue";
import type { StripeGateway } from "#lib/stripe/gateway";
import type { StripeInvoice } from "#lib/stripe/objects";
import { asSystem } from "#lib/tenancy/as-system";

/** The rates an invoice names, each once. */
export function rateIdsOf({ total_taxes: taxes, lines }: StripeInvoice): string[] {
  const named = [...(taxes ?? []), ...lines.data.flatMap((line) => line.taxes ?? [])];
  return [...new Set(named.flatMap(({ tax_rate_details: rate }) => rate?.tax_rate ?? []))];
}

/** An invoice names its rates by ids alone; what each is, is asked once and never changes. */
export async function askForTaxRates(
  tx: Tx,
  invoices: readonly { object: StripeInvoice }[],
): Promise<void> {
  const named = [...new Set(invoices.flatMap(({ object }) => rateIdsOf(object)))];
  if (named.length === 0) return;
  const known = await tx.taxRate.findMany({ where: { id: { in: named } }, select: { id: true } });
  const seen = new Set(known.map(({ id }) => id));
  const name = "billing.learn-tax-rate" as const;
  const unknown = named.filter((id) => !seen.has(id));
  await enqueueAll(
    tx,
    unknown.map((id) => ({ name, payload: { rateId: id }, key: `tax-rate:${id}` })),
  );
}

/** Keeps what a rate is. */
export async function learnTaxRate(
  ctx: Context,
  { rateId }: { rateId: string },
  gateway: StripeGateway,
): Promise<void> {
  const rate = await gateway.findTaxRate(rateId);
  if (!rate) return;
  await transact(asSystem(ctx), "billing.learn-tax-rate", (tx) =>
    tx.taxRate.createMany({ data: [rate], skipDuplicates: true }),
  );
}
