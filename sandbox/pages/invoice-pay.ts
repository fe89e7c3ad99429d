import { html } from "hono/html";
import { collectInvoice } from "#sandbox/billing/collect-invoice";
import { intentOf } from "#sandbox/billing/default-payment";
import { fieldView } from "#sandbox/pages/field";
import type { Html } from "#sandbox/pages/layout";
import { createCard } from "#sandbox/payments/card";
import { StripeError } from "#sandbox/protocol/errors";
import { get } from "#sandbox/protocol/route";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { World } from "#sandbox/world/world";

type Form = Record<string, unknown>;

/** How paying on an invoice's page went. */
export type Paid = { goTo: string } | { error: string };

/** Whether an invoice's page takes a payment. */
export function isPayable({ status, amount_remaining }: ObjectOf<"invoice">): boolean {
  return (status === "open" || status === "uncollectible") && amount_remaining > 0;
}

/** Pays an invoice with a card somebody typed on its page. The card is not kept. */
export function payOnPage(world: World, id: string, form: Form): Paid {
  const row = get(world, "invoice", id);
  const at = row.object.hosted_invoice_url ?? "/";
  if (!isPayable(row.object)) return { goTo: at };
  const [, month = "", year = ""] = /^(\d{1,2})\s*\/?\s*(\d{2,4})$/.exec(textOf(form.expiry)) ?? [];
  try {
    const method = createCard(world, {
      number: textOf(form.number).replaceAll(/\D/g, ""),
      expMonth: Number(month),
      expYear: Number(year.length === 2 ? `20${year}` : year),
      cvc: textOf(form.cvc),
    });
    const session = { isOffSession: false, isAuthenticated: false };
    const outcome = collectInvoice(world, row, method, session);
    if (outcome.kind === "declined") return { error: outcome.decline.message };
  } catch (error) {
    if (error instanceof StripeError) return { error: error.message };
    throw error;
  }
  const action = intentOf(world, id)?.object.next_action?.redirect_to_url?.url;
  return { goTo: action ?? at };
}

/** The form that takes a card for an invoice. */
export function payForm(
  invoice: ObjectOf<"invoice">,
  amount: string,
  form: Form,
  error?: string,
): Html | Promise<Html> {
  return html`<section class="pay-invoice" aria-labelledby="pay-title">
    <h2 id="pay-title">Pay by card</h2>
    <form method="post" action="${invoice.hosted_invoice_url}" novalidate>
      ${fieldView({
        name: "number",
        label: "Card number",
        value: textOf(form.number),
        inputmode: "numeric",
        autocomplete: "cc-number",
        placeholder: "4242 4242 4242 4242",
        error,
      })}
      <div class="pair">
        ${fieldView({
          name: "expiry",
          label: "Expiry",
          value: textOf(form.expiry),
          autocomplete: "cc-exp",
          placeholder: "MM / YY",
        })}
        ${fieldView({
          name: "cvc",
          label: "Security code",
          inputmode: "numeric",
          autocomplete: "cc-csc",
          placeholder: "CVC",
        })}
      </div>
      <button class="button" type="submit">Pay ${amount}</button>
    </form>
  </section>`;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value.trim().slice(0, 100) : "";
}
