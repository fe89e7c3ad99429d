import { html } from "hono/html";
import { balanceView } from "#sandbox/embedded/balances";
import { callRoute } from "#sandbox/embedded/call-route";
import { type Component, linkTo, type Visit } from "#sandbox/embedded/component";
import { pageWhere } from "#sandbox/embedded/page-where";
import {
  actForm,
  amount,
  choice,
  day,
  facts,
  moment,
  pager,
  state,
  table,
} from "#sandbox/embedded/parts";
import { bankOf, payoutActs } from "#sandbox/embedded/payout-acts";
import { findExternal } from "#sandbox/payments/external-account";
import type { ObjectOf } from "#sandbox/store/kinds";

type Payout = ObjectOf<"payout">;
type LedgerRow = ObjectOf<"balance_transaction">;

/** `payouts`: the balance and every payout of it. */
export const payouts: Component = {
  view(visit) {
    const open = payoutNamed(visit);
    if (open !== undefined) {
      return { title: "Payout", body: html`${wayBack(visit)}${payoutView(visit, open)}` };
    }
    return { title: "Payouts", body: html`${balanceView(visit)}${listView(visit)}` };
  },
  acts: payoutActs,
};

/** `payouts-list`: every payout, and what is in each. */
export const payoutsList: Component = {
  view(visit) {
    const open = payoutNamed(visit);
    if (open === undefined) return { title: "Payouts", body: listView(visit) };
    return { title: "Payout", body: html`${wayBack(visit)}${payoutView(visit, open)}` };
  },
};

/** `payout-details`: one payout. */
export const payoutDetails: Component = {
  view(visit) {
    const open = payoutNamed(visit);
    const none = html`<p class="empty">No such payout in this account.</p>`;
    return { title: "Payout", body: open === undefined ? none : payoutView(visit, open) };
  },
};

function payoutNamed({ query, world }: Visit): Payout | undefined {
  return world.find("payout", query.payout ?? "")?.object;
}

function wayBack(visit: Visit) {
  return html`<p><a href="${linkTo(visit, { payout: null })}">← All payouts</a></p>`;
}

const statuses = ["paid", "pending", "in_transit", "canceled", "failed"];

function listView(visit: Visit) {
  const { status } = visit.query;
  const wanted = statuses.includes(status ?? "") ? { status: String(status) } : {};
  const page = pageWhere(visit.world, "payout", visit.query.after, undefined, wanted);
  const options = statuses.map((word) => [word, word.replaceAll("_", " ")] as const);
  return html`
    <form method="get" class="filters" action="${visit.path}">
      ${choice("status", "Status", [["", "all"], ...options], status)}
      <button class="quiet">Show</button>
    </form>
    ${table<Payout>(
      "Payouts",
      [
        {
          header: "Amount",
          isNumber: true,
          cell: ({ id, amount: minor, currency }) =>
            html`<a href="${linkTo(visit, { payout: id })}">${amount(minor, currency)}</a>`,
        },
        { header: "Status", cell: ({ status: word }) => state(word) },
        { header: "Kind", cell: ({ automatic, method }) => (automatic ? "automatic" : method) },
        { header: "Arrives", cell: (each) => (isOver(each) ? "—" : day(each.arrival_date)) },
        { header: "To", cell: (each) => bankNamed(visit, each) },
      ],
      page.rows.map(({ object }) => object),
      "No payouts here. The first leaves when there is a balance and a bank account.",
    )}
    ${pager(visit, page)}
  `;
}

function bankNamed({ world }: Visit, { destination }: Payout): string {
  const found = findExternal(world, destination ?? "")?.object;
  return found === undefined ? "A bank account since removed" : bankOf(found);
}

function isOver({ status }: Payout): boolean {
  return status === "failed" || status === "canceled";
}

function payoutView(visit: Visit, payout: Payout) {
  const { status, amount: minor, currency } = payout;
  const arrives = status === "paid" ? "Arrived" : "Expected to arrive";
  return html`
    <div class="row"><p class="big">${amount(minor, currency)}</p>${state(status)}</div>
    ${status === "failed" ? failureView(payout) : ""}
    ${facts([
      [arrives, isOver(payout) ? null : moment(payout.arrival_date)],
      ["To", bankNamed(visit, payout)],
      ["Sent", moment(payout.created)],
      ["Kind", payout.automatic ? "automatic" : payout.method],
      ["Instant payout fee", feeOf(visit, payout)],
      ["Bank's trace id", payout.trace_id?.value],
      ["Payout", html`<span class="code">${payout.id}</span>`],
    ])}
    ${cancelForm(visit, payout)}
    <h2>What is in it</h2>
    ${partsView(visit, payout)}
  `;
}

function failureView({ amount: minor, currency, failure_code: code, failure_message }: Payout) {
  return html`<p class="alert">
    ${failure_message ?? "The bank could not process this payout."}
    ${amount(minor, currency)} is back in your balance. Correct the bank account or give another
    one before you try again. <span class="code">${code}</span>
  </p>`;
}

function feeOf({ world }: Visit, { balance_transaction: id, currency }: Payout): string | null {
  const fee = world.find("balance_transaction", id ?? "")?.object.fee ?? 0;
  return fee === 0 ? null : amount(fee, currency);
}

function cancelForm(visit: Visit, { automatic, id, status }: Payout) {
  if (automatic || status !== "pending") return "";
  return actForm(visit, "cancel", payoutActs.cancel, {
    opener: "Cancel…",
    label: "Cancel the payout",
    tone: "danger",
    fields: html`<input type="hidden" name="payout" value="${id}" />
      <p>It has not left yet; the money stays in your balance.</p>`,
  });
}

function partsView({ world }: Visit, { automatic, balance_transaction, id }: Payout) {
  const found = automatic
    ? callRoute<{ data: LedgerRow[] }>(world, "GET /v1/balance_transactions", {
        ...{ payout: id, limit: 100 },
      }).data
    : [];
  return table<LedgerRow>(
    "Transactions in this payout",
    [
      { header: "Net", isNumber: true, cell: (each) => amount(each.net, each.currency) },
      { header: "Gross", isNumber: true, cell: (each) => amount(each.amount, each.currency) },
      { header: "Fees", isNumber: true, cell: (each) => amount(each.fee, each.currency) },
      { header: "Kind", cell: (each) => each.reporting_category.replaceAll("_", " ") },
      { header: "What", cell: (each) => each.description ?? "—" },
      { header: "Date", cell: (each) => day(each.created) },
    ],
    found.filter((each) => each.id !== balance_transaction),
    automatic
      ? "Its transactions are listed once it has arrived."
      : "Only automatic payouts list what is in them.",
  );
}
