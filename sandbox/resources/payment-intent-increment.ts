import { followIntent } from "#sandbox/billing/credit-invoice";
import { checkAmount } from "#sandbox/payments/charge-limits";
import { raiseHold } from "#sandbox/payments/increment";
import { invalidRequest } from "#sandbox/protocol/errors";
import {
  integer,
  metadata,
  required,
  type Shape,
  shape,
  text,
  unbuilt,
} from "#sandbox/protocol/params";
import { get, mergeMetadata, type Routes, route } from "#sandbox/protocol/route";
import { amountDetails, changeDetails } from "#sandbox/resources/payment-intent-details";
import { checkTerms } from "#sandbox/resources/payment-intent-terms";
import type { Row } from "#sandbox/store/objects";
import { show } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

const fields = {
  amount: required(integer),
  amount_details: amountDetails,
  application_fee_amount: integer,
  description: text,
  metadata,
  statement_descriptor: text,
  transfer_data: shape({ amount: integer }),
  hooks: unbuilt,
  payment_details: unbuilt,
} satisfies Shape;
const mostTries = 10;

/** `/v1/payment_intents/:id/increment_authorization`: more is held on the card than at first. */
export const paymentIntentIncrementRoutes: Routes = {
  "POST /v1/payment_intents/:id/increment_authorization": route(fields, (world, sent, { id }) => {
    const intent = get(world, "payment_intent", id);
    const charge = get(world, "charge", checkedCharge(world, intent, sent.amount));
    const { transfer_data: kept } = intent.object;
    const { application_fee_amount: share, transfer_data: data } = sent;
    checkTerms(world, {
      amount: sent.amount,
      ...(share === undefined ? {} : { application_fee_amount: share }),
      ...(kept ? { passed: data?.amount ?? kept.amount ?? 0 } : {}),
    });
    changeDetails(world, intent, sent.amount_details, sent.amount);
    raiseHold(world, intent, charge, sent.amount, {
      ...(share === undefined ? {} : { application_fee_amount: share }),
      ...(sent.description === undefined ? {} : { description: sent.description }),
      ...(sent.statement_descriptor === undefined
        ? {}
        : { statement_descriptor: sent.statement_descriptor }),
      ...(data?.amount === undefined || !kept ? {} : { transfer_data: { ...kept, ...data } }),
      metadata: mergeMetadata(intent.object.metadata, sent.metadata),
    });
    followIntent(world, intent);
    return show(world, intent.object);
  }),
};

function checkedCharge(world: World, { object, hidden }: Row<"payment_intent">, amount: number) {
  if (object.status !== "requires_capture") {
    const message =
      `This PaymentIntent could not be incremented because it has a status of ${object.status}. ` +
      "Only a PaymentIntent with one of the following statuses may be incremented: " +
      "requires_capture.";
    throw invalidRequest(message, "payment_intent_unexpected_state");
  }
  const id = object.latest_charge ?? "";
  const card = world.find("charge", id)?.object.payment_method_details?.card;
  if (card?.incremental_authorization?.status !== "available") {
    throw invalidRequest(
      "This PaymentIntent is not eligible for incremental authorization. Ask for it with " +
        "`payment_method_options[card][request_incremental_authorization]=if_available`.",
    );
  }
  if ((hidden.increments ?? 0) >= mostTries) {
    throw invalidRequest(`A PaymentIntent can be incremented up to ${mostTries} times.`);
  }
  if (amount <= object.amount) {
    const message = `The amount must be greater than the authorized ${object.amount}.`;
    throw invalidRequest(message, undefined, "amount");
  }
  checkAmount(amount, object.currency);
  return id;
}
