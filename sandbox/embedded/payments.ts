import { html } from "hono/html";
import { type Component, linkTo, type Visit } from "#sandbox/embedded/component";
import { pageWhere } from "#sandbox/embedded/page-where";
import { amount, choice, day, pager, state, table } from "#sandbox/embedded/parts";
import { paymentActs, paymentView } from "#sandbox/embedded/payment";
import { chargeNamed, methodOf, payerOf, standingOf } from "#sandbox/embedded/payment-facts";
import type { ObjectOf } from "#sandbox/store/kinds";

type Charge = ObjectOf<"charge">;

const standings = [
  ...["Succeeded", "Pending", "Uncaptured", "Partially refunded"],
  ...["Refunded", "Disputed", "Failed"],
];

/** `payments`: what came in, with each payment's details, refunds, captures and disputes. */
export const payments: Component = {
  view(visit) {
    const open = chargeNamed(visit.world, visit.query.payment);
    if (open !== undefined) return paymentView(visit, open, linkTo(visit, { payment: null }));
    return { title: "Payments", body: listView(visit) };
  },
  acts: paymentActs,
  downloads: {
    csv: (visit) => ({
      name: "payments.csv",
      contentType: "text/csv; charset=utf-8",
      body: csvOf(visit),
    }),
  },
};

function listView(visit: Visit) {
  const { status = "", after } = visit.query;
  const page = pageWhere(visit.world, "charge", after, ({ object }) => fits(object, status));
  const filters = standings.map((word) => [word, word] as const);
  const query = status === "" ? "" : `?status=${encodeURIComponent(status)}`;
  return html`
    <div class="row">
      <form method="get" class="filters" action="${visit.path}">
        ${choice("status", "Status", [["", "All"], ...filters], status)}
        <button type="submit" class="quiet">Filter</button>
      </form>
      <a class="button quiet" href="${visit.path}/files/csv${query}">Export</a>
    </div>
    ${table(
      "Payments",
      [
        {
          header: "Amount",
          isNumber: true,
          cell: ({ id, amount: minor, currency }: Charge) =>
            html`<a href="${linkTo(visit, { payment: id })}">${amount(minor, currency)}</a>`,
        },
        { header: "Status", cell: (charge) => state(standingOf(charge)) },
        { header: "Customer", cell: (charge) => payerOf(visit.world, charge) },
        { header: "Method", cell: methodOf },
        { header: "Date", cell: ({ created }) => day(created) },
      ],
      page.rows.map(({ object }) => object),
      status === ""
        ? "No payments yet. They appear here as they come in."
        : `No payments are ${status.toLowerCase()}.`,
    )}
    ${pager(visit, page)}
  `;
}

function fits(charge: Charge, status: string): boolean {
  return status === "" || standingOf(charge) === status;
}

function csvOf(visit: Visit): string {
  const { status = "" } = visit.query;
  const rows = visit.world.list("charge").map(({ object }) => object);
  const lines = rows
    .filter((charge) => fits(charge, status))
    .map((charge) => [
      ...[charge.id, new Date(charge.created * 1000).toISOString(), String(charge.amount)],
      ...[charge.currency, standingOf(charge), payerOf(visit.world, charge), methodOf(charge)],
    ]);
  const header = ["id", "created", "amount_minor", "currency", "status", "customer", "method"];
  return [header, ...lines].map((line) => line.map(quoted).join(",")).join("\r\n");
}

// A cell that a spreadsheet would take for a formula is kept from being one.
function quoted(cell: string): string {
  const plain = /^[=+@-]/.test(cell) ? `'${cell}` : cell;
  return `"${plain.replaceAll('"', '""')}"`;
}
