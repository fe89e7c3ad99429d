import { methodNamed } from "#sandbox/payments/card";
import { invalidRequest } from "#sandbox/protocol/errors";
import { integer, required, text } from "#sandbox/protocol/params";
import { get, type Routes, route } from "#sandbox/protocol/route";
import { payWith } from "#sandbox/resources/checkout-completion";
import { show } from "#sandbox/store/views";

/** `/v1/payment_pages`: what Stripe's own Checkout page calls, and its CLI. */
export const paymentPageRoutes: Routes = {
  "GET /v1/payment_pages/:id": route({}, (world, _params, { id }) =>
    show(world, get(world, "checkout.session", id).object),
  ),
  "POST /v1/payment_pages/:id/confirm": route(
    { payment_method: required(text), expected_amount: integer },
    (world, { payment_method: named, expected_amount: expected }, { id = "" }) => {
      const row = get(world, "checkout.session", id);
      if (expected !== undefined && expected !== row.object.amount_total) {
        const message = `The amount is ${row.object.amount_total}, not ${expected}.`;
        throw invalidRequest(message, undefined, "expected_amount");
      }
      return payWith(world, id, methodNamed(world, named, "payment_method"));
    },
  ),
};
