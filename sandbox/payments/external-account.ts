import { createHash } from "node:crypto";
import { currencyOf } from "#sandbox/money/country-currency";
import { type CardInput, declineError, problemWith } from "#sandbox/payments/card";
import { testCards } from "#sandbox/payments/test-cards";
import { invalidRequest } from "#sandbox/protocol/errors";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

/** Where an account's money is paid out to. */
export type ExternalAccount = Row<"bank_account"> | Row<"card">;

/** A bank account as typed. */
export interface BankInput {
  number: string;
  country: string;
  currency: string;
  routing?: string;
  holderName?: string;
  holderType?: string;
}

/** Stripe's test bank accounts that refuse a payout, by account number. */
const failing: Record<string, string> = {
  "000111111116": "no_account",
  "000111111113": "account_closed",
  "000222222227": "insufficient_funds",
  "000333333335": "debit_not_authorized",
  "000444444440": "invalid_currency",
};
/** One that is paid out to in its own days alone. */
const slowAccount = "000888888883";

/** Why payouts to it fail, if they do. */
export function failureOf({ object, hidden }: ExternalAccount): string | undefined {
  if (object.object !== "card") return failing[hidden.number];
  return testCards[hidden.number]?.payouts === "fail" ? "could_not_process" : undefined;
}

/** A bank account, before it belongs to anyone. */
export function bankFrom(world: World, input: BankInput): ObjectOf<"bank_account"> {
  const { number, country, currency, routing } = input;
  if (!/^[A-Z0-9]{4,34}$/i.test(number)) {
    const message = "You must use a test bank account number in test mode.";
    throw invalidRequest(message, "account_number_invalid", "bank_account[account_number]");
  }
  return {
    id: world.newId("ba"),
    object: "bank_account",
    account_holder_name: input.holderName ?? null,
    account_holder_type: input.holderType ?? null,
    account_type: null,
    available_payout_methods: [
      "standard",
      ...(country === "US" && number !== slowAccount ? ["instant" as const] : []),
    ],
    bank_name: "STRIPE TEST BANK",
    country: country.toUpperCase(),
    currency: currency.toLowerCase(),
    default_for_currency: false,
    fingerprint: fingerprintOf(number),
    last4: number.slice(-4),
    metadata: {},
    routing_number: routing ?? null,
    status: "new",
  };
}

/** A card as an account is paid out to it, before it belongs to anyone. */
export function cardToPayOut(world: World, input: CardInput, currency?: string): ObjectOf<"card"> {
  const problem = problemWith(world, input);
  if (problem !== undefined) throw declineError(problem);
  const card = testCards[input.number];
  return {
    ...blankCard,
    id: world.newId("card"),
    available_payout_methods: card?.payouts === "slow" ? ["standard"] : ["instant", "standard"],
    brand: brandNames[card?.brand ?? ""] ?? "Visa",
    country: card?.country ?? "US",
    currency: currency ?? currencyOf(card?.country ?? "US"),
    cvc_check: input.cvc === undefined ? null : "pass",
    exp_month: input.expMonth,
    exp_year: input.expYear,
    fingerprint: fingerprintOf(input.number),
    funding: card?.funding ?? "credit",
    last4: input.number.slice(-4),
    status: "new",
  };
}

/** Every place an account can be paid out to. */
export function externalAccounts(world: World): ExternalAccount[] {
  const rows = [...world.list("bank_account"), ...world.list("card")];
  return rows.sort((left, right) => right.sequence - left.sequence);
}

/** Where a currency goes unless told otherwise. */
export function defaultFor(world: World, currency: string): ExternalAccount | undefined {
  const there = externalAccounts(world).filter(({ object }) => object.currency === currency);
  return there.find(({ object }) => object.default_for_currency) ?? there[0];
}

/** Finds one by id. */
export function findExternal(world: World, id: string): ExternalAccount | undefined {
  const found = world.find("bank_account", id) ?? world.find("card", id);
  return found?.isDeleted ? undefined : found;
}

/** Makes it the account's, and its currency's default if it is the first or is to be. */
export function keepExternal(
  world: World,
  made: ObjectOf<"bank_account"> | ObjectOf<"card">,
  number: string,
  isDefault: boolean,
): ExternalAccount {
  if (made.object === "card" && made.funding !== "debit") throw notDebit();
  const currency = made.currency ?? "usd";
  const isFirst = defaultFor(world, currency) === undefined;
  const owned = { account: world.account, default_for_currency: isFirst || isDefault };
  if (owned.default_for_currency) demote(world, currency);
  const row =
    made.object === "card"
      ? world.insert("card", { ...made, ...owned }, { number }, world.now())
      : world.insert("bank_account", { ...made, ...owned }, { number }, world.now());
  world.emit("account.external_account.created", row.object);
  return row;
}

function notDebit() {
  return invalidRequest(
    "The card provided as an external account is not supported for payouts. Provide a " +
      "non-prepaid debit card instead.",
    "invalid_card_type",
    "external_account",
  );
}

/** Takes the currency's default away from whichever has it. */
export function demote(world: World, currency: string): void {
  for (const row of externalAccounts(world)) {
    if (row.object.currency !== currency || !row.object.default_for_currency) continue;
    saveExternal(world, row, { default_for_currency: false });
  }
}

/** Writes a change of one. */
export function saveExternal(
  world: World,
  row: ExternalAccount,
  changes: { default_for_currency?: boolean; metadata?: Record<string, string>; status?: string },
): void {
  Object.assign(row, { object: { ...row.object, ...changes } });
  world.save(row as Row<"bank_account">);
}

/** A payout came back from it: nothing is sent there until it is replaced. */
export function markErrored(world: World, id: string): void {
  const row = findExternal(world, id);
  if (row === undefined || row.object.status === "errored") return;
  const before = { status: row.object.status };
  saveExternal(world, row, { status: "errored" });
  world.emit("account.external_account.updated", row.object, before);
}

function fingerprintOf(number: string): string {
  return createHash("sha256").update(number).digest("base64url").slice(0, 16);
}

const brandNames: Record<string, string> = {
  visa: "Visa",
  mastercard: "MasterCard",
  amex: "American Express",
  discover: "Discover",
  jcb: "JCB",
  diners: "Diners Club",
  unionpay: "UnionPay",
};

const blankCard = {
  object: "card" as const,
  address_city: null,
  address_country: null,
  address_line1: null,
  address_line1_check: null,
  address_line2: null,
  address_state: null,
  address_zip: null,
  address_zip_check: null,
  default_for_currency: false,
  dynamic_last4: null,
  metadata: {},
  name: null,
  regulated_status: "unregulated" as const,
  tokenization_method: null,
};
