import { html } from "hono/html";
import { billingSettings } from "#sandbox/billing/billing-settings";
import { admin, numberFrom } from "#sandbox/console/act";
import { actForm } from "#sandbox/console/form";
import { type Html, panel, table } from "#sandbox/console/parts";
import { href, type Place } from "#sandbox/console/place";
import { afterwards, sentBy } from "#sandbox/console/reply";
import { runCall } from "#sandbox/console/run-call";
import type { WorldPages } from "#sandbox/console/world-pages";
import { settingsOf } from "#sandbox/payments/local-settings";

/** How this world departs from Stripe's ordinary ways. */
export const settingPages: WorldPages = {
  "POST /settings/fees": async (context, place) => {
    const { country = "", percent, fixed } = await sentBy(context);
    const rule = { percent, fixed_minor: numberFrom(fixed) };
    const fees = { [country.trim() === "" ? "default" : country.trim().toUpperCase()]: rule };
    const outcome = await runCall(place, admin("POST /settings", { fees }));
    return afterwards(context, place, outcome, href(place, "/faults"));
  },
  "POST /settings/delay": async (context, place) => {
    const { seconds } = await sentBy(context);
    const body = { balance_transaction_delay_seconds: numberFrom(seconds) };
    const outcome = await runCall(place, admin("POST /settings", body));
    return afterwards(context, place, outcome, href(place, "/faults"));
  },
  "POST /settings/billing": async (context, place) => {
    const { after_retries } = await sentBy(context);
    const outcome = await runCall(place, admin("POST /billing", { after_retries }));
    return afterwards(context, place, outcome, href(place, "/faults"));
  },
};

/** What Stripe takes, when its ledger writes, and what becomes of who does not pay. */
export function settingsPanels(place: Place): Html {
  return html`<div class="columns three">
    ${feesPanel(place)} ${delayPanel(place)} ${retriesPanel(place)}
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

function delayPanel(place: Place): Html {
  const { balance_transaction_delay_seconds: delay } = settingsOf(place.world);
  return panel(
    "When the ledger writes",
    actForm({
      action: href(place, "/settings/delay"),
      button: "Set the delay",
      scope: "delay",
      effect: "Charges are without a balance transaction for this long, as Stripe's sometimes are.",
      fields: [
        {
          ...{ name: "seconds", label: "Seconds after the charge", kind: "number" as const },
          ...{ value: String(delay), isRequired: true },
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
