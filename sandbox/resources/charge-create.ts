import { checkCanCharge } from "#sandbox/payments/account-standing";
import { cardFromToken } from "#sandbox/payments/card-from-token";
import { createCharge } from "#sandbox/payments/charge";
import { checkAmount } from "#sandbox/payments/charge-limits";
import { debitAccount } from "#sandbox/payments/debit-account";
import { declineOf } from "#sandbox/payments/decline-of";
import { declines } from "#sandbox/payments/declines";
import { authenticateFor, blankIntent } from "#sandbox/payments/intent";
import type { Decline } from "#sandbox/payments/test-cards";
import { currencyCode } from "#sandbox/protocol/currency";
import { invalidRequest, StripeError } from "#sandbox/protocol/errors";
import {
  boolean,
  integer,
  metadata,
  type Params,
  required,
  type Shape,
  shape,
  text,
  unbuilt,
} from "#sandbox/protocol/params";
import { mergeMetadata } from "#sandbox/protocol/route";
import { findCustomer } from "#sandbox/resources/customer-named";
import { checkTerms, termsFrom } from "#sandbox/resources/payment-intent-terms";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

/** What a charge without an intent takes. */
export const createFields = {
  amount: required(integer),
  currency: required(currencyCode),
  application_fee_amount: integer,
  capture: boolean,
  customer: text,
  description: text,
  metadata,
  on_behalf_of: text,
  receipt_email: text,
  source: text,
  statement_descriptor: text,
  statement_descriptor_suffix: text,
  transfer_data: shape({ destination: required(text), amount: integer }),
  transfer_group: text,
  application_fee: unbuilt,
  destination: unbuilt,
  radar_options: unbuilt,
  shipping: unbuilt,
} satisfies Shape;

/** Charges a test token at once, as integrations did before payment intents. */
export function createDirectly(world: World, params: Params<typeof createFields>): Row<"charge"> {
  const { source, amount, capture, metadata: sent, customer, currency, ...terms } = params;
  if (source === undefined) {
    throw invalidRequest("Must provide source or customer.", "parameter_missing", "source");
  }
  if (source.startsWith("acct_")) {
    return debitAccount(world, source, { ...params, currency, metadata: mergeMetadata({}, sent) });
  }
  checkCanCharge(world);
  checkAmount(amount, currency.toLowerCase());
  checkTerms(world, { ...terms, amount });
  const method = cardFromToken(world, source, "source");
  // Nobody can be asked here, so a card that wants its holder is refused.
  const absent = { isOffSession: false, isAuthenticated: false };
  const asked = authenticateFor(world, method, null, absent);
  const decline: Decline | undefined =
    asked.kind === "challenge"
      ? declines.authenticationRequired
      : (asked.decline ?? declineOf(world, method));
  const payment = {
    ...blankIntent,
    ...termsFrom(terms),
    id: null,
    amount,
    capture_method: capture === false ? ("manual" as const) : ("automatic" as const),
    client_secret: null,
    created: world.now(),
    currency: currency.toLowerCase(),
    customer: customer === undefined ? null : findCustomer(world, customer, "customer").object.id,
    customer_account: null,
    description: params.description ?? null,
    metadata: mergeMetadata({}, sent),
    status: "processing" as const,
  };
  const row = createCharge(world, payment, method, { decline });
  if (decline === undefined) return row;
  const { code, declineCode, message, param } = decline;
  throw new StripeError(
    402,
    {
      ...{ type: "card_error", code, message, charge: row.object.id },
      ...(declineCode === undefined ? {} : { decline_code: declineCode }),
      ...(param === undefined ? {} : { param }),
    },
    { keepsWrites: true },
  );
}
