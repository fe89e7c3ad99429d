import { nextBoundary, nextDayOfMonth } from "#sandbox/money/calendar";
import { invalidRequest } from "#sandbox/protocol/errors";
import {
  integer,
  listOf,
  oneOf,
  only,
  type Params,
  required,
  type Shape,
  shape,
  text,
  unbuilt,
  unsettable,
} from "#sandbox/protocol/params";
import { subscriptionThresholds } from "#sandbox/resources/subscription-item-fields";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { World } from "#sandbox/world/world";

type Subscription = ObjectOf<"subscription">;

/** What a subscription's invoices say, and what makes them besides its periods. */
export const billingFields = {
  billing_schedules: unbuilt,
  billing_thresholds: subscriptionThresholds,
  default_source: unbuilt,
  invoice_settings: shape({
    account_tax_ids: unbuilt,
    custom_fields: unsettable(listOf(shape({ name: required(text), value: required(text) }))),
    description: unsettable(text),
    footer: unsettable(text),
    issuer: shape({ account: unbuilt, type: required(only(oneOf(["account", "self"]), "self")) }),
  }),
  pending_invoice_item_interval: unsettable(
    shape({
      interval: required(oneOf(["day", "month", "week", "year"])),
      interval_count: integer,
    }),
  ),
} satisfies Shape;

/** The day of the month a cycle is anchored to. */
export const anchorConfigParam = shape({
  day_of_month: required(integer),
  hour: integer,
  minute: integer,
  month: integer,
  second: integer,
});

/** The fields of a subscription that say so. */
export function billingFrom(
  world: World,
  params: Params<typeof billingFields>,
  kept?: Subscription,
): Partial<Subscription> {
  const { billing_thresholds: thresholds, invoice_settings: settings } = params;
  const interval = params.pending_invoice_item_interval;
  const usual = kept?.invoice_settings ?? noSettings;
  const every = interval && { interval_count: 1, ...interval };
  const anchor = kept?.billing_cycle_anchor ?? world.now();
  return {
    ...(thresholds === undefined ? {} : { billing_thresholds: thresholdsFrom(thresholds) }),
    ...(settings === undefined ? {} : { invoice_settings: { ...usual, ...settings } }),
    ...(every === undefined
      ? {}
      : {
          next_pending_invoice_item_invoice: every && nextBoundary(anchor, every, world.now()),
          pending_invoice_item_interval: every,
        }),
  };
}

/** The anchor that a day of the month comes to, from an instant on. */
export function anchorFrom(
  now: number,
  config: ReturnType<typeof anchorConfigParam.read>,
): { at: number; config: NonNullable<Subscription["billing_cycle_anchor_config"]> } {
  const { day_of_month: day, hour = null, minute = null, month = null, second = null } = config;
  const wrong = outside.find(
    ([name, least, most]) => (config[name] ?? least) < least || (config[name] ?? most) > most,
  );
  if (wrong !== undefined) {
    const [name, least, most] = wrong;
    const param = `billing_cycle_anchor_config[${name}]`;
    throw invalidRequest(`This value must be from ${least} to ${most}.`, undefined, param);
  }
  const at = nextDayOfMonth(now, { day, month, hour, minute, second });
  return { at, config: { day_of_month: day, hour, minute, month, second } };
}

const outside = [
  ["day_of_month", 1, 31],
  ["hour", 0, 23],
  ["minute", 0, 59],
  ["month", 1, 12],
  ["second", 0, 59],
] as const;

const noSettings = {
  account_tax_ids: null,
  custom_fields: null,
  description: null,
  footer: null,
  issuer: { type: "self" as const },
};

function thresholdsFrom(
  sent: ReturnType<typeof subscriptionThresholds.read>,
): Subscription["billing_thresholds"] {
  if (sent === null) return null;
  const { amount_gte: amount, reset_billing_cycle_anchor: resets } = sent;
  return { amount_gte: amount ?? null, reset_billing_cycle_anchor: resets ?? null };
}
