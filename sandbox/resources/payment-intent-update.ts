import { checkAmount } from "#sandbox/payments/charge-limits";
import { invalidRequest } from "#sandbox/protocol/errors";
import type { Params } from "#sandbox/protocol/params";
import { mergeMetadata } from "#sandbox/protocol/route";
import { customerNamedBy } from "#sandbox/resources/customer-named";
import { givenMethod } from "#sandbox/resources/given-method";
import { changeDetails } from "#sandbox/resources/payment-intent-details";
import { checkTerms, termsFrom, type updateFields } from "#sandbox/resources/payment-intent-terms";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

type Sent = Params<typeof updateFields>;
type Intent = ObjectOf<"payment_intent">;

/** Changes an intent. Once money is held or taken, only what is written about it can change. */
export function updateIntent(
  world: World,
  row: Row<"payment_intent">,
  sent: Sent,
): Row<"payment_intent"> {
  checkState(row.object, sent);
  const { transfer_data: data, application_fee_amount: share, ...terms } = sent;
  const kept = row.object;
  const amount = sent.amount ?? kept.amount;
  const passed = data?.amount ?? kept.transfer_data?.amount;
  checkAmount(amount, (sent.currency ?? kept.currency).toLowerCase());
  checkTerms(world, {
    amount,
    ...(share === undefined || share === null ? {} : { application_fee_amount: share }),
    ...(kept.transfer_data ? { passed: passed ?? 0 } : {}),
  });
  const method = methodOf(world, sent);
  row.object = {
    ...kept,
    ...termsFrom(terms),
    amount,
    ...(share === undefined ? {} : { application_fee_amount: share }),
    ...(sent.currency === undefined ? {} : { currency: sent.currency.toLowerCase() }),
    ...customerOf(world, sent),
    ...(sent.description === undefined ? {} : { description: sent.description }),
    metadata: mergeMetadata(kept.metadata, sent.metadata),
    ...(method === undefined ? {} : { payment_method: method, status: ready(kept) }),
    ...(data?.amount === undefined || !kept.transfer_data
      ? {}
      : { transfer_data: { ...kept.transfer_data, amount: data.amount } }),
  };
  world.save(row);
  if (sent.amount_details !== undefined || amount !== kept.amount) {
    changeDetails(world, row, sent.amount_details, amount);
  }
  return row;
}

function customerOf(world: World, sent: Sent): Partial<Intent> {
  const customer = customerNamedBy(world, sent)?.object;
  if (customer === undefined) return {};
  return { customer: customer.id, customer_account: customer.customer_account ?? null };
}

function methodOf(world: World, sent: Sent): string | undefined {
  return givenMethod(world, sent)?.object.id;
}

function ready({ status }: Intent): Intent["status"] {
  return status === "requires_payment_method" ? "requires_confirmation" : status;
}

const always = ["description", "metadata", "receipt_email", "transfer_group"];

function checkState({ status }: Intent, sent: Sent): void {
  if (!["requires_capture", "succeeded", "canceled", "processing"].includes(status)) return;
  const refused = Object.keys(sent).find((name) => !always.includes(name));
  if (refused === undefined) return;
  const why = `it has a status of ${status}`;
  const message = `This PaymentIntent's ${refused} could not be updated because ${why}.`;
  throw invalidRequest(message, "payment_intent_unexpected_state", refused);
}
