import { validCoupon } from "#sandbox/billing/coupons";
import { giveDiscount } from "#sandbox/billing/discounts";
import { takenOff } from "#sandbox/billing/price-invoice";
import { findPromotion, promotionTyped } from "#sandbox/billing/promotions";
import { spread } from "#sandbox/money/spread";
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
): Session {
  const [one, ...more] = sent;
  if (one === undefined) return session;
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
  return priced(world, session, { coupon, promotion_code: promotion?.object.id ?? null });
}

/** Applies a code somebody typed on the page, or says why it does not apply. */
export function applyCode(
  world: World,
  row: Row<"checkout.session">,
  typed: string,
): string | undefined {
  if (!row.object.allow_promotion_codes) return "This checkout takes no codes.";
  const found = promotionTyped(world, typed, redemptionOf(row.object));
  if ("problem" in found) return found.problem;
  const { promotion, id } = found.row.object;
  row.object = priced(world, row.object, { coupon: promotion.coupon, promotion_code: id });
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

// Each line's share is floored, and the last takes the rest, as on an invoice.
function priced(world: World, session: Session, given: Given): Session {
  const coupon = world.find("coupon", given.coupon ?? "")?.object;
  const list = session.line_items;
  if (coupon === undefined || list === undefined) return session;
  const products = coupon.applies_to?.products;
  const weights = list.data.map((line) => {
    const product = String(line.price?.product ?? "");
    return products === undefined || products.includes(product) ? BigInt(line.amount_subtotal) : 0n;
  });
  const base = weights.reduce((sum, weight) => sum + weight, 0n);
  const wanted = takenOff(coupon, session.currency ?? "usd", base);
  const shares = spread(atMost(base, wanted), weights).map(Number);
  const off = shares.reduce((sum, share) => sum + share, 0);
  const isFree = session.amount_total === 0 && session.amount_subtotal === 0;
  return {
    ...session,
    amount_total: isFree ? 0 : (session.amount_subtotal ?? 0) - off,
    discounts: [given],
    line_items: {
      ...list,
      data: list.data.map((line, place) => ({
        ...line,
        amount_discount: shares[place] ?? 0,
        amount_total: line.amount_subtotal - (shares[place] ?? 0),
      })),
    },
    total_details: {
      amount_discount: isFree ? 0 : off,
      amount_shipping: 0,
      amount_tax: 0,
    },
  };
}

function atMost(limit: bigint, wanted: bigint): bigint {
  if (wanted > limit) return limit;
  return wanted;
}
