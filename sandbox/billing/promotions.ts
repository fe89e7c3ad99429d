import { isPromotionActive } from "#sandbox/billing/coupons";
import { invalidRequest, type StripeError } from "#sandbox/protocol/errors";
import { get } from "#sandbox/protocol/route";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

type Promotion = ObjectOf<"promotion_code">;

/** Who redeems, and what for. */
export interface PromotionUse {
  customer: string | null;
  currency: string | null;
  /** What the purchase comes to before the discount, where it is known. */
  amount?: number;
}

/** A promotion code by its id, if this customer may redeem it now. */
export function findPromotion(
  world: World,
  id: string,
  use: PromotionUse,
  param: string,
): Row<"promotion_code"> {
  const row = get(world, "promotion_code", id, param);
  const problem = problemWith(world, row.object, use);
  if (problem !== undefined) throw refused(problem, param);
  return row;
}

/** A promotion code by what a person types, whatever its case. */
export function promotionTyped(
  world: World,
  code: string,
  use: PromotionUse,
): { row: Row<"promotion_code"> } | { problem: string } {
  const found = world
    .list("promotion_code", { key: code.trim().toUpperCase(), status: "active" })
    .find(({ object }) => object.customer === null || object.customer === use.customer);
  if (found === undefined) return { problem: "This code is invalid." };
  const problem = problemWith(world, found.object, use);
  return problem === undefined ? { row: found } : { problem };
}

/** Counts a redemption. */
export function redeemPromotion(world: World, row: Row<"promotion_code">): void {
  row.object = { ...row.object, times_redeemed: row.object.times_redeemed + 1 };
  world.save(row);
}

function problemWith(world: World, promotion: Promotion, use: PromotionUse): string | undefined {
  const { restrictions } = promotion;
  if (!isPromotionActive(world, promotion)) return "This promotion code is expired.";
  if (promotion.customer !== null && promotion.customer !== use.customer) {
    return "This promotion code cannot be redeemed because the associated customer differs.";
  }
  if (restrictions.first_time_transaction && hasPaid(world, use.customer)) {
    return (
      "This promotion code cannot be redeemed because the associated customer has prior " +
      "transactions."
    );
  }
  const least = smallestPurchase(promotion, use.currency);
  if (least !== null && use.amount !== undefined && use.amount < least) {
    return `This promotion code needs a purchase of at least ${least} in the smallest unit.`;
  }
  return undefined;
}

function smallestPurchase({ restrictions }: Promotion, currency: string | null): number | null {
  const { minimum_amount: least, minimum_amount_currency: own, currency_options } = restrictions;
  if (currency === null || currency === own) return least;
  return currency_options?.[currency]?.minimum_amount ?? null;
}

function hasPaid(world: World, customer: string | null): boolean {
  if (customer === null) return false;
  if (world.list("charge", { customer, status: "succeeded", limit: 1 }).length > 0) return true;
  return world
    .list("invoice", { customer, status: "paid" })
    .some(({ object }) => object.amount_paid > 0);
}

function refused(message: string, param: string): StripeError {
  return invalidRequest(message, "promotion_code_invalid", param);
}
