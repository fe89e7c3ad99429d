import { blankSetup } from "#sandbox/billing/blank-setup";
import { abandonAttempt, noteAttempt } from "#sandbox/billing/setup-attempt";
import { bankNumbers } from "#sandbox/payments/bank-numbers";
import { attachMethod } from "#sandbox/payments/card";
import { depositsFailed } from "#sandbox/payments/confirm-other";
import { bankDecline } from "#sandbox/payments/decline-of";
import { isRequested } from "#sandbox/payments/intent";
import { writeMandate } from "#sandbox/payments/mandate";
import { wayOf } from "#sandbox/payments/other-methods";
import { type Decline, testCards } from "#sandbox/payments/test-cards";
import { authenticate } from "#sandbox/payments/three-d-secure";
import { invalidRequest } from "#sandbox/protocol/errors";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import { show } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

type Intent = ObjectOf<"setup_intent">;

/** How setting a card up went. */
export type SetupOutcome =
  | { kind: "succeeded" }
  | { kind: "requires_action" }
  | { kind: "declined"; decline: Decline };

/** Makes a setup intent that still needs a payment method. */
export function createSetup(
  world: World,
  customer: ObjectOf<"customer"> | undefined,
  fields: Partial<Intent>,
): Row<"setup_intent"> {
  const id = world.newId("seti");
  const row = world.insert(
    "setup_intent",
    {
      ...blankSetup,
      id,
      client_secret: `${id}_${world.newId("secret")}`,
      created: world.now(),
      customer: customer?.id ?? null,
      customer_account: customer?.customer_account ?? null,
      ...fields,
    },
    {},
  );
  world.emit("setup_intent.created", row.object);
  return row;
}

/** Tries to set a card up for later: its holder may have to confirm, or its bank may say no. */
export function confirmSetup(
  world: World,
  row: Row<"setup_intent">,
  method: Row<"payment_method">,
  isAuthenticated = false,
): SetupOutcome {
  checkKeeps(method);
  if (method.object.type === "us_bank_account" && !method.hidden.isAuthenticated) {
    return askForDeposits(world, row, method);
  }
  const card = testCards[method.hidden.number];
  const requested = row.object.payment_method_options?.card?.request_three_d_secure;
  const asked = authenticate({
    card,
    isRequested: isRequested(world, card, requested),
    isSetUp: method.hidden.isAuthenticated,
    purpose: "setup",
    session: { isOffSession: false, isAuthenticated },
  });
  if (asked.kind === "challenge") return challenge(world, row, method);
  const decline = asked.decline ?? (card?.attachesAnyway ? undefined : bankDecline(method));
  if (decline !== undefined) return refuseSetup(world, row, method, decline);
  if (card?.challenge !== undefined || isAuthenticated) {
    method.hidden = { ...method.hidden, isAuthenticated: true };
    world.save(method);
  }
  const customer = world.find("customer", row.object.customer ?? "");
  if (customer !== undefined) attachMethod(world, method, customer.object);
  row.object = {
    ...row.object,
    last_setup_error: null,
    mandate:
      row.object.usage === "off_session"
        ? (method.hidden.mandate ?? writeMandate(world, method))
        : null,
    next_action: null,
    payment_method: method.object.id,
    status: "succeeded",
  };
  world.save(row);
  noteAttempt(world, row, method, { status: "succeeded", threeDSecure: asked.details });
  world.emit("setup_intent.succeeded", row.object);
  return { kind: "succeeded" };
}

/** The holder answered the challenge. */
export function answerSetup(
  world: World,
  row: Row<"setup_intent">,
  isPassed: boolean,
): SetupOutcome {
  const method = world.find("payment_method", row.object.payment_method ?? "");
  if (method === undefined) return { kind: "declined", decline: notAuthenticated };
  if (isPassed) return confirmSetup(world, row, method, true);
  return refuseSetup(world, row, method, notAuthenticated);
}

/** Gives a setup up. */
export function cancelSetup(
  world: World,
  row: Row<"setup_intent">,
  reason: Intent["cancellation_reason"],
): void {
  row.object = {
    ...row.object,
    cancellation_reason: reason,
    next_action: null,
    status: "canceled",
  };
  world.save(row);
  abandonAttempt(world, row);
  world.emit("setup_intent.canceled", row.object);
}

function challenge(
  world: World,
  row: Row<"setup_intent">,
  method: Row<"payment_method">,
): SetupOutcome {
  const url = challengePage(world, row);
  const redirect = { redirect_to_url: { return_url: null, url }, type: "redirect_to_url" as const };
  return askFor(world, row, method, redirect);
}

/** The small deposits that a setup waited for did not arrive. */
export function failSetupDeposits(world: World, id: string): void {
  const row = world.find("setup_intent", id);
  const method = world.find("payment_method", row?.object.payment_method ?? "");
  if (row?.object.status === "requires_action" && method !== undefined) {
    refuseSetup(world, row, method, depositsFailed);
  }
}

// Some days later a code stands on the account's statement, and its holder tells it.
function askForDeposits(
  world: World,
  row: Row<"setup_intent">,
  method: Row<"payment_method">,
): SetupOutcome {
  if (bankNumbers[method.hidden.number]?.failsDeposits) {
    world.schedule("setup.deposits", row.object.id, world.now() + 3);
  }
  return askFor(world, row, method, {
    type: "verify_with_microdeposits",
    verify_with_microdeposits: {
      arrival_date: world.now() + 86_400,
      hosted_verification_url: challengePage(world, row),
      microdeposit_type: "descriptor_code",
    },
  });
}

function askFor(
  world: World,
  row: Row<"setup_intent">,
  method: Row<"payment_method">,
  action: NonNullable<Intent["next_action"]>,
): SetupOutcome {
  row.object = {
    ...row.object,
    next_action: action,
    payment_method: method.object.id,
    status: "requires_action",
  };
  world.save(row);
  noteAttempt(world, row, method, { status: "requires_action" });
  world.emit("setup_intent.requires_action", row.object);
  return { kind: "requires_action" };
}

function challengePage(world: World, row: Row<"setup_intent">): string {
  return `${world.origin}/c/set-up/${row.object.client_secret}`;
}

// What leads its payer to a page each time cannot be charged without one.
function checkKeeps({ object }: Row<"payment_method">): void {
  const way = wayOf(object);
  if (way === undefined || way.flow === "debit") return;
  const message = `The payment method type ${object.type} cannot be set up for later.`;
  throw invalidRequest(message, "payment_method_unsupported_type", "payment_method");
}

/** Records that a payment method could not be set up. Another may. */
export function refuseSetup(
  world: World,
  row: Row<"setup_intent">,
  method: Row<"payment_method">,
  decline: Decline,
): SetupOutcome {
  const error = {
    code: decline.code,
    ...(decline.declineCode === undefined ? {} : { decline_code: decline.declineCode }),
    message: decline.message,
    payment_method: show(world, method.object),
    type: method.object.type === "card" ? "card_error" : "invalid_request_error",
  };
  row.object = {
    ...row.object,
    last_setup_error: error as unknown as Intent["last_setup_error"],
    next_action: null,
    payment_method: null,
    status: "requires_payment_method",
  };
  world.save(row);
  noteAttempt(world, row, method, { status: "failed", error: row.object.last_setup_error });
  world.emit("setup_intent.setup_failed", row.object);
  return { kind: "declined", decline };
}

const notAuthenticated: Decline = {
  code: "setup_intent_authentication_failure",
  message:
    "We are unable to authenticate your payment method. Please choose a different payment " +
    "method and try again.",
};
