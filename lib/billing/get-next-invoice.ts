import { runsAt } from "#lib/billing/discount";
import { hasDiscount } from "#lib/billing/get-discounts";
import { type InvoiceSums, sumsOf } from "#lib/billing/preview-sums";
import { findCurrentSubscription } from "#lib/billing/store";
import { toSubscription } from "#lib/billing/subscription";
import type { Tx } from "#lib/db/client";
import { view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { logger } from "#lib/log";
import { type Currency, isCurrency } from "#lib/money/currency";
import { type Money, money } from "#lib/money/money";
import { findRates } from "#lib/rater/check-invoice";
import { countedKey } from "#lib/rater/read-counted";
import { readKnowledge } from "#lib/rater/read-knowledge";
import type { TaxRate } from "#lib/rater/taxes";
import { type Used, withUsage } from "#lib/rater/with-usage";
import { isStripesNo } from "#lib/stripe/ask";
import type { BilledInvoice, BilledLine } from "#lib/stripe/billed-invoice";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import { instantFrom } from "#lib/stripe/objects";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";

/** Everything of one price, or one thing that is no price of ours, on the next invoice. */
export type NextLine = {
  name: string;
  /** Units, as a decimal; null where it is no count of anything. */
  quantity: string | null;
  amount: Money;
  isUsage: boolean;
};

export type NextInvoice = InvoiceSums & {
  at: Date;
  lines: NextLine[];
  /** More of it may be used until then. */
  isUsageExtra: boolean;
};

/**
 * What the next invoice comes to as things stand: as Stripe draws it up, after discounts, tax and
 * the balance, with what was used counted up to now. Null where none comes. Keeps nothing.
 */
export async function getNextInvoice(
  ctx: TenantContext,
  gateway: StripeGateway = stripeGateway(),
): Promise<NextInvoice | null> {
  requirePermission(ctx, "billing:read");

  const { tenantId } = ctx;
  const current = await view(ctx, async (tx) => {
    const row = await findCurrentSubscription(tx, tenantId);
    return row && { ...toSubscription(row), hasDiscount: await hasDiscount(tx, row.id) };
  });
  if (!current?.currentPeriodEnd || current.status === "paused") return null;
  const at = current.currentPeriodEnd;
  const drawn = await drawUp({ ...current, at }, gateway).catch(refuseUndrawn);
  if (!drawn || !isCurrency(drawn.currency)) return null;
  const { currency } = drawn;
  const rates = await readRates(ctx, drawn, gateway);
  return view(ctx, async (tx) => {
    const knowledge = await readKnowledge(tx, drawn, tenantId, rates);
    const used = await readUsed(tx, drawn, tenantId);
    const invoice = withUsage(drawn, { ...knowledge, used });
    const names = await readNames(tx, invoice);
    const isUsage = ({ priceId }: BilledLine) => {
      return knowledge.prices.get(priceId ?? "")?.kind === "usage";
    };
    return {
      at,
      lines: linesOf(invoice, currency, names, isUsage),
      ...sumsOf(invoice, currency),
      isUsageExtra: invoice.lines.some(isUsage),
    };
  });
}

function refuseUndrawn(error: unknown): never {
  if (!isStripesNo(error)) throw error;
  logger.error({ error }, "Stripe refused to draw up the next invoice");
  throw new Refusal("conflict", "Stripe does not draw up the next invoice right now.");
}

/** The rates its taxes name. Most are known; Stripe is asked for the others. */
async function readRates(
  ctx: TenantContext,
  { lines }: BilledInvoice,
  gateway: StripeGateway,
): Promise<TaxRate[]> {
  const named = lines.flatMap(({ taxes }) => taxes.flatMap(({ rateId }) => rateId ?? []));
  const kept = await view(ctx, (tx) => tx.taxRate.findMany({ where: { id: { in: named } } }));
  const keptIds = new Set(kept.map(({ id }) => id));
  const unknown = lines.map((line) => ({
    ...line,
    taxes: line.taxes.filter(({ rateId }) => !keptIds.has(rateId ?? "")),
  }));
  return [...kept, ...(await findRates({ lines: unknown }, gateway))];
}

/** Stripe takes off what runs now; what is over by the day of the invoice is left out. */
async function drawUp(
  { id: subscriptionId, hasDiscount: has, at }: { id: string; hasDiscount: boolean; at: Date },
  gateway: StripeGateway,
): Promise<BilledInvoice | null> {
  const running = has ? await gateway.readDiscounts(subscriptionId) : [];
  const lasting = running.filter((one) => runsAt(one, at));
  const discounts = lasting.map(({ discountId: discount }) => ({ discount }));
  const isFewer = lasting.length < running.length;
  const question = { kind: "next", subscriptionId, ...(isFewer && { discounts }) } as const;
  return (await gateway.previewInvoice(question))?.billed ?? null;
}

type UsedRow = {
  key: string;
  quantity: string;
  minimumMinor: bigint | null;
  capMinor: bigint | null;
};

/** What we count of each period of usage on it, up to now. */
async function readUsed(
  tx: Tx,
  { lines }: BilledInvoice,
  tenantId: string,
): Promise<Map<string, Used>> {
  const periods = new Map(
    lines.map((line) => {
      const { priceId, from, to } = line;
      const key = countedKey(line);
      return [key, { key, priceId, from: instantFrom(from), to: instantFrom(to) }];
    }),
  );
  const rows = await tx.$queryRaw<UsedRow[]>`
    select w.key, p.minimum_minor as "minimumMinor", p.cap_minor as "capMinor",
      greatest(0, app.usage_between(${tenantId}, c.meter_key, w."from", w."to"))::text as quantity
    from json_to_recordset(${JSON.stringify([...periods.values()])}::json)
      as w (key text, "priceId" text, "from" timestamptz, "to" timestamptz)
    join prices p on p.stripe_price_id = w."priceId"
    join components c on c.id = p.component_id and c.meter_key is not null`;
  return new Map(
    rows.map(({ key, quantity, minimumMinor, capMinor }) => {
      const bounds = {
        minimumMinor: minimumMinor?.toString() ?? null,
        capMinor: capMinor?.toString() ?? null,
      };
      return [key, { quantity, bounds }];
    }),
  );
}

/** What a price is for, by its id at Stripe. */
async function readNames(tx: Tx, { lines }: BilledInvoice): Promise<Map<string, string>> {
  const ids = lines.flatMap(({ priceId }) => priceId ?? []);
  const rows = await tx.price.findMany({
    where: { stripePriceId: { in: ids } },
    select: { stripePriceId: true, component: { select: { name: true } } },
  });
  return new Map(rows.map((row) => [row.stripePriceId ?? "", row.component.name]));
}

/** The lines as a person reads them: the tiers of a price are one. */
function linesOf(
  { lines }: BilledInvoice,
  currency: Currency,
  names: ReadonlyMap<string, string>,
  isUsage: (line: BilledLine) => boolean,
): NextLine[] {
  const apart = Map.groupBy(lines, (line) =>
    line.isProration || !names.has(line.priceId ?? "") ? line.id : (line.priceId ?? ""),
  );
  return [...apart.values()].flatMap((parts) => {
    const [line] = parts;
    const minor = parts.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
    if (!line || (minor === 0n && isUsage(line))) return [];
    const own = line.isProration ? undefined : names.get(line.priceId ?? "");
    const quantity = own && parts.length === 1 && !isUsage(line) ? line.quantity : null;
    const amount = money(minor, currency);
    return [{ name: own ?? line.description, quantity, amount, isUsage: isUsage(line) }];
  });
}
