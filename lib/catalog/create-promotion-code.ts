import { askToMake } from "#lib/catalog/create-coupon";
import { findCoupon } from "#lib/catalog/get-coupon";
import type { CreateCodeInput } from "#lib/catalog/input";
import { isUniqueViolation, transact } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { newId } from "#lib/ids";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

/** Another code people can type for a coupon. The job makes it at Stripe. */
export async function createPromotionCode(
  ctx: PlatformContext,
  { couponId, ...input }: CreateCodeInput & { couponId: string },
): Promise<{ promotionCodeId: string }> {
  requirePlatform(ctx, "coupons:update");

  return onceTaken(input.code, () =>
    transact(ctx, "catalog.create-promotion-code", async (tx) => {
      const { status, redeemBy } = await findCoupon(tx, couponId);
      if (status === "archived") {
        throw new Refusal("conflict", "This coupon is archived. Make a new one.");
      }
      checkExpiry(input.expiresAt, redeemBy, ctx.now());
      const createdAt = ctx.now();
      const promotionCodeId = newId("promotionCode", createdAt);
      await tx.promotionCode.create({
        data: { ...input, id: promotionCodeId, couponId, createdAt },
      });
      await askToMake(tx, couponId);
      return { promotionCodeId };
    }),
  );
}

/** Switches a code off, or on again unless another coupon has it by now. */
export async function switchPromotionCode(
  ctx: PlatformContext,
  { promotionCodeId: id, isActive }: { promotionCodeId: string; isActive: boolean },
): Promise<void> {
  requirePlatform(ctx, "coupons:update");

  await onceTaken("of this name", () =>
    transact(ctx, "catalog.switch-promotion-code", async (tx) => {
      const found = await tx.promotionCode.findUnique({ where: { id }, include: { coupon: true } });
      if (!found) throw new Refusal("not_found", "There is no such promotion code.");
      if (isActive && found.coupon.status === "archived") {
        throw new Refusal("conflict", "The coupon of this code is archived. Make a new one.");
      }
      await tx.promotionCode.update({ where: { id }, data: { isActive, error: null } });
      await askToMake(tx, found.couponId);
    }),
  );
}

async function onceTaken<T>(code: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    const message = `The code ${code} is active already. Choose another, or switch that one off.`;
    throw new Refusal("conflict", message, { field: "code" });
  }
}

function checkExpiry(expiresAt: Date | null, redeemBy: Date | null, now: Date): void {
  const field = "expiresAt";
  if (expiresAt && expiresAt <= now) {
    throw new Refusal("invalid", "The code is over before it begins: choose a later day.", {
      field,
    });
  }
  if (expiresAt && redeemBy && expiresAt > redeemBy) {
    const day = redeemBy.toISOString().slice(0, 10);
    throw new Refusal("invalid", `The coupon ends on ${day}: choose that day or before.`, {
      field,
    });
  }
}
