import { cancelTopup, createTopup } from "#sandbox/payments/topup";
import { currencyCode } from "#sandbox/protocol/currency";
import { invalidRequest } from "#sandbox/protocol/errors";
import { integer, metadata, oneOf, required, text, unbuilt } from "#sandbox/protocol/params";
import {
  get,
  listRoute,
  mergeMetadata,
  type Routes,
  retrieveRoute,
  route,
} from "#sandbox/protocol/route";
import { show } from "#sandbox/store/views";

const url = "/v1/topups";

/** `/v1/topups`: money the platform brings from its own bank. */
export const topupRoutes: Routes = {
  [`POST ${url}`]: route(
    {
      amount: required(integer),
      currency: required(currencyCode),
      description: text,
      metadata,
      payment_method: unbuilt,
      payment_method_options: unbuilt,
      source: unbuilt,
      statement_descriptor: text,
      transfer_group: text,
    },
    (world, params) => {
      if (params.amount < 1)
        throw invalidRequest("Invalid positive integer", "parameter_invalid_integer", "amount");
      const row = createTopup(world, {
        amount: params.amount,
        currency: params.currency.toLowerCase(),
        description: params.description ?? null,
        metadata: mergeMetadata({}, params.metadata),
        statement_descriptor: params.statement_descriptor ?? null,
        transfer_group: params.transfer_group ?? null,
      });
      return show(world, row.object);
    },
  ),
  [`GET ${url}`]: listRoute(
    "topup",
    url,
    { status: oneOf(["canceled", "failed", "pending", "succeeded"]), amount: unbuilt },
    (_world, { status }) => ({ status }),
  ),
  [`GET ${url}/:id`]: retrieveRoute("topup"),
  [`POST ${url}/:id`]: route({ description: text, metadata }, (world, params, { id }) => {
    const row = get(world, "topup", id);
    row.object = {
      ...row.object,
      ...(params.description === undefined ? {} : { description: params.description }),
      metadata: mergeMetadata(row.object.metadata, params.metadata),
    };
    return show(world, world.save(row).object);
  }),
  [`POST ${url}/:id/cancel`]: route({}, (world, _params, { id }) => {
    const row = get(world, "topup", id);
    cancelTopup(world, row);
    return show(world, row.object);
  }),
};
