import { giveFeeBack, shareOf, takeApplicationFee } from "#sandbox/payments/application-fee";
import { blankCharge } from "#sandbox/payments/blank-charge";
import { applicationFee, type LedgerRow, post, today } from "#sandbox/payments/ledger";
import { invalidRequest } from "#sandbox/protocol/errors";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import { listOf } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

/** Money on its way from the platform to one of its accounts. */
interface TransferInput {
  amount: number;
  currency: string;
  destination: string;
  availableOn: number;
  /** The charge that pays for it. */
  source: ObjectOf<"charge"> | undefined;
  group: string | null;
  /** The platform's share, kept from what arrives. */
  share?: number;
  description?: string | null;
  metadata?: Record<string, string>;
  sourceType?: "bank_account" | "card";
}

/** Moves money to a connected account: a row in each of the two ledgers, for the same amount. */
export function makeTransfer(platform: World, input: TransferInput): Row<"transfer"> {
  const { amount, currency, destination, availableOn, source, sourceType } = input;
  const id = platform.newId("tr");
  const payment = receive(platform.as(destination), id, input);
  const description = input.description ?? null;
  const facts = { amount: -amount, currency, availableOn, description, source: id };
  const row = post(platform, {
    ...facts,
    type: "transfer",
    ...(sourceType === undefined ? {} : { sourceType }),
  });
  const object: ObjectOf<"transfer"> = {
    id,
    object: "transfer",
    amount,
    amount_reversed: 0,
    balance_transaction: row.id,
    created: platform.now(),
    currency,
    description,
    destination,
    destination_payment: payment.id,
    livemode: false,
    metadata: input.metadata ?? {},
    reversals: listOf(`/v1/transfers/${id}/reversals`, []),
    reversed: false,
    source_transaction: source?.id ?? null,
    source_type: sourceType ?? "card",
    transfer_group: input.group,
  };
  const kept = platform.insert("transfer", object, {});
  platform.emit("transfer.created", object);
  return kept;
}

// What arrives is a payment of its own in the connected account.
function receive(world: World, transfer: string, input: TransferInput): ObjectOf<"charge"> {
  const { amount, currency, availableOn, source, share = 0 } = input;
  const id = world.newId("py");
  const fees = share === 0 ? [] : [applicationFee(share, currency)];
  const row = post(world, {
    ...{ amount, currency, availableOn, description: null, fees, source: id, type: "payment" },
  });
  const platform = world.as(world.namespace.account);
  const payment: ObjectOf<"charge"> = {
    ...blankCharge,
    id,
    amount,
    amount_captured: amount,
    application_fee_amount: share === 0 ? null : share,
    application_fee:
      share === 0
        ? null
        : takeApplicationFee(platform, {
            ...{ account: world.account, charge: id, amount: share, currency, availableOn },
            originating: source?.id ?? null,
          }),
    balance_transaction: row.id,
    captured: true,
    created: world.now(),
    currency,
    paid: true,
    source_transfer: transfer,
    status: "succeeded",
    transfer_group: input.group,
  };
  world.insert("charge", payment, {});
  world.emit("charge.succeeded", payment);
  return payment;
}

/** Takes part of a transfer back, and of the platform's share if that is asked for. */
export function reverseTransfer(
  platform: World,
  row: Row<"transfer">,
  asked: {
    amount: number;
    refundsFee: boolean;
    sourceRefund?: string;
    metadata?: Record<string, string>;
  },
): ObjectOf<"transfer_reversal"> {
  const left = row.object.amount - row.object.amount_reversed;
  const { amount } = asked;
  checkReversal(row.object, amount, left);
  const id = platform.newId("trr");
  const returned = giveBack(platform, row.object, { ...asked, isLast: amount === left });
  const { currency } = row.object;
  const facts = { amount, currency, source: id, description: null };
  const ledger = post(platform, {
    ...facts,
    type: "transfer_refund",
    availableOn: returned.availableOn,
  });
  const reversal: ObjectOf<"transfer_reversal"> = {
    id,
    object: "transfer_reversal",
    amount,
    balance_transaction: ledger.id,
    created: platform.now(),
    currency,
    destination_payment_refund: returned.refund,
    metadata: asked.metadata ?? {},
    source_refund: asked.sourceRefund ?? null,
    transfer: row.object.id,
  };
  platform.insert("transfer_reversal", reversal, {});
  const before = { amount_reversed: row.object.amount_reversed };
  row.object = {
    ...row.object,
    amount_reversed: before.amount_reversed + amount,
    reversals: { ...row.object.reversals, data: [reversal, ...row.object.reversals.data] },
    reversed: amount === left,
  };
  platform.save(row);
  platform.emit("transfer.reversed", row.object, before);
  return reversal;
}

// The connected account's payment is refunded; its fee comes back with it only if asked for.
function giveBack(
  platform: World,
  transfer: ObjectOf<"transfer">,
  asked: { amount: number; refundsFee: boolean; isLast: boolean },
): { refund: string; availableOn: number } {
  const world = platform.as(transfer.destination ?? "");
  const payment = world.find("charge", transfer.destination_payment ?? "");
  if (payment === undefined) throw new Error("Invariant: a transfer made a payment");
  const { amount } = asked;
  const { currency } = transfer;
  const share = asked.refundsFee ? feeBack(platform, payment.object, asked) : 0;
  const availableOn = noEarlier(world, payment.object.balance_transaction);
  const id = world.newId("pyr");
  const fees = share === 0 ? [] : [applicationFee(-share, currency)];
  const row = post(world, {
    ...{ amount: -amount, currency, availableOn, fees, source: id, type: "payment_refund" },
    description: "REFUND FOR PAYMENT",
  });
  world.insert(
    "refund",
    { ...blankRefund, id, amount, currency, ...whenceOf(world, payment, row) },
    {},
  );
  const refunded = payment.object.amount_refunded + amount;
  payment.object = {
    ...payment.object,
    amount_refunded: refunded,
    refunded: refunded === payment.object.amount,
  };
  world.save(payment);
  world.emit("charge.refunded", payment.object);
  return { refund: id, availableOn };
}

function whenceOf(world: World, payment: Row<"charge">, row: LedgerRow) {
  return {
    balance_transaction: row.id,
    charge: payment.object.id,
    created: world.now(),
  };
}

function feeBack(
  platform: World,
  payment: ObjectOf<"charge">,
  { amount, isLast }: { amount: number; isLast: boolean },
): number {
  const fee = platform.find("application_fee", payment.application_fee ?? "");
  if (fee === undefined) return 0;
  const { amount: total, amount_refunded } = fee.object;
  const left = total - amount_refunded;
  const share = shareOf({ total, left }, { amount, of: payment.amount, isLast });
  if (share > 0) giveFeeBack(platform, fee, share);
  return share;
}

// Money that is not there yet cannot be taken back sooner than it comes.
function noEarlier(world: World, ledger: string | null): number {
  const row = world.find("balance_transaction", ledger ?? "");
  return Math.max(row?.object.available_on ?? 0, today(world));
}

function checkReversal(transfer: ObjectOf<"transfer">, amount: number, left: number): void {
  if (left === 0) {
    const message = `Transfer ${transfer.id} has already been fully reversed.`;
    throw invalidRequest(message, "transfer_already_reversed");
  }
  if (amount >= 1 && amount <= left) return;
  const message =
    `The reversal amount (${amount}) is greater than the unreversed amount on the transfer ` +
    `(${left}).`;
  throw invalidRequest(message, undefined, "amount");
}

const blankRefund = {
  object: "refund" as const,
  customer: null,
  customer_account: null,
  metadata: {},
  payment_intent: null,
  payment_method: null,
  reason: null,
  receipt_number: null,
  source_transfer_reversal: null,
  status: "succeeded",
  transfer_reversal: null,
};
