import { creditAttached } from "#sandbox/billing/credit-invoice";
import { captureIntent } from "#sandbox/payments/capture";
import { invalidRequest } from "#sandbox/protocol/errors";
import type { Params } from "#sandbox/protocol/params";
import { mergeMetadata } from "#sandbox/protocol/route";
import { changeDetails } from "#sandbox/resources/payment-intent-details";
import { type captureFields, checkTerms } from "#sandbox/resources/payment-intent-terms";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

/** Takes what is held, or part of it, and lets the invoice follow that it is attached to. */
export function captureHeld(
  world: World,
  intent: Row<"payment_intent">,
  params: Params<typeof captureFields>,
): Row<"payment_intent"> {
  const { status, amount_capturable: held } = intent.object;
  if (status !== "requires_capture") {
    const message =
      `This PaymentIntent could not be captured because it has a status of ${status}. Only a ` +
      "PaymentIntent with one of the following statuses may be captured: requires_capture.";
    throw invalidRequest(message, "payment_intent_unexpected_state");
  }
  const amount = params.amount_to_capture ?? held;
  if (amount < 1 || amount > held) {
    const message = `The amount to capture (${amount}) is greater than the capturable ${held}.`;
    throw invalidRequest(message, "amount_too_large", "amount_to_capture");
  }
  const { application_fee_amount: share, transfer_data: data } = params;
  checkTerms(world, {
    amount,
    ...(share === undefined ? {} : { application_fee_amount: share }),
    ...(intent.object.transfer_data ? { passed: data?.amount ?? 0 } : {}),
  });
  if (params.amount_details !== undefined) {
    changeDetails(world, intent, params.amount_details, amount);
  }
  if (params.metadata !== undefined) {
    intent.object = {
      ...intent.object,
      metadata: mergeMetadata(intent.object.metadata, params.metadata),
    };
  }
  captureIntent(world, intent, {
    amount,
    ...(share === undefined ? {} : { share }),
    ...(data?.amount === undefined ? {} : { passedOn: data.amount }),
  });
  creditAttached(world, intent.object.id);
  return intent;
}
