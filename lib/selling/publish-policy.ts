import { isUniqueViolation, transact } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { advance } from "#lib/lifecycle";
import {
  type FeePolicyEvent,
  type FeePolicyStatus,
  type FeeRules,
  feePolicyLifecycle,
  problemsOf,
} from "#lib/selling/fee-policy";
import { lockPolicy } from "#lib/selling/policy";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

/**
 * Gives a draft its number and the instant from which payments are asked about it, which is never
 * in the past: what was taken stays as it was.
 */
export async function publishPolicy(
  ctx: PlatformContext,
  { policyId, effectiveAt: asked }: { policyId: string; effectiveAt?: Date | undefined },
): Promise<{ number: number }> {
  requirePlatform(ctx, "fees:update");
  const now = ctx.now();
  const effectiveAt = asked ?? now;
  if (effectiveAt < now) {
    const message = "A policy cannot begin in the past: what was taken stays as it was.";
    throw new Refusal("invalid", message, { field: "effectiveAt" });
  }
  try {
    return await transact(ctx, "selling.publish-policy", async (tx) => {
      const { status: from, rules } = await lockPolicy(tx, policyId);
      const status = advancePolicy(from, "publish");
      const problem = problemsOf(rules as FeeRules)[0];
      if (problem) throw new Refusal("unprocessable", problem, { field: "rules" });
      // Two that publish at once take their numbers in turn.
      await tx.$queryRaw`select pg_advisory_xact_lock(hashtext('fee_policies'))::text`;
      const last = await tx.feePolicy.aggregate({ _max: { number: true } });
      const number = (last._max.number ?? 0) + 1;
      const by = { publishedAt: now, publishedById: ctx.userId };
      await tx.feePolicy.update({
        where: { id: policyId },
        data: { status, number, effectiveAt, ...by },
      });
      return { number };
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    const message = "Another policy begins at this very instant. Choose another.";
    throw new Refusal("conflict", message, { field: "effectiveAt" });
  }
}

/** Takes a policy out of force, or off the calendar: the one before it holds again. */
export async function retirePolicy(
  ctx: PlatformContext,
  { policyId }: { policyId: string },
): Promise<void> {
  requirePlatform(ctx, "fees:update");
  await transact(ctx, "selling.retire-policy", async (tx) => {
    const { status: from } = await lockPolicy(tx, policyId);
    const status = advancePolicy(from, "retire");
    await tx.feePolicy.update({
      where: { id: policyId },
      data: { status, retiredAt: ctx.now() },
    });
  });
}

function advancePolicy(from: FeePolicyStatus, event: FeePolicyEvent): FeePolicyStatus {
  return advance(feePolicyLifecycle, "fee policy", from, event);
}
