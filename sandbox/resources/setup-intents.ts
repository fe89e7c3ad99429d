import { cancelSetup, confirmSetup, createSetup } from "#sandbox/billing/setup-card";
import { declineError, methodNamed } from "#sandbox/payments/card";
import { takeToken } from "#sandbox/payments/confirmation-token";
import { writeMandate } from "#sandbox/payments/mandate";
import { methodTypes } from "#sandbox/payments/method-types";
import { wayOf } from "#sandbox/payments/other-methods";
import { invalidRequest } from "#sandbox/protocol/errors";
import {
  boolean,
  metadata,
  oneOf,
  type Params,
  required,
  type Shape,
  shape,
  text,
  unbuilt,
} from "#sandbox/protocol/params";
import {
  get,
  listRoute,
  mergeMetadata,
  type Routes,
  retrieveRoute,
  route,
} from "#sandbox/protocol/route";
import { customerFilter, customerNamedBy } from "#sandbox/resources/customer-named";
import { givenFields, givenMethod } from "#sandbox/resources/given-method";
import { acceptanceOf } from "#sandbox/resources/payment-intent-other";
import { mandateData } from "#sandbox/resources/payment-intent-terms";
import { setupOptions, setupOptionsFrom } from "#sandbox/resources/payment-method-options";
import type { Row } from "#sandbox/store/objects";
import { show } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

const confirmFields = {
  client_secret: text,
  ...givenFields,
  return_url: text,
  use_stripe_sdk: boolean,
  mandate_data: mandateData,
  payment_method_options: setupOptions,
} satisfies Shape;
const fields = { customer: text, customer_account: text, description: text, metadata };
const createFields = {
  ...confirmFields,
  ...fields,
  automatic_payment_methods: shape({
    enabled: required(boolean),
    allow_redirects: oneOf(["always", "never"]),
  }),
  confirm: boolean,
  allowed_payment_method_types: methodTypes,
  usage: oneOf(["off_session", "on_session"]),
  attach_to_self: unbuilt,
  on_behalf_of: unbuilt,
  single_use: unbuilt,
} satisfies Shape;
const updateFields = { ...fields, payment_method: text, payment_method_options: setupOptions };
const url = "/v1/setup_intents";

/** `/v1/setup_intents`: a card for later, confirmed by its holder once. */
export const setupIntentRoutes: Routes = {
  [`POST ${url}`]: route(createFields, (world, params) => {
    if (params.confirmation_token !== undefined && params.confirm !== true) {
      const message = "A confirmation_token is only taken together with confirm=true.";
      throw invalidRequest(message, "parameter_missing", "confirm");
    }
    const method = givenMethod(world, params);
    const automatic = params.automatic_payment_methods;
    const row = createSetup(world, customerNamedBy(world, params)?.object, {
      ...(automatic === undefined ? {} : { automatic_payment_methods: automatic }),
      description: params.description ?? null,
      ...(params.allowed_payment_method_types === undefined
        ? {}
        : {
            allowed_payment_method_types: params.allowed_payment_method_types,
            payment_method_types: params.allowed_payment_method_types,
          }),
      metadata: mergeMetadata({}, params.metadata),
      payment_method: method?.object.id ?? null,
      ...setupOptionsFrom(params.payment_method_options),
      status: method === undefined ? "requires_payment_method" : "requires_confirmation",
      usage: params.usage ?? "off_session",
    });
    const { payment_method: _named, payment_method_data: _made, ...rest } = params;
    if (params.confirm) confirm(world, row, rest);
    return show(world, row.object);
  }),
  [`GET ${url}`]: listRoute(
    "setup_intent",
    url,
    { customer: text, customer_account: text, payment_method: text, attach_to_self: unbuilt },
    (world, { payment_method, ...who }) => ({
      ...customerFilter(world, who),
      ...(payment_method === undefined ? {} : { parent: payment_method }),
    }),
  ),
  [`GET ${url}/:id`]: route({ client_secret: text }, (world, _params, { id }) =>
    show(world, get(world, "setup_intent", id).object),
  ),
  [`POST ${url}/:id`]: route(updateFields, (world, params, { id }) => {
    const row = open(world, id, "update");
    const customer = customerNamedBy(world, params);
    const { description, payment_method: named } = params;
    const method = named === undefined ? undefined : methodNamed(world, named, "payment_method");
    row.object = {
      ...row.object,
      ...(customer === undefined ? {} : { customer: customer.object.id }),
      ...(description === undefined ? {} : { description }),
      ...setupOptionsFrom(params.payment_method_options),
      ...(method === undefined
        ? {}
        : { payment_method: method.object.id, status: "requires_confirmation" }),
      metadata: mergeMetadata(row.object.metadata ?? {}, params.metadata),
    };
    return show(world, world.save(row).object);
  }),
  [`POST ${url}/:id/confirm`]: route(confirmFields, (world, params, { id }) => {
    const row = open(world, id, "confirm");
    confirm(world, row, params);
    return show(world, row.object);
  }),
  [`POST ${url}/:id/cancel`]: route(
    { cancellation_reason: oneOf(["abandoned", "duplicate", "requested_by_customer"]) },
    (world, { cancellation_reason: reason }, { id }) => {
      const row = open(world, id, "cancel");
      cancelSetup(world, row, reason ?? null);
      return show(world, row.object);
    },
  ),
  "GET /v1/mandates/:id": retrieveRoute("mandate"),
};

function confirm(world: World, row: Row<"setup_intent">, sent: Params<typeof confirmFields>): void {
  const named = givenMethod(world, sent)?.object.id;
  const token = sent.confirmation_token;
  const taken = token && takeToken(world, token, { setup_intent: row.object.id }).method;
  const id = named ?? taken ?? row.object.payment_method;
  if (!id) {
    const message = "You cannot confirm this SetupIntent because it's missing a payment method.";
    throw invalidRequest(message, "setup_intent_unexpected_state", "payment_method");
  }
  const method = methodNamed(world, id, "payment_method");
  agree(world, method, sent);
  row.object = { ...row.object, ...setupOptionsFrom(sent.payment_method_options) };
  const outcome = confirmSetup(world, row, method);
  if (outcome.kind !== "declined") return;
  const refused = declineError(outcome.decline, { keepsWrites: true });
  refused.body.setup_intent = show(world, row.object);
  throw refused;
}

// A bank account is debited under its holder's agreement alone.
function agree(
  world: World,
  method: Row<"payment_method">,
  { mandate_data: sent }: Params<typeof confirmFields>,
): void {
  if (sent !== undefined) {
    writeMandate(world, method, acceptanceOf(world, sent.customer_acceptance));
  }
  if (wayOf(method.object)?.flow !== "debit" || method.hidden.mandate !== undefined) return;
  throw invalidRequest(
    "This SetupIntent requires a mandate, but no existing mandate was found. Collect mandate " +
      "acceptance from the customer and try again, providing acceptance data in the mandate_data " +
      "parameter.",
    "setup_intent_mandate_invalid",
    "mandate_data",
  );
}

function open(world: World, id: string | undefined, verb: string): Row<"setup_intent"> {
  const row = get(world, "setup_intent", id);
  const { status } = row.object;
  if (status !== "succeeded" && status !== "canceled") return row;
  const message = `You cannot ${verb} this SetupIntent because it has a status of ${status}.`;
  throw invalidRequest(message, "setup_intent_unexpected_state");
}
