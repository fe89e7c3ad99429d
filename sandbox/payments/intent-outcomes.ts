import type { Decline } from "#sandbox/payments/test-cards";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import { show } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

/** How a payment went. */
export type Outcome =
  | { kind: "succeeded"; charge: string }
  | { kind: "requires_action" }
  /** A debit was announced to a bank. It ends days later. */
  | { kind: "processing"; charge: string }
  | { kind: "declined"; decline: Decline };

/** Sends the payer to a page of their own, and back. */
export function challenge(
  world: World,
  intent: Row<"payment_intent">,
  base: ObjectOf<"payment_intent">,
): Outcome {
  const url = `${world.origin}/c/authenticate/${base.client_secret}`;
  const action = { redirect_to_url: { return_url: null, url }, type: "redirect_to_url" as const };
  return askFor(world, intent, base, action);
}

/** Waits for something its payer has to do. */
export function askFor(
  world: World,
  intent: Row<"payment_intent">,
  base: ObjectOf<"payment_intent">,
  action: NonNullable<ObjectOf<"payment_intent">["next_action"]>,
): Outcome {
  intent.object = { ...base, next_action: action, status: "requires_action" };
  world.save(intent);
  world.emit("payment_intent.requires_action", intent.object);
  return { kind: "requires_action" };
}

/** Records that a payment did not work. Another payment method may. */
export function refuse(
  world: World,
  intent: Row<"payment_intent">,
  method: Row<"payment_method">,
  charge: string | null,
  decline: Decline,
): Outcome {
  const error = {
    code: decline.code,
    ...(decline.declineCode === undefined ? {} : { decline_code: decline.declineCode }),
    ...(charge === null ? {} : { charge }),
    message: decline.message,
    payment_method: show(world, method.object),
    type: method.object.type === "card" ? "card_error" : "invalid_request_error",
  };
  intent.object = {
    ...intent.object,
    last_payment_error: error as unknown as ObjectOf<"payment_intent">["last_payment_error"],
    latest_charge: charge ?? intent.object.latest_charge,
    next_action: null,
    payment_method: null,
    status: "requires_payment_method",
  };
  world.save(intent);
  world.emit("payment_intent.payment_failed", intent.object);
  return { kind: "declined", decline };
}
