import { html } from "hono/html";
import { callRoute } from "#sandbox/embedded/call-route";
import { type Act, allows, type Form, type Visit } from "#sandbox/embedded/component";
import { actForm, amount, choice, day, field } from "#sandbox/embedded/parts";
import { minorOf } from "#sandbox/embedded/payment";
import { majorOf } from "#sandbox/money/currency";
import { balanceOf } from "#sandbox/payments/balance";
import { balanceSettingsOf } from "#sandbox/payments/balance-settings";
import { defaultFor } from "#sandbox/payments/external-account";
import { instantFee, mostInstant } from "#sandbox/payments/payout";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { World } from "#sandbox/world/world";

type Payout = ObjectOf<"payout">;

/** What can be done with a balance. */
export const payoutActs = {
  payOut: { feature: "standard_payouts", run: (visit, form) => payOut(visit, form, "standard") },
  payOutNow: { feature: "instant_payouts", run: (visit, form) => payOut(visit, form, "instant") },
  cancel: {
    feature: "standard_payouts",
    run({ world }, { payout = "" }) {
      const sent = [world, "POST /v1/payouts/:id/cancel", {}, { id: payout }] as const;
      const { amount: minor, currency } = callRoute<Payout>(...sent);
      return { said: `${amount(minor, currency)} stays in your balance.` };
    },
  },
  schedule: {
    feature: "edit_payout_schedule",
    run({ world }, { interval = "daily", weekday = "monday", monthday = "1" }) {
      const days = {
        weekly: { weekly_payout_days: [weekday] },
        monthly: { monthly_payout_days: [Number(monthday)] },
      }[interval];
      const schedule = { interval, ...days };
      callRoute(world, "POST /v1/balance_settings", { payments: { payouts: { schedule } } });
      return { said: `Payouts are ${interval} now.` };
    },
  },
} satisfies Record<string, Act>;

function payOut({ world }: Visit, form: Form, method: "instant" | "standard") {
  const { currency = "usd", payout_amount: typed = "" } = form;
  const sent = { amount: minorOf(typed, currency), currency, method };
  const { id, arrival_date } = callRoute<Payout>(world, "POST /v1/payouts", sent);
  const on = day(arrival_date);
  const said = `${typed} ${currency.toUpperCase()} is on its way, and arrives on ${on}.`;
  if (method === "standard") return { said };
  return { said, events: [["InstantPayoutCreated", { payoutId: id }]] as const };
}

/** What can be had within minutes of one currency, and what that costs. */
export interface Offer {
  currency: string;
  most: number;
  fee: number;
}

/** What can be paid out within minutes, as far as the session and the bank allow. The fee comes
 *  out of the same balance, so what can be had is a little less than what is there. */
export function instantOffers(visit: Visit): Offer[] {
  if (!allows(visit, "instant_payouts")) return [];
  return balanceOf(visit.world).instant_available.flatMap(({ amount: whole, currency }) => {
    const target = defaultFor(visit.world, currency);
    if (!target?.object.available_payout_methods?.includes("instant")) return [];
    const most = mostInstant(whole);
    return most > 0 ? [{ currency, most, fee: instantFee(most) }] : [];
  });
}

/** Pays out within minutes. What it costs is said before. */
export function instantForm(visit: Visit, { currency, most, fee }: Offer) {
  const all = `${amount(fee, currency)} for all of it`;
  return actForm(visit, "payOutNow", payoutActs.payOutNow, {
    opener: "Pay out now…",
    label: "Pay out now",
    fields: html`
      <p class="soft">${arrivesAt(visit.world, currency)} within minutes.</p>
      ${amountField(
        currency,
        most,
        `It costs 1 % of it, at least ${amount(50, currency)}: ${all}. The fee comes on top.`,
      )}
    `,
  });
}

/** Pays out in the usual days. */
export function standardForm(visit: Visit, currency: string, free: number) {
  return actForm(visit, "payOut", payoutActs.payOut, {
    opener: "Pay out…",
    label: "Pay out",
    fields: html`
      <p class="soft">${arrivesAt(visit.world, currency)} in about two days.</p>
      ${amountField(currency, free, "It costs nothing.")}
    `,
  });
}

function amountField(currency: string, most: number, hint: string) {
  return html`<input type="hidden" name="currency" value="${currency}" />
    ${field("payout_amount", `Amount in ${currency.toUpperCase()}`, {
      ...{ value: majorOf(Math.max(0, most), currency), type: "number", hint },
    })}`;
}

function arrivesAt(world: World, currency: string): string {
  const target = defaultFor(world, currency)?.object;
  return `It arrives at ${target === undefined ? "your bank" : bankOf(target)}`;
}

/** A bank account or a debit card, as its owner knows it. */
export function bankOf(target: ObjectOf<"bank_account"> | ObjectOf<"card">): string {
  const bank = target.object === "card" ? target.brand : target.bank_name;
  return `${bank ?? "your bank"} •••• ${target.last4}`;
}

const intervals = ["daily", "weekly", "monthly", "manual"] as const;
const weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday"] as const;
const pairs = (words: readonly string[]) => words.map((word) => [word, titled(word)] as const);
const titled = (word: string) => `${word[0]?.toUpperCase()}${word.slice(1)}`;

/** When payouts leave by themselves, and a form to change it. */
export function scheduleView(visit: Visit) {
  const schedule = balanceSettingsOf(visit.world).payments.payouts?.schedule;
  const interval = schedule?.interval ?? "daily";
  const [weekday] = schedule?.weekly_payout_days ?? [];
  const [monthday] = schedule?.monthly_payout_days ?? [];
  const said: Record<string, string> = {
    daily: "",
    weekly: weekday === undefined ? "" : ` (${titled(weekday)})`,
    monthly: monthday === undefined ? "" : ` (day ${monthday})`,
    manual: ": money stays here until you pay it out",
  };
  return html`<div class="row">
    <p>Payouts are <strong>${interval}</strong>${said[interval] ?? ""}.</p>
    ${actForm(visit, "schedule", payoutActs.schedule, {
      opener: "Change schedule…",
      label: "Save schedule",
      fields: html`
        ${choice("interval", "How often", pairs(intervals), interval)}
        ${choice("weekday", "Day of the week, if weekly", pairs(weekdays), weekday)}
        ${field("monthday", "Day of the month, if monthly", {
          ...{ value: String(monthday ?? 1), type: "number", hint: "1 to 31" },
        })}
      `,
    })}
  </div>`;
}
