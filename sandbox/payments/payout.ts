import { refreshAccount } from "#sandbox/connect/refresh-account";
import { availableOf, balanceInsufficient, totalsOf } from "#sandbox/payments/balance";
import { type ExternalAccount, failureOf, markErrored } from "#sandbox/payments/external-account";
import { type LedgerRow, post, stripeFee, today } from "#sandbox/payments/ledger";
import { invalidRequest } from "#sandbox/protocol/errors";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

type Payout = ObjectOf<"payout">;

/** Money on its way to a bank, or from it when the amount is negative. */
export interface PayoutInput {
  amount: number;
  currency: string;
  destination: ExternalAccount;
  isAutomatic: boolean;
  method: "instant" | "standard";
  sourceType: "bank_account" | "card";
  description: string | null;
  metadata: Record<string, string>;
  statementDescriptor: string | null;
}

const day = 86_400;
const instantSeconds = 1800;

/** Refuses what is not there. An instant payout may draw on what is still pending. */
export function checkFunds(world: World, asked: Omit<PayoutInput, "destination">): void {
  const { amount, currency, method, sourceType } = asked;
  const available = availableOf(world, currency, sourceType);
  const pending = totalsOf(world).pending.find((each) => each.currency === currency);
  const within = method === "instant" ? available + Number(pending?.[sourceType] ?? 0n) : available;
  const cost = method === "instant" ? amount + instantFee(amount) : amount;
  if (cost <= within) return;
  throw balanceInsufficient(
    "You have insufficient funds in your Stripe account for this transfer. Your " +
      `${sourceType.replace("_", " ")} balance is too low. You can use the the /v1/balance ` +
      "endpoint to view your Stripe balance (for more details, see stripe.com/docs/api#balance).",
  );
}

/** Debits the balance at once and sends the money on its way. */
export function createPayout(world: World, input: PayoutInput): Row<"payout"> {
  const id = world.newId("po");
  const ledger = debit(world, id, input);
  const isInstant = input.method === "instant";
  const arrival = isInstant ? world.now() + instantSeconds : today(world) + 2 * day;
  const object: Payout = {
    ...blank,
    id,
    amount: input.amount,
    arrival_date: arrival,
    automatic: input.isAutomatic,
    balance_transaction: ledger.id,
    created: world.now(),
    currency: input.currency,
    description: input.description,
    destination: input.destination.object.id,
    metadata: input.metadata,
    method: input.method,
    reconciliation_status: input.isAutomatic ? "in_progress" : "not_applicable",
    source_type: input.sourceType,
    statement_descriptor: input.statementDescriptor,
    status: isInstant ? "in_transit" : "pending",
    type: input.destination.object.object,
  };
  const fails = failureOf(input.destination);
  const row = world.insert("payout", object, fails === undefined ? {} : { fails });
  world.emit("payout.created", object);
  world.schedule("payout.advance", id, isInstant ? arrival : today(world) + day);
  return row;
}

function debit(world: World, source: string, input: PayoutInput): LedgerRow {
  const { amount, currency, method, sourceType } = input;
  const fee = method === "instant" ? instantFee(amount) : 0;
  const fees =
    fee === 0 ? [] : [{ ...stripeFee(fee, currency), description: "Instant payout fee" }];
  return post(world, {
    ...{ amount: -amount, currency, source, type: "payout", fees, sourceType },
    availableOn: today(world),
    description: input.description ?? "STRIPE PAYOUT",
  });
}

/** What an instant payout costs: one per cent, and at least half a unit. */
export function instantFee(amount: number): number {
  return Math.max(50, Number((BigInt(amount) + 50n) / 100n));
}

/** The most that can be had at once of what there is: the fee comes out of the same balance. */
export function mostInstant(whole: number): number {
  let most = Math.min(whole - 50, Math.floor((whole * 100) / 101));
  while (most > 0 && most + instantFee(most) > whole) most -= 1;
  return Math.max(0, most);
}

/** The next thing that happens to a payout: it leaves, and then it arrives or comes back. */
export function advancePayout(world: World, id: string): void {
  const row = world.find("payout", id);
  if (row === undefined) return;
  if (row.object.status === "pending") {
    row.object = { ...row.object, status: "in_transit" };
    world.save(row);
    world.emit("payout.updated", row.object, { status: "pending" });
    world.schedule("payout.advance", id, Math.max(row.object.arrival_date, world.now()));
    return;
  }
  if (row.object.status !== "in_transit") return;
  if (row.hidden.fails !== undefined) failPayout(world, row, row.hidden.fails);
  else arrive(world, row);
}

function arrive(world: World, row: Row<"payout">): void {
  row.object = {
    ...row.object,
    status: "paid",
    trace_id: { status: "supported", value: `LOCAL${row.object.id.slice(-8)}` },
  };
  world.save(row);
  world.emit("payout.paid", row.object, { status: "in_transit" });
  if (!row.object.automatic) return;
  row.object = { ...row.object, reconciliation_status: "completed" };
  world.save(row);
  world.emit("payout.reconciliation_completed", row.object);
}

/** The bank sent it back: a row of its own returns the money, and the payout stays failed. */
export function failPayout(world: World, row: Row<"payout">, code: string): void {
  if (row.object.status === "failed" || row.object.status === "canceled") {
    throw invalidRequest(`This payout is already ${row.object.status}.`);
  }
  world.unschedule("payout.advance", row.object.id);
  const before = { status: row.object.status };
  const ledger = giveBack(world, row.object, "payout_failure");
  row.object = {
    ...row.object,
    failure_balance_transaction: ledger.id,
    failure_code: code,
    failure_message: failureMessages[code] ?? "The bank could not process this payout.",
    status: "failed",
  };
  world.save(row);
  world.emit("payout.failed", row.object, before);
  markErrored(world, row.object.destination ?? "");
  if (world.account !== world.namespace.account) refreshAccount(world, world.account);
}

/** Stops a payout that has not left yet. */
export function cancelPayout(world: World, row: Row<"payout">): void {
  if (row.object.status !== "pending" || row.object.automatic) {
    const why = row.object.automatic ? "automatic" : row.object.status;
    const message = `Payouts that are ${why} cannot be canceled; only pending manual ones can.`;
    throw invalidRequest(message, "payout_cannot_be_canceled");
  }
  world.unschedule("payout.advance", row.object.id);
  const ledger = giveBack(world, row.object, "payout_cancel");
  row.object = { ...row.object, failure_balance_transaction: ledger.id, status: "canceled" };
  world.save(row);
  world.emit("payout.canceled", row.object, { status: "pending" });
}

/** Asks the bank for a payout that arrived; the way back is a payout of its own. */
export function reversePayout(
  world: World,
  row: Row<"payout">,
  metadata: Record<string, string>,
): Row<"payout"> {
  if (row.object.status !== "paid" || row.object.reversed_by !== null || row.object.amount < 0) {
    const message = "Only a paid payout can be reversed, and only once.";
    throw invalidRequest(message, "payout_reversal_not_allowed");
  }
  const id = world.newId("po");
  const { amount, currency } = row.object;
  const description = `REVERSAL OF ${row.object.id}`;
  const facts = { amount, currency, source: id, description, availableOn: today(world) };
  const ledger = post(world, { ...facts, type: "payout", category: "payout_reversal" });
  const object: Payout = {
    ...row.object,
    id,
    amount: -amount,
    arrival_date: today(world) + 2 * day,
    automatic: false,
    balance_transaction: ledger.id,
    created: world.now(),
    description: null,
    metadata,
    original_payout: row.object.id,
    reconciliation_status: "not_applicable",
    status: "pending",
    trace_id: null,
  };
  const reversal = world.insert("payout", object, {});
  world.emit("payout.created", object);
  world.schedule("payout.advance", id, today(world) + day);
  row.object = { ...row.object, reversed_by: id };
  world.save(row);
  world.emit("payout.updated", row.object, { reversed_by: null });
  return reversal;
}

function giveBack(world: World, payout: Payout, type: "payout_failure" | "payout_cancel") {
  const { amount, currency, id, source_type } = payout;
  const description = type === "payout_failure" ? "STRIPE PAYOUT FAILURE" : "STRIPE PAYOUT CANCEL";
  const sourceType = source_type === "bank_account" ? "bank_account" : "card";
  const facts = { amount, currency, source: id, description, availableOn: today(world) };
  return post(world, { ...facts, type, sourceType });
}

const failureMessages: Record<string, string> = {
  account_closed: "The bank account has been closed.",
  account_frozen: "The bank account has been frozen.",
  bank_account_restricted: "The bank account has restrictions on the type of payouts it allows.",
  could_not_process: "The bank could not process this payout.",
  debit_not_authorized: "Debit transactions are not approved on this bank account.",
  insufficient_funds: "The bank account has too little money for this debit.",
  invalid_currency: "The bank was unable to process this payout because of its currency.",
  no_account: "The bank account details on file are probably incorrect: no account was found.",
};

const blank = {
  object: "payout" as const,
  application_fee: null,
  application_fee_amount: null,
  failure_balance_transaction: null,
  failure_code: null,
  failure_message: null,
  livemode: false,
  original_payout: null,
  payout_method: null,
  reversed_by: null,
  trace_id: null,
};
