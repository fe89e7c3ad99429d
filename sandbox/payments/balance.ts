import { processingFee } from "#sandbox/money/fees";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { World } from "#sandbox/world/world";

const day = 86_400;
const settlementDays = 2;

type LedgerRow = ObjectOf<"balance_transaction">;

/** Writes a charge in the account's ledger, less Stripe's fee and the platform's. */
export function postCharge(world: World, charge: ObjectOf<"charge">, share = 0): string {
  const fee = Number(processingFee(BigInt(charge.amount)));
  const { amount, currency, description, id } = charge;
  const details = [
    feeDetail(fee, currency, "stripe_fee"),
    ...(share === 0 ? [] : [feeDetail(share, currency, "application_fee")]),
  ];
  const facts = { amount, currency, description, fee: fee + share, fee_details: details };
  return post(world, { ...facts, source: id, type: "charge" });
}

/** Writes a platform's share in the platform's ledger. */
export function postApplicationFee(world: World, taken: ObjectOf<"application_fee">): string {
  const { amount, currency, id } = taken;
  const facts = { amount, currency, description: "Application fee", fee: 0, fee_details: [] };
  return post(world, { ...facts, source: id, type: "application_fee" });
}

/** Writes a refund in the account's ledger. Stripe keeps the fee of the charge. */
export function postRefund(world: World, refund: ObjectOf<"refund">): string {
  const { currency, id } = refund;
  const description = "REFUND FOR CHARGE";
  const facts = { amount: -refund.amount, currency, description, fee: 0, fee_details: [] };
  return post(world, { ...facts, source: id, type: "refund" });
}

// Rows are only ever added, and net is always amount less fee.
function post(
  world: World,
  facts: Pick<
    LedgerRow,
    "amount" | "currency" | "description" | "fee" | "fee_details" | "source"
  > & { type: "charge" | "refund" | "application_fee" },
): string {
  const { amount, fee } = facts;
  const midnight = Math.floor(world.now() / day) * day;
  const row: LedgerRow = {
    ...facts,
    id: world.newId("txn"),
    object: "balance_transaction",
    available_on: midnight + settlementDays * day,
    balance_type: "payments",
    created: world.now(),
    exchange_rate: null,
    net: amount - fee,
    reporting_category: categories[facts.type],
    status: "pending",
  };
  world.insert("balance_transaction", row, {});
  return row.id;
}

const categories = {
  application_fee: "platform_earning",
  charge: "charge",
  refund: "refund",
} as const;

const feeNames = {
  application_fee: "Application fee",
  stripe_fee: "Stripe processing fees",
} as const;

function feeDetail(amount: number, currency: string, type: keyof typeof feeNames) {
  return { amount, application: null, currency, description: feeNames[type], type };
}

/** A ledger row as of now: what was pending is available once its day has come. */
export function asOfNow(world: World, row: ObjectOf<"balance_transaction">) {
  return { ...row, status: row.available_on <= world.now() ? "available" : "pending" };
}

/** The account's balance, added up from its ledger. */
export function balanceOf(world: World) {
  const totals = new Map<string, { available: bigint; pending: bigint }>();
  for (const { object } of world.list("balance_transaction")) {
    const total = totals.get(object.currency) ?? { available: 0n, pending: 0n };
    total[object.available_on <= world.now() ? "available" : "pending"] += BigInt(object.net);
    totals.set(object.currency, total);
  }
  if (totals.size === 0) totals.set("usd", { available: 0n, pending: 0n });
  const amounts = (state: "available" | "pending") =>
    [...totals].map(([currency, total]) => ({
      amount: Number(total[state]),
      currency,
      source_types: { card: Number(total[state]) },
    }));
  return {
    object: "balance" as const,
    available: amounts("available"),
    livemode: false,
    pending: amounts("pending"),
  };
}
