import type { Context } from "#lib/context";
import { transact, view } from "#lib/db/transaction";
import type { TenantContext } from "#lib/tenancy/context";
import type { Aggregation } from "#lib/usage/meter";
import { usageOfAll } from "#lib/usage/usage-so-far";

/** A meter of each kind, named by it. */
export const testMeters: Record<string, Aggregation> = {
  calls: "sum",
  runs: "count",
  peak: "max",
  storage: "last",
  users: "unique",
};

export async function plantMeters(system: Context): Promise<void> {
  await transact(system, "test.plant", (tx) =>
    tx.meter.createMany({
      data: Object.entries(testMeters).map(([key, aggregation]) => ({
        ...{ key, name: key, eventName: key, aggregation },
        unit: key === "storage" ? "GB" : null,
      })),
    }),
  );
}

const ages = { from: new Date(0), to: new Date(4e12) };

/** What every meter counts of a tenant, over all time unless said. */
export async function countAll(
  ctx: TenantContext,
  period: { from: Date; to: Date } = ages,
): Promise<Record<string, string>> {
  const keys = Object.keys(testMeters);
  const wanted = keys.map((meterKey) => ({ tenantId: ctx.tenantId, meterKey, ...period }));
  const quantities = await view(ctx, (tx) => usageOfAll(tx, wanted));
  return Object.fromEntries(keys.map((key, index) => [key, quantities[index]!]));
}
