import { html } from "hono/html";
import { callRoute } from "#sandbox/embedded/call-route";
import { type Act, allows, type Component, linkTo, type Visit } from "#sandbox/embedded/component";
import { pageWhere } from "#sandbox/embedded/page-where";
import {
  actForm,
  amount,
  choice,
  day,
  facts,
  field,
  moment,
  pager,
  state,
  table,
} from "#sandbox/embedded/parts";
import { minorOf } from "#sandbox/embedded/payment";
import { majorOf } from "#sandbox/money/currency";
import { balanceOf } from "#sandbox/payments/balance";
import { balanceSettingsOf } from "#sandbox/payments/balance-settings";
import { defaultFor } from "#sandbox/payments/external-account";
import { instantFee } from "#sandbox/payments/payout";
import type { ObjectOf } from "#sandbox/store/kinds";

type Payout = ObjectOf<"payout">;

/** What can be done with a balance. */
export const payoutActs = {
  payOut: { feature: "standard_payouts", run: (visit, form) => payOut(visit, form, "standard") },
  payOutNow: { feature: "instant_payouts", run: (visit, form) => payOut(visit, form, "instant") },
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

function payOut({ world }: Visit, form: Readonly<Record<string, string>>, method: string) {
  const { currency = "usd", payout_amount: typed = "" } = form;
  const sent = { amount: minorOf(typed, currency), currency, method };
  const { id, arrival_date } = callRoute<Payout>(world, "POST /v1/payouts", sent);
  const said = `${typed} ${currency.toUpperCase()} is on its way, and arrives on ${day(arrival_date)}.`;
  return method === "instant"
    ? { said, events: [["InstantPayoutCreated", { payoutId: id }]] as const }
    : { said };
}

/** `balances`: what there is, when it can be used, and the ways to take it. */
export const balances: Component = {
  view: (visit) => ({ title: "Balances", body: balanceView(visit) }),
  acts: payoutActs,
};

/** `payouts`: the balance and every payout of it. */
export const payouts: Component = {
  view(visit) {
    const open = visit.world.find("payout", visit.query.payout ?? "")?.object;
    if (open !== undefined) {
      const back = linkTo(visit, { payout: null });
      const body = html`<p><a href="${back}">← All payouts</a></p>${payoutView(visit, open)}`;
      return { title: "Payout", body };
    }
    return { title: "Payouts", body: html`${balanceView(visit)}${listView(visit)}` };
  },
  acts: payoutActs,
};

/** `payouts-list`: every payout, and what is in each. */
export const payoutsList: Component = {
  view(visit) {
    const open = visit.world.find("payout", visit.query.payout ?? "")?.object;
    if (open === undefined) return { title: "Payouts", body: listView(visit) };
    const back = linkTo(visit, { payout: null });
    const body = html`<p><a href="${back}">← All payouts</a></p>${payoutView(visit, open)}`;
    return { title: "Payout", body };
  },
};

/** `payout-details`: one payout. */
export const payoutDetails: Component = {
  view(visit) {
    const open = visit.world.find("payout", visit.query.payout ?? "")?.object;
    const none = html`<p class="empty">No such payout in this account.</p>`;
    return { title: "Payout", body: open === undefined ? none : payoutView(visit, open) };
  },
};

/** `instant-payouts-promotion`: money now, for a fee that is said first; nothing where there is
 *  nothing to pay out or nowhere to send it. */
export const instantPayoutsPromotion: Component = {
  view(visit) {
    const [offer] = instantOffers(visit);
    const events = [["InstantPayoutsPromotionLoaded", { promotionShown: offer !== undefined }]];
    const title = "Instant payouts";
    if (offer === undefined) return { title, body: html``, events: events as [[string, unknown]] };
    const body = html`<section class="card" aria-label="Instant payouts">
      <h2>Get ${amount(offer.most, offer.currency)} within minutes</h2>
      <p class="soft">It costs ${amount(offer.fee, offer.currency)}, taken from your balance.</p>
      ${instantForm(visit, offer)}
    </section>`;
    return { title, body, events: events as [[string, unknown]] };
  },
  acts: payoutActs,
};

interface Offer {
  currency: string;
  most: number;
  fee: number;
}

// The fee comes out of the same balance, so what can be had is a little less than what is there.
function instantOffers(visit: Visit): Offer[] {
  if (!allows(visit, "instant_payouts")) return [];
  return balanceOf(visit.world).instant_available.flatMap(({ amount: whole, currency }) => {
    const target = defaultFor(visit.world, currency);
    if (!target?.object.available_payout_methods?.includes("instant")) return [];
    let most = Math.min(whole - 50, Math.floor((whole * 100) / 101));
    while (most > 0 && most + instantFee(most) > whole) most -= 1;
    return most > 0 ? [{ currency, most, fee: instantFee(most) }] : [];
  });
}

function instantForm(visit: Visit, { currency, most }: Offer) {
  return actForm(visit, "payOutNow", payoutActs.payOutNow, {
    opener: "Pay out now…",
    label: "Pay out now",
    fields: payoutFields(currency, most),
  });
}

function payoutFields(currency: string, most: number) {
  return html`<input type="hidden" name="currency" value="${currency}" />
    ${field("payout_amount", `Amount in ${currency.toUpperCase()}`, {
      value: majorOf(Math.max(0, most), currency),
      type: "number",
    })}`;
}

function balanceView(visit: Visit) {
  const { available, pending } = balanceOf(visit.world);
  const offers = instantOffers(visit);
  return html`
    <div class="tiles">
      ${available.map(({ amount: free, currency }, place) => {
        const offer = offers.find((each) => each.currency === currency);
        return html`<section class="card" aria-label="Balance in ${currency.toUpperCase()}">
          <p class="soft">Available</p>
          <p class="big">${amount(free, currency)}</p>
          <p class="soft">${amount(pending[place]?.amount ?? 0, currency)} on the way</p>
          <div class="actions">
            ${
              free > 0
                ? actForm(visit, "payOut", payoutActs.payOut, {
                    opener: "Pay out…",
                    label: "Pay out",
                    fields: payoutFields(currency, free),
                  })
                : ""
            }
            ${offer === undefined ? "" : instantForm(visit, offer)}
          </div>
        </section>`;
      })}
    </div>
    ${scheduleView(visit)}
  `;
}

const weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday"] as const;

function scheduleView(visit: Visit) {
  const schedule = balanceSettingsOf(visit.world).payments.payouts?.schedule;
  const interval = schedule?.interval ?? "daily";
  const on = { weekly: schedule?.weekly_payout_days, monthly: schedule?.monthly_payout_days };
  const days = on[interval as keyof typeof on]?.join(", ");
  return html`<div class="row">
    <p>Payouts are <strong>${interval}</strong>${days ? ` (${days})` : ""}.</p>
    ${actForm(visit, "schedule", payoutActs.schedule, {
      opener: "Change schedule…",
      label: "Save schedule",
      fields: html`
        ${choice(
          "interval",
          "How often",
          ["daily", "weekly", "monthly", "manual"].map((word) => [word, word] as const),
          interval,
        )}
        ${choice(
          "weekday",
          "Day of the week, if weekly",
          weekdays.map((word) => [word, word]),
        )}
        ${field("monthday", "Day of the month, if monthly", { value: "1", type: "number" })}
      `,
    })}
  </div>`;
}

function listView(visit: Visit) {
  const page = pageWhere(visit.world, "payout", visit.query.after);
  return html`
    ${table<Payout>(
      "Payouts",
      [
        {
          header: "Amount",
          isNumber: true,
          cell: ({ id, amount: minor, currency }) =>
            html`<a href="${linkTo(visit, { payout: id })}">${amount(minor, currency)}</a>`,
        },
        { header: "Status", cell: ({ status }) => state(status) },
        { header: "Kind", cell: ({ automatic, method }) => (automatic ? "automatic" : method) },
        { header: "Arrives", cell: ({ arrival_date }) => day(arrival_date) },
      ],
      page.rows.map(({ object }) => object),
      "No payouts yet. The first leaves when there is a balance and a bank account.",
    )}
    ${pager(visit, page)}
  `;
}

function payoutView(visit: Visit, payout: Payout) {
  const parts = visit.world
    .list("balance_transaction", { customer: payout.id })
    .map(({ object }) => object)
    .filter(({ id }) => id !== payout.balance_transaction);
  return html`
    <div class="row"><p class="big">${amount(payout.amount, payout.currency)}</p>${state(payout.status)}</div>
    ${facts([
      ["Arrives", moment(payout.arrival_date)],
      ["Sent", moment(payout.created)],
      ["Bank's trace id", payout.trace_id?.value],
      ["Why it failed", payout.failure_message ?? payout.failure_code],
      ["Payout", html`<span class="code">${payout.id}</span>`],
    ])}
    <h2>What is in it</h2>
    ${table(
      "Transactions in this payout",
      [
        { header: "Net", isNumber: true, cell: (each) => amount(each.net, each.currency) },
        { header: "Gross", isNumber: true, cell: (each) => amount(each.amount, each.currency) },
        { header: "Fees", isNumber: true, cell: (each) => amount(each.fee, each.currency) },
        { header: "Kind", cell: (each) => each.reporting_category.replaceAll("_", " ") },
        { header: "Date", cell: (each) => day(each.created) },
      ],
      parts,
      payout.automatic
        ? "Its transactions are listed once it has arrived."
        : "Only automatic payouts list what is in them.",
    )}
  `;
}
