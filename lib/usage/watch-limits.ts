import { mailBillingPeople } from "#lib/billing/mail-billing-people";
import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import { transact, view } from "#lib/db/transaction";
import type { Fact } from "#lib/events/converger";
import { enqueueAll } from "#lib/jobs/enqueue";
import { formatMoney } from "#lib/money/format-money";
import { money } from "#lib/money/money";
import { plainDecimal } from "#lib/usage/event";
import { type MeterUsage, readUsage } from "#lib/usage/get-usage";
import { type LimitAct, reachedSteps } from "#lib/usage/limit";
import { queueWebhooks } from "#lib/webhooks/queue-webhooks";

type LimitRow = { id: string; meterKey: string; act: string; measure: string; amount: string };

const kind = "usage.threshold_reached";

/**
 * Looks whose usage reached an alert or a cap, and tells their people and their endpoints: once for
 * each step and period, however often it looks. Without a tenant, a job for each that set any.
 */
export async function watchLimits(
  ctx: Context,
  { tenantId }: { tenantId?: string | undefined },
): Promise<void> {
  if (tenantId !== undefined) return watchTenant(ctx, tenantId);
  await transact(ctx, "usage.watch-limits", async (tx) => {
    const rows = await tx.usageLimit.findMany({
      distinct: ["tenantId"],
      select: { tenantId: true },
    });
    await enqueueAll(
      tx,
      rows.map((row) => ({
        name: "usage.watch" as const,
        payload: row,
        key: `usage.watch:${row.tenantId}`,
      })),
    );
  });
}

async function watchTenant(ctx: Context, tenantId: string): Promise<void> {
  const facts = await view(ctx, async (tx) => {
    const limits = await tx.usageLimit.findMany({ where: { tenantId } });
    if (limits.length === 0) return [];
    const { meters } = await readUsage(tx, { db: ctx.db, now: ctx.now, tenantId });
    return limits.flatMap((limit) => {
      const usage = meters.find(({ meter }) => meter.key === limit.meterKey);
      const row = { ...limit, amount: plainDecimal(limit.amount.toFixed()) };
      return usage ? factsOf(tenantId, row, usage) : [];
    });
  });
  if (facts.length === 0) return;
  await transact(ctx, "usage.tell-limit", async (tx) => {
    for (const fact of await keepNew(tx, ctx, facts)) {
      await mailReached(tx, ctx, fact);
      await queueWebhooks(tx, ctx, [fact]);
    }
  });
}

function factsOf(tenantId: string, limit: LimitRow, usage: MeterUsage): Fact[] {
  const value = limit.measure === "units" ? usage.quantity : usage.cost?.total.minor.toString();
  if (value === undefined) return [];
  const steps = reachedSteps({ act: limit.act as LimitAct, amount: limit.amount }, Number(value));
  return steps.map((percent) => ({
    kind,
    tenantId,
    reference: `usage:${limit.id}:${usage.from.toISOString()}:${percent}`,
    data: {
      ...{ meter: limit.meterKey, act: limit.act, measure: limit.measure, amount: limit.amount },
      ...{ percent: String(percent), reached: value, unit: usage.unit },
      ...{ currency: usage.cost?.total.currency ?? null, name: usage.name },
      ...{ periodStart: usage.from.toISOString(), periodEnd: usage.to.toISOString() },
    },
  }));
}

async function keepNew(tx: Tx, ctx: Context, facts: readonly Fact[]): Promise<Fact[]> {
  const rows = facts.map(({ reference, tenantId, data }) => ({
    ...{ kind, reference, tenantId, data, objectId: String(data.meter), at: ctx.now() },
  }));
  const kept = await tx.fact.createManyAndReturn({
    ...{ data: rows, skipDuplicates: true, select: { reference: true } },
  });
  const references = new Set(kept.map(({ reference }) => reference));
  return facts.filter(({ reference }) => references.has(reference));
}

const actions: Record<LimitAct, string> = {
  alert: "You asked to be told.",
  soft_cap: "It is a soft cap: usage goes on and is billed.",
  hard_cap:
    "It is a hard cap: at 100 % more usage is refused until it is raised or the period ends.",
};

function mailReached(tx: Tx, ctx: Context, fact: Fact): Promise<void> {
  const { name, percent, measure, amount, currency, unit, act } = fact.data;
  const limit =
    measure === "spend"
      ? formatMoney(money(BigInt(String(amount)), String(currency) as "usd"))
      : `${Number(amount).toLocaleString("en")} ${unit ?? "units"}`;
  return mailBillingPeople(tx, ctx, fact, ({ tenant, path }) => ({
    template: "plan-changed",
    data: {
      ...{ tenant, heading: `${name}: ${percent} % of ${limit}`, action: "See the usage" },
      line: `${name} of ${tenant} reached ${percent} % of ${limit}. ${actions[act as LimitAct]}`,
      path: `${path}/billing/usage`,
    },
  }));
}
