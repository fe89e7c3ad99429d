import type { Context } from "#lib/context";
import type { Prisma } from "#lib/db/generated/client";
import { transact, view } from "#lib/db/transaction";
import { isCurrency } from "#lib/money/currency";
import { type Judgement, judgeInvoice, raterVersion } from "#lib/rater/judge-invoice";
import { readKnowledge } from "#lib/rater/read-knowledge";
import type { TaxRate } from "#lib/rater/taxes";
import type { BilledInvoice } from "#lib/stripe/billed-invoice";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import { instantFrom } from "#lib/stripe/objects";

/**
 * Works an invoice of Stripe's out anew from our own catalogue and keeps what that came to. Doing
 * it again replaces it; a difference that was settled stays so while its figures are the same.
 */
export async function checkInvoice(
  ctx: Context,
  { invoiceId }: { invoiceId: string },
  gateway: StripeGateway = stripeGateway(),
): Promise<Judgement | null> {
  const invoice = await gateway.findBilledInvoice(invoiceId);
  if (!invoice || invoice.finalizedAt === null || !isCurrency(invoice.currency)) return null;
  const rates = await findRates(invoice, gateway);
  const found = await view(ctx, async (tx) => {
    const ours = await tx.invoice.findUnique({
      where: { id: invoiceId },
      select: { tenantId: true },
    });
    if (!ours) return null;
    const { tenantId } = ours;
    return { tenantId, knowledge: await readKnowledge(tx, invoice, tenantId, rates) };
  });
  if (!found) return null;
  const judgement = judgeInvoice(invoice, found.knowledge);
  await keep(ctx, found.tenantId, invoice, judgement);
  return judgement;
}

/** The rates an invoice's taxes name. One that Stripe no longer has is left out. */
export async function findRates(
  { lines }: Pick<BilledInvoice, "lines">,
  gateway: StripeGateway,
): Promise<TaxRate[]> {
  const ids = new Set(lines.flatMap(({ taxes }) => taxes.flatMap(({ rateId }) => rateId ?? [])));
  const rates: TaxRate[] = [];
  for (const id of ids) {
    const rate = await gateway.findTaxRate(id);
    if (rate) rates.push(rate);
  }
  return rates;
}

async function keep(
  ctx: Context,
  tenantId: string,
  invoice: BilledInvoice,
  { verdict, expectedMinor, lines, sums }: Judgement,
): Promise<void> {
  const { id: invoiceId, subscriptionId, number, currency, totalMinor, finalizedAt } = invoice;
  const said = {
    ...{ tenantId, subscriptionId, number, verdict, currency, expectedMinor },
    ...{ billedMinor: totalMinor, version: raterVersion, checkedAt: ctx.now() },
    lines: lines as unknown as Prisma.InputJsonValue,
    sums: sums as unknown as Prisma.InputJsonValue,
    finalizedAt: instantFrom(finalizedAt ?? 0),
  };
  await transact(ctx, "rater.check-invoice", async (tx) => {
    const before = await tx.invoiceCheck.findUnique({ where: { invoiceId } });
    const isAsBefore =
      before?.verdict === verdict &&
      before.billedMinor === totalMinor &&
      before.expectedMinor === expectedMinor;
    const reopened = isAsBefore ? {} : { settledAt: null, settledById: null, note: null };
    await tx.invoiceCheck.upsert({
      where: { invoiceId },
      create: { invoiceId, ...said },
      update: { ...said, ...reopened },
    });
  });
}
