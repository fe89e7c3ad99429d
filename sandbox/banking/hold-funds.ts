import { get } from "#sandbox/protocol/route";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { World } from "#sandbox/world/world";

/** Sets money of a financial account aside for a purchase that was authorised: it is no longer
 *  cash, and not gone either. The caller has seen that it is there. */
export function holdFunds(
  world: World,
  account: string,
  purchase: { id: string; amount: number; currency: string; description: string },
): string {
  const { id, amount, currency, description } = purchase;
  shift(world, account, currency, { cash: -amount, outbound_pending: amount });
  const transaction: ObjectOf<"treasury.transaction"> = {
    id: world.newId("trxn"),
    object: "treasury.transaction",
    amount: -amount,
    balance_impact: { cash: -amount, inbound_pending: 0, outbound_pending: amount },
    created: world.now(),
    currency,
    description,
    financial_account: account,
    flow: id,
    flow_type: "issuing_authorization",
    livemode: false,
    status: "open",
    status_transitions: { posted_at: null, void_at: null },
  };
  world.insert("treasury.transaction", transaction, {});
  return transaction.id;
}

/** Ends a hold: what was taken is gone, and the rest is cash again. Nothing taken voids it. */
export function endHold(world: World, transaction: string, taken: number): void {
  const row = get(world, "treasury.transaction", transaction);
  const { amount, currency, financial_account } = row.object;
  const held = -amount;
  const back = { cash: held - taken, outbound_pending: -held };
  shift(world, String(financial_account), currency, back);
  const impact = { cash: -taken, inbound_pending: 0, outbound_pending: 0 };
  const at = world.now();
  row.object = {
    ...row.object,
    ...(taken === 0
      ? { status: "void", status_transitions: { posted_at: null, void_at: at } }
      : { status: "posted", status_transitions: { posted_at: at, void_at: null }, amount: -taken }),
    balance_impact: impact,
  };
  world.save(row);
}

function shift(
  world: World,
  account: string,
  currency: string,
  by: { cash: number; outbound_pending: number },
): void {
  const row = get(world, "treasury.financial_account", account);
  const { balance } = row.object;
  const moved = (name: "cash" | "outbound_pending") => ({
    ...balance[name],
    [currency]: (balance[name][currency] ?? 0) + by[name],
  });
  row.object = {
    ...row.object,
    balance: { ...balance, cash: moved("cash"), outbound_pending: moved("outbound_pending") },
  };
  world.save(row);
}
