import type { ObjectOf } from "#sandbox/store/kinds";
import type { World } from "#sandbox/world/world";

type Settings = ObjectOf<"balance_settings">;

/** How an account's money settles and is paid out: daily, two days after it was taken. */
export function balanceSettingsOf(world: World): Settings {
  const kept = world.find("balance_settings", "balance_settings")?.object;
  return kept ?? { id: "balance_settings", object: "balance_settings", payments: usual };
}

/** Keeps a change of them. */
export function keepBalanceSettings(world: World, object: Settings): void {
  const row = world.find("balance_settings", "balance_settings");
  if (row === undefined) world.insert("balance_settings", object, {}, world.now());
  else world.save({ ...row, object });
}

const usual: Settings["payments"] = {
  debit_negative_balances: false,
  payouts: {
    automatic_transfer_rules_by_currency: null,
    minimum_balance_by_currency: null,
    schedule: { interval: "daily" },
    statement_descriptor: null,
    status: "enabled",
  },
  settlement_timing: { delay_days: 2, start_of_day: null },
};

const day = 86_400;
const weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

/** The first midnight, from one on, at which the schedule pays out. Never, if it is manual. */
export function nextPayoutDay(settings: Settings, midnight: number): number | undefined {
  const schedule = settings.payments.payouts?.schedule ?? null;
  for (let days = 0; days < 62; days += 1) {
    const at = midnight + days * day;
    if (isPayoutDay(schedule, new Date(at * 1000))) return at;
  }
  return undefined;
}

type Schedule = NonNullable<Settings["payments"]["payouts"]>["schedule"];

function isPayoutDay(schedule: Schedule, date: Date): boolean {
  if (schedule?.interval === "daily") return true;
  if (schedule?.interval === "weekly") {
    const days: readonly string[] = schedule.weekly_payout_days ?? ["monday"];
    return days.includes(weekdays[date.getUTCDay()] ?? "");
  }
  if (schedule?.interval !== "monthly") return false;
  const days = schedule.monthly_payout_days ?? [1];
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  const today = date.getUTCDate();
  return days.includes(today) || (today === last && days.some((each) => each > last));
}
