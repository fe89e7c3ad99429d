import type { Context } from "#lib/context";
import { view } from "#lib/db/transaction";
import { invariant } from "#lib/errors";
import { boundary } from "#lib/rater/calendar";
import { voidUsage } from "#lib/usage/correct-usage";
import { flushUsage } from "#lib/usage/flush-usage";
import { setUsageLimit } from "#lib/usage/set-limit";
import { takeUsage } from "#lib/usage/take-usage";
import type { DemoTenant } from "#prisma/seed/demo-world";
import { asOwner } from "#prisma/seed/people";

/** What a company's own systems report at once, and when they do. */
export type Report = { name: string; from: Date; to: Date; at: Date; isBilledNext: boolean };

const meter = "api_calls";
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Every other hour of the day in which people work, in hundredths of the day's calls. */
const hours = [
  [7, 6],
  [9, 19],
  [11, 22],
  [13, 16],
  [15, 21],
  [17, 12],
  [20, 4],
] as const;
const endpoints = ["/v1/search", "/v1/exports", "/v1/reports", "/v1/sync"];

/**
 * The reports of a company over its last two periods: one shortly before the first of them ends, so
 * that its invoice counts them, and one today. Nothing lies within an hour of where they meet.
 */
export function reportsOf({ callsADay, weeksAgo, checkout }: DemoTenant, now: Date): Report[] {
  if (!callsADay || !checkout) return [];
  const begun = now.getTime() - weeksAgo * 7 * dayMs;
  const reports: Report[] = [];
  for (let count = 0; ; count += 1) {
    const [from, to] = [count, count + 1].map(
      (nth) => boundary(Math.floor(begun / 1000), checkout.interval, nth) * 1000,
    ) as [number, number];
    if (from >= now.getTime()) return reports.slice(-2);
    const at = Math.min(to - hourMs / 2, now.getTime());
    reports.push({
      name: `calls-${count + 1}`,
      from: new Date(from + hourMs),
      to: new Date(Math.min(to - hourMs, now.getTime())),
      at: new Date(at),
      isBilledNext: at < now.getTime(),
    });
  }
}

/** Reports usage, and has Stripe told of it where its bill comes next. What is reported stays. */
export async function seedUsage(ctx: Context, tenant: DemoTenant, report: Report): Promise<void> {
  const events = eventsOf(tenant, report);
  if (events.length === 0 || (await isReported(ctx, tenant, events[0]!.key))) return;
  await asOwner(ctx, tenant, async (member) => {
    const { refused } = await takeUsage(member, events);
    invariant(refused.length === 0, `usage of the demo is refused: ${refused[0]?.detail}`);
  });
  if (report.isBilledNext) await flushUsage(ctx);
}

/** Limits as a careful company sets them, and one event that was a mistake. Once. */
export async function seedLimits(ctx: Context, tenant: DemoTenant): Promise<void> {
  if (!tenant.isCareful) return;
  const { id: tenantId } = await view(ctx, (tx) =>
    tx.tenant.findUniqueOrThrow({ where: { slug: tenant.slug } }),
  );
  const held = await view(ctx, (tx) => tx.usageLimit.count({ where: { tenantId } }));
  if (held > 0) return;
  await asOwner(ctx, tenant, async (member) => {
    const limits = [
      { act: "alert", measure: "units", amount: "500000" },
      { act: "soft_cap", measure: "spend", amount: "60000" },
      { act: "hard_cap", measure: "spend", amount: "120000" },
    ] as const;
    for (const limit of limits) await setUsageLimit(member, { meterKey: meter, ...limit });
    const last = eventsOf(tenant, reportsOf(tenant, ctx.now()).at(-1)!).at(-1)!;
    const reason = "A test of ours ran against the live key.";
    await voidUsage(member, { key: last.key, reason });
  });
}

type Sent = { key: string; meter: string; value: number; at: string; dimensions: object };

/** A week that looks like one: less on Saturday and Sunday, and no two days alike. */
function eventsOf({ callsADay = 0 }: DemoTenant, { name, from, to }: Report): Sent[] {
  const events: Sent[] = [];
  const midnight = Math.floor(from.getTime() / dayMs) * dayMs;
  for (let day = midnight; day < to.getTime(); day += dayMs) {
    const weekday = new Date(day).getUTCDay();
    const ofWeek = weekday === 0 || weekday === 6 ? 0.35 : 1;
    // The day's own number, so that every start makes the same world.
    const swing = 0.85 + (((day / dayMs) * 37) % 31) / 100;
    for (const [index, [hour, share]] of hours.entries()) {
      const at = day + hour * hourMs + ((day / dayMs) % 50) * 60_000;
      if (at < from.getTime() || at >= to.getTime()) continue;
      const endpoint = endpoints[(day / dayMs + index) % endpoints.length]!;
      events.push({
        key: `${name}-${new Date(at).toISOString().slice(0, 13)}`,
        ...{ meter, value: Math.round((callsADay * ofWeek * swing * share) / 100) },
        ...{ at: new Date(at).toISOString(), dimensions: { endpoint } },
      });
    }
  }
  return events;
}

/** By the report's name alone: on another day the same report begins at another hour. */
async function isReported(ctx: Context, { slug }: DemoTenant, key: string): Promise<boolean> {
  const report = key.slice(0, key.indexOf("-", "calls-".length) + 1);
  return view(ctx, async (tx) => {
    const { id: tenantId } = await tx.tenant.findUniqueOrThrow({ where: { slug } });
    const found = await tx.usageEvent.findFirst({
      where: { tenantId, key: { startsWith: report } },
      select: { key: true },
    });
    return found !== null;
  });
}
