import type { VersionRow } from "#lib/catalog/read-version";
import type { Tx } from "#lib/db/client";
import type { BilledPeriod } from "#lib/migrations/back-test";
import { type UsageOf, usageOfAll } from "#lib/usage/usage-so-far";

type Line = {
  invoiceId: string;
  tenantId: string;
  priceId: string;
  amountMinor: bigint;
  quantity: bigint | null;
  from: Date;
  to: Date;
  currency: string;
};
type Billed = {
  version: VersionRow;
  component: VersionRow["components"][number];
  interval: string;
};

/**
 * The invoices of subscriptions since a day, as the lines of their plans say them: prorations, and
 * what is no line of a plan, are left out. Usage is what the meters hold; where they hold nothing,
 * it is what the invoice was made for.
 */
export async function readBilledPeriods(
  tx: Tx,
  versions: readonly VersionRow[],
  tenantIds: readonly string[],
  since: Date,
): Promise<BilledPeriod[]> {
  const prices = billedBy(versions);
  const lines = await readLines(tx, tenantIds, since);
  const known = lines.filter(({ priceId }) => prices.has(priceId));
  const used = await readUsage(tx, known, prices);
  const invoices = Map.groupBy(known, ({ invoiceId }) => invoiceId);
  return [...invoices.values()].map((of) => periodOf(of, prices, used));
}

function billedBy(versions: readonly VersionRow[]): Map<string, Billed> {
  return new Map(
    versions.flatMap((version) =>
      version.components.flatMap((component) =>
        component.prices.flatMap(({ stripePriceId: id, interval }) => {
          return id ? [[id, { version, component, interval }] as const] : [];
        }),
      ),
    ),
  );
}

function readLines(tx: Tx, tenantIds: readonly string[], since: Date): Promise<Line[]> {
  return tx.$queryRaw<Line[]>`
    select l.invoice_id as "invoiceId", i.tenant_id as "tenantId", l.price_id as "priceId",
      l.amount_minor as "amountMinor", l.quantity, l.period_start_at as "from",
      l.period_end_at as "to", l.currency
    from stripe_invoices i
    join stripe_invoice_lines l on l.account = i.account and l.invoice_id = i.id
    where i.account = '' and not i.is_deleted and i.tenant_id = any(${[...tenantIds]})
      and i.created_at >= ${since} and i.status in ('paid', 'open', 'uncollectible')
      and i.object->>'billing_reason' in ('subscription_create', 'subscription_cycle')
      and l.price_id is not null
      and coalesce(l.object#>>'{parent,subscription_item_details,proration}', 'false') = 'false'
    order by i.created_at, i.id, l.id`;
}

type UsedBy = Map<string, string>;
const usageKey = (line: Line, meterKey: string) => `${line.invoiceId}/${meterKey}`;

async function readUsage(
  tx: Tx,
  lines: readonly Line[],
  prices: ReadonlyMap<string, Billed>,
): Promise<UsedBy> {
  const metered = lines.flatMap((line) => {
    const meterKey = prices.get(line.priceId)?.component.meterKey;
    return meterKey ? [{ line, meterKey }] : [];
  });
  const wanted = new Map<string, UsageOf>();
  const billed = new Map<string, bigint>();
  for (const { line, meterKey } of metered) {
    const key = usageKey(line, meterKey);
    const { tenantId, from, to } = line;
    wanted.set(key, { tenantId, meterKey, from, to });
    billed.set(key, (billed.get(key) ?? 0n) + (line.quantity ?? 0n));
  }
  const keys = [...wanted.keys()];
  const quantities = await usageOfAll(tx, [...wanted.values()]);
  return new Map(
    keys.map((key, place) => {
      const counted = quantities[place] ?? "0";
      return [key, counted === "0" ? String(billed.get(key) ?? 0n) : counted];
    }),
  );
}

function periodOf(
  lines: readonly Line[],
  prices: ReadonlyMap<string, Billed>,
  usedBy: UsedBy,
): BilledPeriod {
  const used: Record<string, string> = {};
  let seats = 1;
  let times = 1;
  for (const line of lines) {
    const { component } = prices.get(line.priceId)!;
    if (component.kind === "seat") seats = Number(line.quantity ?? 1n);
    if (component.kind === "flat") times = Number(line.quantity ?? 1n);
    const { meterKey } = component;
    if (meterKey) used[meterKey] = usedBy.get(usageKey(line, meterKey)) ?? "0";
  }
  const [first] = lines;
  const { version, interval } = prices.get(first!.priceId)!;
  return {
    ...{ tenantId: first!.tenantId, versionNumber: version.number, interval, seats, times, used },
    currency: first!.currency,
    billedMinor: lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
  };
}
