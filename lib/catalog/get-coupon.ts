import { type CouponView, toCoupon } from "#lib/catalog/coupon";
import type { Tx } from "#lib/db/client";
import { view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

const withCodes = { codes: { orderBy: { createdAt: "asc" } } } as const;

/** A coupon with its codes, and how often each was redeemed. */
export async function getCoupon(
  ctx: PlatformContext,
  { couponId }: { couponId: string },
): Promise<CouponView> {
  requirePlatform(ctx, "coupons:read");
  return view(ctx, async (tx) => toCoupon(await findCoupon(tx, couponId)));
}

/** Every coupon, the newest first. */
export async function listCoupons(ctx: PlatformContext): Promise<CouponView[]> {
  requirePlatform(ctx, "coupons:read");

  return view(ctx, async (tx) => {
    const rows = await tx.coupon.findMany({
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      include: withCodes,
      take: 500,
    });
    return rows.map(toCoupon);
  });
}

/** The coupon with its codes, or a refusal. */
export async function findCoupon(tx: Tx, id: string) {
  const coupon = await tx.coupon.findUnique({ where: { id }, include: withCodes });
  if (!coupon) throw new Refusal("not_found", "There is no such coupon.");
  return coupon;
}
