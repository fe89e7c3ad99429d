import { transact, view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { newId } from "#lib/ids";
import { enqueue } from "#lib/jobs/enqueue";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";
import { plainDecimal } from "#lib/usage/event";
import { knownMeters } from "#lib/usage/known-meters";
import { mostLimits, type SetLimitInput, type UsageLimit } from "#lib/usage/limit";
import { forgetStanding } from "#lib/usage/standing";
import { readTerms } from "#lib/usage/terms";

/**
 * Sets an alert or a cap of one meter. A cap takes the place of the one before it; the same alert
 * twice is one. A hard cap holds for the next event, and within two seconds in every process.
 */
export async function setUsageLimit(ctx: TenantContext, input: SetLimitInput): Promise<void> {
  requirePermission(ctx, "usage:limit");
  const { meterKey, act, measure, amount } = input;
  const { tenantId } = ctx;
  const meters = await knownMeters(ctx.db, [meterKey]);
  if (!meters.has(meterKey)) {
    throw new Refusal("invalid", `There is no meter ${meterKey}.`, { field: "meterKey" });
  }
  await transact(ctx, "usage.set-limit", async (tx) => {
    await tx.$queryRaw`select from tenants where id = ${tenantId} for update`;
    if (measure === "spend") {
      const { usage } = await readTerms(tx, tenantId, ctx.now());
      if (!usage.some((terms) => terms.meterKey === meterKey)) {
        const message = "Your plan has no price for it, so it costs nothing. Set units instead.";
        throw new Refusal("invalid", message, { field: "measure" });
      }
    }
    const same = { tenantId, meterKey, act };
    if (act !== "alert") await tx.usageLimit.deleteMany({ where: same });
    const held = await tx.usageLimit.count({ where: { tenantId, meterKey } });
    if (held >= mostLimits) {
      throw new Refusal("conflict", `A meter has at most ${mostLimits} limits. Remove one first.`);
    }
    const id = newId("usageLimit", ctx.now());
    const made = { createdById: ctx.userId, createdAt: ctx.now() };
    await tx.usageLimit.createMany({
      data: [{ id, ...same, measure, amount, ...made }],
      skipDuplicates: true,
    });
    await enqueue(tx, "usage.watch", { tenantId }, { key: `usage.watch:${tenantId}` });
  });
  forgetStanding(ctx);
}

/** Removes an alert or a cap. One that is gone already is gone. */
export async function removeUsageLimit(ctx: TenantContext, { id }: { id: string }): Promise<void> {
  requirePermission(ctx, "usage:limit");
  await transact(ctx, "usage.remove-limit", (tx) =>
    tx.usageLimit.deleteMany({ where: { id, tenantId: ctx.tenantId } }),
  );
  forgetStanding(ctx);
}

/** A tenant's alerts and caps, caps first and then by amount. */
export async function listUsageLimits(ctx: TenantContext): Promise<UsageLimit[]> {
  requirePermission(ctx, "usage:read");
  const rows = await view(ctx, (tx) =>
    tx.usageLimit.findMany({
      where: { tenantId: ctx.tenantId },
      orderBy: [{ meterKey: "asc" }, { act: "desc" }, { amount: "asc" }],
    }),
  );
  return rows.map(({ id, meterKey, act, measure, amount }) => ({
    ...{ id, meterKey, amount: plainDecimal(amount.toFixed()) },
    ...{ act: act as UsageLimit["act"], measure: measure as UsageLimit["measure"] },
  }));
}
