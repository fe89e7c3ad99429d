import { html } from "hono/html";
import { accountView } from "#sandbox/connect/account-view";
import { accountPage, worldOf } from "#sandbox/console/account-page";
import { admin, api, numberFrom } from "#sandbox/console/act";
import { disclosedAct } from "#sandbox/console/form";
import { standingAt } from "#sandbox/console/object";
import { balanceLines } from "#sandbox/console/overview";
import { type Html, heading, panel, stamp, state, table } from "#sandbox/console/parts";
import { href, type Place, platformOf } from "#sandbox/console/place";
import { afterwards, missingPage, send, sentBy } from "#sandbox/console/reply";
import { runCall } from "#sandbox/console/run-call";
import { worldPage } from "#sandbox/console/shell";
import { countText, moneyText } from "#sandbox/console/words";
import type { WorldPages } from "#sandbox/console/world-pages";
import { balanceOf } from "#sandbox/payments/balance";
import type { ObjectOf } from "#sandbox/store/kinds";

type Account = ObjectOf<"v2.core.account">;

const shownAtMost = 100;

/** The platform and its connected accounts: how each stands, and what Stripe asks of it. */
export const accountPages: WorldPages = {
  "GET /accounts": (context, place) =>
    send(context, worldPage(place, "Accounts", accountsView(place))),
  "GET /accounts/:id": (context, place) => {
    const id = context.req.param("id") ?? "";
    const row = platformOf(place).find("v2.core.account", id);
    if (row === undefined) return missingPage(context, place, `No account has the id '${id}'.`);
    return send(context, worldPage(place, "Account", accountPage(place, row.object)));
  },
  "POST /accounts": async (context, place) => {
    const { name = "", country = "us" } = await sentBy(context);
    const platform = standingAt(place, place.namespace.account);
    const outcome = await runCall(
      platform,
      api("POST /v2/core/accounts", newAccount(name, country)),
    );
    const id = outcome.isDone ? String(outcome.answer.id) : "";
    return afterwards(
      context,
      place,
      outcome,
      href(place, outcome.isDone ? `/accounts/${id}` : "/accounts"),
    );
  },
  "POST /accounts/:id/onboard": async (context, place) => {
    const id = context.req.param("id") ?? "";
    const outcome = await runCall(place, admin("POST /accounts/:id/onboard"), id);
    return afterwards(context, place, outcome, href(place, `/accounts/${id}`));
  },
  "POST /accounts/:id/deauthorize": (context, place) => connection(context, place, "deauthorize"),
  "POST /accounts/:id/authorize": (context, place) => connection(context, place, "authorize"),
  "POST /accounts/:id/requirements": async (context, place) => {
    const id = context.req.param("id") ?? "";
    const { description, days } = await sentBy(context);
    const whole = numberFrom(days);
    const deadline_seconds = whole === undefined ? undefined : Math.round(whole * 86_400);
    const call = admin("POST /accounts/:id/requirements", { description, deadline_seconds });
    return afterwards(
      context,
      place,
      await runCall(place, call, id),
      href(place, `/accounts/${id}`),
    );
  },
  "POST /accounts/:id/satisfy": async (context, place) => {
    const id = context.req.param("id") ?? "";
    const { description } = await sentBy(context);
    const call = admin("POST /accounts/:id/requirements/satisfy", { description });
    return afterwards(
      context,
      place,
      await runCall(place, call, id),
      href(place, `/accounts/${id}`),
    );
  },
};

async function connection(
  context: Parameters<WorldPages[string]>[0],
  place: Place,
  act: "authorize" | "deauthorize",
) {
  const id = context.req.param("id") ?? "";
  const outcome = await runCall(place, admin(`POST /accounts/:id/${act}`), id);
  return afterwards(context, place, outcome, href(place, `/accounts/${id}`));
}

function newAccount(name: string, country: string) {
  return {
    display_name: name,
    dashboard: "none",
    identity: { country: country.trim().toLowerCase() },
    configuration: {
      merchant: { capabilities: { card_payments: { requested: true } } },
      recipient: { capabilities: { stripe_balance: { stripe_transfers: { requested: true } } } },
    },
    defaults: {
      responsibilities: { fees_collector: "application", losses_collector: "application" },
    },
  };
}

function accountsView(place: Place): Html {
  const platform = platformOf(place);
  const rows = platform.list("v2.core.account", { limit: shownAtMost });
  const total = platform.count("v2.core.account");
  return html`
    ${heading(
      "Accounts",
      `The platform and ${countText(total, "connected account")}` +
        `${total > shownAtMost ? `; the latest ${shownAtMost} are listed` : ""}.`,
    )}
    ${panel("Platform", balanceLines(place, place.namespace.account), {
      note: html`<span class="mono">${place.namespace.account}</span>`,
      more: html`<a href="/w/${place.namespace.name}">Its world</a>`,
    })}
    ${panel(
      "Connected accounts",
      html`${table({
        caption: "Connected accounts",
        columns: [
          ...["Account", "Country", "Charges", "Payouts", "Asked for"],
          { head: "Available", align: "end" as const },
          { head: "On its way", align: "end" as const },
          ...["Created", ""],
        ],
        rows: rows.map(({ object }) => accountCells(place, object)),
        empty: "None yet. A platform makes one with v2.core.accounts, or you make one here.",
      })}
      ${newAccountForm(place)}`,
    )}`;
}

function accountCells(place: Place, account: Account) {
  const view = accountView(platformOf(place), account.id);
  const { available, pending } = balanceOf(place.world.as(account.id));
  const sums = (list: typeof available) =>
    html`${list.map(({ amount, currency }) => {
      return html`<span class="block">${moneyText(amount, currency)}</span>`;
    })}`;
  const due = view.requirements?.currently_due?.length ?? 0;
  return [
    html`<a class="strong" href="${href(place, `/accounts/${account.id}`)}"
      >${account.display_name ?? account.contact_email ?? "No name"}</a>
      <span class="block mono soft">${account.id}</span>`,
    account.identity?.country?.toUpperCase() ?? "",
    view.charges_enabled ? state("charges on") : state("restricted"),
    view.payouts_enabled ? state("payouts on") : state("restricted"),
    due === 0 ? html`<span class="soft">nothing</span>` : countText(due, "thing"),
    sums(available),
    sums(pending),
    stamp(place, Date.parse(account.created) / 1000),
    html`<a href="${worldOf(place, account.id)}">Open its world</a>`,
  ];
}

function newAccountForm(place: Place): Html {
  return disclosedAct({
    action: href(place, "/accounts"),
    label: "Make an account",
    button: "Make it",
    scope: "account",
    effect: "An account that takes cards and transfers, once its onboarding is complete.",
    fields: [
      { name: "name", label: "Name", isRequired: true, value: "Corner shop" },
      { name: "country", label: "Country", isRequired: true, value: "us", hint: "Two letters." },
    ],
  });
}
