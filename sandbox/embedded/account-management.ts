import { html } from "hono/html";
import { callRoute } from "#sandbox/embedded/call-route";
import { type Act, type Component, linkTo, type Visit } from "#sandbox/embedded/component";
import { requirementActs, requirementForm, sentenceOf } from "#sandbox/embedded/onboarding";
import { actForm, facts, field, state, table } from "#sandbox/embedded/parts";
import { accountOf, addBank, steps, updateAccount } from "#sandbox/embedded/requirement-forms";
import { externalAccounts } from "#sandbox/payments/external-account";
import type { ObjectOf } from "#sandbox/store/kinds";

type Person = ObjectOf<"v2.core.account_person">;

const acts = {
  ...requirementActs,
  details: {
    run({ world, account }, { display_name = "", contact_email = "", url = "", phone = "" }) {
      updateAccount(world, account, {
        ...(display_name === "" ? {} : { display_name }),
        ...(contact_email === "" ? {} : { contact_email }),
        ...(url ? { defaults: { profile: { business_url: url } } } : {}),
        ...(phone ? { identity: { business_details: { phone } } } : {}),
      });
      return { said: "Your details are saved." };
    },
  },
  bank: {
    feature: "external_account_collection",
    run({ world, account }, form) {
      addBank(world, account, form);
      return { said: "Payouts go to this account from now on." };
    },
  },
  person: {
    run(visit, form) {
      steps.person.apply(visit, form);
      return { said: "The person is added." };
    },
  },
} satisfies Record<string, Act>;

/** `account-management`: what Stripe knows of an account, and the ways to change it. */
export const accountManagement: Component = {
  view(visit) {
    const account = accountOf(visit);
    const entries = account.requirements?.entries ?? [];
    return {
      title: "Account",
      body: html`
        ${entries.map(
          (entry) => html`<section class="banner" aria-label="Needed">
            <p><strong>${sentenceOf(entry)}</strong></p>
            <details>
              <summary class="button quiet">Provide…</summary>
              ${requirementForm(visit, entry)}
            </details>
          </section>`,
        )}
        ${businessCard(visit)} ${capabilityCard(visit)} ${peopleCard(visit)} ${bankCard(visit)}
      `,
    };
  },
  acts,
};

function businessCard(visit: Visit) {
  const { identity, display_name, contact_email, defaults } = accountOf(visit);
  const business = identity?.business_details;
  return html`<section class="card" aria-label="Business">
    <h2>Business</h2>
    ${facts([
      ["Name", display_name],
      ["Legal name", business?.registered_name ?? personName(identity?.individual)],
      ["Kind", identity?.entity_type?.replaceAll("_", " ")],
      ["Country", identity?.country?.toUpperCase()],
      ["Email", contact_email],
      ["Website", defaults?.profile?.business_url],
      ["Phone", business?.phone],
    ])}
    ${actForm(visit, "details", acts.details, {
      opener: "Edit…",
      label: "Save",
      fields: html`
        ${field("display_name", "Name", { value: display_name ?? "" })}
        ${field("contact_email", "Email", { value: contact_email ?? "", type: "email" })}
        ${field("url", "Website", {
          value: defaults?.profile?.business_url ?? "",
          type: "url",
          isOptional: true,
        })}
        ${field("phone", "Phone", { value: business?.phone ?? "", isOptional: true })}
      `,
    })}
  </section>`;
}

function capabilityCard(visit: Visit) {
  const { configuration } = accountOf(visit);
  const merchant = (configuration?.merchant?.capabilities ?? {}) as Record<
    string,
    { status: string }
  >;
  const transfers = configuration?.recipient?.capabilities?.stripe_balance?.stripe_transfers;
  const named = [
    ...Object.entries(merchant).map(([name, { status }]) => [name, status] as const),
    ...(transfers === undefined ? [] : [["transfers", transfers.status] as const]),
  ];
  if (named.length === 0) return "";
  return html`<section class="card" aria-label="Capabilities">
    <h2>What the account may do</h2>
    ${facts(named.map(([name, status]) => [name.replaceAll("_", " "), state(status)] as const))}
  </section>`;
}

function peopleCard(visit: Visit) {
  const platform = visit.world.as(visit.world.namespace.account);
  const { data } = callRoute<{ data: Person[] }>(
    ...([platform, "GET /v2/core/accounts/:id/persons", {}, { id: visit.account }] as const),
  );
  return html`<section class="card" aria-label="People">
    <h2>People</h2>
    ${table<Person>(
      "People behind the account",
      [
        { header: "Name", cell: (person) => personName(person) ?? "—" },
        { header: "Role", cell: ({ relationship }) => relationship?.title ?? "—" },
        { header: "Email", cell: ({ email }) => email ?? "—" },
      ],
      data,
      "Nobody is named yet.",
    )}
    ${actForm(visit, "person", acts.person, {
      opener: "Add a person…",
      label: "Add",
      fields: steps.person.fields(),
    })}
  </section>`;
}

function bankCard(visit: Visit) {
  const banks = externalAccounts(visit.world).map(({ object }) => object);
  return html`<section class="card" aria-label="Bank accounts">
    <h2>Bank accounts and debit cards</h2>
    ${table(
      "Where payouts go",
      [
        {
          header: "Account",
          cell: (each) =>
            `${each.object === "card" ? each.brand : (each.bank_name ?? "Bank")} •••• ${each.last4}`,
        },
        { header: "Currency", cell: ({ currency }) => (currency ?? "").toUpperCase() },
        { header: "Default", cell: ({ default_for_currency: is }) => (is ? "yes" : "") },
      ],
      banks,
      "None yet. Payouts wait until there is one.",
    )}
    ${actForm(visit, "bank", acts.bank, {
      opener: "Add a bank account…",
      label: "Add",
      fields: steps.bank.fields(),
    })}
    <p><a href="${linkTo(visit, {})}">Refresh</a></p>
  </section>`;
}

function personName(
  person: { given_name?: string; surname?: string } | undefined,
): string | undefined {
  return person && `${person.given_name ?? ""} ${person.surname ?? ""}`.trim();
}
