import { advanceSubscription } from "#sandbox/billing/advance-subscription";
import { discountParam } from "#sandbox/billing/discounts";
import { draftInvoice } from "#sandbox/billing/draft-invoice";
import { itemsOf } from "#sandbox/billing/items";
import { invalidRequest, StripeError } from "#sandbox/protocol/errors";
import {
  boolean,
  either,
  integer,
  listOf,
  oneOf,
  type Params,
  required,
  type Shape,
  shape,
  text,
  unbuilt,
  unsettable,
} from "#sandbox/protocol/params";
import { get, type Routes, route } from "#sandbox/protocol/route";
import { customerFilter } from "#sandbox/resources/customer-named";
import { replaceDiscounts } from "#sandbox/resources/subscription-discounts";
import { itemChangeFields } from "#sandbox/resources/subscription-item-fields";
import { behaviors } from "#sandbox/resources/subscription-items";
import { updateSubscription } from "#sandbox/resources/subscription-update";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import { show } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

const fields = {
  customer: text,
  customer_account: text,
  preview_mode: oneOf(["next"]),
  subscription: text,
  subscription_details: shape({
    items: listOf(shape(itemChangeFields)),
    proration_behavior: behaviors,
    billing_cycle_anchor: shape({ type: required(oneOf(["now", "unchanged"])) }),
    cancel_at: unsettable(integer),
    cancel_at_period_end: boolean,
    cancel_now: unbuilt,
    proration_date: unbuilt,
    start_date: unbuilt,
    trial_end: either(integer, oneOf(["now"])),
  }),
  automatic_tax: unbuilt,
  currency: unbuilt,
  customer_details: unbuilt,
  discounts: unsettable(listOf(discountParam)),
  invoice_items: unbuilt,
  schedule: unbuilt,
  schedule_details: unbuilt,
} satisfies Shape;

type Sent = Params<typeof fields>;
type Invoice = ObjectOf<"invoice">;

/** `/v1/invoices/create_preview`: the change is really made, looked at, and undone. */
export const invoicePreviewRoutes: Routes = {
  "POST /v1/invoices/create_preview": route(fields, (world, params) => {
    const subscription = subscriptionOf(world, params);
    const drafted = world.database.rehearse(() => rehearse(world, subscription, params));
    const due = Math.max(0, drafted.total + drafted.starting_balance);
    return show(world, {
      ...drafted,
      id: `upcoming_${drafted.id}`,
      amount_due: due,
      amount_paid: 0,
      amount_remaining: due,
      attempt_count: 0,
      attempted: false,
      ending_balance: drafted.total + drafted.starting_balance - due,
      hosted_invoice_url: null,
      number: null,
      status: "draft",
    });
  }),
};

function rehearse(world: World, row: Row<"subscription">, params: Sent): Invoice {
  const { proration_behavior: behavior = "create_prorations", ...changes } =
    params.subscription_details ?? {};
  const before = row.object.latest_invoice;
  if (params.discounts !== undefined) replaceDiscounts(world, row, params.discounts ?? []);
  if (Object.keys(changes).length > 0) {
    const kept = behavior === "always_invoice" ? "create_prorations" : behavior;
    updateSubscription(world, row, { ...changes, proration_behavior: kept });
  }
  const isBilledNow = row.object.latest_invoice !== before;
  if (isBilledNow) return latestOf(world, row.object.id);
  return behavior === "always_invoice" ? draftNow(world, row.object) : draftNext(world, row.object);
}

function draftNow(world: World, subscription: ObjectOf<"subscription">): Invoice {
  return draftInvoice(world, {
    subscription,
    customer: get(world, "customer", subscription.customer).object,
    reason: "subscription_update",
    lines: [],
    period: { start: world.now(), end: world.now() },
    takesPending: true,
  }).object;
}

function draftNext(world: World, subscription: ObjectOf<"subscription">): Invoice {
  const ends = itemsOf(world, subscription.id).map(({ object }) => object.current_period_end);
  const end = Math.min(...ends);
  const isEnding = subscription.cancel_at !== null && subscription.cancel_at <= end;
  if (isEnding || subscription.status === "canceled") throw noneUpcoming(subscription.customer);
  world.namespace.clock.holdAt(end, () => advanceSubscription(world, subscription.id));
  return latestOf(world, subscription.id);
}

function latestOf(world: World, subscription: string): Invoice {
  const { latest_invoice: id } = get(world, "subscription", subscription).object;
  return get(world, "invoice", id ?? undefined).object;
}

function subscriptionOf(world: World, params: Sent): Row<"subscription"> {
  if (params.subscription !== undefined) {
    return get(world, "subscription", params.subscription, "subscription");
  }
  const { customer } = customerFilter(world, params);
  if (customer === undefined) {
    throw invalidRequest("Missing required param: subscription.", "parameter_missing", "customer");
  }
  const [row] = world.list("subscription", {
    customer,
    statuses: ["active", "trialing", "past_due"],
  });
  if (row === undefined) throw noneUpcoming(customer);
  return row;
}

function noneUpcoming(customer: string): StripeError {
  return new StripeError(404, {
    type: "invalid_request_error",
    code: "invoice_upcoming_none",
    message: `No upcoming invoices for customer: ${customer}`,
  });
}
