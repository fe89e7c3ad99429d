import { asOfNow, balanceOf } from "#sandbox/payments/balance";
import { text, unbuilt } from "#sandbox/protocol/params";
import {
  get,
  listRoute,
  pageOf,
  pagingParams,
  type Routes,
  retrieveRoute,
  route,
} from "#sandbox/protocol/route";
import { customerFilter } from "#sandbox/resources/customer-named";

/** Charges, application fees and the ledger they end in. */
export const paymentRoutes: Routes = {
  "GET /v1/charges": listRoute(
    "charge",
    "/v1/charges",
    { customer: text, payment_intent: text, transfer_group: unbuilt },
    (world, { payment_intent, ...who }) => ({
      ...customerFilter(world, who),
      ...(payment_intent === undefined ? {} : { parent: payment_intent }),
    }),
  ),
  "GET /v1/charges/:id": retrieveRoute("charge"),
  "GET /v1/application_fees": listRoute(
    "application_fee",
    "/v1/application_fees",
    { charge: text },
    (_world, { charge }) => (charge === undefined ? {} : { parent: charge }),
  ),
  "GET /v1/application_fees/:id": retrieveRoute("application_fee"),
  "GET /v1/balance": route({}, (world) => balanceOf(world)),
  "GET /v1/balance_transactions": route(
    {
      ...pagingParams,
      source: text,
      type: text,
      currency: text,
      payout: unbuilt,
      created: unbuilt,
    },
    (world, { source, type, currency, ...paging }) => {
      const query = {
        ...(source === undefined ? {} : { parent: source }),
        ...(type === undefined ? {} : { status: type }),
        ...(currency === undefined ? {} : { key: currency }),
      };
      const url = "/v1/balance_transactions";
      return pageOf(world, url, "balance_transaction", query, paging, ({ object }) =>
        asOfNow(world, object),
      );
    },
  ),
  "GET /v1/balance_transactions/:id": route({}, (world, _params, { id }) =>
    asOfNow(world, get(world, "balance_transaction", id).object),
  ),
};
