import { dueUsage } from "#sandbox/billing/advance-subscription";
import { keepAll } from "#sandbox/billing/bill-changes";
import { endSubscription } from "#sandbox/billing/end-subscription";
import { unusedTime } from "#sandbox/billing/prorate-item";
import { startSubscription } from "#sandbox/billing/start-subscription";
import { declineError } from "#sandbox/payments/card";
import { StripeError } from "#sandbox/protocol/errors";
import { boolean, oneOf, text } from "#sandbox/protocol/params";
import { get, listRoute, type Routes, retrieveRoute, route } from "#sandbox/protocol/route";
import { cancellationDetails, checkedDetails } from "#sandbox/resources/cancellation-details";
import { customerFilter } from "#sandbox/resources/customer-named";
import { createSubscriptionFields, startInputFrom } from "#sandbox/resources/subscription-create";
import { updateFields, updateSubscription } from "#sandbox/resources/subscription-update";
import { show } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

const statuses = oneOf([
  "active",
  "all",
  "canceled",
  "ended",
  "incomplete",
  "incomplete_expired",
  "past_due",
  "paused",
  "trialing",
  "unpaid",
]);
const listed: Record<string, readonly string[] | undefined> = {
  all: undefined,
  ended: ["canceled", "incomplete_expired"],
};
const unended = ["active", "trialing", "past_due", "incomplete", "unpaid", "paused"];
const url = "/v1/subscriptions";

/** `/v1/subscriptions` and their items. */
export const subscriptionRoutes: Routes = {
  [`POST ${url}`]: route(createSubscriptionFields, (world, params) => {
    const input = startInputFrom(world, params);
    const { subscription, outcome } = startSubscription(world, input);
    const isStrict = params.payment_behavior === "error_if_incomplete";
    if (isStrict && outcome?.kind === "declined") throw declineError(outcome.decline);
    if (isStrict && outcome?.kind === "requires_action") throw actionRequired();
    return show(world, subscription.object);
  }),
  [`GET ${url}`]: listRoute(
    "subscription",
    url,
    {
      customer: text,
      customer_account: text,
      status: statuses,
      price: text,
      collection_method: oneOf(["charge_automatically", "send_invoice"]),
    },
    (world, { status, customer, customer_account, price, collection_method: collection }) => {
      const wanted = status === undefined ? unended : status in listed ? listed[status] : [status];
      const who = {
        ...(customer === undefined ? {} : { customer }),
        ...(customer_account === undefined ? {} : { customer_account }),
      };
      return {
        ...customerFilter(world, who),
        ...(wanted === undefined ? {} : { statuses: wanted }),
        ...(price === undefined && collection === undefined
          ? {}
          : { ids: soldAt(world, price, collection) }),
      };
    },
  ),
  [`GET ${url}/:id`]: retrieveRoute("subscription"),
  [`POST ${url}/:id`]: route(updateFields, (world, params, { id }) => {
    const row = get(world, "subscription", id);
    return show(world, updateSubscription(world, row, params).object);
  }),
  [`DELETE ${url}/:id`]: route(
    {
      invoice_now: boolean,
      prorate: boolean,
      cancellation_details: cancellationDetails,
    },
    (world, params, { id }) => {
      const row = get(world, "subscription", id);
      if (row.object.status === "canceled" || row.object.status === "incomplete_expired") {
        throw new StripeError(404, {
          type: "invalid_request_error",
          code: "resource_missing",
          param: "id",
          message: `No such subscription: '${id}'`,
        });
      }
      const credits = params.prorate ? unusedTime(world, row.object) : [];
      if (!params.invoice_now) keepAll(world, row.object, credits);
      const owed = params.invoice_now ? [...credits, ...dueUsage(world, row.object)] : [];
      const details = checkedDetails(world, params.cancellation_details);
      endSubscription(world, row, "cancellation_requested", owed, details);
      return show(world, row.object);
    },
  ),
};

// The subscriptions that have a price, or are collected in a way.
function soldAt(world: World, price: string | undefined, collection: string | undefined) {
  const items = price === undefined ? [] : world.list("subscription_item", { key: price });
  const sold = new Set(items.map(({ object }) => object.subscription));
  return world
    .list("subscription")
    .filter(({ object }) => collection === undefined || object.collection_method === collection)
    .map(({ object }) => object.id)
    .filter((id) => price === undefined || sold.has(id));
}

function actionRequired(): StripeError {
  return new StripeError(402, {
    type: "card_error",
    code: "subscription_payment_intent_requires_action",
    message:
      "Payment for this subscription requires additional user action before it can be completed " +
      "successfully. Payment can be completed using the PaymentIntent associated with " +
      "`subscription.latest_invoice`.",
  });
}
