import type { BackTestQuery } from "#lib/catalog/input";
import { toPlan, type VersionRow, wholeVersion } from "#lib/catalog/read-version";
import { findVersion } from "#lib/catalog/store";
import type { Tx } from "#lib/db/client";
import { view } from "#lib/db/transaction";
import type { BackTest, BackTestRow, BilledPeriod } from "#lib/migrations/back-test";
import { costOf } from "#lib/migrations/count-migration";
import { findSubscribers } from "#lib/migrations/find-subscribers";
import { namesOf } from "#lib/migrations/get-migration";
import { monthsBefore } from "#lib/migrations/last-period";
import { readBilledPeriods } from "#lib/migrations/read-billed-periods";
import { isCurrency } from "#lib/money/currency";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

/** More than these are not looked at, so that the editor answers while somebody waits. */
const mostSubscribers = 500;
const mostRows = 100;

/**
 * What the last months of the plan's real subscribers would have cost on a version, published or
 * not: with the seats they paid for and what they used, priced by our rater.
 */
export async function backTestVersion(
  ctx: PlatformContext,
  { versionId, months }: BackTestQuery & { versionId: string },
): Promise<BackTest> {
  requirePlatform(ctx, "plans:read");

  return view(ctx, async (tx) => {
    const version = await findVersion(tx, versionId);
    const { versions, tenantIds } = await findPlansSubscribers(tx, version);
    const since = monthsBefore(ctx.now(), months);
    const looked = tenantIds.slice(0, mostSubscribers);
    const periods = await readBilledPeriods(tx, versions, looked, since);
    const rows = rowsOf(version, periods);
    const names = await namesOf(
      tx,
      rows.map(({ tenantId }) => tenantId),
    );
    const named = rows.map((row) => ({ ...row, tenantName: names.get(row.tenantId) ?? "" }));
    const offered = rows.reduce((sum, row) => sum + row.periods, 0);
    return {
      ...{ months, isCut: tenantIds.length > mostSubscribers, periods: offered },
      subscribers: new Set(periods.map(({ tenantId }) => tenantId)).size,
      notOffered: periods.length - offered,
      totals: totalsOf(rows),
      rows: named.sort((left, right) => Number(gapOf(right) - gapOf(left))).slice(0, mostRows),
    };
  });
}

async function findPlansSubscribers(tx: Tx, { planId }: VersionRow) {
  const versions = await tx.planVersion.findMany({
    where: { planId, status: { in: ["published", "retired"] } },
    include: wholeVersion,
  });
  const tenantIds = new Set<string>();
  for (const version of versions) {
    const found = await findSubscribers(tx, version, { limit: mostSubscribers + 1 });
    for (const { tenantId } of found) tenantIds.add(tenantId);
  }
  return { versions, tenantIds: [...tenantIds] };
}

/** One row per tenant, version, currency and interval; what is not offered is left out. */
function rowsOf(version: VersionRow, periods: readonly BilledPeriod[]): BackTestRow[] {
  const plan = toPlan(version);
  const rows = new Map<string, BackTestRow>();
  for (const period of periods) {
    const { tenantId, versionNumber, currency, interval, billedMinor } = period;
    const would = costOf(plan, period, period.used);
    if (would === null || !isCurrency(currency)) continue;
    const key = [tenantId, versionNumber, currency, interval].join("/");
    const row = rows.get(key) ?? {
      ...{ tenantId, versionNumber, currency, interval, tenantName: "" },
      ...{ periods: 0, billedMinor: 0n, wouldMinor: 0n },
    };
    rows.set(key, {
      ...row,
      periods: row.periods + 1,
      billedMinor: row.billedMinor + billedMinor,
      wouldMinor: row.wouldMinor + would,
    });
  }
  return [...rows.values()];
}

function totalsOf(rows: readonly BackTestRow[]): BackTest["totals"] {
  return [...Map.groupBy(rows, ({ currency }) => currency)].map(([currency, of]) => ({
    currency,
    periods: of.reduce((sum, { periods }) => sum + periods, 0),
    billedMinor: of.reduce((sum, row) => sum + row.billedMinor, 0n),
    wouldMinor: of.reduce((sum, row) => sum + row.wouldMinor, 0n),
  }));
}

function gapOf({ billedMinor, wouldMinor }: BackTestRow): bigint {
  return billedMinor > wouldMinor ? billedMinor - wouldMinor : wouldMinor - billedMinor;
}
