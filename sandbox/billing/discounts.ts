import { redeemCoupon, validCoupon } from "#sandbox/billing/coupons";
import { findPromotion, type PromotionUse, redeemPromotion } from "#sandbox/billing/promotions";
import { periodEnd } from "#sandbox/money/calendar";
import { invalidRequest, StripeError } from "#sandbox/protocol/errors";
import { oneOf, shape, text, unbuilt } from "#sandbox/protocol/params";
import { get } from "#sandbox/protocol/route";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

type Discount = ObjectOf<"discount">;

/** One entry of a `discounts` parameter, wherever Stripe takes one. */
export const discountParam = shape({
  coupon: text,
  discount: text,
  promotion_code: text,
  settings: unbuilt,
  type: oneOf(["coupon", "discount", "promotion_code"]),
});
export type DiscountSent = ReturnType<typeof discountParam.read>;

/** What a discount is given to. */
export type DiscountOwner = Partial<
  Pick<
    Discount,
    | "checkout_session"
    | "customer"
    | "customer_account"
    | "invoice"
    | "invoice_item"
    | "subscription"
    | "subscription_item"
  >
>;

/** Gives the discounts a request asks for, each from a coupon, a code or a discount there is. */
export function giveDiscounts(
  world: World,
  sent: readonly DiscountSent[],
  owner: DiscountOwner,
  use: PromotionUse,
): string[] {
  return sent.map((one, place) => {
    const named = [one.coupon, one.discount, one.promotion_code].filter(Boolean);
    if (named.length !== 1) {
      const message = "Each discount takes exactly one of: coupon, discount, promotion_code.";
      throw invalidRequest(message, undefined, `discounts[${place}]`);
    }
    if (one.discount !== undefined) {
      return get(world, "discount", one.discount, `discounts[${place}][discount]`).object.id;
    }
    return giveDiscount(world, one, owner, { ...use, param: `discounts[${place}]` }).object.id;
  });
}

/** Whether a discount that was planned may be given now. */
export function canBeGiven(world: World, sent: DiscountSent, use: PromotionUse): boolean {
  try {
    const { promotion_code: code, coupon } = sent;
    if (code !== undefined) findPromotion(world, code, use, "discounts");
    if (coupon !== undefined) validCoupon(world, coupon, "discounts", use.currency);
    return true;
  } catch (error) {
    if (error instanceof StripeError) return false;
    throw error;
  }
}

/** Gives one discount, and counts it against its coupon and its code. It may take the place of
 *  another. */
export function giveDiscount(
  world: World,
  sent: { coupon?: string; promotion_code?: string },
  owner: DiscountOwner,
  use: PromotionUse & { param: string },
  replaced?: Discount,
): Row<"discount"> {
  const code =
    sent.promotion_code === undefined
      ? undefined
      : findPromotion(world, sent.promotion_code, use, `${use.param}[promotion_code]`);
  const coupon = validCoupon(
    world,
    code?.object.promotion.coupon ?? sent.coupon ?? "",
    `${use.param}[coupon]`,
    use.currency,
  );
  const { duration, duration_in_months: months } = coupon.object;
  const row = world.insert(
    "discount",
    {
      id: world.newId("di"),
      object: "discount",
      checkout_session: null,
      customer: null,
      customer_account: null,
      end:
        duration === "repeating"
          ? periodEnd(world.now(), { interval: "month", interval_count: 1 }, months ?? 1)
          : null,
      invoice: null,
      invoice_item: null,
      promotion_code: code?.object.id ?? null,
      source: { coupon: coupon.object.id, type: "coupon" },
      start: world.now(),
      subscription: null,
      subscription_item: null,
      ...owner,
    },
    {},
    world.now(),
  );
  redeemCoupon(world, coupon);
  if (code !== undefined) redeemPromotion(world, code);
  const isLasting = row.object.subscription !== null || isOnCustomer(row.object);
  if (!isLasting) return row;
  if (replaced === undefined) world.emit("customer.discount.created", row.object);
  else announceSwitch(world, replaced, row.object);
  return row;
}

// A customer is switched from one coupon to another: the old discount goes without a word.
function announceSwitch(world: World, before: Discount, after: Discount): void {
  const old = world.find("discount", before.id);
  if (old !== undefined) world.remove(old);
  const { id, source, start, end, promotion_code } = before;
  const previous = { id, source, start, end, promotion_code };
  world.emit("customer.discount.updated", after, previous);
}

/** Takes a discount away. What was billed with it stays as it was. */
export function endDiscount(world: World, id: string): void {
  const row = world.find("discount", id);
  if (row === undefined || row.isDeleted) return;
  world.remove(row);
  const { subscription } = row.object;
  if (subscription !== null || isOnCustomer(row.object)) {
    world.emit("customer.discount.deleted", row.object);
  }
}

/** The discounts of an id list that still run at an instant. */
export function runningDiscounts(world: World, ids: readonly string[], at: number) {
  return ids.flatMap((id) => {
    const row = world.find("discount", id);
    if (row === undefined || row.isDeleted) return [];
    return row.object.end !== null && row.object.end <= at ? [] : [row.object];
  });
}

/** The discounts a new invoice begins with: its subscription's, or else its customer's. */
export function discountsFor(
  world: World,
  customer: ObjectOf<"customer">,
  subscription: ObjectOf<"subscription"> | undefined,
): string[] {
  const own = runningDiscounts(world, subscription?.discounts ?? [], world.now());
  if (own.length > 0) return own.map(({ id }) => id);
  const { discount } = customer;
  if (discount === null || discount === undefined) return [];
  return runningDiscounts(world, [discount.id], world.now()).map(({ id }) => id);
}

function isOnCustomer(discount: Discount): boolean {
  const { customer, invoice, invoice_item, checkout_session } = discount;
  return customer !== null && !invoice && !invoice_item && !checkout_session;
}
