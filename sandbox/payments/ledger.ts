import { processingFee } from "#sandbox/money/fees";
import { parseDecimal } from "#sandbox/money/rational";
import { exchange } from "#sandbox/payments/exchange";
import { settingsOf } from "#sandbox/payments/local-settings";
import type { LedgerSecrets } from "#sandbox/store/kept";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { World } from "#sandbox/world/world";

export type LedgerRow = ObjectOf<"balance_transaction">;
export type FeeDetail = LedgerRow["fee_details"][number];

/** Why money moves, and the category Stripe reports it under. */
const categories = {
  adjustment: "other_adjustment",
  application_fee: "platform_earning",
  application_fee_refund: "platform_earning_refund",
  charge: "charge",
  issuing_authorization_hold: "issuing_authorization_hold",
  issuing_authorization_release: "issuing_authorization_release",
  issuing_transaction: "issuing_transaction",
  payment: "charge",
  payment_refund: "refund",
  payout: "payout",
  payout_cancel: "payout_reversal",
  payout_failure: "payout_reversal",
  payout_minimum_balance_hold: "payout_minimum_balance_hold",
  payout_minimum_balance_release: "payout_minimum_balance_release",
  refund: "refund",
  refund_failure: "refund_failure",
  stripe_fee: "fee",
  topup: "topup",
  topup_reversal: "topup_reversal",
  transfer: "transfer",
  transfer_refund: "transfer_reversal",
} as const;

/** One line to be written in an account's ledger. */
export interface Posting {
  type: keyof typeof categories;
  amount: number;
  currency: string;
  source: string;
  description: string | null;
  category?: string;
  fees?: FeeDetail[];
  /** When the money can be used; the account's settlement delay decides unless this is set. */
  availableOn?: number;
  sourceType?: LedgerSecrets["sourceType"];
}

const day = 86_400;

/** Adds a row to the account's ledger, in the currency it settles in. Rows are only ever added;
 *  net is amount less fee. */
export function post(world: World, posting: Posting): LedgerRow {
  const { type, source, description } = posting;
  const { amount, currency, fees, exchange_rate } = exchange(world, posting);
  const fee = fees.reduce((sum, each) => sum + each.amount, 0);
  const availableOn = posting.availableOn ?? settlementDay(world);
  const row: LedgerRow = {
    id: world.newId("txn"),
    object: "balance_transaction",
    amount,
    available_on: availableOn,
    balance_type: "payments",
    created: world.now(),
    currency,
    description,
    exchange_rate,
    fee,
    fee_details: fees,
    net: amount - fee,
    reporting_category: posting.category ?? categories[type],
    source,
    status: availableOn <= world.now() ? "available" : "pending",
    type,
  };
  const { sourceType } = posting;
  world.insert("balance_transaction", row, sourceType === undefined ? {} : { sourceType });
  world.schedule("balance.mature", `${world.account}|${availableOn}`, nextLook(world, availableOn));
  return row;
}

/** The UTC midnight at which money taken now can be used. */
export function settlementDay(world: World): number {
  const delay = world.find("balance_settings", "balance_settings")?.object.payments;
  return today(world) + (delay?.settlement_timing.delay_days ?? 2) * day;
}

/** The UTC midnight that began this day. */
export function today(world: World): number {
  return Math.floor(world.now() / day) * day;
}

/** Stripe's own fee, as a line of a row's fees. */
export function stripeFee(amount: number, currency: string): FeeDetail {
  const description = "Stripe processing fees";
  return { amount, application: null, currency, description, type: "stripe_fee" };
}

/** The platform's share, as a line of a connected account's row. */
export function applicationFee(amount: number, currency: string): FeeDetail {
  const description = "Application fee";
  return { amount, application: "ca_local", currency, description, type: "application_fee" };
}

/** Stripe's price of a card payment for a merchant of a country. */
export function feeFor(world: World, amount: number, country: string): number {
  const { fees } = settingsOf(world);
  const { percent, fixed_minor } = fees[country.toUpperCase()] ?? fees.default ?? usualFee;
  const rule = { bps: bpsOf(percent), fixedMinor: BigInt(fixed_minor) };
  return Number(processingFee(BigInt(amount), rule));
}

const usualFee = { percent: "2.9", fixed_minor: 30 };

// "2.9" per cent is 290 parts of ten thousand; more than two digits are not priced.
function bpsOf(percent: string): bigint {
  const { over, under } = parseDecimal(percent);
  return (over * 100n) / under;
}

// What is available at once waits for the next midnight to be paid out.
function nextLook(world: World, availableOn: number): number {
  return availableOn > world.now() ? availableOn : today(world) + day;
}
