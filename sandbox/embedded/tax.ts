import { html } from "hono/html";
import { callRoute } from "#sandbox/embedded/call-route";
import type { Act, Component, Visit } from "#sandbox/embedded/component";
import { actForm, choice, day, field, state, table } from "#sandbox/embedded/parts";
import { countries } from "#sandbox/pages/countries";
import { invalidRequest } from "#sandbox/protocol/errors";
import type { ObjectOf } from "#sandbox/store/kinds";

type Settings = ObjectOf<"tax.settings">;
type Registration = ObjectOf<"tax.registration">;

const codes = [
  ["txcd_10103001", "Software as a service, for business"],
  ["txcd_10103000", "Software as a service, personal"],
  ["txcd_10000000", "General electronic services"],
  ["txcd_20030000", "General services"],
  ["txcd_99999999", "General tangible goods"],
] as const;
const behaviors = [
  ["exclusive", "Added to prices"],
  ["inclusive", "Included in prices"],
  ["inferred_by_currency", "As is usual for the currency"],
] as const;

const settingActs = {
  save: {
    run({ world }, form) {
      const { line1, city, postal_code, state: region, country } = form;
      const { tax_code, tax_behavior } = form;
      if (!line1 || !country) throw invalidRequest("The head office needs a street and a country.");
      const address = {
        ...{ line1, country },
        ...(city ? { city } : {}),
        ...(postal_code ? { postal_code } : {}),
        ...(region ? { state: region } : {}),
      };
      const settings = callRoute<Settings>(world, "POST /v1/tax/settings", {
        head_office: { address },
        defaults: { ...(tax_code ? { tax_code } : {}), ...(tax_behavior ? { tax_behavior } : {}) },
      });
      return {
        said: "Your tax settings are saved.",
        events: [["TaxSettingsUpdated", { id: settings.object }]],
      };
    },
  },
} satisfies Record<string, Act>;

/** `tax-settings`: where the business is, and how prices are taxed unless they say otherwise. */
export const taxSettings: Component = {
  view(visit) {
    const { defaults, head_office, status } = callRoute<Settings>(
      visit.world,
      "GET /v1/tax/settings",
    );
    const where = head_office?.address;
    const code = defaults.tax_code ?? codes[0][0];
    const offices = offered(visit, "displayHeadOfficeCountries");
    const hidesCode = visit.query.hideProductTaxCodeSelector === "true";
    const body = html`<section class="card" role="group" aria-label="Tax settings">
      <div class="row"><h2>Tax settings</h2>${state(status)}</div>
      ${actForm(visit, "save", settingActs.save, {
        label: "Save",
        fields: html`
          ${field("line1", "Head office: street", { value: where?.line1 ?? "" })}
          ${field("city", "City", { value: where?.city ?? "", isOptional: true })}
          ${field("state", "State or province", { value: where?.state ?? "", isOptional: true })}
          ${field("postal_code", "Postal code", {
            ...{ value: where?.postal_code ?? "", isOptional: true },
          })}
          ${choice("country", "Country", offices, where?.country ?? "US")}
          ${hidesCode ? "" : choice("tax_code", "What you sell", codes, code)}
          ${choice("tax_behavior", "Tax is", behaviors, defaults.tax_behavior ?? "exclusive")}
        `,
      })}
    </section>`;
    return { title: "Tax settings", body };
  },
  acts: settingActs,
};

const registrationActs = {
  add: {
    run({ world }, { country = "", region = "", from = "" }) {
      const country_options = { [country.toLowerCase()]: optionsFor(country, region) };
      const active_from = from === "" ? "now" : Date.parse(`${from}T00:00:00Z`) / 1000;
      const sent = { country, active_from, country_options };
      const { id } = callRoute<Registration>(world, "POST /v1/tax/registrations", sent);
      return {
        said:
          from === ""
            ? `You are registered in ${country}.`
            : `You are registered in ${country} from ${from}.`,
        events: [["AfterTaxRegistrationAdded", { id, country }]],
      };
    },
  },
  expire: {
    run({ world }, { registration = "" }) {
      const sent = { expires_at: "now" };
      callRoute(world, "POST /v1/tax/registrations/:id", sent, { id: registration });
      return {
        said: "No tax is collected there from now on.",
        events: [["AfterTaxRegistrationExpired", { id: registration }]],
      };
    },
  },
} satisfies Record<string, Act>;

/** `tax-registrations`: where tax is collected. */
export const taxRegistrations: Component = {
  view(visit) {
    const { data } = callRoute<{ data: Registration[] }>(
      ...([visit.world, "GET /v1/tax/registrations", { status: "all", limit: 100 }] as const),
    );
    const body = html`
      ${table<Registration>(
        "Tax registrations",
        [
          { header: "Where", cell: ({ country, country_options: at }) => placeOf(country, at) },
          { header: "Status", cell: ({ status }) => state(status) },
          { header: "From", cell: ({ active_from }) => day(active_from) },
          { header: "Until", cell: ({ expires_at }) => day(expires_at) || "—" },
          { header: "Action", cell: (each) => expireForm(visit, each) },
        ],
        data,
        "No registrations. Tax is collected only where you are registered.",
      )}
      ${actForm(visit, "add", registrationActs.add, {
        opener: "Add a registration…",
        label: "Start collecting",
        fields: html`
          ${choice("country", "Country", offered(visit, "displayCountries"))}
          ${field("region", "State or province, where tax is by state", { isOptional: true })}
          ${field("from", "From", {
            ...{ type: "date", isOptional: true, hint: "Empty begins now." },
          })}
        `,
      })}
    `;
    return { title: "Tax registrations", body };
  },
  acts: registrationActs,
};

function expireForm(visit: Visit, { id, status }: Registration) {
  if (status === "expired") return "—";
  return actForm(visit, "expire", registrationActs.expire, {
    opener: "End…",
    label: "Stop collecting now",
    tone: "danger",
    fields: html`<input type="hidden" name="registration" value="${id}" />`,
  });
}

function optionsFor(country: string, region: string): Record<string, unknown> {
  if (country === "US") return { type: "state_sales_tax", state: need(region) };
  if (country === "CA" && region !== "") {
    return { type: "province_standard", province_standard: { province: region } };
  }
  return { type: "standard" };
}

function need(region: string): string {
  if (/^[A-Z]{2}$/.test(region)) return region;
  throw invalidRequest("In the United States name the state by its two letters, like CA.");
}

function placeOf(country: string, options: Registration["country_options"]): string {
  const state = (options as Record<string, { state?: string }>)[country.toLowerCase()]?.state;
  return state === undefined ? country : `${country} (${state})`;
}

// The page around may offer fewer countries.
function offered({ query }: Visit, name: string): readonly (readonly [string, string])[] {
  const wanted = query[name] === undefined ? undefined : (JSON.parse(query[name]) as string[]);
  return countries
    .filter(({ code }) => wanted === undefined || wanted.includes(code))
    .map(({ code, name: shown }) => [code, shown] as const);
}
