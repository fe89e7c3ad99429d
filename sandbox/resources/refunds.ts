import { refundCharge } from "#sandbox/payments/refund";
import { invalidRequest, notBuilt } from "#sandbox/protocol/errors";
import { metadataRoute } from "#sandbox/protocol/inner-routes";
import {
  boolean,
  integer,
  metadata,
  oneOf,
  type Params,
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
  amount: integer,
  charge: text,
  metadata,
  payment_intent: text,
  reason: oneOf(["duplicate", "fraudulent", "requested_by_customer"]),
  currency: unbuilt,
  customer: unbuilt,
  instructions_email: unbuilt,
  origin: unbuilt,
  refund_application_fee: boolean,
  reverse_transfer: boolean,
} satisfies Shape;

type Sent = Params<typeof fields>;
const url = "/v1/refunds";

/** `/v1/refunds`: gives a charge back, whole or in parts, and never more than it was. */
export const refundRoutes: Routes = {
  [`POST ${url}`]: route(fields, (world, params) => show(world, refund(world, params).object)),
  [`GET ${url}`]: listRoute(
    "refund",
    url,
    { charge: text, payment_intent: text },
    (_world, { charge, payment_intent }) => ({
      ...(charge === undefined ? {} : { parent: charge }),
      ...(payment_intent === undefined ? {} : { key: payment_intent }),
    }),
  ),
  [`GET ${url}/:id`]: retrieveRoute("refund"),
  [`POST ${url}/:id/cancel`]: needsAction("cancel"),
  "POST /v1/test_helpers/refunds/:id/expire": needsAction("expire"),
  [`POST ${url}/:id`]: metadataRoute("refund", "refund.updated", "charge.refund.updated"),
};

// Only refunds that wait for their customer can be called off, and none to a card does.
function needsAction(verb: string) {
  return route({}, (world, _params, { id }) => {
    const { status } = get(world, "refund", id).object;
    const message = `You cannot ${verb} this refund because it has a status of ${status}.`;
    throw invalidRequest(message, "refund_unexpected_state");
  });
}

function refund(world: World, params: Sent): Row<"refund"> {
  return refundCharge(world, chargeNamed(world, params), {
    amount: params.amount,
    reason: params.reason ?? null,
    metadata: mergeMetadata({}, params.metadata),
    refundsFee: params.refund_application_fee ?? false,
    reversesTransfer: params.reverse_transfer ?? false,
  });
}

function chargeNamed(world: World, params: Sent): Row<"charge"> {
  if (params.charge !== undefined) return paid(get(world, "charge", params.charge, "charge"));
  if (params.payment_intent === undefined) {
    throw invalidRequest("One of the following params should be provided: charge, payment_intent.");
  }
  const { object } = get(world, "payment_intent", params.payment_intent, "payment_intent");
  const charge = object.latest_charge && world.find("charge", object.latest_charge);
  if (charge) return paid(charge);
  const message = "This PaymentIntent does not have a successful charge to refund.";
  throw invalidRequest(message, "charge_not_refundable", "payment_intent");
}

function paid(charge: Row<"charge">): Row<"charge"> {
  if (charge.object.payment_method === null) throw notBuilt("Refunding what another account sent");
  if (charge.object.paid && charge.object.captured) return charge;
  if (charge.object.paid) {
    const message = "This charge has not been captured: cancel its PaymentIntent instead.";
    throw invalidRequest(message, "charge_not_refundable", "charge");
  }
  throw invalidRequest("A failed charge cannot be refunded.", "charge_not_refundable", "charge");
}
