import { transact } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { newId } from "#lib/ids";
import type { ChangePolicyInput, PolicyInput } from "#lib/selling/input";
import { lockPolicy } from "#lib/selling/policy";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

/** Begins a draft. Nothing is taken by it before it is published. */
export async function draftPolicy(
  ctx: PlatformContext,
  input: PolicyInput,
): Promise<{ policyId: string }> {
  requirePlatform(ctx, "fees:update");
  const createdAt = ctx.now();
  const id = newId("feePolicy", createdAt);
  return transact(ctx, "selling.draft-policy", async (tx) => {
    const made = { id, status: "draft" as const, createdById: ctx.userId, createdAt };
    await tx.feePolicy.create({ data: { ...input, ...made } });
    return { policyId: id };
  });
}

/** Changes a draft, unless somebody else has since it was read. */
export async function changePolicy(
  ctx: PlatformContext,
  { policyId, revision, ...words }: ChangePolicyInput & { policyId: string },
): Promise<{ revision: number }> {
  requirePlatform(ctx, "fees:update");
  return transact(ctx, "selling.change-policy", async (tx) => {
    const before = await lockPolicy(tx, policyId);
    if (before.status !== "draft") {
      const message = "A published policy never changes. Draft the next version instead.";
      throw new Refusal("conflict", message);
    }
    if (before.revision !== revision) {
      const message = "Somebody else has changed this draft. Open it anew; yours was not saved.";
      throw new Refusal("conflict", message, { field: "revision" });
    }
    const data = { ...words, revision: revision + 1 };
    await tx.feePolicy.update({ where: { id: policyId }, data });
    return { revision: revision + 1 };
  });
}

/** Throws a draft away. */
export async function discardPolicy(
  ctx: PlatformContext,
  { policyId }: { policyId: string },
): Promise<void> {
  requirePlatform(ctx, "fees:update");
  await transact(ctx, "selling.discard-policy", async (tx) => {
    const { status } = await lockPolicy(tx, policyId);
    if (status !== "draft") {
      throw new Refusal("conflict", "Payments may rest on it, so it can only be retired.");
    }
    await tx.feePolicy.delete({ where: { id: policyId } });
  });
}
