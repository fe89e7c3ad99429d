import { checkDestination } from "#sandbox/payments/account-standing";
import { availableOf, balanceInsufficient } from "#sandbox/payments/balance";
import { settlementDay, today } from "#sandbox/payments/ledger";
import { makeTransfer, reverseTransfer } from "#sandbox/payments/transfer";
import { currencyCode } from "#sandbox/protocol/currency";
import { invalidRequest } from "#sandbox/protocol/errors";
import { innerRoutes } from "#sandbox/protocol/inner-routes";
import {
  boolean,
  integer,
  metadata,
  oneOf,
  type Params,
  required,
  type Shape,
  text,
} from "#sandbox/protocol/params";
import {
  get,
  listRoute,
  mergeMetadata,
  type Routes,
  retrieveRoute,
  route,
} from "#sandbox/protocol/route";
import type { Row } from "#sandbox/store/objects";
import { show } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

const fields = {
  amount: integer,
  currency: required(currencyCode),
  description: text,
  destination: required(text),
  metadata,
  source_transaction: text,
  source_type: oneOf(["bank_account", "card"]),
  transfer_group: text,
} satisfies Shape;
type Sent = Params<typeof fields>;

const url = "/v1/transfers";

/** `/v1/transfers`: the platform's money, moved to its accounts and back. */
export const transferRoutes: Routes = {
  [`POST ${url}`]: route(fields, (world, params) => show(world, send(world, params).object)),
  [`GET ${url}`]: listRoute(
    "transfer",
    url,
    { destination: text, transfer_group: text },
    (_world, { destination, transfer_group }) => ({ customer: destination, key: transfer_group }),
  ),
  [`GET ${url}/:id`]: retrieveRoute("transfer"),
  [`POST ${url}/:id`]: route({ description: text, metadata }, (world, params, { id }) => {
    const row = get(world, "transfer", id);
    row.object = {
      ...row.object,
      ...(params.description === undefined ? {} : { description: params.description }),
      metadata: mergeMetadata(row.object.metadata, params.metadata),
    };
    world.save(row);
    world.emit("transfer.updated", row.object);
    return show(world, row.object);
  }),
  [`POST ${url}/:id/reversals`]: route(
    { amount: integer, description: text, metadata, refund_application_fee: boolean },
    (world, params, { id }) => show(world, reverse(world, get(world, "transfer", id), params)),
  ),
  ...innerRoutes(url, "reversals", {
    ...{ parent: "transfer", kind: "transfer_reversal", events: [] },
    parentOf: ({ transfer }) => transfer,
  }),
};

function send(world: World, params: Sent): Row<"transfer"> {
  if (world.account !== world.namespace.account) {
    throw invalidRequest("Only a platform can make transfers to its connected accounts.");
  }
  checkDestination(world, params.destination, "destination");
  const charge =
    params.source_transaction === undefined
      ? undefined
      : get(world, "charge", params.source_transaction, "source_transaction").object;
  const currency = params.currency.toLowerCase();
  const amount = params.amount ?? (charge && settledAs(world, charge).amount);
  if (amount === undefined || amount < 1) {
    throw invalidRequest("Missing required param: amount.", "parameter_missing", "amount");
  }
  const sourceType = params.source_type ?? "card";
  if (charge === undefined) checkFunds(world, amount, currency, sourceType);
  else checkSource(world, amount, currency, charge);
  const group = charge?.transfer_group ?? (charge && `group_${charge.payment_intent}`);
  return makeTransfer(world, {
    ...{ amount, currency, destination: params.destination, source: charge, sourceType },
    availableOn: charge === undefined ? today(world) : availableWith(world, charge),
    group: params.transfer_group ?? group ?? null,
    description: params.description ?? null,
    metadata: mergeMetadata({}, params.metadata),
  });
}

function checkFunds(
  world: World,
  amount: number,
  currency: string,
  sourceType: "bank_account" | "card",
): void {
  if (amount <= availableOf(world, currency, sourceType)) return;
  throw balanceInsufficient(
    "You have insufficient available funds in your Stripe account. Try adding funds directly to " +
      "your available balance by creating Charges using the 4000000000000077 test card. You can " +
      "use the the /v1/balance endpoint to view your Stripe balance (for more details, see " +
      "stripe.com/docs/api#balance).",
  );
}

type Charge = Row<"charge">["object"];

// A charge pays for transfers up to what it settled as, and in that currency, however many.
function checkSource(world: World, amount: number, currency: string, charge: Charge): void {
  const whole = settledAs(world, charge);
  if (currency !== whole.currency) {
    const message =
      `The currency of source_transaction's balance transaction (${whole.currency}) must be the ` +
      `same as the transfer currency (${currency}).`;
    throw invalidRequest(message, undefined, "currency");
  }
  const spent = world
    .list("transfer", { parent: charge.id })
    .reduce((sum, { object }) => sum + object.amount - object.amount_reversed, 0);
  if (charge.captured && amount <= whole.amount - spent) return;
  const message =
    "Transfers using this transaction as a source must not exceed the source amount of " +
    `${whole.amount}. (There is already a total of ${spent} in transfers using this ` +
    "source.)";
  throw invalidRequest(message, "transfers_not_allowed", "amount");
}

function settledAs(world: World, charge: Charge): { amount: number; currency: string } {
  const ledger = world.find("balance_transaction", charge.balance_transaction ?? "")?.object;
  return ledger ?? { amount: charge.amount_captured, currency: charge.currency };
}

// Money passed on is there when the charge's own is, and not before.
function availableWith(world: World, charge: Charge): number {
  const ledger = world.find("balance_transaction", charge.balance_transaction ?? "")?.object;
  return Math.max(ledger?.available_on ?? settlementDay(world), today(world));
}

function reverse(
  world: World,
  row: Row<"transfer">,
  params: { amount?: number; refund_application_fee?: boolean; metadata?: Record<string, string> },
) {
  const amount = params.amount ?? row.object.amount - row.object.amount_reversed;
  return reverseTransfer(world, row, {
    amount,
    refundsFee: params.refund_application_fee ?? false,
    metadata: mergeMetadata({}, params.metadata),
  });
}
