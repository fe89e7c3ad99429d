import { toPlan, wholeVersion } from "#lib/catalog/read-version";
import type { Tx } from "#lib/db/client";
import type { Period } from "#lib/rater/calendar";
import type { Correction, Knowledge, KnownPrice } from "#lib/rater/known-invoice";
import { readCounted } from "#lib/rater/read-counted";
import type { TaxRate } from "#lib/rater/taxes";
import { type BilledInvoice, type BilledLine, billedLine } from "#lib/stripe/billed-invoice";
import type { StripeInvoiceLine, StripeObjects } from "#lib/stripe/object-types";

/** What our catalogue and our mirrors say about what an invoice bills. */
export async function readKnowledge(
  tx: Tx,
  invoice: BilledInvoice,
  tenantId: string,
  rates: readonly TaxRate[],
): Promise<Knowledge> {
  const { subscriptionId } = invoice;
  const earlier = subscriptionId ? await readEarlier(tx, invoice, subscriptionId, tenantId) : [];
  const cycle = subscriptionId
    ? await readCycle(tx, subscriptionId)
    : { anchor: null, trial: null };
  const billed = [...invoice.lines, ...earlier].flatMap(({ priceId }) => priceId ?? []);
  return {
    ...{ ...cycle, earlier, corrections: await readCorrections(tx, invoice, tenantId) },
    prices: await readPrices(tx, billed),
    counted: await readCounted(tx, invoice, tenantId),
    rates: new Map(rates.map((rate) => [rate.id, rate])),
  };
}

/** Prices of our catalogue by their ids at Stripe. Any other is unknown. */
export async function readPrices(
  tx: Tx,
  stripePriceIds: readonly string[],
): Promise<Map<string, KnownPrice>> {
  const ids = [...new Set(stripePriceIds)];
  const rows = await tx.price.findMany({
    where: { stripePriceId: { in: ids } },
    include: { component: { select: { versionId: true, key: true } } },
  });
  const versionIds = [...new Set(rows.map(({ component }) => component.versionId))];
  const versions = await tx.planVersion.findMany({
    where: { id: { in: versionIds } },
    include: wholeVersion,
  });
  const plans = new Map(versions.map((version) => [version.id, toPlan(version)]));
  return new Map(
    rows.flatMap(({ stripePriceId, component: of, currency, interval }) => {
      const component = plans.get(of.versionId)?.components.find(({ key }) => key === of.key);
      const offer = component?.prices.find((one) => {
        return one.currency === currency && one.interval === interval;
      });
      if (!stripePriceId || !component || !offer) return [];
      const { included, kind } = component;
      return [[stripePriceId, { offer, included, kind }] as const];
    }),
  );
}

const reasons: Readonly<Record<string, string>> = {
  minimum: "What the period's minimum adds",
  cap: "What is above the period's cap",
  late: "Usage that came after its invoice",
};

/** Items of the invoice that our own rules about usage and seats made. */
async function readCorrections(
  tx: Tx,
  { lines }: BilledInvoice,
  tenantId: string,
): Promise<Map<string, Correction>> {
  const ids = lines.flatMap(({ invoiceItemId }) => invoiceItemId ?? []);
  const ours = { tenantId, stripeItemId: { in: ids } };
  const rows = await tx.usageAdjustment.findMany({ where: ours });
  const ofSeats = await tx.seatCharge.findMany({ where: ours });
  return new Map([
    ...ofSeats.flatMap(({ stripeItemId, amountMinor: minor, seats }) => {
      const says = `${seats} extra seats that no invoice counted`;
      return stripeItemId ? [[stripeItemId, { minor, says }] as const] : [];
    }),
    ...rows.flatMap(({ stripeItemId, amountMinor, componentKey, why }) => {
      const says = `${reasons[why] ?? why}: ${componentKey}`;
      return stripeItemId ? [[stripeItemId, { minor: amountMinor, says }] as const] : [];
    }),
  ]);
}

/** Lines of the subscription's other invoices that reach into the time this one bills. */
async function readEarlier(
  tx: Tx,
  { id, lines }: BilledInvoice,
  subscriptionId: string,
  tenantId: string,
): Promise<BilledLine[]> {
  const prorated = lines.filter(({ isProration }) => isProration).map(({ from }) => from);
  if (prorated.length === 0) return [];
  const since = new Date(Math.min(...prorated) * 1000);
  const rows = await tx.stripeInvoiceLine.findMany({
    where: {
      account: "",
      tenantId,
      subscriptionId,
      periodEndAt: { gt: since },
      invoiceId: { not: id },
    },
    orderBy: [{ periodStartAt: "asc" }, { id: "asc" }],
    select: { object: true },
  });
  return rows.map(({ object }) => billedLine(object as unknown as StripeInvoiceLine));
}

async function readCycle(
  tx: Tx,
  id: string,
): Promise<{ anchor: number | null; trial: Period | null }> {
  const row = await tx.stripeSubscription.findUnique({
    where: { account_id: { account: "", id } },
    select: { object: true },
  });
  if (!row) return { anchor: null, trial: null };
  const subscription = row.object as unknown as StripeObjects["subscription"];
  const { billing_cycle_anchor: anchor, trial_start: from, trial_end: to } = subscription;
  return { anchor, trial: from === null || to === null ? null : { from, to } };
}
