import { checkCoupon } from "#lib/catalog/coupon";
import type { CreateCouponInput } from "#lib/catalog/input";
import type { Tx } from "#lib/db/client";
import { transact } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { newId } from "#lib/ids";
import { enqueue } from "#lib/jobs/enqueue";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

/** Decides on a coupon; the job makes it at Stripe. What it takes off never changes after. */
export async function createCoupon(
  ctx: PlatformContext,
  input: CreateCouponInput,
): Promise<{ couponId: string }> {
  requirePlatform(ctx, "coupons:update");
  checkCoupon(input, ctx.now());

  return transact(ctx, "catalog.create-coupon", async (tx) => {
    await requirePublished(tx, input.planKeys);
    const createdAt = ctx.now();
    const couponId = newId("coupon", createdAt);
    const { amountsOff, ...words } = input;
    await tx.coupon.create({
      data: {
        ...words,
        ...(amountsOff?.length && { amountsOff: amountsOff.map((amount) => ({ ...amount })) }),
        ...{ id: couponId, status: "making", createdById: ctx.userId, createdAt },
      },
    });
    await askToMake(tx, couponId);
    return { couponId };
  });
}

/** Queues the job that has Stripe as the coupon is here; several asked at once are one. */
export async function askToMake(tx: Tx, couponId: string): Promise<void> {
  await enqueue(tx, "catalog.make-coupon", { couponId }, { key: `coupon:${couponId}` });
}

/** Stripe restricts a coupon to products, and only what was published has any. */
async function requirePublished(tx: Tx, planKeys: readonly string[]): Promise<void> {
  const known = await tx.plan.findMany({
    where: {
      key: { in: [...planKeys] },
      versions: { some: { status: { in: ["published", "retired"] }, components: { some: {} } } },
    },
  });
  const missing = planKeys.find((key) => !known.some((plan) => plan.key === key));
  if (missing === undefined) return;
  const message = `Nothing of the plan ${missing} is sold yet. Publish it first, or leave it out.`;
  throw new Refusal("invalid", message, { field: "planKeys" });
}
