import { blankCharge } from "#sandbox/payments/blank-charge";
import { cardDetails, outcomeOf } from "#sandbox/payments/charge-card";
import { followTestCard } from "#sandbox/payments/follow-test-card";
import { incrementStatus } from "#sandbox/payments/increment";
import { wayOf } from "#sandbox/payments/other-methods";
import { settleCharge } from "#sandbox/payments/settle-charge";
import type { Decline } from "#sandbox/payments/test-cards";
import type { ThreeDSecure } from "#sandbox/payments/three-d-secure";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

/** What a charge is made for: a payment intent, or nothing but itself. */
export type Payment = Omit<ObjectOf<"payment_intent">, "id"> & { id: string | null };

/** How an attempt went: refused, left to a bank's answer, or neither. */
interface Attempt {
  decline?: Decline | undefined;
  isPending?: boolean;
  threeDSecure?: ThreeDSecure | null;
}

/** Records an attempt to take money, whether it worked or not. What worked and is not held back
 *  to be captured later is settled at once; what a bank has still to answer is pending. */
export function createCharge(
  world: World,
  intent: Payment,
  method: Row<"payment_method">,
  { decline, isPending = false, threeDSecure = null }: Attempt = {},
): Row<"charge"> {
  const isPaid = decline === undefined && !isPending;
  const isCaptured = decline === undefined && intent.capture_method !== "manual";
  const id = world.newId(method.object.type === "card" ? "ch" : "py");
  const object: ObjectOf<"charge"> = {
    ...blankCharge,
    id,
    amount: intent.amount,
    amount_captured: isCaptured ? intent.amount : 0,
    application_fee_amount: decline === undefined ? intent.application_fee_amount : null,
    billing_details: method.object.billing_details,
    captured: isCaptured,
    created: world.now(),
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    failure_code: decline?.code ?? null,
    failure_message: decline?.message ?? null,
    metadata: intent.metadata,
    on_behalf_of: intent.on_behalf_of,
    outcome: isJudged(method, decline) ? outcomeOf(method, decline) : null,
    paid: isPaid,
    payment_intent: intent.id,
    payment_method: method.object.id,
    payment_method_details: detailsOf(intent, method, threeDSecure),
    receipt_email: intent.receipt_email,
    receipt_url: isPaid ? `${world.origin}/receipts/${world.account}/${id}` : null,
    shipping: intent.shipping as ObjectOf<"charge">["shipping"],
    statement_descriptor: intent.statement_descriptor,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    status: isPending ? "pending" : isPaid ? "succeeded" : "failed",
    transfer_data: transferData(intent),
    transfer_group: intent.transfer_group ?? (intent.transfer_data ? groupOf(intent) : null),
  };
  const row = world.insert("charge", object, {});
  if (isPending) {
    world.emit("charge.pending", row.object);
    return row;
  }
  if (isCaptured) settleCharge(world, row);
  world.emit(isPaid ? "charge.succeeded" : "charge.failed", row.object);
  if (isCaptured) followTestCard(world, row, method.hidden.number);
  return row;
}

// Radar judges debits too, and their banks answer for themselves.
function isJudged({ object }: Row<"payment_method">, decline: Decline | undefined): boolean {
  return object.type === "card" || decline?.blockedFor !== undefined;
}

function detailsOf(
  intent: Payment,
  method: Row<"payment_method">,
  threeDSecure: ThreeDSecure | null,
) {
  const way = wayOf(method.object);
  const { type } = method.object;
  if (way === undefined) {
    const status = incrementStatus(intent, method.object);
    const card = cardDetails(intent.amount, method, threeDSecure);
    return { card: { ...card, incremental_authorization: { status } }, type };
  }
  return { ...way.charged(method.object, method.hidden.mandate ?? null), type };
}

function groupOf({ id }: Payment): string | null {
  return id === null ? null : `group_${id}`;
}

function transferData({ transfer_data: data }: Payment) {
  if (!data) return null;
  return { amount: data.amount ?? null, destination: data.destination };
}
