import { html } from "hono/html";
import type { Component, Visit } from "#sandbox/embedded/component";
import {
  type FeeStatement,
  feeStatements,
  statementPdf,
  sumOf,
} from "#sandbox/embedded/fee-statement";
import { amount, table } from "#sandbox/embedded/parts";
import { accountOf } from "#sandbox/embedded/requirement-forms";
import { noSuch } from "#sandbox/protocol/errors";

/** `documents`: a statement of fees for every month there were any, from the account's ledger. */
export const documents: Component = {
  view(visit) {
    const body = table<FeeStatement>(
      "Fee statements",
      [
        { header: "Month", cell: ({ month }) => month },
        { header: "Document", cell: (each) => linkTo(visit, each) },
        { header: "Stripe's fees", isNumber: true, cell: (each) => feesOf(each, "Stripe") },
        { header: "Platform's fees", isNumber: true, cell: (each) => feesOf(each, "Platform") },
        { header: "Total", isNumber: true, cell: (each) => amount(sumOf(each), each.currency) },
        { header: "Status", cell: ({ isFinal }) => (isFinal ? "final" : "so far") },
      ],
      feeStatements(visit.world),
      "No documents yet. The first statement comes with the first fee.",
    );
    return { title: "Documents", body: html`${body}` };
  },
  downloads: {
    pdf(visit) {
      const { month = "", currency = "" } = visit.query;
      const statement = feeStatements(visit.world).find(
        (each) => each.month === month && each.currency === currency,
      );
      if (statement === undefined) throw noSuch("statement of fees", month);
      const { account, world } = visit;
      return {
        name: `fees-${month}-${currency}.pdf`,
        contentType: "application/pdf",
        body: statementPdf(statement, {
          account,
          name: accountOf(visit).display_name ?? account,
          now: world.now(),
        }),
      };
    },
  },
};

function feesOf(statement: FeeStatement, by: "Stripe" | "Platform"): string {
  return amount(sumOf(statement, by), statement.currency);
}

function linkTo({ path }: Visit, { month, currency }: FeeStatement) {
  const label = `Download PDF of ${month} in ${currency.toUpperCase()}`;
  const query = new URLSearchParams({ month, currency }).toString();
  return html`<a href="${path}/files/pdf?${query}" aria-label="${label}">Download PDF</a>`;
}
