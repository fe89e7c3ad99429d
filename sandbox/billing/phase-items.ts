import { type AddedItem, addInvoiceItems } from "#sandbox/billing/added-items";
import { type DiscountSent, discountParam } from "#sandbox/billing/discounts";
import { oneTimePriceData, withPrices } from "#sandbox/billing/inline-price";
import type { NewItem } from "#sandbox/billing/items";
import { ratesNamed } from "#sandbox/billing/tax-rates";
import {
  boolean,
  integer,
  listOf,
  metadata,
  oneOf,
  required,
  shape,
  text,
  unsettable,
} from "#sandbox/protocol/params";
import { mergeMetadata } from "#sandbox/protocol/route";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { World } from "#sandbox/world/world";

type Phase = ObjectOf<"subscription_schedule">["phases"][number];
type Kept = Phase["discounts"][number];

const edge = <const Word extends string>(...own: Word[]) =>
  required(shape({ timestamp: integer, type: required(oneOf([...own, "timestamp"])) }));

/** What is billed once when a phase begins. */
export const phaseAddedItems = listOf(
  shape({
    discountable: boolean,
    discounts: listOf(discountParam),
    metadata,
    period: shape({
      end: edge("min_item_period_end", "phase_end"),
      start: edge("max_item_period_start", "phase_start"),
    }),
    price: text,
    price_data: oneTimePriceData,
    quantity: integer,
    tax_rates: unsettable(listOf(text)),
  }),
);

/** What is billed once, as a phase keeps it. */
export function addedFrom(
  world: World,
  sent: ReturnType<typeof phaseAddedItems.read>,
): Phase["add_invoice_items"] {
  return withPrices(world, sent, "phases[0][add_invoice_items]").map((item) => ({
    discountable: item.discountable ?? null,
    discounts: discountsFrom(item.discounts),
    metadata: mergeMetadata({}, item.metadata),
    period: item.period ?? {
      end: { type: "min_item_period_end" },
      start: { type: "max_item_period_start" },
    },
    price: item.price,
    quantity: item.quantity ?? 1,
    tax_rates: ratesNamed(world, item.tax_rates ?? [], "tax_rates"),
  }));
}

/** Puts what is billed once with a phase on its subscription's next invoice. */
export function billPhaseItems(
  world: World,
  subscription: ObjectOf<"subscription">,
  phase: Phase,
): void {
  addInvoiceItems(world, subscription, addedIn(phase));
}

/** What is billed once with a phase, as a subscription takes it. */
export function addedIn(phase: Phase): AddedItem[] {
  const instant = (edge: { timestamp?: number; type: string }, ofPhase: string, at: number) =>
    edge.type === ofPhase ? { type: "timestamp" as const, timestamp: at } : edge;
  return phase.add_invoice_items.map(({ discountable, period, price, quantity, ...item }) => ({
    ...(discountable === null ? {} : { discountable }),
    discounts: discountsIn(item.discounts),
    metadata: item.metadata ?? {},
    period: {
      end: instant(period.end, "phase_end", phase.end_date),
      start: instant(period.start, "phase_start", phase.start_date),
    } as NonNullable<AddedItem["period"]>,
    price,
    ...(quantity === null ? {} : { quantity }),
    tax_rates: (item.tax_rates ?? []).map(({ id }) => id),
  }));
}

/** The items of a phase, as a subscription takes them. Their prices were checked before. */
export function itemsIn(phase: Phase): Omit<NewItem, "discounts" | "tax_rates">[] {
  return phase.items.map(({ price, quantity, metadata: meta, ...item }) => ({
    price,
    isInline: true,
    ...(quantity === undefined ? {} : { quantity }),
    ...(item.discounts.length === 0 ? {} : { discounts: discountsIn(item.discounts) }),
    ...(item.billing_thresholds?.usage_gte
      ? { billing_thresholds: { usage_gte: item.billing_thresholds.usage_gte } }
      : {}),
    metadata: meta ?? {},
    tax_rates: (item.tax_rates ?? []).map(({ id }) => id),
  }));
}

/** Discounts as a schedule keeps them. */
export function discountsFrom(sent: readonly DiscountSent[] | null | undefined): Kept[] {
  return (sent ?? []).map(({ coupon, discount, promotion_code }) => ({
    coupon: coupon ?? null,
    discount: discount ?? null,
    promotion_code: promotion_code ?? null,
  }));
}

/** Discounts that a schedule kept, as they are given. */
export function discountsIn(kept: readonly Kept[]): DiscountSent[] {
  return kept.map(({ coupon, discount, promotion_code }) => ({
    ...(coupon === null ? {} : { coupon }),
    ...(discount === null ? {} : { discount }),
    ...(promotion_code === null ? {} : { promotion_code }),
  }));
}
