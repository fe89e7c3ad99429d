import { processingFee } from "#sandbox/money/fees";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { World } from "#sandbox/world/world";

const day = 86_400;
const settlementDays = 2;

/** Writes a charge in the account's ledger. Rows are only ever added; net is amount less fee. */
export function postCharge(world: World, charge: ObjectOf<"charge">): string {
  const fee = Number(processingFee(BigInt(charge.amount)));
  const midnight = Math.floor(world.now() / day) * day;
  const row: ObjectOf<"balance_transaction"> = {
    id: world.newId("txn"),
    object: "balance_transaction",
    amount: charge.amount,
    available_on: midnight + settlementDays * day,
    balance_type: "payments",
    created: world.now(),
    currency: charge.currency,
    description: charge.description,
    exchange_rate: null,
    fee,
    fee_details: [
      {
        amount: fee,
        application: null,
        currency: charge.currency,
        description: "Stripe processing fees",
        type: "stripe_fee",
      },
    ],
    net: charge.amount - fee,
    reporting_category: "charge",
    source: charge.id,
    status: "pending",
    type: "charge",
  };
  world.insert("balance_transaction", row, {});
  return row.id;
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
