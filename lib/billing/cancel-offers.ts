/** Why people leave, in our words. Each is one of Stripe's kinds of feedback too. */
export const cancelReasons = [
  "too_expensive",
  "unused",
  "missing_features",
  "switched_service",
  "too_complex",
  "low_quality",
  "customer_service",
  "other",
] as const;
export type CancelReason = (typeof cancelReasons)[number];

/** What is offered before someone leaves. A coupon is made at Stripe when it is first taken. */
export type CancelOffer =
  | { kind: "pause"; months: number }
  | { kind: "coupon"; couponId: string; name: string; percentOff: number; months: number };

/** What each reason is answered with. A reason without a row is let go without a word. */
export const cancelOffers: { readonly [Reason in CancelReason]?: CancelOffer } = {
  too_expensive: {
    kind: "coupon",
    couponId: "lockstep-stay-25-3",
    name: "25 % off for three months",
    percentOff: 25,
    months: 3,
  },
  unused: { kind: "pause", months: 3 },
  too_complex: { kind: "pause", months: 1 },
};

/** A coupon is offered once in a while, or leaving would be a way to pay less. */
export const offerAgainAfterDays = 365;
