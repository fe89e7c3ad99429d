import { moveBalance } from "#sandbox/billing/customer-balance";
import { endSubscription } from "#sandbox/billing/end-subscription";
import { attachMethod, methodNamed } from "#sandbox/payments/card";
import {
  integer,
  listOf,
  metadata,
  oneOf,
  type Params,
  required,
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
  type Routes,
  route,
} from "#sandbox/protocol/route";
import { address, wholeAddress } from "#sandbox/resources/address";
import { findCustomer } from "#sandbox/resources/customer-named";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import { liveStatuses, show } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

const shipping = shape({ address, name: text, phone: text });
const fields = {
  address: unsettable(address),
  balance: integer,
  business_name: unsettable(text),
  description: unsettable(text),
  email: unsettable(text),
  individual_name: unsettable(text),
  invoice_prefix: text,
  invoice_settings: shape({
    default_payment_method: unsettable(text),
    footer: unsettable(text),
    custom_fields: unsettable(listOf(shape({ name: required(text), value: required(text) }))),
    rendering_options: unbuilt,
  }),
  metadata,
  name: unsettable(text),
  next_invoice_sequence: integer,
  phone: unsettable(text),
  preferred_locales: listOf(text),
  shipping: unsettable(shipping),
  tax_exempt: unsettable(oneOf(["exempt", "none", "reverse"])),
  cash_balance: unbuilt,
  source: unbuilt,
  tax: unbuilt,
} satisfies Shape;
const createFields = {
  ...fields,
  payment_method: text,
  test_clock: text,
  tax_id_data: unbuilt,
} satisfies Shape;

/** `/v1/customers`. An Accounts v2 id stands wherever a customer's does. */
export const customerRoutes: Routes = {
  "POST /v1/customers": route(createFields, (world, params) => {
    const { payment_method: named, ...rest } = params;
    if (named === undefined) return show(world, createCustomer(world, rest, null).object);
    return show(world, createWithMethod(world, rest, named).object);
  }),
  "GET /v1/customers": listRoute(
    "customer",
    "/v1/customers",
    { email: text },
    (_world, { email }) => (email === undefined ? {} : { key: email }),
  ),
  "GET /v1/customers/:id": route({}, (world, _params, { id }) => {
    const row = world.find("customer", id ?? "");
    if (row?.isDeleted) return deleted(row.object.id);
    return show(world, findCustomer(world, id ?? "").object);
  }),
  "POST /v1/customers/:id": route(fields, (world, params, { id }) => {
    const row = findCustomer(world, id ?? "");
    const { balance, ...rest } = params;
    if (balance !== undefined) setBalance(world, row, balance);
    const before = row.object;
    row.object = { ...before, ...changedBy(world, before, rest) };
    world.save(row);
    const previous = changesOf<"customer">(before, row.object);
    if (Object.keys(previous).length > 0) world.emit("customer.updated", row.object, previous);
    return show(world, row.object);
  }),
  "DELETE /v1/customers/:id": route({}, (world, _params, { id }) => {
    const row = findCustomer(world, id ?? "");
    for (const live of world.list("subscription", {
      customer: row.object.id,
      statuses: liveStatuses,
    })) {
      endSubscription(world, live, null, []);
    }
    world.remove(row);
    world.emit("customer.deleted", row.object);
    return deleted(row.object.id);
  }),
};

// A test token that is also named as the default becomes one card, and that is the default.
function createWithMethod(
  world: World,
  params: Omit<Params<typeof createFields>, "payment_method">,
  named: string,
): Row<"customer"> {
  const { default_payment_method: chosen, ...settings } = params.invoice_settings ?? {};
  const isDefault = chosen === named;
  const kept = isDefault ? { ...params, invoice_settings: settings } : params;
  const row = createCustomer(world, kept, null);
  const method = methodNamed(world, named, "payment_method");
  attachMethod(world, method, row.object);
  if (!isDefault) return row;
  const invoice_settings = {
    ...row.object.invoice_settings,
    default_payment_method: method.object.id,
  };
  row.object = { ...row.object, invoice_settings };
  return world.save(row);
}

/** Makes a customer, its own or the one an account with the customer configuration is. */
export function createCustomer(
  world: World,
  params: Params<typeof createFields>,
  customerAccount: string | null,
): Row<"customer"> {
  const blank: ObjectOf<"customer"> = {
    id: world.newId("cus"),
    object: "customer",
    address: null,
    balance: 0,
    created: world.now(),
    currency: null,
    customer_account: customerAccount,
    default_source: null,
    delinquent: false,
    description: null,
    discount: null,
    email: null,
    invoice_prefix: world.newId("prefix").split("_")[1]?.toUpperCase() ?? null,
    invoice_settings: {
      custom_fields: null,
      default_payment_method: null,
      footer: null,
      rendering_options: null,
    },
    livemode: false,
    metadata: {},
    name: null,
    next_invoice_sequence: 1,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: "none",
    test_clock: params.test_clock ?? null,
  };
  if (params.test_clock) get(world, "test_helpers.test_clock", params.test_clock, "test_clock");
  const row = world.insert("customer", { ...blank, ...changedBy(world, blank, params) }, {});
  world.emit("customer.created", row.object);
  return row;
}

function setBalance(world: World, row: Row<"customer">, balance: number): void {
  const currency = row.object.currency ?? "usd";
  moveBalance(world, row, balance - row.object.balance, { type: "adjustment", currency });
}

function changedBy(
  world: World,
  kept: ObjectOf<"customer">,
  params: Params<typeof createFields>,
): Partial<ObjectOf<"customer">> {
  const { address: sent, invoice_settings, metadata: meta, shipping: ship, ...plain } = params;
  const { business_name, individual_name, payment_method: _method, ...rest } = plain;
  const settings = kept.invoice_settings;
  const method = invoice_settings?.default_payment_method;
  if (method) get(world, "payment_method", method, "invoice_settings[default_payment_method]");
  return {
    ...(rest as Partial<ObjectOf<"customer">>),
    ...(business_name ? { business_name } : {}),
    ...(individual_name ? { individual_name } : {}),
    ...(sent === undefined ? {} : { address: wholeAddress(sent) }),
    ...(ship === undefined ? {} : { shipping: ship === null ? null : shippingOf(ship) }),
    metadata: mergeMetadata(kept.metadata, meta),
    invoice_settings: {
      ...settings,
      ...(invoice_settings?.custom_fields === undefined
        ? {}
        : { custom_fields: invoice_settings.custom_fields }),
      ...(invoice_settings?.footer === undefined ? {} : { footer: invoice_settings.footer }),
      ...(method === undefined ? {} : { default_payment_method: method }),
    },
  };
}

function shippingOf(sent: { address?: object; name?: string; phone?: string }) {
  const whole = wholeAddress(sent.address);
  return {
    ...(whole === null ? {} : { address: whole }),
    ...(sent.name === undefined ? {} : { name: sent.name }),
    phone: sent.phone ?? null,
  };
}

function deleted(id: string) {
  return { id, object: "customer", deleted: true };
}
