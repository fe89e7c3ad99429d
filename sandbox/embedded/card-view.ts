import { html } from "hono/html";
import { leftOf } from "#sandbox/banking/spending";
import { limitForm, statusForms } from "#sandbox/embedded/card-acts";
import type { Visit } from "#sandbox/embedded/component";
import { amount, day, facts, state, table } from "#sandbox/embedded/parts";
import type { ObjectOf } from "#sandbox/store/kinds";

type Card = ObjectOf<"issuing.card">;
type Authorization = ObjectOf<"issuing.authorization">;
type Transaction = ObjectOf<"issuing.transaction">;

const perList = 20;

/** A card: its state, what it may still spend, what it bought, and what was asked of it. */
export function cardView(visit: Visit, card: Card) {
  const { world } = visit;
  const of = { parent: card.id, limit: perList };
  const bought = world.list("issuing.transaction", of).map(({ object }) => object);
  const asked = world.list("issuing.authorization", of).map(({ object }) => object);
  return html`
    <div class="plastic" role="img" aria-label="Card that ends in ${card.last4}">
      <span>${card.brand}</span>
      <span class="big">•••• •••• •••• ${card.last4}</span>
      <span>${card.cardholder.name} · ${card.exp_month}/${card.exp_year}</span>
    </div>
    ${facts([
      ["Status", state(card.status === "inactive" ? "frozen" : card.status)],
      ["Canceled because", card.cancellation_reason],
      ...limitsOf(visit, card),
      ["Paid from", fundsOf(visit, card)],
    ])}
    <div class="actions">${statusForms(visit, card)}${limitForm(visit, card)}</div>
    <h2>Purchases</h2>
    ${purchasesTable(bought)}
    ${asked.length === 0 ? "" : html`<h2>Asked for</h2>${askedTable(asked)}`}
  `;
}

function limitsOf({ world }: Visit, card: Card) {
  const limits = card.spending_controls.spending_limits ?? [];
  if (limits.length === 0) return [["Limit", "None"]] as const;
  return limits.map((limit) => {
    const whole = amount(limit.amount, card.currency);
    if (limit.interval === "per_authorization") return ["Limit", `${whole} a purchase`] as const;
    const left = amount(Math.max(0, leftOf(world, card, limit)), card.currency);
    return ["Limit", `${whole} ${limit.interval.replaceAll("_", " ")}, ${left} left`] as const;
  });
}

function fundsOf({ world }: Visit, { financial_account: id }: Card): string {
  if (!id) return "Payments balance";
  return world.find("treasury.financial_account", id)?.object.nickname ?? "Financial account";
}

function purchasesTable(bought: readonly Transaction[]) {
  return table<Transaction>(
    "Purchases",
    [
      { header: "Amount", isNumber: true, cell: (each) => amount(each.amount, each.currency) },
      { header: "Where", cell: ({ merchant_data }) => merchant_data.name ?? "—" },
      { header: "Date", cell: ({ created }) => day(created) },
    ],
    bought,
    "Nothing was bought with it yet.",
  );
}

const reasons: Record<string, string> = {
  card_active: "Within its limits",
  card_canceled: "The card was canceled",
  card_inactive: "The card was frozen",
  cardholder_inactive: "The holder was inactive",
  insufficient_funds: "Not enough money",
  spending_controls: "Over its limit",
};

function askedTable(asked: readonly Authorization[]) {
  return table<Authorization>(
    "Authorizations",
    [
      {
        header: "Amount",
        isNumber: true,
        cell: ({ request_history: [first], currency }) => amount(first?.amount ?? 0, currency),
      },
      { header: "Where", cell: ({ merchant_data }) => merchant_data.name ?? "—" },
      {
        header: "Status",
        cell: ({ approved, status }) => state(approved ? status : "declined"),
      },
      {
        header: "Why",
        cell: ({ request_history: [first] }) => reasons[first?.reason ?? ""] ?? "—",
      },
      { header: "Date", cell: ({ created }) => day(created) },
    ],
    asked,
    "",
  );
}
