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
  pager,
  state,
  table,
} from "#sandbox/embedded/parts";
import { minorOf } from "#sandbox/embedded/payment";
import type { ObjectOf } from "#sandbox/store/kinds";

type Card = ObjectOf<"issuing.card">;

const acts = {
  status: {
    feature: "card_management",
    run({ world }, { card = "", status = "inactive" }) {
      callRoute(world, "POST /v1/issuing/cards/:id", { status }, { id: card });
      return { said: status === "active" ? "The card works again." : `The card is ${status}.` };
    },
  },
  limit: {
    feature: "spend_control_management",
    run({ world }, { card = "", limit_amount: typed = "", interval = "monthly" }) {
      const { currency } = callRoute<Card>(world, "GET /v1/issuing/cards/:id", {}, { id: card });
      const spending_limits = [{ amount: minorOf(typed, currency), interval }];
      const sent = { spending_controls: { spending_limits } };
      callRoute(world, "POST /v1/issuing/cards/:id", sent, { id: card });
      return { said: "The limit is saved." };
    },
  },
  create: {
    feature: "card_management",
    run({ world }, form) {
      const { holder_name = "", holder_email = "", line1 = "", city = "", postal_code = "" } = form;
      const { id } = callRoute<{ id: string }>(world, "POST /v1/issuing/cardholders", {
        name: holder_name,
        ...(holder_email === "" ? {} : { email: holder_email }),
        billing: { address: { line1, city, postal_code, country: "US" } },
      });
      const sent = { cardholder: id, currency: "usd", type: "virtual", status: "active" };
      const card = callRoute<Card>(world, "POST /v1/issuing/cards", sent);
      return { said: `${holder_name} has a card that ends in ${card.last4}.` };
    },
  },
} satisfies Record<string, Act>;

/** `issuing-card`: a card and what was bought with it; any other of the account's can be chosen. */
export const issuingCard: Component = {
  view(visit) {
    const cards = visit.world.list("issuing.card").map(({ object }) => object);
    const wanted = visit.query.card ?? visit.query.defaultCard;
    const card = cards.find(({ id }) => id === wanted) ?? cards[0];
    const title = "Card";
    if (card === undefined) return { title, body: html`<p class="empty">No cards yet.</p>` };
    const others = cards.map(({ id, last4, cardholder }) => {
      return [id, `•••• ${last4}, ${cardholder.name}`] as const;
    });
    const canSwitch = visit.query.cardSwitching !== "false" && cards.length > 1;
    const body = html`
      ${
        canSwitch
          ? html`<form method="get" class="filters" action="${visit.path}">
              ${choice("card", "Card", others, card.id)}
              <button class="quiet">Show</button>
            </form>`
          : ""
      }
      ${cardView(visit, card)}
    `;
    return { title, body };
  },
  acts,
};

/** `issuing-cards-list`: every card of the account. */
export const issuingCardsList: Component = {
  view(visit) {
    const open = visit.world.find("issuing.card", visit.query.card ?? "")?.object;
    if (open !== undefined) {
      const back = linkTo(visit, { card: null });
      const body = html`<p><a href="${back}">← All cards</a></p>${cardView(visit, open)}`;
      return { title: "Card", body };
    }
    const page = pageWhere(visit.world, "issuing.card", visit.query.after);
    const body = html`
      ${table<Card>(
        "Cards",
        [
          {
            header: "Card",
            cell: ({ id, last4 }) =>
              html`<a href="${linkTo(visit, { card: id })}">•••• ${last4}</a>`,
          },
          { header: "Holder", cell: ({ cardholder }) => cardholder.name },
          { header: "Kind", cell: ({ type }) => type },
          { header: "Status", cell: ({ status }) => state(status) },
          { header: "Made", cell: ({ created }) => day(created) },
        ],
        page.rows.map(({ object }) => object),
        "No cards yet.",
      )}
      ${pager(visit, page)} ${newCard(visit)}
    `;
    return { title: "Cards", body };
  },
  acts,
};

function newCard(visit: Visit) {
  return actForm(visit, "create", acts.create, {
    opener: "New card…",
    label: "Make the card",
    fields: html`
      ${field("holder_name", "Holder's name")}
      ${field("holder_email", "Holder's email", { type: "email", isOptional: true })}
      ${field("line1", "Street")} ${field("city", "City")} ${field("postal_code", "Postal code")}
    `,
  });
}

function cardView(visit: Visit, card: Card) {
  const bought = visit.world.list("issuing.transaction", { parent: card.id, limit: 20 });
  const [limit] = card.spending_controls.spending_limits ?? [];
  return html`
    <div class="plastic" role="img" aria-label="Card that ends in ${card.last4}">
      <span>${card.brand}</span>
      <span class="big">•••• •••• •••• ${card.last4}</span>
      <span>${card.cardholder.name} · ${card.exp_month}/${card.exp_year}</span>
    </div>
    ${facts([
      ["Status", state(card.status)],
      ["Limit", limit ? `${amount(limit.amount, card.currency)} ${limit.interval}` : "None"],
    ])}
    <div class="actions">${statusForms(visit, card)}${limitForm(visit, card)}</div>
    ${table(
      "Purchases",
      [
        {
          header: "Amount",
          isNumber: true,
          cell: ({ object }) => amount(object.amount, object.currency),
        },
        { header: "Where", cell: ({ object }) => object.merchant_data.name ?? "—" },
        { header: "Date", cell: ({ object }) => day(object.created) },
      ],
      bought,
      "Nothing was bought with it yet.",
    )}
  `;
}

function statusForms(visit: Visit, { id, status }: Card) {
  if (status === "canceled") return "";
  const to = status === "active" ? "inactive" : "active";
  const hidden = html`<input type="hidden" name="card" value="${id}" />`;
  return html`
    ${actForm(visit, "status", acts.status, {
      label: status === "active" ? "Freeze" : "Unfreeze",
      tone: "quiet",
      fields: html`${hidden}<input type="hidden" name="status" value="${to}" />`,
    })}
    ${actForm(visit, "status", acts.status, {
      opener: "Cancel…",
      label: "Cancel the card",
      tone: "danger",
      fields: html`${hidden}<input type="hidden" name="status" value="canceled" />
        <p>It never works again.</p>`,
    })}
  `;
}

function limitForm(visit: Visit, { id, currency }: Card) {
  if (!allows(visit, "spend_control_management") || visit.query.showSpendControls === "false") {
    return "";
  }
  return actForm(visit, "limit", acts.limit, {
    opener: "Change limit…",
    label: "Save limit",
    fields: html`<input type="hidden" name="card" value="${id}" />
      ${field("limit_amount", `At most, in ${currency.toUpperCase()}`, { type: "number" })}
      ${choice("interval", "Per", [
        ["per_authorization", "purchase"],
        ["daily", "day"],
        ["weekly", "week"],
        ["monthly", "month"],
      ])}`,
  });
}
