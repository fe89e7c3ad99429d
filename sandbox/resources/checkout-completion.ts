import { bankTokens } from "#sandbox/payments/bank-numbers";
import {
  type CardInput,
  createCard,
  declineError,
  methodNamed,
  problemWith,
  tokenCard,
} from "#sandbox/payments/card";
import { createOtherMethod } from "#sandbox/payments/create-other-method";
import { declineOf } from "#sandbox/payments/decline-of";
import { authenticateFor, confirmIntent, createIntent } from "#sandbox/payments/intent";
import { writeMandate } from "#sandbox/payments/mandate";
import { type OtherType, wayOf } from "#sandbox/payments/other-methods";
import { type Decline, testCards } from "#sandbox/payments/test-cards";
import { methodNames } from "#sandbox/payments/test-names";
import { invalidRequest } from "#sandbox/protocol/errors";
import { get } from "#sandbox/protocol/route";
import type { CheckoutResult, Payer } from "#sandbox/resources/checkout-end";
import { payOnce } from "#sandbox/resources/checkout-payment";
import { setUpCard } from "#sandbox/resources/checkout-setup";
import { subscribe, subscribeFree } from "#sandbox/resources/checkout-subscribe";
import type { Row } from "#sandbox/store/objects";
import { show } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

/** What a person fills in on the page. */
export interface CheckoutForm {
  /** A card, another way to pay, or nothing where nothing is due. */
  pays: { card: CardInput } | { type: OtherType; number: string } | null;
  email: string | null;
  name: string | null;
  address: Payer["address"];
  phone: string | null;
}

/** Completes a session as the admin plane does: with a test card and no page. */
export function completeCheckout(
  world: World,
  id: string,
  card: string,
  email: string | null = null,
): unknown {
  if (bankTokens[card] !== undefined) return payWith(world, id, methodNamed(world, card, "card"));
  const number = methodNames[card] ?? card;
  const pays = { card: tokenCard(world, number) };
  const form = { pays, email, name: "Test Payer", address: countryOnly("US"), phone: null };
  const first = payCheckout(world, id, form);
  const result = first.kind === "challenge" ? answerChallenge(world, id, true) : first;
  if (result.kind === "declined") throw declineError(result.decline, { keepsWrites: true });
  return show(world, get(world, "checkout.session", id).object);
}

/** The button was pressed. Pressing it twice pays once. */
export function payCheckout(world: World, id: string, form: CheckoutForm): CheckoutResult {
  const row = openSession(world, id);
  if (row.object.status === "complete") return { kind: "complete" };
  const { pays, ...told } = form;
  const billing = { ...told, tax_id: null };
  if (pays === null) return subscribeFree(world, row, billing);
  if ("type" in pays) return payOther(world, row, pays, billing);
  const problem = problemWith(world, pays.card);
  if (problem !== undefined) return { kind: "declined", decline: problem };

  const method = createCard(world, pays.card, { billing });
  const session = { isOffSession: false, isAuthenticated: false, isOnPage: true };
  const isAsked = authenticateFor(world, method, null, session).kind === "challenge";
  return isAsked ? ask(world, row, method) : pay(world, row, method, false);
}

// A debit is announced and the session is complete; other ways lead to a page of the payer's own.
function payOther(
  world: World,
  row: Row<"checkout.session">,
  { type, number }: { type: OtherType; number: string },
  billing: Payer,
): CheckoutResult {
  const method = createOtherMethod(world, { type, number, billing, isVerified: true });
  if (wayOf(method.object)?.flow !== "debit") return ask(world, row, method);
  writeMandate(world, method);
  return pay(world, row, method, true);
}

function ask(
  world: World,
  row: Row<"checkout.session">,
  method: Row<"payment_method">,
): CheckoutResult {
  row.hidden = { ...row.hidden, challenged: method.object.id };
  world.save(row);
  return { kind: "challenge" };
}

/** Completes a session with a payment method there is. A debit is only announced: the session is
 *  complete, and unpaid until its bank has answered. */
export function payWith(world: World, id: string, method: Row<"payment_method">): unknown {
  const row = openSession(world, id);
  if (row.object.status !== "complete") {
    const isDebit = wayOf(method.object)?.flow === "debit";
    if (isDebit && row.object.mode !== "setup") writeMandate(world, method);
    const result = pay(world, row, method, true);
    if (result.kind === "declined") throw declineError(result.decline, { keepsWrites: true });
  }
  return show(world, get(world, "checkout.session", id).object);
}

/** The holder answered the challenge. */
export function answerChallenge(world: World, id: string, isPassed: boolean): CheckoutResult {
  const row = openSession(world, id);
  if (row.object.status === "complete") return { kind: "complete" };
  const method = world.find("payment_method", row.hidden.challenged ?? "");
  const { challenged: _challenged, ...rest } = row.hidden;
  row.hidden = rest;
  world.save(row);
  if (method === undefined || !isPassed) return { kind: "declined", decline: notAuthenticated };
  method.hidden = { ...method.hidden, isAuthenticated: true };
  world.save(method);
  return pay(world, row, method, true);
}

function pay(
  world: World,
  row: Row<"checkout.session">,
  method: Row<"payment_method">,
  isAuthenticated: boolean,
): CheckoutResult {
  if (row.object.mode === "setup") return setUpCard(world, row, method, isAuthenticated);
  if (row.object.mode === "payment") return payOnce(world, row, method, isAuthenticated);
  const total = row.object.amount_total ?? 0;
  const decline = refusalOf(world, method, total, isAuthenticated);
  if (decline !== undefined) {
    recordDecline(world, row, method, total, isAuthenticated);
    return { kind: "declined", decline };
  }
  const payer = method.object.billing_details;
  subscribe(world, row, { method, payer, isAuthenticated });
  return { kind: "complete" };
}

// What only fails when it is charged does for a trial.
function refusalOf(
  world: World,
  method: Row<"payment_method">,
  total: number,
  isAuthenticated: boolean,
): Decline | undefined {
  const session = { isOffSession: false, isAuthenticated };
  const asked = authenticateFor(world, method, null, session);
  if (asked.kind === "over" && asked.decline !== undefined) return asked.decline;
  const isFree = total === 0 && testCards[method.hidden.number]?.attachesAnyway;
  return isFree ? undefined : declineOf(world, method);
}

// A refused card leaves its failed charge behind, and no subscription.
function recordDecline(
  world: World,
  row: Row<"checkout.session">,
  method: Row<"payment_method">,
  total: number,
  isAuthenticated: boolean,
): void {
  if (total === 0) return;
  const customer = world.find("customer", row.object.customer ?? "")?.object;
  const currency = row.object.currency ?? "usd";
  const description = "Subscription creation";
  const intent = createIntent(world, { amount: total, currency, customer, description });
  confirmIntent(world, intent, method, { isOffSession: false, isAuthenticated });
}

function openSession(world: World, id: string): Row<"checkout.session"> {
  const row = get(world, "checkout.session", id);
  if (row.object.status !== "expired") return row;
  throw invalidRequest("This Checkout Session has expired.", "checkout_session_expired");
}

function countryOnly(country: string | null) {
  return { city: null, country, line1: null, line2: null, postal_code: null, state: null };
}

const notAuthenticated: Decline = {
  code: "payment_intent_authentication_failure",
  message:
    "We are unable to authenticate your payment method. Please choose a different payment " +
    "method and try again.",
};
