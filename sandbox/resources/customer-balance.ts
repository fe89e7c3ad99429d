import { moveBalance } from "#sandbox/billing/customer-balance";
import { currencyCode } from "#sandbox/protocol/currency";
import { getInside } from "#sandbox/protocol/inner-routes";
import { integer, metadata, required, text, unsettable } from "#sandbox/protocol/params";
import {
  mergeMetadata,
  type Path,
  pageOf,
  pagingParams,
  type Routes,
  route,
} from "#sandbox/protocol/route";
import { findCustomer } from "#sandbox/resources/customer-named";
import type { Row } from "#sandbox/store/objects";
import { show } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

const url = "/v1/customers/:id/balance_transactions";

/** What a customer is owed or owes, and every move of it. */
export const customerBalanceRoutes: Routes = {
  [`POST ${url}`]: route(
    {
      amount: required(integer),
      currency: required(currencyCode),
      description: text,
      metadata: unsettable(metadata),
    },
    (world, params, { id }) => {
      const customer = findCustomer(world, id ?? "");
      const row = moveBalance(world, customer, params.amount, {
        type: "adjustment",
        currency: params.currency.toLowerCase(),
        description: params.description ?? null,
        metadata: mergeMetadata({}, params.metadata ?? undefined),
      });
      return show(world, row?.object);
    },
  ),
  [`GET ${url}`]: route({ ...pagingParams, invoice: text }, (world, params, { id }) => {
    const { invoice, ...paging } = params;
    const query = {
      customer: findCustomer(world, id ?? "").object.id,
      ...(invoice === undefined ? {} : { parent: invoice }),
    };
    const at = `/v1/customers/${id}/balance_transactions`;
    return pageOf(world, at, "customer_balance_transaction", query, paging);
  }),
  [`GET ${url}/:id`]: route({}, (world, _params, path) => show(world, rowOf(world, path).object)),
  [`POST ${url}/:id`]: route(
    { description: text, metadata: unsettable(metadata) },
    (world, { description, metadata: sent }, path) => {
      const row = rowOf(world, path);
      row.object = {
        ...row.object,
        ...(description === undefined ? {} : { description }),
        metadata: mergeMetadata(row.object.metadata ?? {}, sent ?? undefined),
      };
      return show(world, world.save(row).object);
    },
  ),
};

function rowOf(world: World, path: Path): Row<"customer_balance_transaction"> {
  const customer = findCustomer(world, path.id ?? "").object.id;
  const isTheirs = (row: Row<"customer_balance_transaction">) => row.object.customer === customer;
  return getInside(world, "customer_balance_transaction", path, isTheirs);
}
