import { payoutsAllowed } from "#sandbox/payments/account-standing";
import { defaultFor, type ExternalAccount, findExternal } from "#sandbox/payments/external-account";
import { cancelPayout, checkFunds, createPayout, reversePayout } from "#sandbox/payments/payout";
import { currencyCode } from "#sandbox/protocol/currency";
import { invalidRequest } from "#sandbox/protocol/errors";
import { metadataRoute } from "#sandbox/protocol/inner-routes";
import {
  integer,
  metadata,
  oneOf,
  type Params,
  required,
  type Shape,
  text,
  unbuilt,
} from "#sandbox/protocol/params";
import {
  get,
  listRoute,
  mergeMetadata,
  type Routes,
  retrieveRoute,
  route,
} from "#sandbox/protocol/route";
import type { Row } from "#sandbox/store/objects";
import { show } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

const fields = {
  amount: required(integer),
  currency: required(currencyCode),
  description: text,
  destination: text,
  metadata,
  method: oneOf(["instant", "standard"]),
  payout_method: unbuilt,
  source_type: oneOf(["bank_account", "card"]),
  statement_descriptor: text,
} satisfies Shape;
type Sent = Params<typeof fields>;

const url = "/v1/payouts";

/** `/v1/payouts`: the balance, sent to a bank. */
export const payoutRoutes: Routes = {
  [`POST ${url}`]: route(fields, (world, params) => show(world, payOut(world, params).object)),
  [`GET ${url}`]: listRoute(
    "payout",
    url,
    { destination: text, status: text, arrival_date: unbuilt },
    (_world, { destination, status }) => ({ parent: destination, status }),
  ),
  [`GET ${url}/:id`]: retrieveRoute("payout"),
  [`POST ${url}/:id`]: metadataRoute("payout", "payout.updated"),
  [`POST ${url}/:id/cancel`]: route({}, (world, _params, { id }) => {
    const row = get(world, "payout", id);
    cancelPayout(world, row);
    return show(world, row.object);
  }),
  [`POST ${url}/:id/reverse`]: route({ metadata }, (world, params, { id }) => {
    const reversal = reversePayout(
      world,
      get(world, "payout", id),
      mergeMetadata({}, params.metadata),
    );
    return show(world, reversal.object);
  }),
};

function payOut(world: World, params: Sent): Row<"payout"> {
  if (params.amount < 1)
    throw invalidRequest("Invalid positive integer", "parameter_invalid_integer", "amount");
  if (!payoutsAllowed(world)) {
    const message = "Cannot create payouts: this account has requirements that need attention.";
    throw invalidRequest(message, "payouts_not_allowed");
  }
  const currency = params.currency.toLowerCase();
  const method = params.method ?? "standard";
  const asked = {
    amount: params.amount,
    currency,
    isAutomatic: false,
    method,
    sourceType: params.source_type ?? "card",
    description: params.description ?? null,
    metadata: mergeMetadata({}, params.metadata),
    statementDescriptor: params.statement_descriptor ?? null,
  } as const;
  const destination = destinationOf(world, params.destination, currency);
  if (method === "instant" && !destination.object.available_payout_methods?.includes("instant")) {
    const message = "This external account does not support instant payouts.";
    throw invalidRequest(message, "instant_payouts_unsupported", "method");
  }
  checkFunds(world, asked);
  return createPayout(world, { ...asked, destination });
}

function destinationOf(world: World, named: string | undefined, currency: string): ExternalAccount {
  const found = named === undefined ? defaultFor(world, currency) : findExternal(world, named);
  if (found?.object.currency === currency) return found;
  if (named !== undefined && found === undefined) {
    throw invalidRequest(`No such external account: '${named}'`, "resource_missing", "destination");
  }
  const message = `Sorry, you don't have any external accounts in that currency (${currency}).`;
  throw invalidRequest(message, undefined, "currency");
}
