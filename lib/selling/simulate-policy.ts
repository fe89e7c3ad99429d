import { view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import type { Currency } from "#lib/money/currency";
import { type Money, money } from "#lib/money/money";
import { monthOf, planOf } from "#lib/selling/fee-facts";
import type { FeeRules } from "#lib/selling/fee-policy";
import type { KeptWhy } from "#lib/selling/keep-sale";
import { policyAt } from "#lib/selling/policy";
import { resolveFee } from "#lib/selling/resolve-fee";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

/** What a policy would have earned of real payments, beside what was earned and what is now. */
export type Simulation = {
  from: Date;
  payments: number;
  /** Only so many are looked at, the newest; true where there were more. */
  isCut: boolean;
  currencies: {
    volume: Money;
    /** What these payments' fees were. */
    was: Money;
    /** What the policy in force now would take of them. */
    now: Money;
    would: Money;
  }[];
  /** Whom it would change most, by what they would pay more (or less). */
  tenants: { id: string; name: string; payments: number; now: Money; would: Money }[];
  rules: { rule: string | null; payments: number; would: Money[] }[];
};

const most = 50_000;
const shownTenants = 20;
type Sum = { payments: number; volume: bigint; was: bigint; now: bigint; would: bigint };
type Keyed = Map<string, Sum & { id: string; currency: Currency }>;

/** Asks a policy about the payments of the last months, each with the volume before it. */
export async function simulatePolicy(
  ctx: PlatformContext,
  { policyId, months }: { policyId: string; months: number },
): Promise<Simulation> {
  requirePlatform(ctx, "fees:read");
  const from = monthsBefore(ctx.now(), months);
  const read = await readPast(ctx, policyId, from);
  const { asked, current, plans, names } = read;
  const sales = read.sales.slice(0, most).reverse();
  const [byCurrency, byTenant, byRule]: Keyed[] = [new Map(), new Map(), new Map()];
  const volumes = new Map<string, bigint>();
  for (const sale of sales) {
    const currency = sale.currency as Currency;
    const month = monthOf(sale.createdAt).toISOString();
    const key = `${sale.tenantId} ${currency} ${month}`;
    const volumeMinor = volumes.get(key) ?? 0n;
    volumes.set(key, volumeMinor + sale.amountMinor);
    const kept = (sale.why as Partial<KeptWhy>).plan;
    const facts = {
      ...{ amount: money(sale.amountMinor, currency), volumeMinor },
      ...{ plan: kept ?? plans.get(sale.tenantId)!, method: sale.method, country: sale.country },
    };
    const [answer, now] = [resolveFee(asked, facts), resolveFee(current, facts)];
    const one = {
      ...{ payments: 1, volume: sale.amountMinor, was: sale.dueMinor },
      ...{ now: now.fee.minor, would: answer.fee.minor },
    };
    sumUp(byCurrency!, currency, currency, one);
    sumUp(byTenant!, sale.tenantId, currency, one);
    sumUp(byRule!, answer.rule ?? "", currency, one);
  }
  return {
    ...{ from, payments: sales.length, isCut: read.sales.length > most },
    currencies: [...byCurrency!.values()].map(amountsOf),
    tenants: tenantsOf(byTenant!, names),
    rules: rulesOf(byRule!),
  };
}

function readPast(ctx: PlatformContext, policyId: string, from: Date) {
  return view(ctx, async (tx) => {
    const policy = await tx.feePolicy.findUnique({ where: { id: policyId } });
    if (!policy) throw new Refusal("not_found", "There is no such fee policy.");
    const inForce = await policyAt(tx, ctx.now());
    const sales = await tx.sale.findMany({
      where: { status: "succeeded", createdAt: { gte: from } },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: most + 1,
    });
    const ids = [...new Set(sales.map(({ tenantId }) => tenantId))];
    const plans = new Map<string, string>();
    for (const id of ids) plans.set(id, await planOf(tx, id));
    const named = { where: { id: { in: ids } }, select: { id: true, name: true } };
    const names = new Map((await tx.tenant.findMany(named)).map(({ id, name }) => [id, name]));
    const rules = (row: { rules: unknown } | null) => (row?.rules ?? []) as FeeRules;
    return { asked: rules(policy), current: rules(inForce), sales, plans, names };
  });
}

function sumUp(sums: Keyed, id: string, currency: Currency, one: Sum): void {
  const key = `${id} ${currency}`;
  const zero = { payments: 0, volume: 0n, was: 0n, now: 0n, would: 0n };
  const sum = sums.get(key) ?? { ...zero, id, currency };
  sums.set(key, {
    ...{ id, currency, payments: sum.payments + one.payments, volume: sum.volume + one.volume },
    ...{ was: sum.was + one.was, now: sum.now + one.now, would: sum.would + one.would },
  });
}

function amountsOf({ currency, volume, was, now, would }: Sum & { currency: Currency }) {
  const of = (minor: bigint) => money(minor, currency);
  return { volume: of(volume), was: of(was), now: of(now), would: of(would) };
}

function tenantsOf(sums: Keyed, names: ReadonlyMap<string, string>): Simulation["tenants"] {
  const size = ({ now, would }: Sum) => (would > now ? would - now : now - would);
  return [...sums.values()]
    .filter((sum) => sum.would !== sum.now)
    .toSorted((a, b) => (size(b) > size(a) ? 1 : -1))
    .slice(0, shownTenants)
    .map((sum) => {
      const { now, would } = amountsOf(sum);
      return { id: sum.id, name: names.get(sum.id) ?? sum.id, payments: sum.payments, now, would };
    });
}

function rulesOf(sums: Keyed): Simulation["rules"] {
  const ids = [...new Set([...sums.values()].map(({ id }) => id))];
  return ids.map((id) => {
    const own = [...sums.values()].filter((sum) => sum.id === id);
    const payments = own.reduce((all, sum) => all + sum.payments, 0);
    return { rule: id || null, payments, would: own.map((sum) => amountsOf(sum).would) };
  });
}

/** The beginning of the month so many before this one. */
function monthsBefore(now: Date, months: number): Date {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 1));
}
