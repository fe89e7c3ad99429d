import { methodNamed } from "#sandbox/payments/card";
import { keepToken } from "#sandbox/payments/confirmation-token";
import { invalidRequest } from "#sandbox/protocol/errors";
import { oneOf, required, type Shape, shape, text, unbuilt } from "#sandbox/protocol/params";
import { type Routes, retrieveRoute, route } from "#sandbox/protocol/route";
import { address, wholeAddress } from "#sandbox/resources/address";
import { givenMethod, methodData } from "#sandbox/resources/given-method";
import type { ObjectOf } from "#sandbox/store/kinds";
import { show } from "#sandbox/store/views";

type Shipping = ObjectOf<"confirmation_token">["shipping"];

const fields = {
  payment_method: text,
  payment_method_data: methodData,
  payment_method_options: unbuilt,
  return_url: text,
  setup_future_usage: oneOf(["off_session", "on_session"]),
  shipping: shape({ address: required(address), name: required(text), phone: text }),
} satisfies Shape;

/** `/v1/confirmation_tokens`: what a payer has given, until an intent is confirmed with it. Only
 *  Stripe.js makes them, and in test mode a helper. */
export const confirmationTokenRoutes: Routes = {
  "POST /v1/test_helpers/confirmation_tokens": route(fields, (world, params) => {
    const { payment_method: named, shipping: to } = params;
    const before = named === undefined ? undefined : world.find("payment_method", named);
    const method = givenMethod(world, params);
    if (method === undefined) {
      const message = "Missing required param: payment_method_data.";
      throw invalidRequest(message, "parameter_missing", "payment_method_data");
    }
    const shipping = to && { ...to, address: wholeAddress(to.address), phone: to.phone ?? null };
    const row = keepToken(world, methodNamed(world, method.object.id, "payment_method"), !before, {
      return_url: params.return_url ?? null,
      setup_future_usage: params.setup_future_usage ?? null,
      shipping: (shipping ?? null) as Shipping,
    });
    return show(world, row.object);
  }),
  "GET /v1/confirmation_tokens/:id": retrieveRoute("confirmation_token"),
};
