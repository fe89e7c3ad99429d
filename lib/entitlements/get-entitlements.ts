import type { Feature } from "#lib/catalog/plan";
import { compareDecimals, formatDecimal, minus, parseDecimal } from "#lib/catalog/rational";
import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import { Prisma } from "#lib/db/generated/client";
import { transact, view } from "#lib/db/transaction";
import { type EntitlementRow, featuresOf } from "#lib/entitlements/entitlement";
import { explainStanding, type Standing } from "#lib/entitlements/explain-standing";
import { writeEntitlement } from "#lib/entitlements/write-entitlement";
import { Refusal } from "#lib/errors";
import type { PlatformContext, TenantContext } from "#lib/tenancy/context";
import { requirePermission, requirePlatform } from "#lib/tenancy/permissions";
import { usageOfAll } from "#lib/usage/usage-so-far";

export type EntitledFeature = {
  key: string;
  name: string;
  /** The most of it in a period; null is no limit. */
  limit: string | null;
  /** So far in this period, where a meter counts it. Decimals as strings. */
  used: string | null;
  /** Never below zero; null without a limit. */
  left: string | null;
};

export type Entitlements = {
  tenantId: string;
  plan: { key: string; name: string; versionId: string | null };
  standing: Standing;
  features: EntitledFeature[];
  /** Null where the plan is not sold by seats. */
  seats: { bought: number; taken: number; left: number; limit: number | null } | null;
  /** The period that limits count in; they begin anew at its end. */
  period: { start: Date; end: Date };
  /** Grows with every change of what may be used. */
  revision: number;
  asOf: Date;
};

/**
 * What a tenant may use and how much of it is left, in one indexed read, and one more for all that
 * meters count.
 */
export async function getEntitlements(ctx: TenantContext): Promise<Entitlements> {
  requirePermission(ctx, "entitlements:read");
  return readEntitlements(ctx, ctx.tenantId);
}

/** The same, for the platform's people. */
export async function getTenantEntitlements(
  ctx: PlatformContext,
  tenantId: string,
): Promise<Entitlements> {
  requirePlatform(ctx, "tenants:read");
  return readEntitlements(ctx, tenantId);
}

async function readEntitlements(ctx: Context, tenantId: string): Promise<Entitlements> {
  const read = () => view(ctx, (tx) => findEntitlements(tx, tenantId, ctx.now()));
  const found = await read();
  if (found && found.revision > 0) return found;
  // Nothing was ever heard of this tenant: once in its life the row is worked out here.
  await transact(ctx, "entitlements.refresh", (tx) => writeEntitlement(tx, ctx, tenantId));
  const worked = await read();
  if (!worked) throw new Refusal("not_found", "There is no such tenant.");
  return worked;
}

/** The statement behind it: the tenant's one row, by its key. */
export function entitlementQuery(tenantId: string): Prisma.Sql {
  return Prisma.sql`select revision, status, since, version_id as "versionId",
      plan_key as "planKey", plan_name as "planName", features, restricted,
      grace_until as "graceUntil", seats, assigned, seat_limit as "seatLimit",
      period_start as "periodStart", period_end as "periodEnd",
      trial_ends_at as "trialEndsAt", ends_at as "endsAt", invoice_id as "invoiceId",
      changed_at as "changedAt"
    from entitlements where tenant_id = ${tenantId}`;
}

async function findEntitlements(tx: Tx, tenantId: string, now: Date): Promise<Entitlements | null> {
  const [row] = await tx.$queryRaw<EntitlementRow[]>(entitlementQuery(tenantId));
  if (!row) return null;
  const period = periodOf(row, now);
  const features = await countFeatures(tx, featuresOf(row, now), {
    ...{ tenantId, from: period.start, to: now },
  });
  const { planKey: key, planName: name, versionId, seats, assigned: taken, seatLimit } = row;
  return {
    tenantId,
    plan: { key, name, versionId },
    standing: explainStanding(row, now),
    features,
    seats:
      seats === null
        ? null
        : { bought: seats, taken, left: Math.max(0, seats - taken), limit: seatLimit },
    period,
    revision: row.revision,
    asOf: now,
  };
}

/** The subscription's period; without one, and where it is over, the calendar's month in UTC. */
function periodOf({ periodStart, periodEnd }: EntitlementRow, now: Date) {
  if (periodStart && periodEnd && periodEnd > now) return { start: periodStart, end: periodEnd };
  const [year, month] = [now.getUTCFullYear(), now.getUTCMonth()];
  return {
    start: new Date(Date.UTC(year, month, 1)),
    end: new Date(Date.UTC(year, month + 1, 1)),
  };
}

/** How much of each was used, in one query for all that a meter counts. */
async function countFeatures(
  tx: Tx,
  features: readonly Feature[],
  during: { tenantId: string; from: Date; to: Date },
): Promise<EntitledFeature[]> {
  const meters = [...new Set(features.flatMap(({ meterKey }) => meterKey ?? []))];
  const wanted = meters.map((meterKey) => ({ ...during, meterKey }));
  const counted = await usageOfAll(tx, wanted);
  const usedBy = new Map(meters.map((meterKey, place) => [meterKey, counted[place] ?? "0"]));
  return features.map(({ key, name, limit: most, meterKey }) => {
    const limit = most === undefined ? null : String(most);
    const used = meterKey ? (usedBy.get(meterKey) ?? "0") : null;
    const left = limit !== null && used !== null ? leftOf(limit, used) : null;
    return { key, name, limit, used, left };
  });
}

function leftOf(limit: string, used: string): string {
  const left = minus(parseDecimal(limit), parseDecimal(used));
  return compareDecimals(left, parseDecimal("0")) > 0 ? formatDecimal(left) : "0";
}
