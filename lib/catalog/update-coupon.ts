import { askToMake } from "#lib/catalog/create-coupon";
import { findCoupon } from "#lib/catalog/get-coupon";
import { transact } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

type Input = { couponId: string };

/** Changes what invoices call it. Nothing else of a coupon can be changed. */
export async function updateCoupon(
  ctx: PlatformContext,
  { couponId, name }: Input & { name: string },
): Promise<void> {
  requirePlatform(ctx, "coupons:update");

  await transact(ctx, "catalog.update-coupon", async (tx) => {
    await findCoupon(tx, couponId);
    await tx.coupon.update({ where: { id: couponId }, data: { name } });
    await askToMake(tx, couponId);
  });
}

/** Lets nobody use it any more. Who has the discount keeps it. */
export async function archiveCoupon(ctx: PlatformContext, { couponId }: Input): Promise<void> {
  requirePlatform(ctx, "coupons:update");

  await transact(ctx, "catalog.archive-coupon", async (tx) => {
    await findCoupon(tx, couponId);
    await tx.coupon.update({ where: { id: couponId }, data: { status: "archived" } });
    await tx.promotionCode.updateMany({
      where: { couponId, isActive: true },
      data: { isActive: false },
    });
    await askToMake(tx, couponId);
  });
}

/** Tries again what Stripe refused, and counts redemptions anew. */
export async function retryCoupon(ctx: PlatformContext, { couponId }: Input): Promise<void> {
  requirePlatform(ctx, "coupons:update");

  await transact(ctx, "catalog.retry-coupon", async (tx) => {
    const { status } = await findCoupon(tx, couponId);
    if (status === "archived") {
      throw new Refusal("conflict", "This coupon is archived. Make a new one.");
    }
    if (status === "failed") {
      await tx.coupon.update({
        where: { id: couponId },
        data: { status: "making", error: null },
      });
    }
    await askToMake(tx, couponId);
  });
}
