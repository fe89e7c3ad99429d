import { productOf } from "#lib/catalog/at-stripe";
import { findOrMake } from "#lib/catalog/find-or-make";
import type { VersionRow } from "#lib/catalog/read-version";
import type { Context } from "#lib/context";
import type { Coupon } from "#lib/db/generated/client";
import { view } from "#lib/db/transaction";
import type { StripeGateway } from "#lib/stripe/gateway";
import type { GivenDiscount, NewCoupon } from "#lib/stripe/gateway-coupons";
import type { DiscountToGive } from "#lib/stripe/gateway-subscriptions";

type Versions = { fromVersion: VersionRow; toVersion: VersionRow };
type Judged = { given: GivenDiscount; coupon: Coupon | null };

/**
 * A discount that is restricted to the products of the old version would come to nothing on the
 * new one. One of ours for the plan is made again for both versions, for as long as it had left;
 * anything else is lost, and the dry run says so.
 */
export async function lostDiscounts(
  ctx: Context,
  gateway: StripeGateway,
  versions: Versions,
  subscriptionId: string,
): Promise<string[]> {
  const judged = await judge(ctx, gateway, versions, subscriptionId);
  return judged.flatMap(({ given, coupon }) =>
    covers(given, versions.toVersion) || coupon ? [] : (given.name ?? given.couponId),
  );
}

/** What the subscriber's discounts are to be from `at` on. Null where they stay as they are. */
export async function followDiscounts(
  ctx: Context,
  gateway: StripeGateway,
  versions: Versions,
  { subscriptionId, at }: { subscriptionId: string; at: Date },
): Promise<DiscountToGive[] | null> {
  const judged = await judge(ctx, gateway, versions, subscriptionId);
  const follows = ({ given, coupon }: Judged) => coupon && !covers(given, versions.toVersion);
  if (!judged.some(follows)) return null;
  const discounts: DiscountToGive[] = [];
  for (const { given, coupon } of judged) {
    // One that is lost stays for what it is for: use of before may still come.
    if (!coupon || covers(given, versions.toVersion)) {
      discounts.push({ discount: given.discountId });
      continue;
    }
    const wanted = madeAgain(coupon, given, versions, at);
    const { id } = await findOrMake(
      () => gateway.findCoupon(wanted.id),
      () => gateway.createCoupon(wanted),
    );
    discounts.push({ coupon: id });
  }
  return discounts;
}

async function judge(
  ctx: Context,
  gateway: StripeGateway,
  { toVersion }: Versions,
  subscriptionId: string,
): Promise<Judged[]> {
  const discounts = await gateway.readDiscounts(subscriptionId);
  const judged: Judged[] = [];
  for (const given of discounts) {
    // A coupon that was made again is named after ours, too.
    const ours = /^[a-z]+_[0-9A-Za-z]+/.exec(given.couponId)?.[0] ?? given.couponId;
    const coupon = await view(ctx, (tx) =>
      tx.coupon.findFirst({
        where: {
          planKeys: { has: toVersion.plan.key },
          OR: [{ stripeCouponIds: { has: given.couponId } }, { id: ours }],
        },
      }),
    );
    judged.push({ given, coupon });
  }
  return judged;
}

function covers({ productIds }: GivenDiscount, version: VersionRow): boolean {
  if (productIds.length === 0) return true;
  return productsOf(version).some((id) => productIds.includes(id));
}

function madeAgain(
  { id, name, percentOff, amountsOff, duration }: Coupon,
  { endsAt }: GivenDiscount,
  { fromVersion, toVersion }: Versions,
  at: Date,
): NewCoupon {
  const months = duration === "repeating" && endsAt ? monthsUntil(at, endsAt) : null;
  return {
    ...{
      id: `${id}_${toVersion.id}${months === null ? "" : `_${months}`}`,
      name,
      duration,
      months,
    },
    percentOff: percentOff?.toFixed() ?? null,
    amountsOff: amountsOff as NewCoupon["amountsOff"],
    ...{ maxRedemptions: null, redeemBy: null },
    // The old version's too, so that it holds on the way back.
    productIds: [...productsOf(fromVersion), ...productsOf(toVersion)],
  };
}

/** The least whole months from an instant that reach another; at least one. */
function monthsUntil(from: Date, to: Date): number {
  const at = new Date(from);
  let months = 0;
  while (at < to && months < 60) {
    months += 1;
    at.setTime(from.getTime());
    at.setUTCMonth(at.getUTCMonth() + months);
  }
  return Math.max(months, 1);
}

function productsOf(version: VersionRow): string[] {
  return version.components.map((component) => productOf(version, component).id);
}
