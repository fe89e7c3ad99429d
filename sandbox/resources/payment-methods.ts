import {
  attachMethod,
  createCard,
  methodNamed,
  networksOf,
  noBilling,
} from "#sandbox/payments/card";
import { cardFromToken } from "#sandbox/payments/card-from-token";
import { createOtherMethod } from "#sandbox/payments/create-other-method";
import type { OtherType } from "#sandbox/payments/other-methods";
import { invalidRequest, noSuch } from "#sandbox/protocol/errors";
import {
  integer,
  metadata,
  oneOf,
  type Params,
  type Shape,
  shape,
  text,
  unbuilt,
  unsettable,
} from "#sandbox/protocol/params";
import {
  changesOf,
  get,
  listRoute,
  mergeMetadata,
  pageOf,
  pagingParams,
  type Routes,
  retrieveRoute,
  route,
} from "#sandbox/protocol/route";
import { address, wholeAddress } from "#sandbox/resources/address";
import { customerFilter, customerNamedBy, findCustomer } from "#sandbox/resources/customer-named";
import { numberFrom, otherFields, otherTypes } from "#sandbox/resources/other-method-fields";
import { show } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

const billingDetails = shape({
  address: unsettable(address),
  email: unsettable(text),
  name: unsettable(text),
  phone: unsettable(text),
  tax_id: text,
});
const redisplay = oneOf(["always", "limited", "unspecified"]);
const networks = shape({ preferred: oneOf(["cartes_bancaires", "mastercard", "visa"]) });
const createFields = {
  type: oneOf(["card", ...otherTypes]),
  ...otherFields,
  card: shape({
    number: text,
    exp_month: integer,
    exp_year: integer,
    cvc: text,
    token: text,
    networks,
  }),
  billing_details: billingDetails,
  metadata,
  allow_redisplay: redisplay,
  payment_method: unbuilt,
  customer: unbuilt,
} satisfies Shape;

/** `/v1/payment_methods`. Test tokens such as `pm_card_visa` stand wherever an id does. */
export const paymentMethodRoutes: Routes = {
  "POST /v1/payment_methods": route(createFields, (world, { card, ...params }) => {
    if (params.type !== undefined && params.type !== "card") {
      return show(world, otherFrom(world, params).object);
    }
    if (card?.token !== undefined) {
      return show(world, cardFromToken(world, card.token, "card[token]").object);
    }
    if (card?.number === undefined || !card.exp_month || !card.exp_year) {
      throw invalidRequest("Missing required param: card.", "parameter_missing", "card");
    }
    const row = createCard(
      world,
      {
        number: card.number.replaceAll(/\D/g, ""),
        expMonth: card.exp_month,
        expYear: card.exp_year < 100 ? 2000 + card.exp_year : card.exp_year,
        ...(card.cvc === undefined ? {} : { cvc: card.cvc }),
        network: card.networks?.preferred,
      },
      {
        billing: billingFrom(params.billing_details),
        metadata: mergeMetadata({}, params.metadata),
      },
    );
    return show(world, row.object);
  }),
  "GET /v1/payment_methods": listRoute(
    "payment_method",
    "/v1/payment_methods",
    { customer: text, customer_account: text, type: text, allow_redisplay: unbuilt },
    (world, { type, ...who }) => ({
      ...customerFilter(world, who),
      ...(type === undefined ? {} : { status: type }),
    }),
  ),
  "GET /v1/customers/:id/payment_methods": route(
    { ...pagingParams, type: text, allow_redisplay: unbuilt },
    (world, { type, ...paging }, { id }) => {
      const customer = findCustomer(world, id ?? "").object.id;
      const query = { customer, ...(type === undefined ? {} : { status: type }) };
      const url = `/v1/customers/${id}/payment_methods`;
      return pageOf(world, url, "payment_method", query, paging);
    },
  ),
  "GET /v1/customers/:id/payment_methods/:id": route({}, (world, _params, { id, sub }) => {
    const row = get(world, "payment_method", sub);
    const customer = findCustomer(world, id ?? "").object.id;
    if (row.object.customer !== customer) throw noSuch("payment_method", sub ?? "");
    return show(world, row.object);
  }),
  "GET /v1/payment_methods/:id": retrieveRoute("payment_method"),
  "POST /v1/payment_methods/:id": route(
    {
      billing_details: billingDetails,
      metadata,
      allow_redisplay: redisplay,
      card: shape({ exp_month: integer, exp_year: integer, networks }),
    },
    (world, params, { id }) => {
      const row = get(world, "payment_method", id);
      const before = row.object;
      const { exp_month, exp_year, networks: asked } = params.card ?? {};
      const available = before.card?.networks?.available ?? [];
      row.object = {
        ...before,
        billing_details: { ...before.billing_details, ...billingFrom(params.billing_details) },
        metadata: mergeMetadata(before.metadata ?? {}, params.metadata),
        ...(params.allow_redisplay === undefined
          ? {}
          : { allow_redisplay: params.allow_redisplay }),
        ...(before.card === undefined
          ? {}
          : {
              card: {
                ...before.card,
                ...(exp_month === undefined ? {} : { exp_month }),
                ...(exp_year === undefined ? {} : { exp_year }),
                ...(asked && networksOf(before.card.brand, available, asked.preferred)),
              },
            }),
      };
      world.save(row);
      const previous = changesOf<"payment_method">(before, row.object);
      world.emit("payment_method.updated", row.object, previous);
      return show(world, row.object);
    },
  ),
  "POST /v1/payment_methods/:id/attach": route(
    { customer: text, customer_account: text },
    (world, params, { id }) => {
      const customer = customerNamedBy(world, params);
      if (customer === undefined) {
        const message = "You must supply either `customer` or `customer_account`.";
        throw invalidRequest(message, "parameter_missing", "customer");
      }
      const method = methodNamed(world, id ?? "", "payment_method");
      return show(world, attachMethod(world, method, customer.object).object);
    },
  ),
  "POST /v1/payment_methods/:id/detach": route({}, (world, _params, { id }) => {
    const row = get(world, "payment_method", id);
    const { customer, customer_account } = row.object;
    if (customer === null) {
      throw invalidRequest("The payment method you provided is not attached to a customer.");
    }
    row.object = { ...row.object, customer: null, customer_account: null };
    row.hidden = { ...row.hidden, isUsed: true, isDetached: true };
    world.save(row);
    forgetDefault(world, customer, row.object.id);
    world.emit("payment_method.detached", row.object, { customer, customer_account });
    return show(world, row.object);
  }),
};

function forgetDefault(
  world: Parameters<typeof attachMethod>[0],
  customer: string,
  method: string,
): void {
  const owner = world.find("customer", customer);
  if (owner?.object.invoice_settings.default_payment_method !== method) return;
  const settings = { ...owner.object.invoice_settings, default_payment_method: null };
  owner.object = { ...owner.object, invoice_settings: settings };
  world.save(owner);
}

function billingFrom(sent: ReturnType<typeof billingDetails.read> | undefined) {
  if (sent === undefined) return {};
  const { address: where, ...plain } = sent;
  return { ...plain, ...(where === undefined ? {} : { address: wholeAddress(where) }) };
}

type OtherSent = Omit<Params<typeof createFields>, "card">;

function otherFrom(world: World, params: OtherSent) {
  const billing = { ...noBilling, ...billingFrom(params.billing_details) };
  const type = params.type as OtherType;
  return createOtherMethod(world, {
    ...{ type, billing, metadata: mergeMetadata({}, params.metadata) },
    number: numberFrom(type, params, billing),
    isVerified: false,
  });
}
