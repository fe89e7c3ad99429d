import { html } from "hono/html";
import { cardActs, newCardForms } from "#sandbox/embedded/card-acts";
import { cardView } from "#sandbox/embedded/card-view";
import { type Component, linkTo } from "#sandbox/embedded/component";
import { pageWhere } from "#sandbox/embedded/page-where";
import { choice, day, pager, state, table } from "#sandbox/embedded/parts";
import type { ObjectOf } from "#sandbox/store/kinds";

type Card = ObjectOf<"issuing.card">;

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
  acts: cardActs,
};

/** `issuing-cards-list`: every card of the account, and new ones for old holders or new. */
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
          {
            header: "Status",
            cell: ({ status }) => state(status === "inactive" ? "frozen" : status),
          },
          { header: "Made", cell: ({ created }) => day(created) },
        ],
        page.rows.map(({ object }) => object),
        "No cards yet.",
      )}
      ${pager(visit, page)} ${newCardForms(visit)}
    `;
    return { title: "Cards", body };
  },
  acts: cardActs,
};
