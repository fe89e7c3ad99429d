import { Hono } from "hono";
import { html } from "hono/html";
import { money } from "#sandbox/billing/lines";
import type { Engine } from "#sandbox/engine";
import { onPage } from "#sandbox/pages/find-page";
import { isPayable, payForm, payOnPage } from "#sandbox/pages/invoice-pay";
import { type Html, mark, notice, page, pageHeaders } from "#sandbox/pages/layout";
import { creditNotePdf, type FindRate, invoicePdf, invoiceSums } from "#sandbox/pdf/invoice";
import { get } from "#sandbox/protocol/route";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { World } from "#sandbox/world/world";

type Invoice = ObjectOf<"invoice">;

/** The page an invoice's `hosted_invoice_url` opens: to read and to print. */
export function invoicePages(engine: Engine): Hono {
  const pages = new Hono();
  pages.get("/i/:account/:secret", async (context) => {
    const found = onPage(engine, "invoice", context.req.param("secret"), withRates);
    const shown =
      found === undefined
        ? notice("No such invoice", "The address is wrong, or its world was reset.")
        : invoiceView(found);
    const status = found === undefined ? 404 : 200;
    return context.body(String(await shown), status, pageHeaders());
  });
  pages.post("/i/:account/:secret", async (context) => {
    const form = await context.req.parseBody();
    const paid = onPage(engine, "invoice", context.req.param("secret"), (world, id) => {
      const result = payOnPage(world, id, form);
      return { result, ...withRates(world, id) };
    });
    if (paid === undefined) return context.notFound();
    if ("goTo" in paid.result) return context.redirect(paid.result.goTo, 303);
    const shown = invoiceView(paid, form, paid.result.error);
    return context.body(String(await shown), 200, pageHeaders());
  });
  pages.get("/i/:account/:secret/pdf", async (context) => {
    const found = onPage(engine, "invoice", context.req.param("secret"), withRates);
    if (found === undefined) return context.notFound();
    const { invoice, findRate } = found;
    return pdfAnswer(invoicePdf(invoice, findRate), `invoice-${invoice.number}.pdf`);
  });
  pages.get("/cn/:account/:secret/pdf", async (context) => {
    const note = onPage(engine, "credit_note", context.req.param("secret"), (world, id) => {
      return get(world, "credit_note", id).object;
    });
    if (note === undefined) return context.notFound();
    return pdfAnswer(creditNotePdf(note), `credit-note-${note.number}.pdf`);
  });
  return pages;
}

interface Found {
  invoice: Invoice;
  findRate: FindRate;
}

// With the rates it names, because the world is left once it is printed.
function withRates(world: World, id: string): Found {
  const invoice = get(world, "invoice", id).object;
  const named = [...(invoice.total_taxes ?? [])].map((tax) => tax.tax_rate_details?.tax_rate ?? "");
  const rates = new Map(named.map((rate) => [rate, world.find("tax_rate", rate)?.object]));
  return { invoice, findRate: (rate) => rates.get(rate) };
}

function pdfAnswer(bytes: Buffer, name: string): Response {
  return new Response(new Uint8Array(bytes), {
    headers: {
      "content-type": "application/pdf",
      "content-disposition": `inline; filename="${name}"`,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    },
  });
}

const said: Record<string, string> = {
  paid: "Paid",
  open: "Due",
  void: "Void",
  uncollectible: "Uncollectible",
};

function isPartlyPaid({ amount_paid: paid, amount_remaining: left }: Invoice): boolean {
  return paid > 0 && left > 0;
}

function invoiceView(
  { invoice, findRate }: Found,
  form: Record<string, unknown> = {},
  error?: string,
): Html | Promise<Html> {
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
        ${
          isPartlyPaid(invoice)
            ? html`<div><dt>Left to pay</dt><dd>${amount(invoice.amount_remaining)}</dd></div>`
            : ""
        }
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
          ${invoice.lines.data.map((line) => lineView(line, amount(line.amount)))}
        </tbody>
        <tfoot>
          ${invoiceSums(invoice, findRate).map(
            ({ label, amount: minor }) => html`<tr>
              <th scope="row" colspan="2">${label}</th>
              <td>${amount(minor)}</td>
            </tr>`,
          )}
        </tfoot>
      </table></div>
      ${isPayable(invoice) ? payForm(invoice, amount(invoice.amount_remaining), form, error) : ""}
      ${invoice.invoice_pdf === null ? "" : html`<a href="${invoice.invoice_pdf}">Download PDF</a>`}
    </main>`,
  );
}

function lineView(line: Invoice["lines"]["data"][number], amount: string) {
  const [from, to] = [day(line.period.start), day(line.period.end)];
  return html`<tr>
    <td>
      ${line.description}<br />
      <small>${from === to ? from : `${from} to ${to}`}</small>
    </td>
    <td>${line.quantity_decimal ?? ""}</td>
    <td>${amount}</td>
  </tr>`;
}

function day(seconds: number): string {
  const options = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" } as const;
  return new Date(seconds * 1000).toLocaleDateString("en-GB", options);
}
