import { Hono } from "hono";
import { html } from "hono/html";
import { money } from "#sandbox/billing/lines";
import type { Engine } from "#sandbox/engine";
import { dayOf } from "#sandbox/pages/days";
import { onId } from "#sandbox/pages/find-page";
import { type Html, mark, notice, page, pageHeaders } from "#sandbox/pages/layout";
import { get } from "#sandbox/protocol/route";
import type { ObjectOf } from "#sandbox/store/kinds";

type Charge = ObjectOf<"charge">;

/** The page a charge's `receipt_url` opens. */
export function receiptPages(engine: Engine): Hono {
  const pages = new Hono();
  pages.get("/receipts/:account/:charge", async (context) => {
    const charge = onId(engine, "charge", context.req.param("charge"), (world, id) => {
      return get(world, "charge", id).object;
    });
    const isPaid = charge?.paid === true;
    const shown = isPaid
      ? receiptView(charge)
      : notice("No such receipt", "The address is wrong, or its world was reset.");
    return context.body(String(await shown), isPaid ? 200 : 404, pageHeaders());
  });
  return pages;
}

function receiptView(charge: Charge): Html | Promise<Html> {
  const amount = (minor: number) => money(minor, charge.currency);
  const card = charge.payment_method_details?.card;
  const cardSaid = `${card?.brand ?? "Card"} ending in ${card?.last4 ?? ""}`;
  const left = charge.amount_captured - charge.amount_refunded;
  return page(
    `Receipt for ${amount(charge.amount_captured)}`,
    html`<main class="invoice">
      ${mark()}
      <header>
        <h1>Receipt</h1>
        <p class="state">${charge.refunded ? "Refunded" : "Paid"}</p>
      </header>
      <dl>
        <div><dt>Amount paid</dt><dd>${amount(charge.amount_captured)}</dd></div>
        <div><dt>Date</dt><dd>${dayOf(charge.created)}</dd></div>
        <div><dt>Card</dt><dd class="capital">${cardSaid}</dd></div>
      </dl>
      <p>${charge.description ?? "Payment"}</p>
      ${
        charge.amount_refunded === 0
          ? ""
          : html`<p>
              ${amount(charge.amount_refunded)} was refunded, which leaves ${amount(left)}.
            </p>`
      }
      <p class="soft">Reference ${charge.id}</p>
    </main>`,
  );
}
