import { required, type Shape, text } from "#sandbox/protocol/params";
import { pageLimit, type Routes, route } from "#sandbox/protocol/route";
import type { Searchable } from "#sandbox/search/fields";
import { searchResult } from "#sandbox/search/search-result";
import type { Kind } from "#sandbox/store/kinds";

const searchFields = { query: required(text), limit: pageLimit, page: text } satisfies Shape;

/** The resources that can be searched, and what they are kept as. */
const kindOf = {
  charges: "charge",
  customers: "customer",
  invoices: "invoice",
  payment_intents: "payment_intent",
  prices: "price",
  products: "product",
  subscriptions: "subscription",
} as const satisfies Record<Searchable, Kind>;

/** `/v1/…/search`, in Stripe's search query language. */
export const searchRoutes: Routes = Object.fromEntries(
  Object.entries(kindOf).map(([resource, kind]) => [
    `GET /v1/${resource}/search`,
    route(searchFields, (world, sought) =>
      searchResult(world, resource as Searchable, kind, sought),
    ),
  ]),
);
