import { view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { type PolicyView, policyAt, toPolicy } from "#lib/selling/policy";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

const shown = 100;

/** The newest versions of the fee policy: drafts first, then by when they begin. */
export async function listPolicies(ctx: PlatformContext): Promise<PolicyView[]> {
  requirePlatform(ctx, "fees:read");
  return view(ctx, async (tx) => {
    const inForce = await policyAt(tx, ctx.now());
    const rows = await tx.feePolicy.findMany({
      orderBy: [{ effectiveAt: { sort: "desc", nulls: "first" } }, { createdAt: "desc" }],
      take: shown,
    });
    return rows.map((row) => toPolicy(row, inForce?.id ?? null));
  });
}

/** One version, whole. */
export async function getPolicy(
  ctx: PlatformContext,
  { policyId }: { policyId: string },
): Promise<PolicyView> {
  requirePlatform(ctx, "fees:read");
  return view(ctx, async (tx) => {
    const row = await tx.feePolicy.findUnique({ where: { id: policyId } });
    if (!row) throw new Refusal("not_found", "There is no such fee policy.");
    const inForce = await policyAt(tx, ctx.now());
    return toPolicy(row, inForce?.id ?? null);
  });
}
