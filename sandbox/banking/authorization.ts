import { endHold, holdFunds } from "#sandbox/banking/hold-funds";
import { issuedTransaction, merchantFrom } from "#sandbox/banking/issuing-objects";
import { decide } from "#sandbox/banking/spending";
import { post, today } from "#sandbox/payments/ledger";
import { invalidRequest } from "#sandbox/protocol/errors";
import { get } from "#sandbox/protocol/route";
import type { Merchant } from "#sandbox/store/banking-kinds";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

type Authorization = ObjectOf<"issuing.authorization">;

/** What a shop asked, and what it was answered. */
interface Asked {
  id: string;
  reason: string;
  amount: number;
  currency: string;
  method: string;
  merchant: Merchant;
}

/** A shop asks whether a card may pay. A yes holds the money; a no says why and holds nothing. */
export function authorize(
  world: World,
  card: ObjectOf<"issuing.card">,
  asked: { amount: number; currency: string; method: string; merchant: Merchant },
): Row<"issuing.authorization"> {
  const { amount, currency, merchant } = asked;
  const id = world.newId("iauth");
  const reason = decide(world, card, amount, currency);
  const approved = reason === "card_active";
  const object = blankAuthorization(world, card, { id, reason, ...asked });
  const description = object.merchant_data.name ?? "Card purchase";
  if (approved && card.financial_account) {
    const held = { id, amount, currency, description };
    const transaction = holdFunds(world, card.financial_account, held);
    object.treasury = { received_credits: [], received_debits: [], transaction };
  } else if (approved) {
    object.balance_transactions = [hold(world, "issuing_authorization_hold", object, -amount)];
  }
  const row = world.insert("issuing.authorization", object, { merchant });
  world.emit("issuing_authorization.created", object);
  return row;
}

/** The shop takes what it was promised, or less of it, and the rest is free again. */
export function capture(world: World, row: Row<"issuing.authorization">, amount: number): void {
  mustBePending(row.object);
  if (amount < 1 || amount > row.object.amount) {
    const message = "The amount to capture must be above zero and within the authorization.";
    throw invalidRequest(message, "parameter_invalid_integer", "capture_amount");
  }
  release(world, row, amount);
  const card = get(world, "issuing.card", row.object.card.id).object;
  const { currency, id } = row.object;
  const spent = { amount: -amount, currency, merchant: row.hidden.merchant };
  const bought = { ...issuedTransaction(world, card, spent), authorization: id };
  if (!row.object.treasury) {
    const description = bought.merchant_data.name ?? null;
    const type = "issuing_transaction" as const;
    const facts = { amount: -amount, currency, source: bought.id, availableOn: today(world) };
    bought.balance_transaction = post(world, { type, ...facts, description }).id;
  }
  world.insert("issuing.transaction", bought, {});
  world.emit("issuing_transaction.created", bought);
  close(world, row, "closed", [bought]);
}

/** The shop lets the money go, or never came for it. */
export function letGo(
  world: World,
  row: Row<"issuing.authorization">,
  status: "expired" | "reversed",
): void {
  mustBePending(row.object);
  release(world, row, 0);
  close(world, row, status, []);
}

function release(world: World, row: Row<"issuing.authorization">, taken: number): void {
  const { amount, balance_transactions: rows, treasury } = row.object;
  if (treasury?.transaction) {
    endHold(world, treasury.transaction, taken);
    return;
  }
  const freed = hold(world, "issuing_authorization_release", row.object, amount);
  row.object = { ...row.object, balance_transactions: [...rows, freed] };
}

function close(
  world: World,
  row: Row<"issuing.authorization">,
  status: "closed" | "expired" | "reversed",
  transactions: Authorization["transactions"],
): void {
  const before = { amount: row.object.amount, status: row.object.status };
  row.object = { ...row.object, amount: 0, status, transactions };
  world.save(row);
  world.emit("issuing_authorization.updated", row.object, before);
}

function mustBePending({ approved, status }: Authorization): void {
  if (approved && status === "pending") return;
  const how = approved ? status : "declined";
  throw invalidRequest(`This authorization is ${how}, and nothing can be taken with it.`);
}

function hold(
  world: World,
  type: "issuing_authorization_hold" | "issuing_authorization_release",
  { currency, id, merchant_data }: Authorization,
  amount: number,
) {
  const { name: description } = merchant_data;
  const facts = { amount, currency, source: id, availableOn: today(world) };
  return post(world, { type, ...facts, description });
}

function blankAuthorization(
  world: World,
  card: ObjectOf<"issuing.card">,
  asked: Asked,
): Authorization {
  const { id, amount, currency, reason } = asked;
  const approved = reason === "card_active";
  const both = { merchant_amount: amount, merchant_currency: currency };
  return {
    ...{ id, object: "issuing.authorization", ...both, approved, currency, card },
    amount: approved ? amount : 0,
    amount_details: noDetails,
    authorization_method: asked.method,
    balance_transactions: [],
    card_presence: asked.method === "online" ? "not_present" : "present",
    cardholder: card.cardholder.id,
    created: world.now(),
    fleet: null,
    fuel: null,
    livemode: false,
    merchant_data: merchantFrom(asked.merchant),
    metadata: {},
    network_data: null,
    pending_request: null,
    request_history: [requestFor(world, asked)],
    status: approved ? "pending" : "closed",
    transactions: [],
    verification_data: {
      ...{ address_line1_check: "not_provided", address_postal_code_check: "not_provided" },
      ...{ authentication_exemption: null, cvc_check: "match", expiry_check: "match" },
      ...{ postal_code: null, three_d_secure: null },
    },
    verified_by_fraud_challenge: null,
    wallet: null,
  };
}

function requestFor(
  world: World,
  { id, amount, currency, reason }: Asked,
): Authorization["request_history"][number] {
  const approved = reason === "card_active";
  return {
    ...{ amount, amount_details: noDetails, approved, currency, reason },
    ...{ merchant_amount: amount, merchant_currency: currency },
    authorization_code: approved ? id.slice(-6).toUpperCase() : null,
    created: world.now(),
    network_risk_score: null,
    reason_message: null,
    requested_at: world.now(),
  };
}

const noDetails = { atm_fee: null, cashback_amount: null };
