import { findOrMake } from "#lib/catalog/find-or-make";
import type { CouponRow } from "#lib/catalog/make-coupon";
import type { Context } from "#lib/context";
import { transact } from "#lib/db/transaction";
import { messageOf } from "#lib/errors";
import { isStripesNo } from "#lib/stripe/ask";
import type { StripeGateway } from "#lib/stripe/gateway";
import type { KnownCode, KnownCoupon } from "#lib/stripe/gateway-coupons";

type CodeRow = CouponRow["codes"][number];

/** Has each code lead to the newest coupon, switched as it is here. One's error stops no other. */
export async function makeCodes(
  ctx: Context,
  { codes }: CouponRow,
  coupon: KnownCoupon,
  gateway: StripeGateway,
): Promise<void> {
  for (const code of codes) {
    try {
      const known = await ensureCode(code, coupon, gateway);
      const timesRedeemed = known.reduce((sum, one) => sum + one.timesRedeemed, 0);
      const stripeCodeIds = known.map(({ id }) => id);
      await keep(ctx, code, { stripeCodeIds, timesRedeemed, error: null });
    } catch (error) {
      if (!isStripesNo(error)) throw error;
      await keep(ctx, code, { error: messageOf(error) });
    }
  }
}

/** Stripe's codes for this one, the newest last. The old go off before the new is made. */
async function ensureCode(
  code: CodeRow,
  coupon: KnownCoupon,
  gateway: StripeGateway,
): Promise<KnownCode[]> {
  const known: KnownCode[] = [];
  for (const id of code.stripeCodeIds) {
    const found = await gateway.readCode(id);
    if (found) known.push(found);
  }
  const old = known.filter(({ couponId }) => couponId !== coupon.id);
  for (const { id, isActive } of old) {
    if (isActive) await gateway.switchCode({ id, isActive: false });
  }
  const current = known.find(({ couponId }) => couponId === coupon.id);
  if (current) return [...old, await asWanted(code, current, gateway)];

  const redeemed = old.reduce((sum, { timesRedeemed }) => sum + timesRedeemed, 0);
  const left = code.maxRedemptions === null ? null : code.maxRedemptions - redeemed;
  if (!code.isActive || (left !== null && left <= 0)) return old;
  const named = { code: code.code, couponId: coupon.id };
  const { expiresAt, isFirstTimeOnly } = code;
  const made = await findOrMake(
    () => gateway.findCode(named),
    () => gateway.createCode({ ...named, maxRedemptions: left, expiresAt, isFirstTimeOnly }),
  );
  return [...old, made];
}

/** A code that is used up or over is not active at Stripe, and cannot be made so. */
async function asWanted(code: CodeRow, known: KnownCode, gateway: StripeGateway) {
  const isSpent = code.maxRedemptions !== null && known.timesRedeemed >= code.maxRedemptions;
  if (known.isActive !== code.isActive && !(code.isActive && isSpent)) {
    await gateway.switchCode({ id: known.id, isActive: code.isActive });
  }
  return known;
}

type Kept = { stripeCodeIds?: string[]; timesRedeemed?: number; error: string | null };

async function keep(ctx: Context, { id }: CodeRow, data: Kept): Promise<void> {
  await transact(ctx, "catalog.make-coupon", (tx) =>
    tx.promotionCode.update({ where: { id }, data }),
  );
}
