import { checkDestination, checkOnBehalfOf } from "#sandbox/payments/account-standing";
import { methodTypes } from "#sandbox/payments/method-types";
import { currencyCode } from "#sandbox/protocol/currency";
import { invalidRequest } from "#sandbox/protocol/errors";
import {
  boolean,
  either,
  integer,
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
import { address, wholeAddress } from "#sandbox/resources/address";
import { methodData } from "#sandbox/resources/given-method";
import { amountDetails } from "#sandbox/resources/payment-intent-details";
import { intentOptions, intentOptionsFrom } from "#sandbox/resources/payment-method-options";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { World } from "#sandbox/world/world";

type Intent = ObjectOf<"payment_intent">;

/** Where what is paid for goes. */
export const shipping = shape({
  address: unsettable(address),
  carrier: text,
  name: text,
  phone: text,
  tracking_number: text,
});
/** That the payer lets their account be debited. */
export const mandateData = shape({
  customer_acceptance: required(
    shape({
      type: required(oneOf(["offline", "online"])),
      accepted_at: integer,
      offline: shape({}),
      online: shape({ ip_address: text, user_agent: text }),
    }),
  ),
});
const later = oneOf(["off_session", "on_session"]);
const captureMethod = oneOf(["automatic", "automatic_async", "manual"]);

const sharedFields = {
  capture_method: captureMethod,
  payment_method: text,
  payment_method_data: methodData,
  payment_method_options: intentOptions,
  receipt_email: unsettable(text),
  setup_future_usage: unsettable(later),
  shipping: unsettable(shipping),
  allowed_payment_method_types: methodTypes,
  amount_details: amountDetails,
  excluded_payment_method_types: unbuilt,
  hooks: unbuilt,
  payment_details: unbuilt,
} satisfies Shape;

/** What confirming an intent takes. */
export const confirmFields = {
  ...sharedFields,
  client_secret: text,
  error_on_requires_action: boolean,
  off_session: either(boolean, oneOf(["one_off", "recurring"])),
  return_url: text,
  use_stripe_sdk: boolean,
  amount_to_confirm: unbuilt,
  confirmation_token: text,
  mandate: unbuilt,
  mandate_data: mandateData,
  radar_options: unbuilt,
} satisfies Shape;

/** What changing an intent takes. */
export const updateFields = {
  ...sharedFields,
  amount: integer,
  application_fee_amount: unsettable(integer),
  currency: currencyCode,
  customer: text,
  customer_account: text,
  description: text,
  metadata,
  payment_method_configuration: unbuilt,
  statement_descriptor: text,
  statement_descriptor_suffix: text,
  transfer_data: shape({ amount: integer }),
  transfer_group: text,
} satisfies Shape;

/** What creating an intent takes. */
export const createFields = {
  ...confirmFields,
  amount: required(integer),
  currency: required(currencyCode),
  application_fee_amount: integer,
  automatic_payment_methods: shape({
    enabled: required(boolean),
    allow_redirects: oneOf(["always", "never"]),
  }),
  confirm: boolean,
  confirmation_method: oneOf(["automatic", "manual"]),
  customer: text,
  customer_account: text,
  description: text,
  metadata,
  on_behalf_of: text,
  payment_method_configuration: unbuilt,
  statement_descriptor: text,
  statement_descriptor_suffix: text,
  transfer_data: shape({ destination: required(text), amount: integer }),
  transfer_group: text,
} satisfies Shape;

/** What capturing one takes. */
export const captureFields = {
  amount_to_capture: integer,
  application_fee_amount: integer,
  metadata,
  transfer_data: shape({ amount: integer }),
  amount_details: amountDetails,
  final_capture: unbuilt,
  hooks: unbuilt,
  payment_details: unbuilt,
  statement_descriptor: unbuilt,
  statement_descriptor_suffix: unbuilt,
} satisfies Shape;

type Sent = Omit<Partial<Params<typeof createFields>>, "payment_method">;

/** The fields of an intent that are kept as they are sent. */
export function termsFrom(sent: Sent): Partial<Intent> {
  const kept = {
    allowed_payment_method_types: sent.allowed_payment_method_types,
    payment_method_types: sent.allowed_payment_method_types,
    application_fee_amount: sent.application_fee_amount,
    automatic_payment_methods: sent.automatic_payment_methods,
    capture_method: sent.capture_method,
    confirmation_method: sent.confirmation_method,
    on_behalf_of: sent.on_behalf_of,
    payment_method_options: intentOptionsFrom(sent.payment_method_options),
    receipt_email: sent.receipt_email,
    setup_future_usage: sent.setup_future_usage,
    shipping: sent.shipping === undefined ? undefined : shippingFrom(sent.shipping),
    statement_descriptor: sent.statement_descriptor,
    statement_descriptor_suffix: sent.statement_descriptor_suffix,
    transfer_data: sent.transfer_data,
    transfer_group: sent.transfer_group,
  };
  const named = Object.entries(kept).filter(([, value]) => value !== undefined);
  return Object.fromEntries(named) as Partial<Intent>;
}

function shippingFrom(sent: NonNullable<Sent["shipping"]> | null): Intent["shipping"] {
  if (sent === null) return null;
  const { address: where, ...plain } = sent;
  return { ...plain, address: wholeAddress(where ?? {}) } as unknown as Intent["shipping"];
}

/** Whether a payment can be shared out as asked: with whom, and no more than it is. */
export function checkTerms(
  world: World,
  terms: {
    amount: number;
    application_fee_amount?: number;
    on_behalf_of?: string;
    transfer_data?: { destination: string; amount?: number };
    /** An intent that is passed on already, and how much of it is named. */
    passed?: number;
  },
): void {
  const { amount, application_fee_amount: share, transfer_data: data } = terms;
  const isDirect = world.account !== world.namespace.account;
  if (share !== undefined && !isDirect && !data && terms.passed === undefined) {
    throw feeWithoutAccount();
  }
  if (share !== undefined && share > amount) {
    const message = "Your application fee cannot be larger than the amount.";
    throw invalidRequest(message, "application_fees_not_allowed", "application_fee_amount");
  }
  const passed = data?.amount ?? terms.passed;
  if (passed !== undefined && passed > amount) {
    const message = "Your transfer_data[amount] cannot be larger than the amount.";
    throw invalidRequest(message, undefined, "transfer_data[amount]");
  }
  if (share !== undefined && passed) {
    const message =
      "You may only specify one of these: application_fee_amount, transfer_data[amount].";
    throw invalidRequest(message, undefined, "transfer_data[amount]");
  }
  if (data !== undefined) checkDestination(world, data.destination, "transfer_data[destination]");
  if (terms.on_behalf_of !== undefined) checkOnBehalfOf(world, terms.on_behalf_of);
}

function feeWithoutAccount() {
  return invalidRequest(
    "Can only apply an application_fee_amount when the PaymentIntent is attempting a direct " +
      "payment (using an OAuth key or Stripe-Account header) or destination payment (using " +
      "`transfer_data[destination]`).",
    undefined,
    "application_fee_amount",
  );
}
