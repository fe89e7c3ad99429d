import { type CheckoutBasis, recountSession } from "#sandbox/billing/checkout-amounts";
import { validCoupon } from "#sandbox/billing/coupons";
import { giveDiscount } from "#sandbox/billing/discounts";
import { findPromotion, promotionTyped } from "#sandbox/billing/promotions";
import { invalidRequest } from "#sandbox/protocol/errors";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

type Session = ObjectOf<"checkout.session">;
type Given = NonNullable<Session["discounts"]>[number];

/** Puts the discount of a request on a new session, checked as it will be when it is paid. */
export function discountSession(
  world: World,
  session: Session,
  sent: readonly { coupon?: string; promotion_code?: string }[],
  basis: CheckoutBasis,
): Session {
  const [one, ...more] = sent;
  if (one === undefined) return recountSession(world, session, basis);
  if (more.length > 0) {
    throw invalidRequest("You may only use one discount.", undefined, "discounts");
  }
  if (session.allow_promotion_codes) {
    const message = "You may only specify one of these: allow_promotion_codes, discounts.";
    throw invalidRequest(message, undefined, "discounts");
  }
  const use = redemptionOf(session);
  const code = one.promotion_code;
  const promotion =
    code === undefined
      ? undefined
      : findPromotion(world, code, use, "discounts[0][promotion_code]");
  const coupon = promotion?.object.promotion.coupon ?? one.coupon ?? "";
  validCoupon(world, coupon, "discounts[0][coupon]", session.currency);
  const given: Given = { coupon, promotion_code: promotion?.object.id ?? null };
  return recountSession(world, { ...session, discounts: [given] }, basis);
}

/** Applies a code somebody typed on the page, or says why it does not apply. */
export function applyCode(
  world: World,
  row: Row<"checkout.session">,
  typed: string,
  basis: CheckoutBasis,
): string | undefined {
  if (!row.object.allow_promotion_codes) return "This checkout takes no codes.";
  const found = promotionTyped(world, typed, redemptionOf(row.object));
  if ("problem" in found) return found.problem;
  const { promotion, id } = found.row.object;
  const given: Given = { coupon: promotion.coupon, promotion_code: id };
  row.object = recountSession(world, { ...row.object, discounts: [given] }, basis);
  world.save(row);
  return undefined;
}

/** The discount of a session as a subscription takes it. */
export function sessionDiscounts({ discounts }: Session) {
  return (discounts ?? []).map(({ coupon, promotion_code }) =>
    promotion_code === null ? { coupon: coupon ?? "" } : { promotion_code },
  );
}

/** Counts the discount of a session that was paid once. */
export function redeemSession(world: World, session: Session): void {
  for (const sent of sessionDiscounts(session)) {
    const owner = { checkout_session: session.id, customer: session.customer };
    giveDiscount(world, sent, owner, { ...redemptionOf(session), param: "discounts" });
  }
}

function redemptionOf({ customer, currency, amount_subtotal }: Session) {
  return { customer, currency, amount: amount_subtotal ?? 0 };
}
