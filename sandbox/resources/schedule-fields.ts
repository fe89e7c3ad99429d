import { discountParam } from "#sandbox/billing/discounts";
import { checkedPrices, intervalOf } from "#sandbox/billing/items";
import { fullPrice } from "#sandbox/billing/lines";
import { periodEnd } from "#sandbox/money/calendar";
import { currencyCode } from "#sandbox/protocol/currency";
import { invalidRequest } from "#sandbox/protocol/errors";
import {
  boolean,
  either,
  integer,
  listOf,
  metadata,
  oneOf,
  type Params,
  required,
  type Shape,
  shape,
  text,
  unbuilt,
  unsettable,
} from "#sandbox/protocol/params";
import { mergeMetadata } from "#sandbox/protocol/route";
import { behaviors } from "#sandbox/resources/subscription-items";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { World } from "#sandbox/world/world";

type Phase = ObjectOf<"subscription_schedule">["phases"][number];

const phaseFields = {
  items: required(
    listOf(
      shape({
        price: required(text),
        quantity: integer,
        metadata,
        billing_thresholds: unbuilt,
        discounts: unbuilt,
        price_data: unbuilt,
        tax_rates: unbuilt,
      }),
    ),
  ),
  collection_method: oneOf(["charge_automatically", "send_invoice"]),
  currency: currencyCode,
  default_payment_method: text,
  description: unsettable(text),
  discounts: unsettable(listOf(discountParam)),
  duration: shape({
    interval: required(oneOf(["day", "week", "month", "year"])),
    interval_count: integer,
  }),
  end_date: either(integer, oneOf(["now"])),
  invoice_settings: shape({ days_until_due: integer, account_tax_ids: unbuilt, issuer: unbuilt }),
  metadata,
  proration_behavior: behaviors,
  start_date: either(integer, oneOf(["now"])),
  trial: boolean,
  trial_end: either(integer, oneOf(["now"])),
  add_invoice_items: unbuilt,
  application_fee_percent: unbuilt,
  automatic_tax: unbuilt,
  billing_cycle_anchor: unbuilt,
  billing_thresholds: unbuilt,
  default_tax_rates: unbuilt,
  on_behalf_of: unbuilt,
  transfer_data: unbuilt,
} satisfies Shape;

/** One phase as it is sent. */
export const phaseParam = shape(phaseFields);
export type PhaseSent = Params<typeof phaseFields>;

/** Lays phases end to end from a start. A phase lasts for its duration, to its end date, or for
 *  one interval of its first price. */
export function phasesFrom(
  world: World,
  sent: readonly PhaseSent[],
  start: number,
  usual: string | null = null,
): Phase[] {
  if (sent.length === 0) {
    throw invalidRequest("A schedule has at least one phase.", "parameter_missing", "phases");
  }
  let from = start;
  return sent.map((phase, place) => {
    const param = `phases[${place}]`;
    const wanted = { asked: phase.currency, usual };
    const currency = checkedPrices(world, phase.items, `${param}[items]`, wanted);
    const end = endOf(world, phase, from, param);
    const laid = phaseFrom(world, phase, { currency, start: from, end });
    from = end;
    return laid;
  });
}

function endOf(world: World, phase: PhaseSent, from: number, param: string): number {
  const { duration, end_date: sent, items } = phase;
  if (duration !== undefined && sent !== undefined) {
    const message = "You may only specify one of these: duration, end_date.";
    throw invalidRequest(message, undefined, `${param}[duration]`);
  }
  const first = items[0]?.price ?? "";
  const every =
    duration === undefined
      ? intervalOf(fullPrice(world, first))
      : { interval: duration.interval, interval_count: duration.interval_count ?? 1 };
  const end = sent === "now" ? world.now() : (sent ?? periodEnd(from, every, 1));
  if (end > from || (sent === "now" && end >= from)) return end;
  const message = "A phase must end after it starts.";
  throw invalidRequest(message, undefined, `${param}[end_date]`);
}

function phaseFrom(
  world: World,
  phase: PhaseSent,
  at: { currency: string; start: number; end: number },
): Phase {
  const days = phase.invoice_settings?.days_until_due;
  return {
    add_invoice_items: [],
    application_fee_percent: null,
    billing_cycle_anchor: null,
    billing_thresholds: null,
    collection_method: phase.collection_method ?? null,
    currency: at.currency,
    default_payment_method: phase.default_payment_method ?? null,
    default_tax_rates: [],
    description: phase.description ?? null,
    discounts: (phase.discounts ?? []).map(({ coupon, discount, promotion_code }) => ({
      coupon: coupon ?? null,
      discount: discount ?? null,
      promotion_code: promotion_code ?? null,
    })),
    end_date: at.end,
    invoice_settings:
      days === undefined
        ? null
        : {
            account_tax_ids: null,
            custom_fields: null,
            days_until_due: days,
            description: null,
            footer: null,
            issuer: null,
          },
    items: phase.items.map((item) => itemFrom(world, item)),
    metadata: mergeMetadata({}, phase.metadata),
    on_behalf_of: null,
    proration_behavior: phase.proration_behavior ?? "create_prorations",
    start_date: at.start,
    transfer_data: null,
    ...(phase.trial === true ? { trial: true } : {}),
    trial_end: phase.trial === true ? at.end : trialEndOf(world, phase),
  };
}

function itemFrom(world: World, sent: PhaseSent["items"][number]): Phase["items"][number] {
  const { price, quantity, metadata: meta } = sent;
  const isUsage = fullPrice(world, price).recurring?.usage_type === "metered";
  return {
    billing_thresholds: null,
    discounts: [],
    metadata: mergeMetadata({}, meta),
    plan: price,
    price,
    ...(isUsage ? {} : { quantity: quantity ?? 1 }),
    tax_rates: [],
  };
}

function trialEndOf(world: World, { trial_end: end }: PhaseSent): number | null {
  return end === "now" ? world.now() : (end ?? null);
}
