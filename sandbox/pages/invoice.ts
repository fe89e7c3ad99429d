import { Hono } from "hono";
import { html } from "hono/html";
import { money } from "#sandbox/billing/lines";
import type { Engine } from "#sandbox/engine";
import { onPage } from "#sandbox/pages/find-page";
import { type Html, mark, notice, page, pageHeaders } from "#sandbox/pages/layout";
import { get } from "#sandbox/protocol/route";
import type { ObjectOf } from "#sandbox/store/kinds";

type Invoice = ObjectOf<"invoice">;

/** The page an invoice's `hosted_invoice_url` opens: to read and to print. */
export function invoicePages(engine: Engine): Hono {
  const pages = new Hono();
  pages.get("/i/:account/:secret", async (context) => {
    const invoice = onPage(engine, "invoice", context.req.param("secret"), (world, id) => {
      return get(world, "invoice", id).object;
    });
    const shown =
      invoice === undefined
        ? notice("No such invoice", "The address is wrong, or its world was reset.")
        : invoiceView(invoice);
    const status = invoice === undefined ? 404 : 200;
    return context.body(String(await shown), status, pageHeaders());
  });
  return pages;
}

const said: Record<string, string> = {
  paid: "Paid",
  open: "Due",
  void: "Void",
  uncollectible: "Uncollectible",
};

function invoiceView(invoice: Invoice): Html | Promise<Html> {
  const billedTo = invoice.customer_name ?? invoice.customer_email ?? "Customer";
  const amount = (minor: number) => money(minor, invoice.currency);
  return page(
    `Invoice ${invoice.number}`,
    html`<main class="invoice">
      ${mark()}
      <header>
        <h1>Invoice ${invoice.number}</h1>
        <p class="state">${said[invoice.status ?? ""] ?? "Draft"}</p>
      </header>
      <dl>
        <div><dt>Billed to</dt><dd>${billedTo}</dd></div>
        <div><dt>Issued</dt><dd>${day(invoice.effective_at ?? invoice.created)}</dd></div>
        <div><dt>Amount due</dt><dd>${amount(invoice.amount_due)}</dd></div>
      </dl>
      <div class="wide" role="region" aria-label="Lines" tabindex="0"><table>
        <thead>
          <tr>
            <th scope="col">Description</th>
            <th scope="col">Quantity</th>
            <th scope="col">Amount</th>
          </tr>
        </thead>
        <tbody>
          ${invoice.lines.data.map(
            (line) => html`<tr>
              <td>
                ${line.description}<br />
                <small>${day(line.period.start)} to ${day(line.period.end)}</small>
              </td>
              <td>${line.quantity_decimal ?? ""}</td>
              <td>${amount(line.amount)}</td>
            </tr>`,
          )}
        </tbody>
        <tfoot>
          <tr><th scope="row" colspan="2">Total</th><td>${amount(invoice.total)}</td></tr>
          <tr><th scope="row" colspan="2">Paid</th><td>${amount(invoice.amount_paid)}</td></tr>
          <tr>
            <th scope="row" colspan="2">Left to pay</th>
            <td>${amount(invoice.amount_remaining)}</td>
          </tr>
        </tfoot>
      </table></div>
    </main>`,
  );
}

function day(seconds: number): string {
  const options = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" } as const;
  return new Date(seconds * 1000).toLocaleDateString("en-GB", options);
}
