import { money } from "#sandbox/billing/lines";
import { postRefund } from "#sandbox/payments/balance";
import { invalidRequest } from "#sandbox/protocol/errors";
import {
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
import type { ObjectOf } from "#sandbox/store/kinds";
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
  refund_application_fee: unbuilt,
  reverse_transfer: unbuilt,
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
  [`POST ${url}/:id`]: route({ metadata }, (world, params, { id }) => {
    const row = get(world, "refund", id);
    row.object = {
      ...row.object,
      metadata: mergeMetadata(row.object.metadata ?? {}, params.metadata),
    };
    world.save(row);
    world.emit("refund.updated", row.object);
    return show(world, row.object);
  }),
};

function refund(world: World, params: Sent): Row<"refund"> {
  const charge = chargeNamed(world, params);
  const left = charge.object.amount - charge.object.amount_refunded;
  const amount = params.amount ?? left;
  checkAmount(charge.object, amount, left);
  const object: ObjectOf<"refund"> = {
    id: world.newId("re"),
    object: "refund",
    amount,
    balance_transaction: null,
    charge: charge.object.id,
    created: world.now(),
    currency: charge.object.currency,
    customer: charge.object.customer,
    customer_account: null,
    destination_details: { card: { type: "refund" }, type: "card" },
    metadata: mergeMetadata({}, params.metadata),
    payment_intent: charge.object.payment_intent,
    payment_method: charge.object.payment_method,
    reason: params.reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: "succeeded",
    transfer_reversal: null,
  };
  object.balance_transaction = postRefund(world, object);
  const row = world.insert("refund", object, {});
  world.emit("refund.created", row.object);
  const before = { amount_refunded: charge.object.amount_refunded };
  charge.object = {
    ...charge.object,
    amount_refunded: before.amount_refunded + amount,
    refunded: amount === left,
  };
  world.save(charge);
  world.emit("charge.refunded", charge.object, before);
  return row;
}

function checkAmount(charge: ObjectOf<"charge">, amount: number, left: number): void {
  if (left === 0) {
    const message = `Charge ${charge.id} has already been refunded.`;
    throw invalidRequest(message, "charge_already_refunded");
  }
  if (amount < 1) throw invalidRequest("Invalid positive integer", undefined, "amount");
  if (amount <= left) return;
  const [asked, unrefunded] = [amount, left].map((minor) => money(minor, charge.currency));
  throw invalidRequest(
    `Refund amount (${asked}) is greater than unrefunded amount on charge (${unrefunded})`,
    undefined,
    "amount",
  );
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
  if (charge.object.paid) return charge;
  throw invalidRequest("A failed charge cannot be refunded.", "charge_not_refundable", "charge");
}
