import { blankCharge } from "#sandbox/payments/blank-charge";
import { post, today } from "#sandbox/payments/ledger";
import { invalidRequest } from "#sandbox/protocol/errors";
import { get } from "#sandbox/protocol/route";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

/** Takes money the platform is owed from a connected account's balance, even below zero: that is
 *  only for accounts whose losses the application carries. */
export function debitAccount(
  platform: World,
  account: string,
  asked: {
    amount: number;
    currency: string;
    description?: string;
    metadata?: Record<string, string>;
  },
): Row<"charge"> {
  const { object } = get(platform, "v2.core.account", account, "source");
  if (object.defaults?.responsibilities?.losses_collector !== "application" || object.closed) {
    const message = "You can only debit accounts whose losses the application collects.";
    throw invalidRequest(message, "account_debit_not_allowed", "source");
  }
  if (asked.amount < 1)
    throw invalidRequest("Invalid positive integer", "parameter_invalid_integer", "amount");
  const { amount, description = null, metadata = {} } = asked;
  const currency = asked.currency.toLowerCase();
  const id = platform.newId("py");
  const facts = { currency, source: id, availableOn: today(platform) };
  post(platform.as(account), {
    ...{ ...facts, amount: -amount, type: "adjustment" },
    description: description ?? "Account debit",
  });
  const row = post(platform, { ...facts, amount, type: "payment", description });
  const payment: ObjectOf<"charge"> = {
    ...blankCharge,
    ...{ id, amount, amount_captured: amount, balance_transaction: row.id, captured: true },
    ...{ created: platform.now(), currency, description, metadata, paid: true },
    status: "succeeded",
  };
  const kept = platform.insert("charge", payment, {});
  platform.emit("charge.succeeded", payment);
  return kept;
}
