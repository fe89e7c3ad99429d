import { html } from "hono/html";
import type { Component, Visit } from "#sandbox/embedded/component";
import { amount, table } from "#sandbox/embedded/parts";
import { edges, startPdf } from "#sandbox/pdf/document";

/** What Stripe and the platform took of an account in a month and a currency. */
interface FeeMonth {
  month: string;
  currency: string;
  kind: string;
  total: number;
}

/** `documents`: a statement of fees for every month there were any, from the account's ledger. */
export const documents: Component = {
  view(visit) {
    const body = table<FeeMonth>(
      "Fee statements",
      [
        { header: "Month", cell: ({ month }) => month },
        { header: "Fees", cell: ({ kind }) => kind },
        { header: "Total", isNumber: true, cell: (each) => amount(each.total, each.currency) },
        {
          header: "Document",
          cell: ({ month, currency }) =>
            html`<a href="${visit.path}/files/pdf?month=${month}&amp;currency=${currency}">Download PDF</a>`,
        },
      ],
      monthsOf(visit),
      "No documents yet. The first statement comes with the first fee.",
    );
    return { title: "Documents", body: html`${body}` };
  },
  downloads: {
    pdf: (visit) => ({
      name: `fees-${visit.query.month ?? ""}-${visit.query.currency ?? ""}.pdf`,
      contentType: "application/pdf",
      body: statement(visit),
    }),
  },
};

function monthsOf({ world }: Visit): FeeMonth[] {
  const months = new Map<string, FeeMonth>();
  for (const { object } of world.list("balance_transaction")) {
    const month = new Date(object.created * 1000).toISOString().slice(0, 7);
    for (const { amount: minor, currency, description } of object.fee_details) {
      const kind = description ?? "Fees";
      const name = `${month} ${currency} ${kind}`;
      const known = months.get(name) ?? { month, currency, kind, total: 0 };
      months.set(name, { ...known, total: known.total + minor });
    }
  }
  return [...months.values()];
}

function statement(visit: Visit): Uint8Array {
  const { month = "", currency = "" } = visit.query;
  const rows = monthsOf(visit).filter((each) => each.month === month && each.currency === currency);
  const title = `Statement of fees, ${month}`;
  const pdf = startPdf(title);
  pdf.text(title, { x: edges.left, size: 18, weight: "bold" });
  pdf.down(24);
  pdf.text(`Account ${visit.account}`, { x: edges.left, isSoft: true });
  pdf.down(28);
  for (const { kind, total } of rows) {
    pdf.text(kind, { x: edges.left });
    pdf.text(amount(total, currency), { x: edges.right, isRight: true });
    pdf.down(18, 40);
  }
  pdf.rule();
  pdf.down(18);
  const sum = rows.reduce((whole, { total }) => whole + total, 0);
  pdf.text("Total", { x: edges.left, weight: "bold" });
  pdf.text(amount(sum, currency), { x: edges.right, isRight: true, weight: "bold" });
  return pdf.bytes();
}
