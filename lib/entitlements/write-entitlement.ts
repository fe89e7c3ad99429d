import { createHash } from "node:crypto";
import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import { stateOf } from "#lib/entitlements/entitlement";
import { workOut } from "#lib/entitlements/work-out";
import type { Fact } from "#lib/events/converger";

/**
 * Brings a tenant's row up to now. Answers with the fact that something changed which its systems
 * would want to know, or null.
 */
export async function writeEntitlement(
  tx: Tx,
  ctx: Context,
  tenantId: string,
): Promise<Fact | null> {
  // Held first and counted after: whoever takes a seat meanwhile waits to count itself.
  await tx.$queryRaw`select 1 from entitlements where tenant_id = ${tenantId} for update`;
  const row = await tx.entitlement.findUnique({ where: { tenantId } });
  if (!row) return null;
  const worked = await workOut(tx, tenantId, row);
  const pool = await tx.seatPool.findUnique({ where: { tenantId }, select: { seats: true } });
  const seats = pool?.seats ?? null;
  const assigned = await tx.seatAssignment.count({ where: { tenantId } });

  const state = stateOf(worked, ctx.now());
  const { versionId, planKey, status, features, restricted, endsAt } = worked;
  const told = shortOf([state, versionId, status, features, restricted, seats, endsAt]);
  const isNews = told !== row.told;
  const revision = row.revision + (isNews ? 1 : 0);
  const changed = isNews ? { told, revision, changedAt: ctx.now() } : {};
  await tx.entitlement.update({
    where: { tenantId },
    data: { ...worked, seats, assigned, ...changed },
  });
  // Nobody needs to be told that they begin with what is free.
  if (!isNews || (row.revision === 0 && state === "free")) return null;
  const data = { planKey, state, status, seats: seats === null ? null : String(seats) };
  const reference = `entitlements:${tenantId}:${revision}`;
  return { kind: "entitlements.changed", reference, tenantId, data };
}

function shortOf(parts: unknown): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("base64url").slice(0, 22);
}
