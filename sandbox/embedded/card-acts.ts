import { html } from "hono/html";
import { callRoute } from "#sandbox/embedded/call-route";
import { type Act, allows, type Form, type Visit } from "#sandbox/embedded/component";
import { actForm, choice, field } from "#sandbox/embedded/parts";
import { minorOf } from "#sandbox/embedded/payment";
import { invalidRequest } from "#sandbox/protocol/errors";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { World } from "#sandbox/world/world";

type Card = ObjectOf<"issuing.card">;
type Holder = ObjectOf<"issuing.cardholder">;

/** What can be done with cards. */
export const cardActs = {
  status: {
    feature: "card_management",
    run({ world }, { card = "", status = "inactive", cancellation_reason: reason = "" }) {
      const why = status === "canceled" && reason !== "" ? { cancellation_reason: reason } : {};
      callRoute(world, "POST /v1/issuing/cards/:id", { status, ...why }, { id: card });
      return { said: saidOf[status] ?? `The card is ${status}.` };
    },
  },
  limit: {
    feature: "spend_control_management",
    run({ world }, { card = "", limit_amount: typed = "", interval = "monthly" }) {
      const { currency } = callRoute<Card>(world, "GET /v1/issuing/cards/:id", {}, { id: card });
      const limits = typed === "" ? [] : [{ amount: minorOf(typed, currency), interval }];
      const sent = { spending_controls: { spending_limits: limits } };
      callRoute(world, "POST /v1/issuing/cards/:id", sent, { id: card });
      return { said: typed === "" ? "The card has no limit now." : "The limit is saved." };
    },
  },
  create: {
    feature: "card_management",
    run(visit, form) {
      const cardholder = holderFor(visit, form);
      const card = callRoute<Card>(visit.world, "POST /v1/issuing/cards", {
        ...{ cardholder, currency: "usd", type: "virtual", status: "active" },
        ...(form.financial_account ? { financial_account: form.financial_account } : {}),
      });
      return { said: `${card.cardholder.name} has a card that ends in ${card.last4}.` };
    },
  },
} satisfies Record<string, Act>;

const saidOf: Record<string, string> = {
  active: "The card works again.",
  inactive: "The card is frozen: nothing can be bought with it.",
  canceled: "The card is canceled for good.",
};

// A card is for somebody there is, or for somebody new where the session allows new holders.
function holderFor(visit: Visit, form: Form): string {
  if (form.cardholder) return form.cardholder;
  if (!allows(visit, "cardholder_management")) {
    throw invalidRequest("The account session does not allow new cardholders.");
  }
  const { holder_name: name = "", holder_email: email = "", line1, city, postal_code } = form;
  if (!name || !line1 || !city || !postal_code) {
    throw invalidRequest("A new cardholder needs a name and a whole address.");
  }
  const { id } = callRoute<Holder>(visit.world, "POST /v1/issuing/cardholders", {
    ...{ name, ...(email === "" ? {} : { email }) },
    billing: { address: { line1, city, postal_code, country: "US" } },
  });
  return id;
}

/** Makes a card for somebody there is, and for somebody new. */
export function newCardForms(visit: Visit) {
  const { world } = visit;
  const active = world.list("issuing.cardholder", { status: "active" });
  const holders = active.map(({ object: { id, name } }) => [id, name] as const);
  const forOld = html`
    ${choice("cardholder", "Holder", holders)} ${fundsField(world, "old")}
  `;
  const forNew = html`
    ${field("holder_name", "Holder's name")}
    ${field("holder_email", "Holder's email", { type: "email", isOptional: true })}
    ${field("line1", "Street")} ${field("city", "City")} ${field("postal_code", "Postal code")}
    ${fundsField(world, "new")}
  `;
  const label = "Make the card";
  return html`<div class="actions">
    ${
      holders.length === 0
        ? ""
        : actForm(visit, "create", cardActs.create, { opener: "New card…", label, fields: forOld })
    }
    ${
      allows(visit, "cardholder_management")
        ? actForm(visit, "create", cardActs.create, {
            ...{ opener: "New cardholder…", label, fields: forNew },
          })
        : ""
    }
  </div>`;
}

// What it spends: the payments balance, or a financial account where there is one.
function fundsField(world: World, form: string) {
  const accounts = world.list("treasury.financial_account", { status: "open" });
  if (accounts.length === 0) return "";
  const name = `funds-${form}`;
  return html`<div class="field">
    <label for="${name}">Paid from</label>
    <select id="${name}" name="financial_account">
      <option value="">Payments balance</option>
      ${accounts.map(
        ({ object: { id, nickname } }) =>
          html`<option value="${id}">${nickname ?? "Financial account"}</option>`,
      )}
    </select>
  </div>`;
}

/** Freezes a card, wakes it, or ends it for good. */
export function statusForms(visit: Visit, { id, status }: Card) {
  if (status === "canceled") return "";
  const to = status === "active" ? "inactive" : "active";
  const hidden = html`<input type="hidden" name="card" value="${id}" />`;
  return html`
    ${actForm(visit, "status", cardActs.status, {
      label: status === "active" ? "Freeze" : "Unfreeze",
      tone: "quiet",
      fields: html`${hidden}<input type="hidden" name="status" value="${to}" />`,
    })}
    ${actForm(visit, "status", cardActs.status, {
      opener: "Cancel…",
      label: "Cancel the card",
      tone: "danger",
      fields: html`${hidden}<input type="hidden" name="status" value="canceled" />
        ${choice("cancellation_reason", "Why", [
          ["", "Not needed any more"],
          ["lost", "Lost"],
          ["stolen", "Stolen"],
        ])}
        <p>It never works again.</p>`,
    })}
  `;
}

/** Sets how much a card may spend, unless the page around hides it. */
export function limitForm(visit: Visit, { id, currency, status }: Card) {
  if (visit.query.showSpendControls === "false" || status === "canceled") return "";
  return actForm(visit, "limit", cardActs.limit, {
    opener: "Change limit…",
    label: "Save limit",
    fields: html`<input type="hidden" name="card" value="${id}" />
      ${field("limit_amount", `At most, in ${currency.toUpperCase()}`, {
        ...{ type: "number", isOptional: true, hint: "Empty takes the limit away." },
      })}
      ${choice("interval", "Per", [
        ["per_authorization", "purchase"],
        ["daily", "day"],
        ["weekly", "week"],
        ["monthly", "month"],
        ["yearly", "year"],
        ["all_time", "life of the card"],
      ])}`,
  });
}
