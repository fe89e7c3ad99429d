import { createHash } from "node:crypto";
import { bankNumbers, bankTokens } from "#sandbox/payments/bank-numbers";
import { createOtherMethod } from "#sandbox/payments/create-other-method";
import { bankDecline } from "#sandbox/payments/decline-of";
import { declines } from "#sandbox/payments/declines";
import { type Decline, type TestCard, testCards } from "#sandbox/payments/test-cards";
import { methodNames } from "#sandbox/payments/test-names";
import { invalidRequest, StripeError } from "#sandbox/protocol/errors";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import { show } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

/** A card as its holder types it. */
export interface CardInput {
  number: string;
  expMonth: number;
  expYear: number;
  cvc?: string;
  /** Which brand of a card with two its holder wants it charged as. */
  network?: string | undefined;
}

type Billing = ObjectOf<"payment_method">["billing_details"];
/** Of a holder nothing is known. */
export const noBilling: Billing = {
  address: null,
  email: null,
  name: null,
  phone: null,
  tax_id: null,
};

/** Makes a card payment method, checked as Stripe checks one before it is ever charged. */
export function createCard(
  world: World,
  input: CardInput,
  details: { billing?: Partial<Billing>; metadata?: Record<string, string> } = {},
): Row<"payment_method"> {
  const problem = problemWith(world, input);
  if (problem !== undefined) throw declineError(problem);
  const card = testCards[input.number];
  const object: ObjectOf<"payment_method"> = {
    id: world.newId("pm"),
    object: "payment_method",
    allow_redisplay: "unspecified",
    billing_details: { ...noBilling, ...details.billing },
    card: {
      ...cardFacts(input, card ?? { brand: "visa" }),
      checks: checksOf(input, details.billing?.address ?? null),
    },
    created: world.now(),
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: details.metadata ?? {},
    type: "card",
  };
  const secrets = { number: input.number, isAuthenticated: false };
  return world.insert("payment_method", object, secrets);
}

/** A `pm_` as named by a request. A test token such as `pm_card_visa` makes a new one each time. */
export function methodNamed(world: World, id: string, param: string): Row<"payment_method"> {
  const number = methodNames[id];
  if (number !== undefined) return createCard(world, tokenCard(world, number));
  const bank = bankTokens[id];
  if (bank !== undefined) {
    const type = id.startsWith("pm_sepaDebit") ? "sepa_debit" : "us_bank_account";
    const billing = { ...noBilling, email: "payer@example.com", name: "Test Payer" };
    const isVerified = !bankNumbers[bank]?.failsDeposits;
    return createOtherMethod(world, { type, number: bank, billing, isVerified });
  }
  const found = world.find("payment_method", id);
  if (found !== undefined && !found.isDeleted) return found;
  throw invalidRequest(`No such PaymentMethod: '${id}'`, "resource_missing", param);
}

/** A test card in date, with its code. */
export function tokenCard(world: World, number: string): CardInput {
  const expYear = new Date(world.now() * 1000).getUTCFullYear() + 1;
  return { number, expMonth: 8, expYear, cvc: number.startsWith("3") ? "1234" : "123" };
}

/** Saves a payment method to a customer. A card that will be declined is refused already here. */
export function attachMethod(
  world: World,
  method: Row<"payment_method">,
  customer: ObjectOf<"customer">,
): Row<"payment_method"> {
  if (method.object.customer === customer.id) return method;
  if (method.object.customer !== null) {
    throw invalidRequest(
      "The payment method you provided has already been attached to a customer.",
    );
  }
  if (method.hidden.isDetached) throw usedBefore();
  const decline = bankDecline(method);
  const attaches = testCards[method.hidden.number]?.attachesAnyway;
  if (decline !== undefined && !attaches) throw declineError(decline);
  method.object = {
    ...method.object,
    customer: customer.id,
    customer_account: customer.customer_account ?? null,
  };
  world.save(method);
  world.emit("payment_method.attached", method.object);
  return method;
}

/** A method without a customer is used once; detached, no more. */
export function usedBefore() {
  return invalidRequest(
    "The provided PaymentMethod was previously used with a PaymentIntent without Customer " +
      "attachment, and may not be used again. To use it multiple times, attach it to a Customer.",
    "payment_method_unactivated",
    "payment_method",
  );
}

/** A decline as an API answer. */
export function declineError(
  decline: Decline,
  evidence: { keepsWrites?: boolean; world?: World; intent?: Row<"payment_intent"> } = {},
): StripeError {
  const { world, intent } = evidence;
  return new StripeError(
    402,
    {
      type: "card_error",
      code: decline.code,
      message: decline.message,
      ...(decline.declineCode === undefined ? {} : { decline_code: decline.declineCode }),
      ...(decline.param === undefined ? {} : { param: decline.param }),
      ...(intent === undefined || world === undefined
        ? {}
        : { payment_intent: show(world, intent.object) }),
    },
    { keepsWrites: evidence.keepsWrites ?? false },
  );
}

/** What is wrong with a card that can be seen without charging it. */
export function problemWith(world: World, input: CardInput): Decline | undefined {
  const { number, expMonth, expYear, cvc } = input;
  if (!/^\d{12,19}$/.test(number) || !isLuhnValid(number)) return wrong.number;
  if (expMonth < 1 || expMonth > 12) return wrong.month;
  const today = new Date(world.now() * 1000);
  const isPast =
    expYear < today.getUTCFullYear() ||
    (expYear === today.getUTCFullYear() && expMonth < today.getUTCMonth() + 1);
  if (isPast) return wrong.year;
  if (cvc !== undefined && !/^\d{3,4}$/.test(cvc)) return wrong.cvc;
  return testCards[number] === undefined ? declines.liveCard : undefined;
}

const wrong = {
  number: { code: "incorrect_number", message: "Your card number is incorrect.", param: "number" },
  month: {
    code: "invalid_expiry_month",
    message: "Your card's expiration month is invalid.",
    param: "exp_month",
  },
  year: {
    code: "invalid_expiry_year",
    message: "Your card's expiration year is invalid.",
    param: "exp_year",
  },
  cvc: { code: "invalid_cvc", message: "Your card's security code is invalid.", param: "cvc" },
} satisfies Record<string, Decline>;

function isLuhnValid(number: string): boolean {
  const total = [...number].reverse().reduce((sum, digit, place) => {
    const doubled = Number(digit) * (place % 2 === 1 ? 2 : 1);
    return sum + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return total % 10 === 0;
}

// The bank checks what it is given, and says nothing of what it is not.
function checksOf({ number, cvc }: CardInput, address: Billing["address"]) {
  const checks = testCards[number]?.checks ?? {};
  return {
    address_line1_check: address?.line1 ? (checks.line1 ?? "pass") : null,
    address_postal_code_check: address?.postal_code ? (checks.zip ?? "pass") : null,
    cvc_check: cvc === undefined ? null : (checks.cvc ?? "pass"),
  };
}

/** The networks of a card, and how it is shown: as the brand its holder prefers, if it has it. */
export function networksOf(brand: string, available: readonly string[], preferred?: string) {
  const isThere = preferred !== undefined && available.includes(preferred);
  const shown = isThere ? preferred : brand;
  const known = preferred === undefined || isThere ? (preferred ?? null) : "invalid_preference";
  return {
    display_brand: displayBrands[shown] ?? shown,
    networks: { available: [...available], preferred: known },
  };
}

function cardFacts(input: CardInput, card: TestCard) {
  const { brand, country, funding, networks, threeDSecure } = card;
  return {
    brand,
    country: country ?? "US",
    ...networksOf(brand, networks ?? [brand], input.network),
    exp_month: input.expMonth,
    exp_year: input.expYear,
    fingerprint: createHash("sha256").update(input.number).digest("base64url").slice(0, 16),
    funding: funding ?? "credit",
    generated_from: null,
    last4: input.number.slice(-4),
    regulated_status: "unregulated" as const,
    three_d_secure_usage: { supported: threeDSecure !== "not_supported" },
    wallet: null,
  };
}

/** What a brand is called where a card is shown, if that is another word. */
const displayBrands: Record<string, string> = {
  amex: "american_express",
  diners: "diners_club",
  eftpos_au: "eftpos_australia",
  unionpay: "union_pay",
  unknown: "other",
};
