import { collectInvoice } from "#sandbox/billing/collect-invoice";
import { attachMethod, declineError, methodNamed } from "#sandbox/payments/card";
import { cancelIntent, confirmIntent, createIntent } from "#sandbox/payments/intent";
import { invalidRequest } from "#sandbox/protocol/errors";
import {
  boolean,
  integer,
  metadata,
  oneOf,
  only,
  type Params,
  required,
  type Shape,
  shape,
  text,
  unbuilt,
} from "#sandbox/protocol/params";
import { get, listRoute, mergeMetadata, type Routes, route } from "#sandbox/protocol/route";
import { customerFilter, customerNamedBy } from "#sandbox/resources/customer-named";
import type { Row } from "#sandbox/store/objects";
import { show } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

const confirmFields = {
  payment_method: text,
  off_session: boolean,
  return_url: unbuilt,
  payment_method_data: unbuilt,
} satisfies Shape;
const createFields = {
  ...confirmFields,
  amount: required(integer),
  currency: required(text),
  application_fee_amount: integer,
  automatic_payment_methods: shape({
    enabled: required(boolean),
    allow_redirects: oneOf(["always", "never"]),
  }),
  capture_method: only(oneOf(["automatic", "automatic_async", "manual"]), "automatic"),
  confirm: boolean,
  customer: text,
  customer_account: text,
  description: text,
  metadata,
  setup_future_usage: oneOf(["off_session", "on_session"]),
  on_behalf_of: unbuilt,
  receipt_email: unbuilt,
  shipping: unbuilt,
  transfer_data: unbuilt,
  transfer_group: unbuilt,
} satisfies Shape;

const url = "/v1/payment_intents";

/** `/v1/payment_intents`: a payment of one's own, or of a connected account. */
export const paymentIntentRoutes: Routes = {
  [`POST ${url}`]: route(createFields, (world, params) => {
    const row = createFrom(world, params);
    const { payment_method: method } = row.object;
    // A test token has become a card by now, and is not to become a second one.
    const named = method === null ? {} : { payment_method: method };
    if (params.confirm) confirm(world, row.object.id, { ...params, ...named });
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
  [`POST ${url}/:id/confirm`]: route(confirmFields, (world, params, { id }) => {
    confirm(world, id ?? "", params);
    return show(world, get(world, "payment_intent", id).object);
  }),
  [`POST ${url}/:id/cancel`]: route(
    {
      cancellation_reason: oneOf(["abandoned", "duplicate", "fraudulent", "requested_by_customer"]),
    },
    (world, { cancellation_reason: reason }, { id }) => {
      const row = get(world, "payment_intent", id);
      if (isOver(row)) throw unexpectedState(row, "cancel");
      cancelIntent(world, row, reason ?? null);
      return show(world, row.object);
    },
  ),
};

function createFrom(world: World, params: Params<typeof createFields>): Row<"payment_intent"> {
  const { amount, application_fee_amount: fee, payment_method: named } = params;
  if (amount < 50) {
    const message = "Amount must be at least $0.50 usd";
    throw invalidRequest(message, "amount_too_small", "amount");
  }
  const isDirect = world.account !== world.namespace.account;
  if (fee !== undefined && !isDirect) throw feeWithoutAccount();
  if (fee !== undefined && fee > amount) {
    const message = "Your application fee cannot be larger than the amount.";
    throw invalidRequest(message, "application_fees_not_allowed", "application_fee_amount");
  }
  const row = createIntent(world, {
    amount,
    currency: params.currency.toLowerCase(),
    customer: customerNamedBy(world, params)?.object,
    description: params.description ?? null,
    metadata: mergeMetadata({}, params.metadata),
  });
  const method = named === undefined ? null : methodNamed(world, named, "payment_method").object.id;
  const automatic = params.automatic_payment_methods;
  row.object = {
    ...row.object,
    application_fee_amount: fee ?? null,
    ...(automatic === undefined ? {} : { automatic_payment_methods: automatic }),
    payment_method: method,
    setup_future_usage: params.setup_future_usage ?? null,
    status: method === null ? "requires_payment_method" : "requires_confirmation",
  };
  return world.save(row);
}

function confirm(world: World, id: string, params: Params<typeof confirmFields>): void {
  const intent = get(world, "payment_intent", id);
  if (isOver(intent)) throw unexpectedState(intent, "confirm");
  const named = params.payment_method ?? intent.object.payment_method;
  if (!named) {
    const message = "You cannot confirm this PaymentIntent because it's missing a payment method.";
    throw invalidRequest(message, "payment_intent_unexpected_state", "payment_method");
  }
  const method = methodNamed(world, named, "payment_method");
  if (method.object.customer === null && method.hidden.isUsed) throw usedBefore();
  method.hidden = { ...method.hidden, isUsed: true };
  world.save(method);
  const session = { isOffSession: params.off_session ?? false, isAuthenticated: false };
  const [payment] = world.list("invoice_payment", { key: id });
  const invoice = payment && world.find("invoice", payment.object.invoice);
  const outcome =
    invoice === undefined
      ? confirmIntent(world, intent, method, session)
      : collectInvoice(world, invoice, method, session);
  const after = get(world, "payment_intent", id);
  if (outcome.kind === "declined") {
    throw declineError(outcome.decline, { keepsWrites: true, world, intent: after });
  }
  if (outcome.kind === "succeeded") keepForLater(world, after, method);
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

function unexpectedState({ object }: Row<"payment_intent">, verb: string) {
  const why = `it has a status of ${object.status}`;
  const message = `You cannot ${verb} this PaymentIntent because ${why}.`;
  return invalidRequest(message, "payment_intent_unexpected_state");
}

function feeWithoutAccount() {
  return invalidRequest(
    "Can only apply an application_fee_amount when the PaymentIntent is attempting a direct " +
      "payment (using an OAuth key or Stripe-Account header).",
    undefined,
    "application_fee_amount",
  );
}

function usedBefore() {
  return invalidRequest(
    "The provided PaymentMethod was previously used with a PaymentIntent without Customer " +
      "attachment, and may not be used again. To use it multiple times, attach it to a Customer.",
    "payment_method_unactivated",
    "payment_method",
  );
}
