import { asOfNow, balanceOf } from "#sandbox/payments/balance";
import { currencyCode } from "#sandbox/protocol/currency";
import { invalidRequest } from "#sandbox/protocol/errors";
import { text } from "#sandbox/protocol/params";
import {
  get,
  pageOf,
  pagingParams,
  type Routes,
  range,
  rangeQuery,
  route,
} from "#sandbox/protocol/route";
import type { World } from "#sandbox/world/world";

const url = "/v1/balance_transactions";

/** The ledger of an account, and what it adds up to. */
export const balanceRoutes: Routes = {
  "GET /v1/balance": route({}, (world) => balanceOf(world)),
  [`GET ${url}`]: route(
    {
      ...pagingParams,
      source: text,
      type: text,
      currency: currencyCode,
      payout: text,
      created: range,
    },
    (world, { source, type, currency, payout, created, ...paging }) => {
      const query = {
        parent: source,
        status: type,
        key: currency?.toLowerCase(),
        customer: payout === undefined ? undefined : automatic(world, payout),
        ...rangeQuery(created),
      };
      return pageOf(world, url, "balance_transaction", query, paging, ({ object }) =>
        asOfNow(world, object),
      );
    },
  ),
  [`GET ${url}/:id`]: route({}, (world, _params, { id }) =>
    asOfNow(world, get(world, "balance_transaction", id).object),
  ),
};

// Only automatic payouts say what they are made of.
function automatic(world: World, id: string): string {
  const { object } = get(world, "payout", id, "payout");
  if (object.automatic) return object.id;
  const message =
    "Balance transaction history can only be filtered on automatic payouts, not manual.";
  throw invalidRequest(message, undefined, "payout");
}
