import { processingFee } from "#sandbox/money/fees";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { World } from "#sandbox/world/world";

const day = 86_400;
const settlementDays = 2;

type LedgerRow = ObjectOf<"balance_transaction">;

/** Writes a charge in the account's ledger. */
export function postCharge(world: World, charge: ObjectOf<"charge">): string {
  const fee = Number(processingFee(BigInt(charge.amount)));
  const { amount, currency, description, id } = charge;
  return post(world, { amount, currency, description, fee, source: id, type: "charge" });
}

/** Writes a refund in the account's ledger. Stripe keeps the fee of the charge. */
export function postRefund(world: World, refund: ObjectOf<"refund">): string {
  const { currency, id } = refund;
  const description = "REFUND FOR CHARGE";
  const facts = { amount: -refund.amount, currency, description, fee: 0 };
  return post(world, { ...facts, source: id, type: "refund" });
}

// Rows are only ever added, and net is always amount less fee.
function post(
  world: World,
  facts: Pick<LedgerRow, "amount" | "currency" | "description" | "fee" | "source"> & {
    type: "charge" | "refund";
  },
): string {
  const { amount, currency, fee } = facts;
  const midnight = Math.floor(world.now() / day) * day;
  const row: LedgerRow = {
    ...facts,
    id: world.newId("txn"),
    object: "balance_transaction",
    available_on: midnight + settlementDays * day,
    balance_type: "payments",
    created: world.now(),
    exchange_rate: null,
    fee_details: fee === 0 ? [] : [feeDetail(fee, currency)],
    net: amount - fee,
    reporting_category: facts.type,
    status: "pending",
  };
  world.insert("balance_transaction", row, {});
  return row.id;
}

function feeDetail(amount: number, currency: string) {
  const description = "Stripe processing fees";
  return { amount, application: null, currency, description, type: "stripe_fee" };
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
