import { html } from "hono/html";
import { callRoute } from "#sandbox/embedded/call-route";
import type { Form, Visit } from "#sandbox/embedded/component";
import { type Cell, choice, field } from "#sandbox/embedded/parts";
import { invalidRequest } from "#sandbox/protocol/errors";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { World } from "#sandbox/world/world";

type Account = ObjectOf<"v2.core.account">;

/** A group of things Stripe asks for, given in one form. */
export interface Step {
  title: string;
  /** The requirements it meets, by the beginning of their names. */
  meets: readonly string[];
  /** What is said of it where somebody has to act. */
  sentence: string;
  fields(account: Account): Cell;
  apply(visit: Visit, form: Form): void;
}

const platformOf = (world: World) => world.as(world.namespace.account);

/** The account a frame is about, as the platform keeps it. */
export function accountOf({ world, account }: Visit): Account {
  return callRoute<Account>(
    platformOf(world),
    "GET /v2/core/accounts/:id",
    { include },
    {
      id: account,
    },
  );
}

const include = [
  "identity",
  "requirements",
  "configuration.merchant",
  "configuration.recipient",
  "defaults",
];

/** Every step of onboarding, in its order. What is due beyond them is answered by a document. */
export const steps = {
  business: {
    title: "Business",
    meets: [
      "identity.entity_type",
      "identity.business_details",
      "identity.individual",
      "configuration",
    ],
    sentence: "Tell Stripe what your business is and what it sells.",
    fields: businessFields,
    apply({ world, account }, form) {
      const { entity_type = "company", registered_name, given_name, surname, mcc, url } = form;
      const merchant = mcc === undefined ? {} : { configuration: { merchant: { mcc } } };
      updateAccount(world, account, {
        identity: {
          entity_type,
          ...(entity_type === "individual"
            ? {
                individual: {
                  given_name: need(given_name, "First name"),
                  surname: need(surname, "Last name"),
                },
              }
            : {
                business_details: {
                  registered_name: need(registered_name, "Legal name"),
                },
              }),
        },
        ...merchant,
        ...(url ? { defaults: { profile: { business_url: url } } } : {}),
      });
    },
  },
  person: {
    title: "Representative",
    meets: ["person.representative"],
    sentence: "Name the person who represents the business.",
    fields: () => html`
      ${field("person_given_name", "First name")} ${field("person_surname", "Last name")}
      ${field("person_email", "Email", { type: "email" })}
      ${field("person_birth", "Date of birth", { type: "date" })}
      ${field("person_title", "Role", { value: "Owner" })}
    `,
    apply({ world, account }, form) {
      const [year, month, day] = need(form.person_birth, "Date of birth").split("-").map(Number);
      const person = {
        given_name: need(form.person_given_name, "First name"),
        surname: need(form.person_surname, "Last name"),
        email: need(form.person_email, "Email"),
        date_of_birth: { year, month, day },
        relationship: { representative: true, title: form.person_title || "Owner" },
      };
      const path = { id: account };
      callRoute(platformOf(world), "POST /v2/core/accounts/:id/persons", person, path);
    },
  },
  bank: {
    title: "Bank account",
    meets: ["external_account"],
    sentence: "Add the bank account your payouts go to.",
    fields: () => html`
      ${field("routing_number", "Routing number", { value: "110000000" })}
      ${field("account_number", "Account number", {
        hint: "A test account: 000123456789 works, 000111111116 fails its payouts.",
      })}
    `,
    apply: ({ world, account }, form) => addBank(world, account, form),
  },
  terms: {
    title: "Terms",
    meets: ["identity.attestations"],
    sentence: "Accept Stripe's terms of service.",
    fields: () => html`<label class="check">
      <input type="checkbox" name="accepted" value="yes" required />
      I accept the terms of service on behalf of the business
    </label>`,
    apply({ world, account }, { accepted }) {
      if (accepted !== "yes") throw invalidRequest("The terms have to be accepted.");
      const date = new Date(world.now() * 1000).toISOString();
      const terms = { account: { date, ip: "127.0.0.1", user_agent: "Local Stripe" } };
      updateAccount(world, account, { identity: { attestations: { terms_of_service: terms } } });
    },
  },
} as const satisfies Record<string, Step>;

export type StepName = keyof typeof steps;

/** The step a requirement is met by; undefined for what only a document answers. */
export function stepFor(description: string): StepName | undefined {
  return (Object.keys(steps) as StepName[]).find((name) =>
    steps[name].meets.some((start) => description.startsWith(start)),
  );
}

/** Adds a bank account, as the default of its currency. */
export function addBank(world: World, account: string, form: Form): void {
  const { defaults, identity } = callRoute<Account>(
    platformOf(world),
    "GET /v2/core/accounts/:id",
    { include: ["defaults", "identity"] },
    { id: account },
  );
  const bank = {
    object: "bank_account",
    country: (identity?.country ?? "us").toUpperCase(),
    currency: defaults?.currency ?? "usd",
    account_number: need(form.account_number, "Account number"),
    routing_number: need(form.routing_number, "Routing number"),
  };
  const sent = { external_account: bank, default_for_currency: true };
  const path = { id: account };
  callRoute(platformOf(world), "POST /v1/accounts/:id/external_accounts", sent, path);
}

/** Changes an account through the API's own handler. */
export function updateAccount(world: World, id: string, changes: Record<string, unknown>): void {
  callRoute(platformOf(world), "POST /v2/core/accounts/:id", changes, { id });
}

function businessFields({ defaults, identity, configuration }: Account): Cell {
  const isMerchant = configuration?.merchant !== undefined;
  return html`
    ${choice(
      "entity_type",
      "Kind of business",
      [
        ["company", "Company"],
        ["individual", "Individual"],
        ["non_profit", "Non-profit"],
      ],
      identity?.entity_type ?? "company",
    )}
    ${field("registered_name", "Legal name, of a company", {
      value: identity?.business_details?.registered_name ?? "",
      isOptional: true,
    })}
    ${field("given_name", "First name, of an individual", {
      value: identity?.individual?.given_name ?? "",
      isOptional: true,
    })}
    ${field("surname", "Last name, of an individual", {
      value: identity?.individual?.surname ?? "",
      isOptional: true,
    })}
    ${field("url", "Website", {
      value: defaults?.profile?.business_url ?? "",
      type: "url",
      isOptional: true,
    })}
    ${
      isMerchant
        ? choice(
            "mcc",
            "What it does",
            [
              ["5734", "Software"],
              ["7392", "Consulting"],
              ["5691", "Clothing"],
              ["8011", "Health"],
              ["5812", "Restaurants"],
            ],
            configuration?.merchant?.mcc ?? "5734",
          )
        : ""
    }
  `;
}

function need(value: string | undefined, label: string): string {
  if (value) return value;
  throw invalidRequest(`${label} is needed.`);
}
