import { authorize, capture, letGo } from "#sandbox/banking/authorization";
import { currencyCode } from "#sandbox/protocol/currency";
import { invalidRequest } from "#sandbox/protocol/errors";
import { metadataRoute } from "#sandbox/protocol/inner-routes";
import {
  integer,
  oneOf,
  required,
  type Shape,
  shape,
  text,
  unbuilt,
} from "#sandbox/protocol/params";
import { get, listRoute, type Routes, retrieveRoute, route } from "#sandbox/protocol/route";
import { show } from "#sandbox/store/views";

const url = "/v1/issuing/authorizations";
const test = "/v1/test_helpers/issuing/authorizations";

const asked = {
  amount: required(integer),
  card: required(text),
  authorization_method: oneOf(["chip", "contactless", "keyed_in", "online", "swipe"]),
  currency: currencyCode,
  merchant_data: shape({ name: text, category: text, city: text, country: text }),
  amount_details: unbuilt,
  fleet: unbuilt,
  fraud_disputability_likelihood: unbuilt,
  fuel: unbuilt,
  is_amount_controllable: unbuilt,
  merchant_amount: unbuilt,
  merchant_currency: unbuilt,
  network_data: unbuilt,
  risk_assessment: unbuilt,
  verification_data: unbuilt,
  wallet: unbuilt,
} satisfies Shape;

/** `/v1/issuing/authorizations`: a shop asks, the card's status, limits and funds answer, and the
 *  money is held until the shop takes it or lets it go. */
export const authorizationRoutes: Routes = {
  [`POST ${test}`]: route(asked, (world, params) => {
    const card = get(world, "issuing.card", params.card, "card").object;
    if (params.amount < 1) {
      throw invalidRequest("Invalid positive integer", "parameter_invalid_integer", "amount");
    }
    const { object } = authorize(world, card, {
      amount: params.amount,
      currency: params.currency?.toLowerCase() ?? card.currency,
      method: params.authorization_method ?? "online",
      merchant: params.merchant_data ?? {},
    });
    return show(world, object);
  }),
  [`POST ${test}/:id/capture`]: route(
    { capture_amount: integer, close_authorization: unbuilt, purchase_details: unbuilt },
    (world, { capture_amount }, { id }) => {
      const row = get(world, "issuing.authorization", id);
      capture(world, row, capture_amount ?? row.object.amount);
      return show(world, row.object);
    },
  ),
  [`POST ${test}/:id/reverse`]: route({ reverse_amount: unbuilt }, (world, _params, { id }) => {
    const row = get(world, "issuing.authorization", id);
    letGo(world, row, "reversed");
    return show(world, row.object);
  }),
  [`POST ${test}/:id/expire`]: route({}, (world, _params, { id }) => {
    const row = get(world, "issuing.authorization", id);
    letGo(world, row, "expired");
    return show(world, row.object);
  }),
  [`GET ${url}`]: listRoute(
    "issuing.authorization",
    url,
    { card: text, cardholder: text, status: text },
    (_world, { card, cardholder, status }) => ({ parent: card, customer: cardholder, status }),
  ),
  [`GET ${url}/:id`]: retrieveRoute("issuing.authorization"),
  [`POST ${url}/:id`]: metadataRoute("issuing.authorization", "issuing_authorization.updated"),
};
