import { money } from "#sandbox/billing/lines";
import { giveFeeBack, shareOf } from "#sandbox/payments/application-fee";
import { closeInquiries, isBlocked, isInquiry } from "#sandbox/payments/dispute";
import { closeReviews, settleWarnings } from "#sandbox/payments/fraud";
import { applicationFee, post } from "#sandbox/payments/ledger";
import { testCards } from "#sandbox/payments/test-cards";
import { reverseTransfer } from "#sandbox/payments/transfer";
import { invalidRequest, StripeError } from "#sandbox/protocol/errors";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

/** What a refund is to give back. */
export interface RefundInput {
  amount: number | undefined;
  reason: ObjectOf<"refund">["reason"];
  metadata: Record<string, string>;
  refundsFee: boolean;
  reversesTransfer: boolean;
}

/** Gives a charge back, whole or in parts, and never more than it was. The platform's share and a
 *  destination's transfer come back only where that is asked for. */
export function refundCharge(world: World, charge: Row<"charge">, input: RefundInput) {
  checkDispute(world, charge.object);
  const left = charge.object.amount - charge.object.amount_refunded;
  const amount = input.amount ?? left;
  checkAmount(charge.object, amount, left);
  const part = { amount, of: charge.object.amount_captured, isLast: amount === left };
  const id = world.newId(charge.object.id.startsWith("py_") ? "pyr" : "re");
  const reversal = input.reversesTransfer ? takeBack(world, charge.object, part, input, id) : null;
  const share = input.refundsFee && reversal === null ? feeBack(world, charge.object, part) : 0;
  const way = testCards[numberOf(world, charge.object)]?.refunds;
  const { currency } = charge.object;
  const fees = share === 0 ? [] : [applicationFee(-share, currency)];
  const facts = { amount: -amount, currency, fees, source: id, description: "REFUND FOR CHARGE" };
  const type = charge.object.payment_method_details?.type ?? "card";
  const ledger = post(world, { ...facts, type: type === "card" ? "refund" : "payment_refund" });
  const object: ObjectOf<"refund"> = {
    id,
    object: "refund",
    amount,
    balance_transaction: ledger.id,
    charge: charge.object.id,
    created: world.now(),
    currency,
    customer: charge.object.customer,
    customer_account: null,
    destination_details: type === "card" ? { card: { type: "refund" }, type } : { type },
    metadata: input.metadata,
    payment_intent: charge.object.payment_intent,
    payment_method: charge.object.payment_method,
    reason: input.reason,
    receipt_number: null,
    source_transfer_reversal: null,
    status: way === "pending" ? "pending" : "succeeded",
    transfer_reversal: reversal,
  };
  const row = world.insert("refund", object, {});
  world.emit("refund.created", row.object);
  noteRefunded(world, charge, amount);
  if (amount === left) closeInquiries(world, charge.object.id);
  settleWarnings(world, charge.object.id);
  closeReviews(
    world,
    charge.object.id,
    input.reason === "fraudulent" ? "refunded_as_fraud" : "refunded",
  );
  if (way !== undefined) world.schedule("refund.advance", id, world.now() + refundSeconds);
  return row;
}

const refundSeconds = 60;

/** A refund that waited has arrived, or one that seemed to has come back. */
export function advanceRefund(world: World, id: string): void {
  const row = world.find("refund", id);
  if (row === undefined) return;
  const { charge: chargeId, amount, currency, status } = row.object;
  if (status === "pending") {
    row.object = { ...row.object, status: "succeeded" };
    world.save(row);
    world.emit("refund.updated", row.object, { status });
    world.emit("charge.refund.updated", row.object, { status });
    return;
  }
  const facts = { amount, currency, source: id, description: "REFUND FAILURE" };
  const ledger = post(world, { ...facts, type: "refund_failure" });
  row.object = {
    ...row.object,
    failure_balance_transaction: ledger.id,
    failure_reason: "expired_or_canceled_card",
    status: "failed",
  };
  world.save(row);
  const charge = world.find("charge", chargeId ?? "");
  if (charge !== undefined) {
    const refunded = charge.object.amount_refunded - amount;
    charge.object = { ...charge.object, amount_refunded: refunded, refunded: false };
    world.save(charge);
  }
  world.emit("refund.failed", row.object);
  world.emit("charge.refund.updated", row.object, { status });
}

function noteRefunded(world: World, charge: Row<"charge">, amount: number): void {
  const before = { amount_refunded: charge.object.amount_refunded };
  const refunded = before.amount_refunded + amount;
  const isWhole = refunded === charge.object.amount;
  charge.object = { ...charge.object, amount_refunded: refunded, refunded: isWhole };
  world.save(charge);
  world.emit("charge.refunded", charge.object, before);
}

type Part = { amount: number; of: number; isLast: boolean };

function takeBack(
  world: World,
  charge: ObjectOf<"charge">,
  part: Part,
  input: RefundInput,
  refund: string,
): string {
  const transfer =
    charge.transfer === undefined ? undefined : world.find("transfer", charge.transfer);
  if (transfer === undefined) {
    const message = "This charge has no associated transfer to reverse.";
    throw invalidRequest(message, undefined, "reverse_transfer");
  }
  const { amount: total, amount_reversed } = transfer.object;
  const amount = shareOf({ total, left: total - amount_reversed }, part);
  const asked = { amount, refundsFee: input.refundsFee, sourceRefund: refund };
  return reverseTransfer(world, transfer, asked).id;
}

// A fee goes back by itself only from the books of the account it was taken from.
function feeBack(world: World, charge: ObjectOf<"charge">, part: Part): number {
  const platform = world.as(world.namespace.account);
  const fee = platform.find("application_fee", charge.application_fee ?? "");
  if (fee === undefined) {
    const message = "This charge has no application fee to refund.";
    throw invalidRequest(message, undefined, "refund_application_fee");
  }
  const { amount: total, amount_refunded } = fee.object;
  const share = shareOf({ total, left: total - amount_refunded }, part);
  if (share > 0) giveFeeBack(platform, fee, share);
  if (world.account !== platform.account) return share;
  returnFee(platform, fee.object, share);
  return 0;
}

/** Writes a fee that came back into the connected account's ledger. */
export function returnFee(platform: World, fee: ObjectOf<"application_fee">, amount: number): void {
  if (amount === 0) return;
  const { account, currency, id } = fee;
  const description = "Application fee refund";
  post(platform.as(account), { type: "adjustment", amount, currency, source: id, description });
}

function checkDispute(world: World, charge: ObjectOf<"charge">): void {
  const open = world
    .list("dispute", { parent: charge.id })
    .some(({ object }) => !isInquiry(object) && object.status !== "won" && !isBlocked(object));
  if (!open) return;
  const message = `Charge ${charge.id} has been charged back; cannot issue a refund.`;
  throw new StripeError(400, { type: "invalid_request_error", code: "charge_disputed", message });
}

function checkAmount(charge: ObjectOf<"charge">, amount: number, left: number): void {
  if (left === 0) {
    const message = `Charge ${charge.id} has already been refunded.`;
    throw invalidRequest(message, "charge_already_refunded");
  }
  if (amount < 1)
    throw invalidRequest("Invalid positive integer", "parameter_invalid_integer", "amount");
  if (amount <= left) return;
  const [asked, unrefunded] = [amount, left].map((minor) => money(minor, charge.currency));
  throw invalidRequest(
    `Refund amount (${asked}) is greater than unrefunded amount on charge (${unrefunded})`,
    undefined,
    "amount",
  );
}

function numberOf(world: World, { payment_method }: ObjectOf<"charge">): string {
  return world.find("payment_method", payment_method ?? "")?.hidden.number ?? "";
}
