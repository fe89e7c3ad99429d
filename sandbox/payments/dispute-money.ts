import { type LedgerRow, post, stripeFee, today } from "#sandbox/payments/ledger";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

const disputeFee = 1500;
/** What a network takes to resolve a case of its own rules: 500 US dollars. */
const networkFee = { amount: 50_000, currency: "usd" };

/** Takes what is disputed, and the fee of a dispute. */
export function withdraw(world: World, row: Row<"dispute">): void {
  const { amount, charge, currency, id } = row.object;
  const ledger = post(world, {
    ...{ amount: -amount, currency, source: id, type: "adjustment", category: "dispute" },
    availableOn: today(world),
    description: `Chargeback withdrawal for ${charge}`,
    fees: [{ ...stripeFee(disputeFee, currency), description: "Dispute fee" }],
  });
  keepLedger(world, row, ledger);
  world.emit("charge.dispute.funds_withdrawn", row.object);
}

/** Brings back what was won. The fee of the dispute is kept, a network's own comes back. */
export function reinstate(world: World, row: Row<"dispute">): void {
  const { amount, charge, currency, id } = row.object;
  const ledger = post(world, {
    ...{ amount, currency, source: id, type: "adjustment", category: "dispute_reversal" },
    availableOn: today(world),
    description: `Chargeback reversal for ${charge}`,
  });
  keepLedger(world, row, ledger);
  if (row.hidden.paidNetworkFee) moveNetworkFee(world, id, 1, "Dispute network fee refund");
  world.emit("charge.dispute.funds_reinstated", row.object);
}

/** Takes what a network wants for a case it has to resolve, which was acknowledged before. */
export function takeNetworkFee(world: World, row: Row<"dispute">): void {
  moveNetworkFee(world, row.object.id, -1, "Dispute network fee");
  row.hidden = { ...row.hidden, paidNetworkFee: true };
  world.save(row);
}

function moveNetworkFee(world: World, source: string, sign: 1 | -1, description: string): void {
  const amount = sign * networkFee.amount;
  const facts = { amount, currency: networkFee.currency, source, description };
  post(world, { ...facts, type: "stripe_fee", availableOn: today(world) });
}

function keepLedger(world: World, row: Row<"dispute">, ledger: LedgerRow): void {
  const rows = [...row.object.balance_transactions, ledger];
  row.object = { ...row.object, balance_transactions: rows };
  world.save(row);
}
