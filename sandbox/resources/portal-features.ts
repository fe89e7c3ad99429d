import {
  boolean,
  integer,
  listOf,
  oneOf,
  only,
  required,
  shape,
  text,
  unbuilt,
  unsettable,
} from "#sandbox/protocol/params";
import { behaviors } from "#sandbox/resources/subscription-items";
import type { ObjectOf } from "#sandbox/store/kinds";

export type Features = ObjectOf<"billing_portal.configuration">["features"];

/** Why people leave, as Stripe names it. */
export const reasons = [
  ...(["customer_service", "low_quality", "missing_features", "other"] as const),
  ...(["switched_service", "too_complex", "too_expensive", "unused"] as const),
] as const;
/** What may be turned on, and how. */
export const features = shape({
  customer_update: shape({
    enabled: boolean,
    allowed_updates: unsettable(
      listOf(
        only(
          oneOf(["address", "email", "name", "phone", "shipping", "tax_id"]),
          ...(["address", "email", "name", "phone", "tax_id"] as const),
        ),
      ),
    ),
  }),
  invoice_history: shape({ enabled: required(boolean) }),
  payment_method_update: shape({
    enabled: required(boolean),
    payment_method_configuration: unbuilt,
  }),
  subscription_cancel: shape({
    enabled: boolean,
    mode: oneOf(["at_period_end", "immediately"]),
    proration_behavior: behaviors,
    cancellation_reason: shape({
      enabled: required(boolean),
      options: unsettable(listOf(oneOf(reasons))),
      feedback_options: unbuilt,
    }),
  }),
  subscription_pause: shape({
    enabled: boolean,
    duration: shape({
      interval_options: unsettable(
        listOf(
          shape({
            interval: required(oneOf(["day", "month", "week", "year"])),
            interval_count: integer,
          }),
        ),
      ),
      type: required(oneOf(["indefinite", "interval_options"])),
    }),
  }),
  subscription_update: shape({
    enabled: boolean,
    billing_cycle_anchor: oneOf(["now", "unchanged"]),
    default_allowed_updates: unsettable(listOf(oneOf(["price", "promotion_code", "quantity"]))),
    products: unsettable(
      listOf(
        shape({
          product: required(text),
          prices: required(listOf(text)),
          adjustable_quantity: shape({
            enabled: required(boolean),
            maximum: integer,
            minimum: integer,
          }),
        }),
      ),
    ),
    proration_behavior: behaviors,
    schedule_at_period_end: shape({
      conditions: listOf(
        shape({ type: required(oneOf(["decreasing_item_amount", "shortening_interval"])) }),
      ),
    }),
    trial_update_behavior: oneOf(["continue_trial", "end_trial"]),
  }),
});
/** A portal in which nothing can be done. */
export const allOff: Features = {
  customer_update: { allowed_updates: [], enabled: false },
  invoice_history: { enabled: false },
  payment_method_update: { enabled: false, payment_method_configuration: null },
  subscription_cancel: {
    cancellation_reason: { enabled: false, feedback_options: null, options: [...reasons] },
    enabled: false,
    mode: "at_period_end",
    proration_behavior: "none",
  },
  subscription_pause: { duration: { interval_options: [], type: "indefinite" }, enabled: false },
  subscription_update: {
    billing_cycle_anchor: null,
    default_allowed_updates: [],
    enabled: false,
    products: [],
    proration_behavior: "none",
    schedule_at_period_end: { conditions: [] },
    trial_update_behavior: "end_trial",
  },
};
