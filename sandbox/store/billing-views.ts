import { isPromotionActive, isRedeemable } from "#sandbox/billing/coupons";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { View } from "#sandbox/store/views";

/** What the API shows of the billing kinds. */
export const billingViews: Record<string, View> = {
  "billing.alert": {},
  "billing.alert.usage_threshold": { expands: { meter: "billing.meter" } },
  "billing.credit_balance_summary": { expands: { customer: "customer" } },
  "billing.credit_balance_transaction": { expands: { credit_grant: "billing.credit_grant" } },
  "billing.credit_grant": { expands: { customer: "customer" } },
  "billing_portal.session": { expands: { configuration: "billing_portal.configuration" } },
  coupon: {
    includes: {
      applies_to: (world, id) => world.find("coupon", id)?.object.applies_to,
      currency_options: (world, id) => world.find("coupon", id)?.object.currency_options ?? {},
    },
    composes: (world, object) => {
      const coupon = object as unknown as ObjectOf<"coupon">;
      return { ...object, valid: isRedeemable(world, coupon) };
    },
  },
  credit_note: {
    expands: {
      customer: "customer",
      customer_balance_transaction: "customer_balance_transaction",
      invoice: "invoice",
    },
  },
  "credit_note.refunds": { expands: { refund: "refund" } },
  customer_balance_transaction: {
    expands: { credit_note: "credit_note", customer: "customer", invoice: "invoice" },
  },
  discount: { expands: { customer: "customer", promotion_code: "promotion_code" } },
  "discount.source": { expands: { coupon: "coupon" } },
  "entitlements.active_entitlement": { expands: { feature: "entitlements.feature" } },
  mandate: { expands: { payment_method: "payment_method" } },
  line_item: { expands: { discounts: "discount" } },
  "line_item.discount_amounts": { expands: { discount: "discount" } },
  "invoice.total_discount_amounts": { expands: { discount: "discount" } },
  payment_link: {
    includes: { line_items: (world, id) => world.find("payment_link", id)?.object.line_items },
  },
  promotion_code: {
    expands: { customer: "customer" },
    composes: (world, object) => {
      const promotion = object as unknown as ObjectOf<"promotion_code">;
      return { ...object, active: isPromotionActive(world, promotion) };
    },
  },
  "promotion_code.promotion": { expands: { coupon: "coupon" } },
  setup_attempt: {
    expands: {
      customer: "customer",
      payment_method: "payment_method",
      setup_intent: "setup_intent",
    },
  },
  setup_intent: {
    expands: {
      customer: "customer",
      latest_attempt: "setup_attempt",
      mandate: "mandate",
      payment_method: "payment_method",
    },
  },
  "subscription.cancellation_details": {
    expands: { feedback_option: "billing.feedback_option" },
  },
  subscription_item: { expands: { discounts: "discount" } },
  subscription_schedule: { expands: { customer: "customer", subscription: "subscription" } },
  "tax.calculation": {
    includes: { line_items: (world, id) => world.find("tax.calculation", id)?.object.line_items },
  },
  "tax.transaction": {
    includes: { line_items: (world, id) => world.find("tax.transaction", id)?.object.line_items },
  },
  tax_id: { expands: { customer: "customer" } },
};
