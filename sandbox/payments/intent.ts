import { releaseHold } from "#sandbox/payments/capture";
import { createCharge } from "#sandbox/payments/charge";
import { confirmOther } from "#sandbox/payments/confirm-other";
import { declineOf, radarDoes } from "#sandbox/payments/decline-of";
import { challenge, type Outcome, refuse } from "#sandbox/payments/intent-outcomes";
import { type Decline, type TestCard, testCards } from "#sandbox/payments/test-cards";
import { type Authentication, authenticate, type Session } from "#sandbox/payments/three-d-secure";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

/** What a payment is made for. */
export interface IntentInput {
  amount: number;
  currency: string;
  customer: ObjectOf<"customer"> | undefined;
  description: string | null;
  metadata?: Record<string, string>;
  /** Whose money it becomes, and what else is known of it. */
  terms?: Partial<ObjectOf<"payment_intent">>;
}

const onSession = { isOffSession: false, isAuthenticated: false };

/** Makes a payment intent that still needs a payment method. */
export function createIntent(world: World, input: IntentInput): Row<"payment_intent"> {
  const id = world.newId("pi");
  const object: ObjectOf<"payment_intent"> = {
    ...blankIntent,
    id,
    amount: input.amount,
    client_secret: `${id}_${world.newId("secret")}`,
    created: world.now(),
    currency: input.currency,
    customer: input.customer?.id ?? null,
    customer_account: input.customer?.customer_account ?? null,
    description: input.description,
    metadata: input.metadata ?? {},
    status: "requires_payment_method",
    ...input.terms,
  };
  const row = world.insert("payment_intent", object, {});
  world.emit("payment_intent.created", row.object);
  return row;
}

/** What 3D Secure does to a payment by this card, here and now. */
export function authenticateFor(
  world: World,
  method: Row<"payment_method">,
  requested: string | null | undefined,
  session: Session,
): Authentication {
  const card = testCards[method.hidden.number];
  return authenticate({
    card,
    isRequested: isRequested(world, card, requested),
    isSetUp: method.hidden.isAuthenticated,
    purpose: "payment",
    session,
  });
}

/** Whether 3D Secure is asked for, by the integration or by Radar. */
export function isRequested(
  world: World,
  card: TestCard | undefined,
  requested: string | null | undefined,
): boolean {
  if (requested === "any" || requested === "challenge") return true;
  return card?.radar === "request_adaptive_3ds" && radarDoes(world, "request_adaptive_3ds");
}

/** Tries to take the money. Every outcome is written and announced. */
export function confirmIntent(
  world: World,
  intent: Row<"payment_intent">,
  method: Row<"payment_method">,
  session: Session = onSession,
): Outcome {
  if (method.object.type !== "card") return confirmOther(world, intent, method, session);
  const base = { ...intent.object, payment_method: method.object.id };
  const requested = base.payment_method_options?.card?.request_three_d_secure;
  const asked = authenticateFor(world, method, requested, session);
  if (asked.kind === "challenge") return challenge(world, intent, base);
  const decline = asked.decline ?? declineOf(world, method);
  const attempt = { decline, threeDSecure: asked.details };
  const charge = createCharge(world, base, method, attempt);
  if (decline !== undefined) return refuse(world, intent, method, charge.object.id, decline);
  if (base.capture_method === "manual") return hold(world, intent, base, charge.object.id);

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

// The money is set aside on the card for a week, and taken when it is captured.
function hold(
  world: World,
  intent: Row<"payment_intent">,
  base: ObjectOf<"payment_intent">,
  charge: string,
): Outcome {
  intent.object = {
    ...base,
    amount_capturable: base.amount,
    last_payment_error: null,
    latest_charge: charge,
    next_action: null,
    status: "requires_capture",
  };
  world.save(intent);
  world.schedule("intent.expire-capture", base.id, world.now() + 7 * 86_400);
  world.emit("payment_intent.amount_capturable_updated", intent.object);
  return { kind: "succeeded", charge };
}

/** Ends a challenge its holder failed. */
export function failChallenge(world: World, intent: Row<"payment_intent">): void {
  const method = world.find("payment_method", intent.object.payment_method ?? "");
  if (method !== undefined) refuse(world, intent, method, null, authenticationFailed);
}

/** Gives up a payment that is no longer wanted. */
export function cancelIntent(
  world: World,
  intent: Row<"payment_intent">,
  reason: string | null,
): void {
  if (intent.object.status === "succeeded" || intent.object.status === "canceled") return;
  releaseHold(world, intent.object);
  intent.object = {
    ...intent.object,
    amount_capturable: 0,
    canceled_at: world.now(),
    cancellation_reason: reason as ObjectOf<"payment_intent">["cancellation_reason"],
    next_action: null,
    status: "canceled",
  };
  world.save(intent);
  world.emit("payment_intent.canceled", intent.object);
}

/** What a holder who fails or closes the challenge is told. */
export const authenticationFailed: Decline = {
  code: "payment_intent_authentication_failure",
  message:
    "We are unable to authenticate your payment method. Please choose a different payment " +
    "method and try again.",
};

/** How a card is charged unless it is said otherwise. */
export const usualCardOptions = {
  installments: null,
  mandate_options: null,
  network: null,
  request_three_d_secure: "automatic" as const,
};

/** An intent of which nothing is known yet. */
export const blankIntent = {
  object: "payment_intent" as const,
  allowed_payment_method_types: null,
  amount_capturable: 0,
  amount_details: { tip: {} },
  amount_received: 0,
  application: null,
  application_fee_amount: null,
  automatic_payment_methods: null,
  canceled_at: null,
  cancellation_reason: null,
  capture_method: "automatic" as const,
  confirmation_method: "automatic" as const,
  excluded_payment_method_types: null,
  last_payment_error: null,
  latest_charge: null,
  livemode: false,
  managed_payments: null,
  next_action: null,
  on_behalf_of: null,
  payment_method: null,
  payment_method_configuration_details: null,
  payment_method_options: { card: usualCardOptions },
  payment_method_types: ["card"],
  payment_record: null,
  processing: null,
  receipt_email: null,
  review: null,
  setup_future_usage: null,
  shipping: null,
  source: null,
  statement_descriptor: null,
  statement_descriptor_suffix: null,
  transfer_data: null,
  transfer_group: null,
};

/** What a collection without a payment method amounts to. */
export const noMethodDecline: Outcome = {
  kind: "declined",
  decline: {
    code: "payment_intent_payment_attempt_failed",
    message: "This customer has no default payment method.",
  },
};
