import { html } from "hono/html";
import { callRoute } from "#sandbox/embedded/call-route";
import type { Act, Component, Visit } from "#sandbox/embedded/component";
import { pageWhere } from "#sandbox/embedded/page-where";
import { actForm, amount, day, facts, field, pager, state, table } from "#sandbox/embedded/parts";
import { minorOf } from "#sandbox/embedded/payment";
import { majorOf } from "#sandbox/money/currency";
import type { ObjectOf } from "#sandbox/store/kinds";

type FinancialAccount = ObjectOf<"treasury.financial_account">;
type Transaction = ObjectOf<"treasury.transaction">;

const acts = {
  send: {
    feature: "send_money",
    run({ world }, form) {
      const { financial_account = "", currency = "usd", send_amount: typed = "", name = "" } = form;
      const { account_number = "", routing_number = "" } = form;
      callRoute(world, "POST /v1/treasury/outbound_payments", {
        ...{ amount: minorOf(typed, currency), currency, financial_account },
        description: `Payment to ${name}`,
        destination_payment_method_data: {
          type: "us_bank_account",
          billing_details: { name },
          us_bank_account: { account_number, routing_number, account_holder_type: "company" },
        },
      });
      return { said: `${typed} ${currency.toUpperCase()} is sent to ${name}.` };
    },
  },
} satisfies Record<string, Act>;

/** `financial-account`: what is in it, where money for it is sent, and sending some. */
export const financialAccount: Component = {
  view(visit) {
    const account = named(visit);
    const title = "Financial account";
    if (account === undefined) return { title, body: missing };
    return { title, body: html`${accountView(visit, account)}${listView(visit, account)}` };
  },
  acts,
};

/** `financial-account-transactions`: what came in and went out. */
export const financialAccountTransactions: Component = {
  view(visit) {
    const account = named(visit);
    const title = "Transactions";
    if (account === undefined) return { title, body: missing };
    return { title, body: html`${listView(visit, account)}` };
  },
};

const missing = html`<p class="empty">This account has no financial account.</p>`;

// The one the page around names, else the only one there is.
function named({ query, world }: Visit): FinancialAccount | undefined {
  if (query.financialAccount !== undefined) {
    return world.find("treasury.financial_account", query.financialAccount)?.object;
  }
  return world.list("treasury.financial_account", { limit: 1 })[0]?.object;
}

function accountView(visit: Visit, account: FinancialAccount) {
  const [address] = account.financial_addresses;
  return html`
    <div class="tiles">
      ${Object.entries(account.balance.cash).map(
        ([currency, cash]) => html`<section class="card" role="group" aria-label="Balance">
          <p class="soft">${account.nickname ?? "Balance"}</p>
          <p class="big">${amount(cash, currency)}</p>
          <div class="actions">${cash > 0 ? sendForm(visit, account.id, currency, cash) : ""}</div>
        </section>`,
      )}
    </div>
    ${facts([
      ["Status", state(account.status)],
      ["Bank", address?.aba?.bank_name],
      ["Routing number", address?.aba?.routing_number],
      ["Account number", address?.aba && `•••• ${address.aba.account_number_last4}`],
    ])}
  `;
}

function sendForm(visit: Visit, id: string, currency: string, cash: number) {
  return actForm(visit, "send", acts.send, {
    opener: "Send money…",
    label: "Send",
    fields: html`
      <input type="hidden" name="financial_account" value="${id}" />
      <input type="hidden" name="currency" value="${currency}" />
      ${field("send_amount", `Amount in ${currency.toUpperCase()}`, {
        type: "number",
        hint: `Up to ${majorOf(cash, currency)}. It cannot be called back.`,
      })}
      ${field("name", "To")}
      ${field("routing_number", "Routing number", { value: "110000000" })}
      ${field("account_number", "Account number")}
    `,
  });
}

function listView(visit: Visit, { id }: FinancialAccount) {
  const page = pageWhere(visit.world, "treasury.transaction", visit.query.after, undefined, {
    parent: id,
  });
  return html`
    ${table<Transaction>(
      "Transactions",
      [
        { header: "Amount", isNumber: true, cell: (each) => amount(each.amount, each.currency) },
        { header: "What", cell: ({ description }) => description },
        { header: "Kind", cell: ({ flow_type }) => flow_type.replaceAll("_", " ") },
        { header: "Status", cell: ({ status }) => state(status) },
        { header: "Date", cell: ({ created }) => day(created) },
      ],
      page.rows.map(({ object }) => object),
      "Nothing came in or went out yet.",
    )}
    ${pager(visit, page)}
  `;
}
