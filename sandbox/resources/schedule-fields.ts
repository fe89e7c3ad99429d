import { discountParam } from "#sandbox/billing/discounts";
import { withPrices } from "#sandbox/billing/inline-price";
import { checkedPrices, intervalOf } from "#sandbox/billing/items";
import { fullPrice } from "#sandbox/billing/lines";
import { addedFrom, discountsFrom, phaseAddedItems } from "#sandbox/billing/phase-items";
import { sharingFields, sharingFrom } from "#sandbox/billing/sharing";
import { ratesNamed } from "#sandbox/billing/tax-rates";
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
  only,
  type Params,
  required,
  type Shape,
  shape,
  text,
  unbuilt,
  unsettable,
} from "#sandbox/protocol/params";
import { mergeMetadata } from "#sandbox/protocol/route";
import { automaticTaxParam } from "#sandbox/resources/invoice-fields";
import { itemTerms, subscriptionThresholds } from "#sandbox/resources/subscription-item-fields";
import { behaviors } from "#sandbox/resources/subscription-items";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { World } from "#sandbox/world/world";

type Phase = ObjectOf<"subscription_schedule">["phases"][number];
type PricedItem = ReturnType<typeof withPrices<PhaseSent["items"][number]>>[number];

/** What a phase, or a whole schedule, has a subscription be. */
export const phaseTerms = {
  ...sharingFields,
  automatic_tax: automaticTaxParam,
  billing_cycle_anchor: oneOf(["automatic", "phase_start"]),
  billing_thresholds: subscriptionThresholds,
  collection_method: oneOf(["charge_automatically", "send_invoice"]),
  default_payment_method: text,
  description: unsettable(text),
  invoice_settings: shape({
    account_tax_ids: unbuilt,
    days_until_due: integer,
    issuer: shape({ account: unbuilt, type: required(only(oneOf(["account", "self"]), "self")) }),
  }),
} satisfies Shape;

const phaseFields = {
  ...phaseTerms,
  items: required(listOf(shape(itemTerms))),
  add_invoice_items: phaseAddedItems,
  currency: currencyCode,
  default_tax_rates: unsettable(listOf(text)),
  discounts: unsettable(listOf(discountParam)),
  duration: shape({
    interval: required(oneOf(["day", "week", "month", "year"])),
    interval_count: integer,
  }),
  end_date: either(integer, oneOf(["now"])),
  metadata,
  proration_behavior: behaviors,
  start_date: either(integer, oneOf(["now"])),
  trial: boolean,
  trial_end: either(integer, oneOf(["now"])),
} satisfies Shape;

/** One phase as it is sent. */
export const phaseParam = shape(phaseFields);
export type PhaseSent = Params<typeof phaseFields>;

/** What a phase or a schedule says of its subscription besides what it bills. */
export function termsFrom(world: World, sent: Params<typeof phaseTerms>) {
  const { automatic_tax: tax, billing_thresholds: thresholds, invoice_settings: settings } = sent;
  const { days_until_due: days, issuer } = settings ?? {};
  const shared = sharingFrom(world, sent);
  return {
    application_fee_percent: shared.application_fee_percent ?? null,
    ...(tax === undefined
      ? {}
      : {
          automatic_tax: {
            disabled_reason: null,
            enabled: tax.enabled,
            liability: tax.enabled ? { type: "self" as const } : null,
          },
        }),
    billing_cycle_anchor: sent.billing_cycle_anchor ?? null,
    billing_thresholds: thresholds
      ? {
          amount_gte: thresholds.amount_gte ?? null,
          reset_billing_cycle_anchor: thresholds.reset_billing_cycle_anchor ?? null,
        }
      : null,
    invoice_settings:
      days === undefined && issuer === undefined
        ? null
        : {
            account_tax_ids: null,
            custom_fields: null,
            days_until_due: days ?? null,
            description: null,
            footer: null,
            issuer: issuer === undefined ? null : { type: "self" as const },
          },
    on_behalf_of: shared.on_behalf_of ?? null,
    transfer_data: shared.transfer_data ?? null,
  };
}

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
    const items = withPrices(world, phase.items, `${param}[items]`);
    const currency = checkedPrices(world, items, `${param}[items]`, wanted);
    const end = endOf(world, phase, items[0]?.price ?? "", from, param);
    const laid = phaseFrom(world, phase, items, { currency, start: from, end });
    from = end;
    return laid;
  });
}

function endOf(world: World, phase: PhaseSent, first: string, from: number, param: string): number {
  const { duration, end_date: sent } = phase;
  if (duration !== undefined && sent !== undefined) {
    const message = "You may only specify one of these: duration, end_date.";
    throw invalidRequest(message, undefined, `${param}[duration]`);
  }
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
  items: readonly PricedItem[],
  at: { currency: string; start: number; end: number },
): Phase {
  return {
    ...termsFrom(world, phase),
    add_invoice_items: addedFrom(world, phase.add_invoice_items ?? []),
    collection_method: phase.collection_method ?? null,
    currency: at.currency,
    default_payment_method: phase.default_payment_method ?? null,
    default_tax_rates: ratesNamed(world, phase.default_tax_rates ?? []),
    description: phase.description ?? null,
    discounts: discountsFrom(phase.discounts),
    end_date: at.end,
    items: items.map((item) => itemFrom(world, item)),
    metadata: mergeMetadata({}, phase.metadata),
    proration_behavior: phase.proration_behavior ?? "create_prorations",
    start_date: at.start,
    ...(phase.trial === true ? { trial: true } : {}),
    trial_end: phase.trial === true ? at.end : trialEndOf(world, phase),
  };
}

function itemFrom(world: World, sent: PricedItem): Phase["items"][number] {
  const { price, quantity, metadata: meta, tax_rates: rates } = sent;
  const isUsage = fullPrice(world, price).recurring?.usage_type === "metered";
  return {
    billing_thresholds: sent.billing_thresholds ?? null,
    discounts: discountsFrom(sent.discounts),
    metadata: mergeMetadata({}, meta),
    plan: price,
    price,
    ...(isUsage ? {} : { quantity: quantity ?? 1 }),
    tax_rates: ratesNamed(world, rates ?? [], "tax_rates"),
  };
}

function trialEndOf(world: World, { trial_end: end }: PhaseSent): number | null {
  return end === "now" ? world.now() : (end ?? null);
}
