import { currencyOf } from "#sandbox/money/country-currency";
import { tokenCard } from "#sandbox/payments/card";
import { type BankInput, bankFrom, cardToPayOut } from "#sandbox/payments/external-account";
import { payoutTokens } from "#sandbox/payments/payout-cards";
import { tokenNames } from "#sandbox/payments/test-names";
import { currencyCode } from "#sandbox/protocol/currency";
import { invalidRequest } from "#sandbox/protocol/errors";
import {
  integer,
  oneOf,
  type Params,
  required,
  type Shape,
  shape,
  text,
  unbuilt,
} from "#sandbox/protocol/params";
import { type Routes, retrieveRoute, route } from "#sandbox/protocol/route";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import { show } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

/** A bank account as a token or an external account is made from it. */
export const bankFields = {
  account_holder_name: text,
  account_holder_type: oneOf(["company", "individual"]),
  account_number: required(text),
  account_type: oneOf(["checking", "futsu", "savings", "toza"]),
  country: required(text),
  currency: currencyCode,
  documents: unbuilt,
  payment_method: unbuilt,
  routing_number: text,
} satisfies Shape;

/** A debit card, likewise. */
export const cardFields = {
  address_city: unbuilt,
  address_country: unbuilt,
  address_line1: unbuilt,
  address_line2: unbuilt,
  address_state: unbuilt,
  address_zip: unbuilt,
  currency: currencyCode,
  cvc: text,
  exp_month: required(integer),
  exp_year: required(integer),
  name: text,
  networks: unbuilt,
  number: required(text),
} satisfies Shape;

/** `/v1/tokens`: a bank account or card that is not to be sent twice. */
export const tokenRoutes: Routes = {
  "POST /v1/tokens": route(
    {
      bank_account: shape(bankFields),
      card: shape(cardFields),
      account: unbuilt,
      customer: unbuilt,
      cvc_update: unbuilt,
      person: unbuilt,
      pii: unbuilt,
    },
    (world, { bank_account: bank, card }) => {
      if (bank !== undefined) {
        const made = { bank_account: bankFrom(world, bankInput(bank)) };
        return tokenOf(world, made, bank.account_number);
      }
      if (card !== undefined) {
        const made = { card: cardFrom(world, card) };
        return tokenOf(world, made, digitsOf(card.number));
      }
      throw invalidRequest("You must supply either a card, customer, PII data, bank account.");
    },
  ),
  "GET /v1/tokens/:id": retrieveRoute("token"),
};

/** Uses a token up. Stripe's ready-made bank and card tokens can be used again and again. */
export function spendToken(
  world: World,
  id: string,
): { made: ObjectOf<"bank_account"> | ObjectOf<"card">; number: string } {
  const bank = bankTokens[id];
  if (bank !== undefined) {
    const input = { number: bank, country: "US", currency: "usd", routing: "110000000" };
    return { made: bankFrom(world, input), number: bank };
  }
  const number = payoutTokens[id] ?? tokenNames[id];
  if (number !== undefined) {
    return { made: cardToPayOut(world, tokenCard(world, number)), number };
  }
  const row = world.find("token", id);
  if (row === undefined) {
    throw invalidRequest(`No such token: '${id}'`, "resource_missing", "external_account");
  }
  if (row.object.used) {
    const message = `You cannot use a Stripe token more than once: ${id}`;
    throw invalidRequest(message, "token_already_used", "external_account");
  }
  row.object = { ...row.object, used: true };
  world.save(row);
  const made = row.object.bank_account ?? row.object.card;
  if (made === undefined) throw new Error("Invariant: a token stands for a bank account or card");
  return { made, number: row.hidden.number };
}

/** https://docs.stripe.com/connect/testing#account-numbers */
const bankTokens: Record<string, string> = {
  btok_us: "000123456789",
  btok_us_verified: "000123456789",
  btok_us_accountClosed: "000111111113",
  btok_us_noAccount: "000111111116",
  btok_us_insufficientFunds: "000222222227",
  btok_us_debitNotAuthorized: "000333333335",
  btok_us_invalidCurrency: "000444444440",
};

/** A bank account as sent, in our words. */
export function bankInput(sent: Params<typeof bankFields>): BankInput {
  const { account_number, country, currency, routing_number } = sent;
  return {
    number: account_number.replaceAll(/[\s-]/g, ""),
    country: country.toUpperCase(),
    currency: currency ?? currencyOf(country.toUpperCase()),
    ...(routing_number === undefined ? {} : { routing: routing_number }),
    ...(sent.account_holder_name === undefined ? {} : { holderName: sent.account_holder_name }),
    ...(sent.account_holder_type === undefined ? {} : { holderType: sent.account_holder_type }),
  };
}

/** A card as sent, checked and made. */
export function cardFrom(world: World, sent: Params<typeof cardFields>): ObjectOf<"card"> {
  const { cvc, exp_month: expMonth, exp_year: year } = sent;
  const expYear = year < 100 ? 2000 + year : year;
  const input = { number: digitsOf(sent.number), expMonth, expYear };
  const made = cardToPayOut(world, cvc === undefined ? input : { ...input, cvc }, sent.currency);
  return { ...made, name: sent.name ?? null };
}

/** A card number without its spaces. */
export function digitsOf(number: string): string {
  return number.replaceAll(/\D/g, "");
}

function tokenOf(
  world: World,
  made: { bank_account?: ObjectOf<"bank_account">; card?: ObjectOf<"card"> },
  number: string,
) {
  const isBank = made.bank_account !== undefined;
  const row: Row<"token"> = world.insert(
    "token",
    {
      id: world.newId(isBank ? "btok" : "tok"),
      object: "token",
      ...made,
      client_ip: null,
      created: world.now(),
      livemode: false,
      type: isBank ? "bank_account" : "card",
      used: false,
    },
    { number },
  );
  return show(world, row.object);
}
