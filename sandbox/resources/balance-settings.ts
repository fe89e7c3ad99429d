import { balanceSettingsOf, keepBalanceSettings } from "#sandbox/payments/balance-settings";
import { lookAgain } from "#sandbox/payments/payout-schedule";
import { invalidRequest } from "#sandbox/protocol/errors";
import {
  boolean,
  byKey,
  integer,
  listOf,
  oneOf,
  type Params,
  type Shape,
  shape,
  text,
  unbuilt,
  unsettable,
} from "#sandbox/protocol/params";
import { type Routes, route } from "#sandbox/protocol/route";
import type { ObjectOf } from "#sandbox/store/kinds";

const weekday = oneOf(["monday", "tuesday", "wednesday", "thursday", "friday"]);
const fields = {
  payments: shape({
    debit_negative_balances: boolean,
    payouts: shape({
      automatic_transfer_rules_by_currency: unbuilt,
      minimum_balance_by_currency: unsettable(byKey(unsettable(integer))),
      schedule: shape({
        interval: oneOf(["daily", "manual", "monthly", "weekly"]),
        monthly_payout_days: listOf(integer),
        weekly_payout_days: listOf(weekday),
      }),
      statement_descriptor: text,
    }),
    settlement_timing: shape({ delay_days_override: unsettable(integer), start_of_day: unbuilt }),
  }),
} satisfies Shape;

type Settings = ObjectOf<"balance_settings">;
type Payouts = NonNullable<Settings["payments"]["payouts"]>;
type Sent = NonNullable<Params<typeof fields>["payments"]>;

const url = "/v1/balance_settings";
const usualDelay = 2;

/** `/v1/balance_settings`: when money settles, and when and how it is paid out. */
export const balanceSettingsRoutes: Routes = {
  [`GET ${url}`]: route({}, (world) => shown(balanceSettingsOf(world))),
  [`POST ${url}`]: route(fields, (world, { payments = {} }) => {
    const before = balanceSettingsOf(world);
    const after = { ...before, payments: changed(before.payments, payments) };
    keepBalanceSettings(world, after);
    lookAgain(world);
    world.emit("balance_settings.updated", shown(after));
    return shown(after);
  }),
};

function changed(kept: Settings["payments"], sent: Sent): Settings["payments"] {
  const timing = sent.settlement_timing?.delay_days_override;
  return {
    debit_negative_balances: sent.debit_negative_balances ?? kept.debit_negative_balances,
    payouts: kept.payouts && payoutsFrom(kept.payouts, sent.payouts ?? {}),
    settlement_timing: timing === undefined ? kept.settlement_timing : timingFrom(timing),
  };
}

function payoutsFrom(kept: Payouts, sent: NonNullable<Sent["payouts"]>): Payouts {
  const minimum = sent.minimum_balance_by_currency;
  return {
    ...kept,
    ...(minimum === undefined ? {} : { minimum_balance_by_currency: minimumFrom(kept, minimum) }),
    ...(sent.schedule === undefined ? {} : { schedule: scheduleFrom(kept, sent.schedule) }),
    ...(sent.statement_descriptor === undefined
      ? {}
      : { statement_descriptor: sent.statement_descriptor }),
  };
}

function minimumFrom(kept: Payouts, sent: Record<string, number | null> | null) {
  if (sent === null) return null;
  const merged = { ...kept.minimum_balance_by_currency, ...sent };
  const named = Object.entries(merged).filter(([, amount]) => amount !== null);
  return named.length === 0 ? null : (Object.fromEntries(named) as Record<string, number>);
}

function scheduleFrom(
  kept: Payouts,
  sent: NonNullable<NonNullable<Sent["payouts"]>["schedule"]>,
): Payouts["schedule"] {
  const interval = sent.interval ?? kept.schedule?.interval ?? "daily";
  const days = sent.monthly_payout_days;
  if (days?.some((day) => day < 1 || day > 31)) {
    const param = "payments[payouts][schedule][monthly_payout_days]";
    throw invalidRequest("A day of the month is from 1 to 31.", "parameter_invalid_integer", param);
  }
  return {
    interval,
    ...(interval === "monthly" ? { monthly_payout_days: days ?? [1] } : {}),
    ...(interval === "weekly" ? { weekly_payout_days: sent.weekly_payout_days ?? ["monday"] } : {}),
  };
}

function timingFrom(days: number | null): Settings["payments"]["settlement_timing"] {
  if (days === null) return { delay_days: usualDelay, start_of_day: null };
  if (days < usualDelay || days > 31) {
    const param = "payments[settlement_timing][delay_days_override]";
    throw invalidRequest(`The delay is from ${usualDelay} to 31 days.`, undefined, param);
  }
  return { delay_days: days, delay_days_override: days, start_of_day: null };
}

function shown({ id: _id, ...settings }: Settings) {
  return settings;
}
