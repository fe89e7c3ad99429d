import { payoutsAllowed } from "#sandbox/payments/account-standing";
import { balanceOf, openRows } from "#sandbox/payments/balance";
import { balanceSettingsOf, nextPayoutDay } from "#sandbox/payments/balance-settings";
import { defaultFor, externalAccounts } from "#sandbox/payments/external-account";
import { post, today } from "#sandbox/payments/ledger";
import { createPayout } from "#sandbox/payments/payout";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

const day = 86_400;

/** What became available today is announced, and paid out if the schedule says so. */
export function matureBalance(world: World, subject: string): void {
  const availableOn = Number(subject.split("|").at(-1));
  if (availableOn === today(world)) world.emit("balance.available", balanceOf(world));
  payOutOnSchedule(world);
}

/** Pays out today or waits for the day that is named. */
export function payOutOnSchedule(world: World): void {
  const midnight = today(world);
  const settings = balanceSettingsOf(world);
  const next = nextPayoutDay(settings, midnight);
  if (next === undefined) return;
  if (next === midnight) payOut(world);
  else world.schedule("payout.schedule", world.account, next);
}

/** Looks again at the next midnight, after something changed that payouts depend on. */
export function lookAgain(world: World): void {
  world.schedule("payout.schedule", world.account, today(world) + day);
}

function payOut(world: World): void {
  if (!payoutsAllowed(world) || externalAccounts(world).length === 0) return;
  const rows = openRows(world).filter(({ object }) => object.available_on <= world.now());
  const currencies = new Set(rows.map(({ object }) => object.currency));
  for (const currency of currencies) {
    payOutCurrency(
      world,
      currency,
      rows.filter(({ object }) => object.currency === currency),
    );
  }
}

function payOutCurrency(world: World, currency: string, rows: Row<"balance_transaction">[]): void {
  const { payments } = balanceSettingsOf(world);
  const destination = defaultFor(world, currency);
  if (destination === undefined || destination.object.status === "errored") return;
  const total = rows.reduce((sum, { object }) => sum + object.net, 0);
  const floor = payments.payouts?.minimum_balance_by_currency?.[currency] ?? 0;
  const amount = total > 0 ? total - Math.min(floor, total) : total;
  if (amount === 0 || (amount < 0 && !payments.debit_negative_balances)) return;
  if (total !== amount) rows.push(holdBack(world, currency, total - amount));
  const payout = createPayout(world, {
    ...{ amount, currency, destination, isAutomatic: true, method: "standard", metadata: {} },
    ...{ sourceType: "card", description: "STRIPE PAYOUT" },
    statementDescriptor: payments.payouts?.statement_descriptor ?? null,
  });
  const { id, balance_transaction } = payout.object;
  const own = world.find("balance_transaction", balance_transaction ?? "");
  for (const row of own === undefined ? rows : [...rows, own]) {
    row.hidden = { ...row.hidden, payout: id };
    world.save(row);
  }
}

// What is to stay leaves with the rows paid out and comes back as one that is not.
function holdBack(world: World, currency: string, amount: number): Row<"balance_transaction"> {
  const facts = { currency, source: "balance_settings", availableOn: today(world) };
  const description = "Minimum balance";
  const hold = post(world, {
    ...{ ...facts, description, amount: -amount, type: "payout_minimum_balance_hold" },
  });
  post(world, { ...facts, description, amount, type: "payout_minimum_balance_release" });
  const row = world.find("balance_transaction", hold.id);
  if (row === undefined) throw new Error("Invariant: what was posted is there");
  return row;
}
