import { sessionDiscounts } from "#sandbox/billing/checkout-discounts";
import { startSubscription } from "#sandbox/billing/start-subscription";
import { bankTokens } from "#sandbox/payments/bank-numbers";
import {
  attachMethod,
  type CardInput,
  createCard,
  declineError,
  methodNamed,
  problemWith,
  tokenCard,
} from "#sandbox/payments/card";
import { declineOf } from "#sandbox/payments/decline-of";
import { authenticateFor, confirmIntent, createIntent } from "#sandbox/payments/intent";
import { writeMandate } from "#sandbox/payments/mandate";
import { wayOf } from "#sandbox/payments/other-methods";
import { type Decline, testCards } from "#sandbox/payments/test-cards";
import { methodNames } from "#sandbox/payments/test-names";
import { invalidRequest } from "#sandbox/protocol/errors";
import { get } from "#sandbox/protocol/route";
import { type CheckoutResult, completeSession, customerOf } from "#sandbox/resources/checkout-end";
import { payOnce } from "#sandbox/resources/checkout-payment";
import { setUpCard } from "#sandbox/resources/checkout-setup";
import type { Row } from "#sandbox/store/objects";
import { show } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

/** What a person fills in on the page. */
export interface CheckoutForm {
  card: CardInput;
  email: string | null;
  name: string | null;
  country: string | null;
}

/** Completes a session as the admin plane does: with a test card and no page. */
export function completeCheckout(world: World, id: string, card: string): unknown {
  if (bankTokens[card] !== undefined) return payWith(world, id, methodNamed(world, card, "card"));
  const number = methodNames[card] ?? card;
  const form = { card: tokenCard(world, number), email: null, name: "Test Payer", country: "US" };
  const first = payCheckout(world, id, form);
  const result = first.kind === "challenge" ? answerChallenge(world, id, true) : first;
  if (result.kind === "declined") throw declineError(result.decline, { keepsWrites: true });
  return show(world, get(world, "checkout.session", id).object);
}

/** The button was pressed. Pressing it twice pays once. */
export function payCheckout(world: World, id: string, form: CheckoutForm): CheckoutResult {
  const row = openSession(world, id);
  if (row.object.status === "complete") return { kind: "complete" };
  const problem = problemWith(world, form.card);
  if (problem !== undefined) return { kind: "declined", decline: problem };

  const billing = { email: form.email, name: form.name, address: countryOnly(form.country) };
  const method = createCard(world, form.card, { billing });
  const session = { isOffSession: false, isAuthenticated: false, isOnPage: true };
  if (authenticateFor(world, method, null, session).kind === "challenge") {
    row.hidden = { ...row.hidden, challenged: method.object.id };
    world.save(row);
    return { kind: "challenge" };
  }
  return pay(world, row, method, false);
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
  subscribe(world, row, method, isAuthenticated);
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

function subscribe(
  world: World,
  row: Row<"checkout.session">,
  method: Row<"payment_method">,
  isAuthenticated: boolean,
): void {
  const customer = customerOf(world, row, method);
  attachMethod(world, method, customer.object);
  const { items, subscription: data } = row.hidden;
  const trialEnd = data.trialEnd ?? (data.trialDays ? world.now() + data.trialDays * 86_400 : null);
  const { missingMethod } = data;
  const started = startSubscription(world, {
    customer,
    items: items.map(({ price, quantity }) =>
      quantity === undefined || isMeteredPrice(world, price) ? { price } : { price, quantity },
    ),
    currency: row.object.currency ?? "usd",
    discounts: sessionDiscounts(row.object),
    method,
    defaultMethod: method.object.id,
    trialEnd,
    endsWithPeriod: false,
    anchor: undefined,
    fields: {
      metadata: data.metadata ?? {},
      ...(data.description === undefined ? {} : { description: data.description }),
      ...(missingMethod === undefined
        ? {}
        : {
            trial_settings: {
              end_behavior: {
                billing_cycle_anchor: null,
                missing_payment_method: missingMethod,
              },
            },
          }),
    },
    collects: true,
    session: { isOffSession: false, isAuthenticated },
  });
  const { subscription, invoice } = started;
  completeSession(world, row, method, {
    customer: subscription.object.customer,
    customer_account: subscription.object.customer_account,
    invoice: invoice?.object.id ?? null,
    payment_status: paymentStatusOf(row.object, invoice),
    subscription: subscription.object.id,
  });
}

function paymentStatusOf(
  { amount_total: total }: Row<"checkout.session">["object"],
  invoice: Row<"invoice"> | undefined,
): "no_payment_required" | "paid" | "unpaid" {
  if ((total ?? 0) === 0) return "no_payment_required";
  return invoice?.object.status === "open" ? "unpaid" : "paid";
}

function openSession(world: World, id: string): Row<"checkout.session"> {
  const row = get(world, "checkout.session", id);
  if (row.object.status !== "expired") return row;
  throw invalidRequest("This Checkout Session has expired.", "checkout_session_expired");
}

function isMeteredPrice(world: World, id: string): boolean {
  return world.find("price", id)?.object.recurring?.usage_type === "metered";
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
