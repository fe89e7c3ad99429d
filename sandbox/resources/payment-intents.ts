import { cancelAttached, followIntent, payIntent } from "#sandbox/billing/credit-invoice";
import { invoiceOf } from "#sandbox/billing/default-payment";
import { checkCanCharge } from "#sandbox/payments/account-standing";
import { attachMethod, declineError, methodNamed, usedBefore } from "#sandbox/payments/card";
import { checkAmount } from "#sandbox/payments/charge-limits";
import { takeToken } from "#sandbox/payments/confirmation-token";
import { cancelIntent, createIntent } from "#sandbox/payments/intent";
import { invalidRequest } from "#sandbox/protocol/errors";
import { integer, listOf, oneOf, type Params, text } from "#sandbox/protocol/params";
import { get, listRoute, mergeMetadata, type Routes, route } from "#sandbox/protocol/route";
import { customerFilter, customerNamedBy } from "#sandbox/resources/customer-named";
import { givenMethod } from "#sandbox/resources/given-method";
import { captureHeld } from "#sandbox/resources/payment-intent-capture";
import { changeDetails } from "#sandbox/resources/payment-intent-details";
import { prepareOther, verifyDeposits } from "#sandbox/resources/payment-intent-other";
import {
  captureFields,
  checkTerms,
  confirmFields,
  createFields,
  termsFrom,
  updateFields,
} from "#sandbox/resources/payment-intent-terms";
import { updateIntent } from "#sandbox/resources/payment-intent-update";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import { show } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

const url = "/v1/payment_intents";

/** `/v1/payment_intents`: a payment of one's own, of a connected account, or passed on to one. */
export const paymentIntentRoutes: Routes = {
  [`POST ${url}`]: route(createFields, (world, params) => {
    const row = createFrom(world, params);
    const { payment_method: method } = row.object;
    // A test token has become a card by now, and is not to become a second one.
    const named = method === null ? {} : { payment_method: method };
    const { payment_method_data: _made, ...rest } = params;
    if (params.confirm) confirm(world, row.object.id, { ...rest, ...named });
    return show(world, get(world, "payment_intent", row.object.id).object);
  }),
  [`GET ${url}`]: listRoute(
    "payment_intent",
    url,
    { customer: text, customer_account: text },
    customerFilter,
  ),
  [`GET ${url}/:id`]: route({ client_secret: text }, (world, _params, { id }) =>
    show(world, get(world, "payment_intent", id).object),
  ),
  [`POST ${url}/:id`]: route(updateFields, (world, params, { id }) => {
    const row = get(world, "payment_intent", id);
    const isFixed = ["amount", "currency", "customer"].some((name) => name in params);
    if (isFixed && invoiceOf(world, row.object.id) !== undefined) throw isOfInvoice("changed");
    updateIntent(world, row, params);
    if (params.amount !== undefined) followIntent(world, row);
    return show(world, row.object);
  }),
  [`POST ${url}/:id/confirm`]: route(confirmFields, (world, params, { id }) => {
    confirm(world, id ?? "", params);
    return show(world, get(world, "payment_intent", id).object);
  }),
  [`POST ${url}/:id/capture`]: route(captureFields, (world, params, { id }) =>
    show(world, captureHeld(world, get(world, "payment_intent", id), params).object),
  ),
  [`POST ${url}/:id/verify_microdeposits`]: route(
    { amounts: listOf(integer), client_secret: text, descriptor_code: text },
    (world, params, { id }) => {
      verifyDeposits(world, get(world, "payment_intent", id), params);
      return show(world, get(world, "payment_intent", id).object);
    },
  ),
  [`POST ${url}/:id/cancel`]: route(
    {
      cancellation_reason: oneOf(["abandoned", "duplicate", "fraudulent", "requested_by_customer"]),
    },
    (world, { cancellation_reason: reason }, { id }) => {
      const row = get(world, "payment_intent", id);
      if (isOver(row)) throw unexpectedState(row, "cancel");
      if (invoiceOf(world, row.object.id) !== undefined) throw isOfInvoice("canceled");
      cancelIntent(world, row, reason ?? null);
      cancelAttached(world, row.object.id);
      return show(world, row.object);
    },
  ),
};

function createFrom(world: World, params: Params<typeof createFields>): Row<"payment_intent"> {
  const { amount } = params;
  if (params.confirmation_token !== undefined && params.confirm !== true) {
    const message = "A confirmation_token is only taken together with confirm=true.";
    throw invalidRequest(message, "parameter_missing", "confirm");
  }
  checkAmount(amount, params.currency.toLowerCase());
  checkTerms(world, { ...params, amount });
  const method = givenMethod(world, params)?.object.id ?? null;
  const row = createIntent(world, {
    amount,
    currency: params.currency.toLowerCase(),
    customer: customerNamedBy(world, params)?.object,
    description: params.description ?? null,
    metadata: mergeMetadata({}, params.metadata),
    terms: {
      ...termsFrom(params),
      payment_method: method,
      status: method === null ? "requires_payment_method" : "requires_confirmation",
    },
  });
  changeDetails(world, row, params.amount_details, amount);
  return row;
}

function confirm(world: World, id: string, params: Params<typeof confirmFields>): void {
  const intent = get(world, "payment_intent", id);
  if (isOver(intent) || ["processing", "requires_capture"].includes(intent.object.status)) {
    throw unexpectedState(intent, "confirm");
  }
  checkCanCharge(world);
  const { payment_method: _method, off_session: offSession, ...terms } = params;
  const given = params.confirmation_token;
  const taken = given === undefined ? undefined : takeToken(world, given, { payment_intent: id });
  intent.object = { ...intent.object, ...termsOf(taken?.token), ...termsFrom(terms) };
  if (params.amount_details !== undefined) {
    changeDetails(world, intent, params.amount_details, intent.object.amount);
  }
  const named = givenMethod(world, params)?.object.id ?? taken?.method;
  const method = usableMethod(world, named ?? intent.object.payment_method);
  const return_url = params.return_url ?? taken?.token.return_url ?? undefined;
  const lead = return_url === undefined ? {} : { return_url };
  prepareOther(world, method, intent, { ...params, ...lead });
  const outcome = payIntent(world, intent, method, {
    isOffSession: offSession !== undefined && offSession !== false,
    isAuthenticated: false,
    // Only Stripe.js confirms with an intent's own secret and can show what is asked.
    isOnPage: params.client_secret !== undefined && params.use_stripe_sdk === true,
  });
  const after = get(world, "payment_intent", id);
  if (outcome.kind === "declined") {
    throw declineError(outcome.decline, { keepsWrites: true, world, intent: after });
  }
  if (outcome.kind === "requires_action") {
    if (params.error_on_requires_action) throw needsAction(world, after);
    setReturnUrl(world, after, return_url);
  }
  if (["processing", "succeeded"].includes(outcome.kind)) keepForLater(world, after, method);
}

// What a payer gave with a token, unless the integration says otherwise.
function termsOf(token: ObjectOf<"confirmation_token"> | undefined) {
  const { setup_future_usage: later, shipping } = token ?? {};
  return {
    ...(later ? { setup_future_usage: later } : {}),
    ...(shipping ? { shipping: shipping as ObjectOf<"payment_intent">["shipping"] } : {}),
  };
}

function usableMethod(world: World, named: string | null): Row<"payment_method"> {
  if (!named) {
    const message = "You cannot confirm this PaymentIntent because it's missing a payment method.";
    throw invalidRequest(message, "payment_intent_unexpected_state", "payment_method");
  }
  const method = methodNamed(world, named, "payment_method");
  if (method.object.customer === null && method.hidden.isUsed) throw usedBefore();
  method.hidden = { ...method.hidden, isUsed: true };
  return world.save(method);
}

function needsAction(world: World, intent: Row<"payment_intent">) {
  const message = "This payment required an authentication action to complete.";
  const decline = { code: "authentication_required", message };
  return declineError(decline, { world, intent });
}

// Where its holder is led back to is kept with the challenge.
function setReturnUrl(world: World, intent: Row<"payment_intent">, url: string | undefined): void {
  const action = intent.object.next_action;
  if (url === undefined || !action?.redirect_to_url) return;
  const redirect = { ...action.redirect_to_url, return_url: url };
  intent.object = { ...intent.object, next_action: { ...action, redirect_to_url: redirect } };
  world.save(intent);
}

// What is to be used again is saved to the customer it was used for.
function keepForLater(
  world: World,
  intent: Row<"payment_intent">,
  method: Row<"payment_method">,
): void {
  const { customer, setup_future_usage } = intent.object;
  const owner = customer === null ? undefined : world.find("customer", customer);
  if (setup_future_usage !== null && owner) attachMethod(world, method, owner.object);
}

function isOver({ object }: Row<"payment_intent">): boolean {
  return object.status === "succeeded" || object.status === "canceled";
}

// What Stripe made for an invoice follows the invoice.
function isOfInvoice(what: string) {
  const message = `This PaymentIntent is an invoice's and cannot be ${what} directly.`;
  return invalidRequest(message, "payment_intent_unexpected_state");
}

function unexpectedState({ object }: Row<"payment_intent">, verb: string) {
  const why = `it has a status of ${object.status}`;
  const message = `You cannot ${verb} this PaymentIntent because ${why}.`;
  return invalidRequest(message, "payment_intent_unexpected_state");
}
