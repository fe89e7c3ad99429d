import { html } from "hono/html";
import { accountView } from "#sandbox/connect/account-view";
import { actForm, disclosedAct, hidden } from "#sandbox/console/form";
import { standingAt } from "#sandbox/console/object";
import { balanceLines, countsOf } from "#sandbox/console/overview";
import { copied, type Html, heading, panel, state, table } from "#sandbox/console/parts";
import { href, objectHref, type Place, platformOf } from "#sandbox/console/place";
import { countText, plainWords } from "#sandbox/console/words";
import { isCutOff } from "#sandbox/events/subscribers";
import type { ObjectOf } from "#sandbox/store/kinds";

type Account = ObjectOf<"v2.core.account">;

/** The address of an account's own world. */
export function worldOf(place: Place, account: string): string {
  return `/w/${place.namespace.name}?account=${account}`;
}

/** One connected account: how it stands, and what Stripe asks of it. */
export function accountPage(place: Place, account: Account): Html {
  const view = accountView(platformOf(place), account.id);
  const counts = countsOf(standingAt(place, account.id));
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  return html`
    ${heading(
      html`${account.display_name ?? "No name"}
        ${view.charges_enabled ? state("charges on") : state("restricted")}`,
      html`${copied(account.id)}
        ${account.contact_email ?? ""} ${account.identity?.country?.toUpperCase() ?? ""}`,
      html`<a class="button" href="${worldOf(place, account.id)}">Open its world</a>
        <a class="button quiet" href="${objectHref(place, account.id, place.namespace.account)}"
          >JSON</a>`,
    )}
    <div class="columns">
      ${panel("Balance", balanceLines(place, account.id), { note: countText(total, "object") })}
      ${panel("Capabilities", capabilities(account))}
    </div>
    ${requirementsPanel(place, account)}`;
}

interface Capability {
  status?: string;
  status_details?: { code?: string }[];
}

function capabilities({ configuration }: Account): Html {
  const { merchant, recipient } = configuration ?? {};
  const balance = recipient?.capabilities?.stripe_balance ?? {};
  const all = [
    ...Object.entries((merchant?.capabilities ?? {}) as Record<string, Capability>).map(
      ([name, capability]) => [`Merchant: ${plainWords(name)}`, capability] as const,
    ),
    ...Object.entries(balance as Record<string, Capability>).map(
      ([name, capability]) => [`Recipient: ${plainWords(name)}`, capability] as const,
    ),
  ];
  return table({
    caption: "Capabilities",
    columns: ["Capability", "Status", "Why"],
    rows: all.map(([name, { status, status_details: details }]) => [
      name,
      state(status),
      (details ?? []).map(({ code }) => plainWords(code ?? "")).join(", "),
    ]),
    empty: "It asked for none, so it can neither take payments nor receive transfers.",
  });
}

function requirementsPanel(place: Place, account: Account): Html {
  const entries = account.requirements?.entries ?? [];
  const action = (path: string) => href(place, `/accounts/${account.id}/${path}`);
  return panel(
    "What Stripe asks for",
    html`${table({
      caption: "Requirements",
      columns: ["What", "When", "Since", ""],
      rows: entries.map(
        ({ description, minimum_deadline: deadline, requested_reasons: reasons }) => [
          html`<span class="mono">${description}</span>`,
          state(plainWords(deadline.status)),
          (reasons ?? []).map(({ code }) => plainWords(code)).join(", "),
          isDemand(reasons)
            ? actForm({
                action: action("satisfy"),
                fields: [hidden("description", description)],
                button: "It was given",
                scope: "satisfy",
                isInline: true,
              })
            : "",
        ],
      ),
      empty: "Nothing. Set a requirement due to see how your platform passes it on.",
    })}
    ${accountActs(place, account)}`,
  );
}

function accountActs(place: Place, account: Account): Html {
  const action = (path: string) => href(place, `/accounts/${account.id}/${path}`);
  return html`<div class="acts">
      ${disclosedAct({
        action: action("onboard"),
        label: "Complete onboarding",
        button: "Complete it",
        scope: "onboard",
        effect:
          "Gives Stripe all it asked for at the start, and a test bank account: every " +
          "capability that was asked for becomes active.",
      })}
      ${disclosedAct({
        action: action("requirements"),
        label: "Set a requirement due",
        button: "Ask for it",
        scope: "demand",
        effect: "Stripe asks for one thing more. Past its deadline the account is restricted.",
        fields: [
          {
            ...{ name: "description", label: "What", isRequired: true },
            value: "identity.individual.verification.document",
          },
          {
            name: "days",
            label: "Days until its deadline",
            kind: "number",
            value: "7",
            hint: "0 is overdue now; empty is without a deadline.",
          },
        ],
      })}
      ${connectionAct(place, account)}
    </div>`;
}

function connectionAct(place: Place, { id }: Account): Html {
  const isCut = isCutOff(platformOf(place), id);
  return disclosedAct({
    action: href(place, `/accounts/${id}/${isCut ? "authorize" : "deauthorize"}`),
    label: isCut ? "Connect it again" : "Disconnect it",
    button: isCut ? "Connect it" : "Disconnect it",
    scope: "connection",
    effect: isCut
      ? "Its owner gives the platform access again, and the platform is told."
      : "Its owner takes the platform's access away. The platform is told, and from then on " +
        "every call about the account is refused.",
  });
}

// What Stripe asks for at the start is given by onboarding; the rest one by one.
function isDemand(reasons: readonly { code: string }[] | undefined): boolean {
  return (reasons ?? []).some(({ code }) => code === "routine_verification");
}
