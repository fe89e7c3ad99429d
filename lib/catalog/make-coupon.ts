import { productOf } from "#lib/catalog/at-stripe";
import { askToMake } from "#lib/catalog/create-coupon";
import { findOrMake } from "#lib/catalog/find-or-make";
import { findCoupon } from "#lib/catalog/get-coupon";
import { makeCodes } from "#lib/catalog/make-codes";
import { wholeVersion } from "#lib/catalog/read-version";
import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import { transact, view } from "#lib/db/transaction";
import { messageOf } from "#lib/errors";
import { isStripesNo } from "#lib/stripe/ask";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import type { KnownCoupon, NewCoupon } from "#lib/stripe/gateway-coupons";

export type CouponRow = Awaited<ReturnType<typeof findCoupon>>;

/**
 * Has Stripe as a coupon and its codes are here, and counts what was redeemed. Each object is
 * looked for by a name of ours first, so it can be cut off anywhere and run as often as one likes.
 */
export async function makeCoupon(
  ctx: Context,
  { couponId }: { couponId: string },
  gateway: StripeGateway = stripeGateway(),
): Promise<void> {
  const coupon = await view(ctx, (tx) => findCoupon(tx, couponId));
  const isOver = coupon.status === "archived" && coupon.stripeCouponIds.length === 0;
  if (coupon.status === "failed" || isOver) return;
  try {
    const known = await ensureCoupon(ctx, coupon, gateway);
    await makeCodes(ctx, coupon, known.at(-1)!, gateway);
    await finish(ctx, coupon, known);
  } catch (error) {
    if (isStripesNo(error)) await fail(ctx, couponId, messageOf(error));
    throw error;
  }
}

/** Looks to every coupon in use: redemptions are counted by Stripe alone. */
export async function seeToCoupons(ctx: Context): Promise<void> {
  await transact(ctx, "catalog.see-to-coupons", async (tx) => {
    const where = { status: { in: ["making" as const, "active" as const] } };
    for (const { id } of await tx.coupon.findMany({ where })) await askToMake(tx, id);
  });
}

/** A version that is new on offer widens the coupons that are restricted to its plan. */
export async function widenCoupons(tx: Tx, planKey: string): Promise<void> {
  const where = { planKeys: { has: planKey }, status: "active" as const };
  for (const { id } of await tx.coupon.findMany({ where })) await askToMake(tx, id);
}

/**
 * Stripe's coupons for this one, the newest last. Which products one is for is fixed there, so that
 * after a plan's next version another takes its place, for as many redemptions as are left.
 */
async function ensureCoupon(
  ctx: Context,
  coupon: CouponRow,
  gateway: StripeGateway,
): Promise<KnownCoupon[]> {
  const productIds = await productsOf(ctx, coupon.planKeys);
  const known: KnownCoupon[] = [];
  for (const [place, id] of idsOf(coupon).entries()) {
    const redeemed = known.reduce((sum, { timesRedeemed }) => sum + timesRedeemed, 0);
    const left = coupon.maxRedemptions === null ? null : coupon.maxRedemptions - redeemed;
    if (place > 0 && ((left !== null && left <= 0) || covers(known.at(-1)!, productIds))) break;
    const wanted = wantedOf(coupon, { id, productIds, left });
    const made = await findOrMake(
      () => gateway.findCoupon(id),
      () => gateway.createCoupon(wanted),
    );
    if (made.name !== coupon.name) await gateway.renameCoupon(wanted);
    known.push(made);
  }
  return known;
}

/** The ids a coupon has had at Stripe, and the one it would have next. */
function idsOf({ id, stripeCouponIds }: CouponRow): string[] {
  const next = stripeCouponIds.length === 0 ? id : `${id}_${stripeCouponIds.length + 1}`;
  const names = [...stripeCouponIds, next];
  return stripeCouponIds.length === 0 ? [...names, `${id}_2`] : names;
}

function covers({ productIds }: KnownCoupon, wanted: readonly string[]): boolean {
  return productIds.length === wanted.length && wanted.every((id) => productIds.includes(id));
}

function wantedOf(
  coupon: CouponRow,
  { id, productIds, left }: { id: string; productIds: string[]; left: number | null },
): NewCoupon {
  const { name, percentOff, amountsOff, duration, months, redeemBy } = coupon;
  return {
    ...{ id, name, duration, months, redeemBy, productIds, maxRedemptions: left },
    percentOff: percentOff?.toFixed() ?? null,
    amountsOff: amountsOff as NewCoupon["amountsOff"],
  };
}

/** The products of everything that was ever published of the plans. */
async function productsOf(ctx: Context, planKeys: readonly string[]): Promise<string[]> {
  if (planKeys.length === 0) return [];
  const versions = await view(ctx, (tx) =>
    tx.planVersion.findMany({
      where: { plan: { key: { in: [...planKeys] } }, status: { in: ["published", "retired"] } },
      include: wholeVersion,
      orderBy: [{ planId: "asc" }, { number: "asc" }],
    }),
  );
  return versions.flatMap((version) =>
    version.components.map((component) => productOf(version, component).id),
  );
}

async function finish(ctx: Context, { id }: CouponRow, known: readonly KnownCoupon[]) {
  const timesRedeemed = known.reduce((sum, one) => sum + one.timesRedeemed, 0);
  await transact(ctx, "catalog.make-coupon", async (tx) => {
    const stripeCouponIds = known.map((one) => one.id);
    const data = { stripeCouponIds, timesRedeemed, countedAt: ctx.now(), error: null };
    await tx.coupon.update({ where: { id }, data });
    await tx.coupon.updateMany({ where: { id, status: "making" }, data: { status: "active" } });
  });
}

async function fail(ctx: Context, id: string, error: string): Promise<void> {
  await transact(ctx, "catalog.make-coupon", (tx) =>
    tx.coupon.updateMany({
      where: { id, status: { in: ["making", "active"] } },
      data: { status: "failed", error },
    }),
  );
}
