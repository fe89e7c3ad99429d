import { balanceInsufficient } from "#sandbox/payments/balance";
import { invalidRequest } from "#sandbox/protocol/errors";
import { get } from "#sandbox/protocol/route";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { World } from "#sandbox/world/world";

type Transaction = ObjectOf<"treasury.transaction">;

/** Moves money into a financial account, or out of it when the amount is negative, and says so in a
 *  transaction. What is not there cannot be moved. */
export function moveFunds(
  world: World,
  account: string,
  flow: {
    id: string;
    type: Transaction["flow_type"];
    amount: number;
    currency: string;
    description: string;
  },
): string {
  const row = get(world, "treasury.financial_account", account, "financial_account");
  const { balance, status, supported_currencies } = row.object;
  const { amount, currency } = flow;
  if (status !== "open") throw invalidRequest("This financial account is closed.");
  if (!supported_currencies.includes(currency)) {
    const message = `The financial account does not support ${currency}.`;
    throw invalidRequest(message, "financial_account_unsupported_currency", "currency");
  }
  const cash = (balance.cash[currency] ?? 0) + amount;
  if (cash < 0) {
    throw balanceInsufficient("The financial account's balance is too low for this.");
  }
  row.object = {
    ...row.object,
    balance: { ...balance, cash: { ...balance.cash, [currency]: cash } },
  };
  world.save(row);
  const transaction: Transaction = {
    id: world.newId("trxn"),
    object: "treasury.transaction",
    amount,
    balance_impact: { cash: amount, inbound_pending: 0, outbound_pending: 0 },
    created: world.now(),
    currency,
    description: flow.description,
    financial_account: account,
    flow: flow.id,
    flow_type: flow.type,
    livemode: false,
    status: "posted",
    status_transitions: { posted_at: world.now(), void_at: null },
  };
  world.insert("treasury.transaction", transaction, {});
  return transaction.id;
}
