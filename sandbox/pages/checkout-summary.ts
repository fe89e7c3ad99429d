import { html } from "hono/html";
import { itemAmount, money } from "#sandbox/billing/lines";
import { priceIn } from "#sandbox/billing/price-currency";
import { type Html, mark } from "#sandbox/pages/layout";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

type Session = Row<"checkout.session">;
type Price = ObjectOf<"price">;

interface Line {
  name: string;
  detail: string;
  amount: string | null;
  /** How many of it may be chosen, and how many are. */
  choice: { name: string; quantity: number; minimum: number; maximum: number } | null;
}

/** Everything the left side of the page says. */
export interface Summary {
  title: string;
  lines: Line[];
  today: string;
  renewal: string;
  verb: string;
  cancelUrl: string | null;
  /** What a code took off, and whether one may be typed. */
  discount: string | null;
  takesCode: boolean;
  tax: string | null;
  /** What the shop has to say about the terms, and beside the button. */
  terms: string | null;
  note: string | null;
}

/** Adds up a session: what is due today, and what comes after. */
export function summarize(world: World, row: Session): Summary {
  const { object, hidden } = row;
  const currency = object.currency ?? "usd";
  const items = hidden.items.flatMap(({ price: id, quantity = 1, adjustable }) => {
    const price = world.find("price", id)?.object;
    return price === undefined ? [] : [{ price: priceIn(price, currency), quantity, adjustable }];
  });
  const names = object.line_items?.data.map(({ description }) => description ?? "") ?? [];
  const lines = items.map(({ price, quantity, adjustable }, place) => ({
    ...lineOf(world, price, quantity, names[place] ?? ""),
    choice: adjustable ? { name: `quantity-${place}`, quantity, ...adjustable } : null,
  }));
  const today = money(object.amount_total ?? 0, currency);
  const off = object.total_details?.amount_discount ?? 0;
  const common = {
    lines,
    today,
    cancelUrl: object.cancel_url,
    discount: off === 0 ? null : money(-off, currency),
    takesCode: object.allow_promotion_codes === true && off === 0,
    tax: taxOf(object, currency),
    terms: object.custom_text.terms_of_service_acceptance?.message ?? null,
    note: object.custom_text.submit?.message ?? null,
  };
  if (object.mode === "setup") {
    const renewal = "Your card is kept for later. Nothing is charged now.";
    return { ...common, title: "Save your card", renewal, verb: "Save card" };
  }
  if (object.mode === "payment") {
    return { ...common, title: "Pay", renewal: "", verb: `Pay ${today}` };
  }
  const trialDays = trialDaysOf(world, row);
  const later = laterOf(world, items, currency);
  const isFlat = later.startsWith(money(0, currency)) || later.startsWith("Pay");
  return {
    ...common,
    title: "Subscribe",
    renewal:
      trialDays > 0
        ? `Free for ${trialDays} days, then ${later}.`
        : `${isFlat ? "" : "Then "}${later}.`,
    verb: trialDays > 0 ? "Start trial" : "Subscribe",
  };
}

// What every period will cost, as far as that is known.
function laterOf(
  world: World,
  items: readonly { price: Price; quantity: number }[],
  currency: string,
): string {
  const isUsage = items.some(({ price }) => isMetered(price));
  const recurring = items
    .filter(({ price }) => price.recurring !== null && !isMetered(price))
    .reduce(
      (sum, { price, quantity }) => sum + itemAmount(world, price.id, quantity, currency),
      0n,
    );
  const every = everyOf(items.find(({ price }) => price.recurring !== null)?.price);
  if (recurring === 0n && isUsage) return `Pay for what you use, billed ${every}`;
  return `${money(recurring, currency)} ${every}${isUsage ? " plus what you use" : ""}`;
}

/** The order summary. */
export function summaryView(summary: Summary): Html | Promise<Html> {
  return html`<section class="summary" aria-labelledby="summary-title">
    <div class="inner">
      ${
        summary.cancelUrl === null
          ? ""
          : html`<a class="back" href="${summary.cancelUrl}">
              <span aria-hidden="true">←</span> Back
            </a>`
      }
      ${mark()}
      <h1 id="summary-title">${summary.title}</h1>
      <p class="total"><span>Due today</span> <strong>${summary.today}</strong></p>
      ${summary.renewal === "" ? "" : html`<p class="then">${summary.renewal}</p>`}
      <ul class="lines">
        ${summary.lines.map(
          (line) => html`<li>
            <span class="name">${line.name}</span>
            <span class="amount">${line.amount ?? "By usage"}</span>
            <span class="detail">${line.detail}</span>
            ${line.choice === null ? "" : choiceView(line.name, line.choice)}
          </li>`,
        )}
      </ul>
      ${summary.lines.some(({ choice }) => choice !== null) ? updateView() : ""}
      ${
        summary.discount === null
          ? ""
          : html`<p class="sum"><span>Discount</span> <span>${summary.discount}</span></p>`
      }
      ${
        summary.tax === null
          ? ""
          : html`<p class="sum"><span>Tax</span> <span>${summary.tax}</span></p>`
      }
      <p class="sum"><span>Total due today</span> <span>${summary.today}</span></p>
    </div>
  </section>`;
}

function choiceView(line: string, choice: NonNullable<Line["choice"]>) {
  return html`<span class="choice">
    <label for="${choice.name}">Quantity<span class="unseen"> of ${line}</span></label>
    <input
      form="pay-form"
      id="${choice.name}"
      name="${choice.name}"
      type="number"
      inputmode="numeric"
      min="${choice.minimum}"
      max="${choice.maximum}"
      value="${choice.quantity}"
    />
  </span>`;
}

function updateView() {
  return html`<button form="pay-form" class="button quiet" type="submit" name="update" value="yes">
    Update quantity
  </button>`;
}

// Tax that is not known yet is said to come: it follows from the address.
function taxOf(session: Session["object"], currency: string): string | null {
  const tax = session.total_details?.amount_tax ?? 0;
  if (tax > 0) return money(tax, currency);
  const isOpen = session.automatic_tax.status === "requires_location_inputs";
  if (!session.automatic_tax.enabled) return null;
  return isOpen ? "Enter address" : money(0, currency);
}

function lineOf(world: World, price: Price, quantity: number, name: string): Omit<Line, "choice"> {
  const per = price.recurring?.interval ?? "month";
  if (isMetered(price)) {
    return {
      name,
      detail: `${capital(ratesOf(price))}. Billed by usage at period end.`,
      amount: null,
    };
  }
  const amount = money(itemAmount(world, price.id, quantity, price.currency), price.currency);
  const each = price.recurring === null ? "" : ` per ${per}`;
  const unit = price.unit_amount_decimal;
  const detail =
    unit === null
      ? `${quantity}${each}, ${ratesOf(price)}`
      : `${quantity} × ${money(unit, price.currency)}${each}`;
  return { name, detail, amount };
}

function ratesOf(price: Price): string {
  if (price.tiers === undefined)
    return `${money(price.unit_amount_decimal ?? "0", price.currency)} each`;
  const rates = price.tiers.map((tier) => {
    const unit = tier.unit_amount_decimal ?? "0";
    const each = Number(unit) === 0 ? "free" : `${money(unit, price.currency)} each`;
    const flat = tier.flat_amount_decimal
      ? ` and ${money(tier.flat_amount_decimal, price.currency)}`
      : "";
    const reach = tier.up_to === null ? "beyond" : `up to ${tier.up_to.toLocaleString("en")}`;
    return `${each}${flat} ${reach}`;
  });
  return rates.join(", ");
}

function everyOf(price: Price | undefined): string {
  const { interval = "month", interval_count: count = 1 } = price?.recurring ?? {};
  return count === 1 ? `per ${interval}` : `every ${count} ${interval}s`;
}

function trialDaysOf(world: World, { hidden }: Session): number {
  const { trialDays, trialEnd } = hidden.subscription;
  if (trialEnd !== undefined) return Math.ceil((trialEnd - world.now()) / 86_400);
  return trialDays ?? 0;
}

function isMetered(price: Price): boolean {
  return price.recurring?.usage_type === "metered";
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
