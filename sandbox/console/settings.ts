import { html } from "hono/html";
import { billingSettings } from "#sandbox/billing/billing-settings";
import { type ActCall, admin, numberFrom, type Sent } from "#sandbox/console/act";
import { actForm } from "#sandbox/console/form";
import { type Html, panel, table } from "#sandbox/console/parts";
import { href, type Place } from "#sandbox/console/place";
import { afterwards, sentBy } from "#sandbox/console/reply";
import { runCall } from "#sandbox/console/run-call";
import type { WorldPages } from "#sandbox/console/world-pages";
import { settingsOf } from "#sandbox/payments/local-settings";

/** How this world departs from Stripe's ordinary ways. */
export const settingPages: WorldPages = {
  "POST /settings/fees": setting(({ country = "", percent, fixed }) => {
    const rule = { percent, fixed_minor: numberFrom(fixed) };
    const fees = { [country.trim() === "" ? "default" : country.trim().toUpperCase()]: rule };
    return admin("POST /settings", { fees });
  }),
  "POST /settings/delay": setting(({ seconds }) =>
    admin("POST /settings", { balance_transaction_delay_seconds: numberFrom(seconds) }),
  ),
  "POST /settings/usage": setting(({ seconds }) =>
    admin("POST /settings", { meter_event_delay_seconds: numberFrom(seconds) }),
  ),
  "POST /settings/settlement": setting(({ currency = "", from = "", rate }, place) => {
    const into = currency.trim().toLowerCase();
    if (into === "") return admin("POST /settings", { settlement: null });
    const kept = settingsOf(place.world).settlement;
    // Rates into another currency than this are not rates into this one.
    const rates = kept?.currency === into ? { ...kept.rates } : {};
    const own = from.trim() === "" ? {} : { [from.trim().toLowerCase()]: rate?.trim() };
    return admin("POST /settings", { settlement: { currency: into, rates: { ...rates, ...own } } });
  }),
  "POST /settings/billing": setting(({ after_retries }) =>
    admin("POST /billing", { after_retries }),
  ),
};

/** Makes one call of what a form sent, and leads back to the settings. */
function setting(call: (sent: Sent, place: Place) => ActCall): WorldPages[string] {
  return async (context, place) => {
    const outcome = await runCall(place, call(await sentBy(context), place));
    return afterwards(context, place, outcome, href(place, "/faults"));
  };
}

/** What Stripe takes and converts, when it counts, and what becomes of who does not pay. */
export function settingsPanels(place: Place): Html {
  const { balance_transaction_delay_seconds: ledger, meter_event_delay_seconds: usage = 0 } =
    settingsOf(place.world);
  return html`<div class="columns">${feesPanel(place)} ${settlementPanel(place)}</div>
    <div class="columns three">
      ${delayPanel(place, {
        ...{ title: "When the ledger writes", name: "delay", label: "Seconds after the charge" },
        ...{ value: ledger },
        effect:
          "Charges are without a balance transaction for this long, as Stripe's sometimes are.",
      })}
      ${delayPanel(place, {
        ...{ title: "When usage counts", name: "usage", label: "Seconds after the event" },
        ...{ value: usage },
        effect: "Meter events are taken at once and counted this much later, as Stripe does it.",
      })}
      ${retriesPanel(place)}
    </div>`;
}

function feesPanel(place: Place): Html {
  const { fees } = settingsOf(place.world);
  return panel(
    "What Stripe takes",
    html`${table({
      caption: "Fees by country",
      columns: [
        "Country",
        { head: "Per cent", align: "end" },
        { head: "Fixed, minor", align: "end" },
      ],
      rows: Object.entries(fees).map(([country, rule]) => {
        return [country === "default" ? "all others" : country, rule.percent, rule.fixed_minor];
      }),
      empty: "Nothing.",
    })}
    ${actForm({
      action: href(place, "/settings/fees"),
      button: "Set the fee",
      scope: "fee",
      effect: "Holds for charges from now on of merchants in that country.",
      fields: [
        { name: "country", label: "Country", hint: "Two letters; empty for all others." },
        { name: "percent", label: "Per cent", value: "2.9", isRequired: true },
        {
          name: "fixed",
          label: "Fixed, in minor units",
          kind: "number",
          value: "30",
          isRequired: true,
        },
      ],
    })}`,
  );
}

function settlementPanel(place: Place): Html {
  const { settlement } = settingsOf(place.world);
  const into = settlement?.currency.toUpperCase();
  return panel(
    "What is converted",
    html`${table({
      caption: "Exchange rates",
      columns: [
        "Taken in",
        { head: into ? `A whole unit in ${into}` : "A whole unit", align: "end" },
      ],
      rows: Object.entries(settlement?.rates ?? {}).map(([from, rate]) => [
        from.toUpperCase(),
        rate,
      ]),
      empty: into
        ? `Everything settles in ${into}, and no rate is known.`
        : "Every currency settles in itself.",
    })}
    ${actForm({
      action: href(place, "/settings/settlement"),
      button: "Set the rate",
      scope: "settlement",
      effect:
        "Balances are kept in one currency, and what is taken in others is converted into it.",
      fields: [
        {
          ...{ name: "currency", label: "Balances are kept in", value: into ?? "" },
          hint: "Three letters; empty to let every currency settle in itself.",
        },
        { name: "from", label: "What is taken in", hint: "Three letters, as EUR." },
        { name: "rate", label: "A whole unit of it buys", hint: "As 1.0832." },
      ],
    })}`,
  );
}

function delayPanel(
  place: Place,
  of: { title: string; name: string; label: string; value: number; effect: string },
): Html {
  return panel(
    of.title,
    actForm({
      action: href(place, `/settings/${of.name}`),
      button: "Set the delay",
      scope: of.name,
      effect: of.effect,
      fields: [
        {
          ...{ name: "seconds", label: of.label, kind: "number" as const },
          ...{ value: String(of.value), isRequired: true },
        },
      ],
    }),
  );
}

function retriesPanel(place: Place): Html {
  const { after_retries: kept } = billingSettings(place.world);
  return panel(
    "After the last retry",
    actForm({
      action: href(place, "/settings/billing"),
      button: "Keep it",
      scope: "retries",
      effect: "What becomes of a subscription whose renewal has failed for good.",
      fields: [
        {
          ...{ name: "after_retries", label: "The subscription", kind: "choice" as const },
          value: kept,
          choices: [
            ["cancel", "is canceled"],
            ["unpaid", "becomes unpaid"],
            ["past_due", "stays past due"],
          ],
        },
      ],
    }),
  );
}
