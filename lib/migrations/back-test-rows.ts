import { toPlan, type VersionRow } from "#lib/catalog/read-version";
import type { BackTestRow, BilledPeriod } from "#lib/migrations/back-test";
import { costOf } from "#lib/migrations/count-migration";
import { isCurrency } from "#lib/money/currency";

/** One row per tenant, version, currency and interval; what is not offered is left out. */
export function priceRows(version: VersionRow, periods: readonly BilledPeriod[]): BackTestRow[] {
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
