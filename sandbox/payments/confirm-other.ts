import { bankNumbers } from "#sandbox/payments/bank-numbers";
import { createCharge } from "#sandbox/payments/charge";
import { declines } from "#sandbox/payments/declines";
import { askFor, challenge, type Outcome, refuse } from "#sandbox/payments/intent-outcomes";
import { openDispute } from "#sandbox/payments/open-dispute";
import { type OtherMethod, wayOf } from "#sandbox/payments/other-methods";
import { settleCharge } from "#sandbox/payments/settle-charge";
import type { Decline } from "#sandbox/payments/test-cards";
import { invalidRequest } from "#sandbox/protocol/errors";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

type Intent = ObjectOf<"payment_intent">;

/** Pays by something other than a card: a debit that ends days later, or a page of the payer's own
 *  bank. The payment is asked for once, and every outcome is written and announced. */
export function confirmOther(
  world: World,
  intent: Row<"payment_intent">,
  method: Row<"payment_method">,
  { isAuthenticated }: { isAuthenticated: boolean },
): Outcome {
  const way = wayOf(method.object);
  if (way === undefined) throw new Error("Invariant: a card is not another method");
  checkFits(intent.object, method.object.type, way);
  const base = withMethod(intent.object, method.object);
  if (way.flow === "debit") {
    if (!method.hidden.isAuthenticated && method.object.type === "us_bank_account") {
      if (bankNumbers[method.hidden.number]?.failsDeposits) {
        world.schedule("intent.debit", base.id, world.now() + debitSeconds);
      }
      return askFor(world, intent, base, microdeposits(world, base));
    }
    return debit(world, intent, base, method);
  }
  if (!isAuthenticated) {
    if (way.flow === "redirect") return challenge(world, intent, base);
    return askFor(world, intent, base, qrCode(world, base));
  }
  const charge = createCharge(world, base, method);
  return succeed(world, intent, base, charge);
}

/** A bank has answered a debit: the money is there, or it is not. */
export function endDebit(
  world: World,
  intent: Row<"payment_intent">,
  method: Row<"payment_method">,
): Outcome {
  const charge = world.find("charge", intent.object.latest_charge ?? "");
  if (charge === undefined) throw new Error("Invariant: a debit has a charge");
  const number = bankNumbers[method.hidden.number];
  const code = number?.fails;
  if (code !== undefined) {
    const decline = debitDecline(code);
    charge.object = {
      ...charge.object,
      failure_code: code,
      failure_message: decline.message,
      status: "failed",
    };
    world.save(charge);
    world.emit("charge.failed", charge.object);
    return refuse(world, intent, method, charge.object.id, decline);
  }
  charge.object = { ...charge.object, paid: true, status: "succeeded" };
  settleCharge(world, charge);
  world.emit("charge.succeeded", charge.object);
  const outcome = succeed(world, intent, intent.object, charge);
  if (number?.isDisputed) openDispute(world, charge, { reason: "debit_not_authorized" });
  return outcome;
}

// A bank's reason is the charge's own; not each is also an error of Stripe's.
function debitDecline(reason: string): Decline {
  const message = `The customer's bank refused the debit: ${reason}.`;
  if (errorCodes.includes(reason)) return { code: reason, message };
  return { code: "payment_intent_payment_attempt_failed", declineCode: reason, message };
}

const errorCodes = [
  ...["account_closed", "charge_exceeds_source_limit", "debit_not_authorized"],
  ...["insufficient_funds", "no_account"],
];

/** The small deposits to an account did not arrive, so nobody can tell what they were. */
export function failDeposits(
  world: World,
  intent: Row<"payment_intent">,
  method: Row<"payment_method">,
): Outcome {
  return refuse(world, intent, method, null, depositsFailed);
}

/** What is said of deposits that did not arrive. */
export const depositsFailed: Decline = {
  code: "payment_method_microdeposit_failed",
  message:
    "Microdeposits could not be deposited into the customer's bank account. Please check the " +
    "account, institution and transit numbers as well as the currency type.",
};

function debit(
  world: World,
  intent: Row<"payment_intent">,
  base: Intent,
  method: Row<"payment_method">,
): Outcome {
  const number = bankNumbers[method.hidden.number];
  if (number?.isRisky) {
    const decline = declines.tooRisky;
    const { object } = createCharge(world, base, method, { decline });
    return refuse(world, intent, method, object.id, decline);
  }
  const charge = createCharge(world, base, method, { isPending: true });
  intent.object = {
    ...base,
    last_payment_error: null,
    latest_charge: charge.object.id,
    next_action: null,
    status: "processing",
  };
  world.save(intent);
  world.emit("payment_intent.processing", intent.object);
  if (!number?.isEndless) {
    world.schedule("intent.debit", base.id, world.now() + (number?.isSlow ? 180 : debitSeconds));
  }
  return { kind: "processing", charge: charge.object.id };
}

const debitSeconds = 3;

function succeed(
  world: World,
  intent: Row<"payment_intent">,
  base: Intent,
  charge: Row<"charge">,
): Outcome {
  intent.object = {
    ...base,
    amount_received: base.amount,
    last_payment_error: null,
    latest_charge: charge.object.id,
    next_action: null,
    status: "succeeded",
  };
  world.save(intent);
  world.emit("payment_intent.succeeded", intent.object);
  return { kind: "succeeded", charge: charge.object.id };
}

function withMethod(intent: Intent, { id, type }: ObjectOf<"payment_method">): Intent {
  const types = [...new Set([...(intent.payment_method_types ?? []), type])];
  return { ...intent, payment_method: id, payment_method_types: types };
}

function checkFits(intent: Intent, type: string, way: OtherMethod): void {
  if (!way.currencies.includes(intent.currency)) {
    const message =
      `The currency provided (${intent.currency}) is invalid for ${type}, which takes ` +
      `${way.currencies.join(" and ")}.`;
    throw invalidRequest(message, "payment_intent_invalid_currency", "currency");
  }
  if (intent.capture_method !== "manual") return;
  const message = `The payment method type ${type} does not support capture_method=manual.`;
  throw invalidRequest(message, "capture_charge_authorization_expired", "capture_method");
}

function microdeposits(world: World, base: Intent): NonNullable<Intent["next_action"]> {
  const url = `${world.origin}/c/authenticate/${base.client_secret}`;
  return {
    type: "verify_with_microdeposits",
    verify_with_microdeposits: {
      arrival_date: world.now() + 86_400,
      hosted_verification_url: url,
      microdeposit_type: "descriptor_code",
    },
  };
}

function qrCode(world: World, base: Intent): NonNullable<Intent["next_action"]> {
  const url = `${world.origin}/c/authenticate/${base.client_secret}`;
  return {
    type: "pix_display_qr_code",
    pix_display_qr_code: {
      data: url,
      expires_at: world.now() + 86_400,
      hosted_instructions_url: url,
    },
  };
}
