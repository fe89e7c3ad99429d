import { itemsOf } from "#sandbox/billing/items";
import { boolean, integer, required, type Shape, text } from "#sandbox/protocol/params";
import {
  get,
  pageOf,
  pagingParams,
  type Routes,
  retrieveRoute,
  route,
} from "#sandbox/protocol/route";
import {
  behaviors,
  createItem,
  removeItem,
  updateItem,
  updateItemFields,
} from "#sandbox/resources/subscription-items";
import { show } from "#sandbox/store/views";

const createFields = {
  ...updateItemFields,
  subscription: required(text),
} satisfies Shape;

/** `/v1/subscription_items`: the items of a subscription by URLs of their own. */
export const subscriptionItemRoutes: Routes = {
  "GET /v1/subscription_items": route(
    { ...pagingParams, subscription: required(text) },
    (world, { subscription, ...paging }) => {
      const query = { parent: get(world, "subscription", subscription, "subscription").object.id };
      return pageOf(world, "/v1/subscription_items", "subscription_item", query, paging);
    },
  ),
  "POST /v1/subscription_items": route(createFields, (world, { subscription, ...params }) => {
    const row = get(world, "subscription", subscription, "subscription");
    const before = new Set(itemsOf(world, row.object.id).map(({ object }) => object.id));
    createItem(world, row, params);
    const added = itemsOf(world, row.object.id).find(({ object }) => !before.has(object.id));
    return added && show(world, added.object);
  }),
  "GET /v1/subscription_items/:id": retrieveRoute("subscription_item"),
  "POST /v1/subscription_items/:id": route(updateItemFields, (world, params, { id }) =>
    updateItem(world, get(world, "subscription_item", id), params),
  ),
  "DELETE /v1/subscription_items/:id": route(
    {
      clear_usage: boolean,
      payment_behavior: text,
      proration_behavior: behaviors,
      proration_date: integer,
    },
    (world, { proration_behavior: behavior, proration_date: date }, { id }) => {
      const { object } = get(world, "subscription_item", id);
      removeItem(world, object, { behavior, date });
      return { id: object.id, object: "subscription_item", deleted: true };
    },
  ),
};
