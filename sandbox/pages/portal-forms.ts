import { html } from "hono/html";
import { money, productName } from "#sandbox/billing/lines";
import { dayOf } from "#sandbox/pages/days";
import { choiceView, fieldView } from "#sandbox/pages/field";
import type { Html } from "#sandbox/pages/layout";
import type { Portal } from "#sandbox/pages/portal-acts";
import { detailsFields } from "#sandbox/pages/portal-details";
import { pauseFields } from "#sandbox/pages/portal-pause";
import { itemSaid, portalPage } from "#sandbox/pages/portal-view";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { World } from "#sandbox/world/world";

type Form = Record<string, unknown>;
interface Shown {
  world: World;
  portal: Portal;
  form: Form;
  error: string | undefined;
}

/** The form for another card. */
export function cardForm({ portal, form, error }: Shown): Html | Promise<Html> {
  const value = (name: string) => (typeof form[name] === "string" ? form[name] : "");
  return formPage(
    portal,
    "Change card",
    "card",
    html`${fieldView({
      name: "number",
      label: "Card number",
      value: value("number"),
      inputmode: "numeric",
      autocomplete: "cc-number",
      placeholder: "4242 4242 4242 4242",
      error,
    })}
      <div class="pair">
        ${fieldView({
          name: "expiry",
          label: "Expiry",
          value: value("expiry"),
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
      <button class="button" type="submit">Save card</button>`,
  );
}

/** The form for one's name and address. */
export function detailsForm({ world, portal, form, error }: Shown): Html | Promise<Html> {
  const fields = detailsFields(world, portal, form, error);
  return formPage(portal, "Change details", "details", fields);
}

/** The question before a pause. */
export function pauseForm(
  { portal, error }: Shown,
  subscription: ObjectOf<"subscription">,
): Html | Promise<Html> {
  return formPage(portal, "Pause plan", "pause", pauseFields(portal, subscription, error));
}

/** The form for another plan or quantity. */
export function updateForm(
  { world, portal, form, error }: Shown,
  subscription: ObjectOf<"subscription">,
): Html | Promise<Html> {
  const [item] = world.list("subscription_item", { parent: subscription.id, order: "oldest" });
  const update = portal.configuration.features.subscription_update;
  const { default_allowed_updates: allowed } = update;
  if (item === undefined) return portalPage(portal, "Change plan", html`<p>Nothing to change.</p>`);
  const { price, quantity } = item.object;
  const chosen = typeof form.price === "string" ? form.price : price.id;
  const counted = typeof form.quantity === "string" ? form.quantity : String(quantity ?? 1);
  return formPage(
    portal,
    "Change plan",
    "update",
    html`<input type="hidden" name="subscription" value="${subscription.id}" />
      <input type="hidden" name="item" value="${item.object.id}" />
      ${
        allowed.includes("price")
          ? choiceView("price", "Plan", plansOffered(world, portal, item.object), chosen)
          : ""
      }
      ${
        allowed.includes("quantity") && quantity !== undefined
          ? fieldView({
              name: "quantity",
              label: "Quantity",
              inputmode: "numeric",
              value: counted,
              error,
            })
          : error === undefined
            ? ""
            : html`<p class="alert" role="alert">${error}</p>`
      }
      ${
        allowed.includes("promotion_code")
          ? codeField(typeof form.code === "string" ? form.code : "")
          : ""
      }
      <p class="fine">${billedSaid(update.proration_behavior)}</p>
      <button class="button" type="submit">Change plan</button>`,
  );
}

function codeField(typed: string) {
  return html`<div class="field">
    <label for="code">Promotion code <small>(optional)</small></label>
    <input id="code" name="code" autocomplete="off" value="${typed}" />
  </div>`;
}

function billedSaid(behavior: string): string {
  if (behavior === "always_invoice") return "The difference is billed now.";
  if (behavior === "none") return "The new price counts from the next period.";
  return "The difference is on your next invoice.";
}

/** The question before an end. */
export function cancelForm(
  { world, portal, error }: Shown,
  subscription: ObjectOf<"subscription">,
): Html | Promise<Html> {
  const { mode, cancellation_reason: asks } = portal.configuration.features.subscription_cancel;
  const items = world.list("subscription_item", { parent: subscription.id });
  const end = Math.min(...items.map(({ object }) => object.current_period_end));
  const names = items.map(({ object }) => itemSaid(world, object).name).join(", ");
  const what =
    mode === "immediately" ? `${names} ends at once.` : `${names} stays until ${dayOf(end)}.`;
  const options = asks.options.map((value) => ({ value, text: reasonSaid[value] ?? value }));
  return formPage(
    portal,
    "Cancel plan",
    "cancel",
    html`${offerView(world, portal, subscription)}
      <p>${what}</p>
      ${error === undefined ? "" : html`<p class="alert" role="alert">${error}</p>`}
      <input type="hidden" name="subscription" value="${subscription.id}" />
      ${asks.enabled ? choiceView("feedback", "Why do you cancel?", options, "other") : ""}
      <button class="button danger" type="submit">Cancel plan</button>`,
  );
}

// What is offered to somebody who is about to leave: a form of its own, before the other.
function offerView(world: World, portal: Portal, { id }: ObjectOf<"subscription">) {
  const offered = portal.session.object.flow?.subscription_cancel?.retention?.coupon_offer?.coupon;
  const coupon = world.find("coupon", offered ?? "")?.object;
  if (coupon === undefined) return "";
  const off =
    coupon.percent_off === null
      ? money(coupon.amount_off ?? 0, coupon.currency ?? "usd")
      : `${coupon.percent_off}%`;
  return html`<div class="said">
    <p><strong>Stay, and take ${off} off.</strong> ${couponSaid(coupon)}</p>
    <input type="hidden" name="subscription" value="${id}" />
    <button class="button" type="submit" formaction="${portal.session.object.url}/stay">
      Stay with the discount
    </button>
  </div>`;
}

function couponSaid({ duration, duration_in_months: months }: ObjectOf<"coupon">): string {
  if (duration === "once") return "It counts for your next invoice.";
  return duration === "repeating" ? `It counts for ${months} months.` : "It stays.";
}

const reasonSaid: Record<string, string> = {
  customer_service: "The service was not good enough",
  low_quality: "The quality was not good enough",
  missing_features: "Something is missing",
  other: "Another reason",
  switched_service: "I use something else",
  too_complex: "It is too hard to use",
  too_expensive: "It costs too much",
  unused: "I do not use it",
};

function plansOffered(world: World, portal: Portal, item: ObjectOf<"subscription_item">) {
  const products = portal.configuration.features.subscription_update.products ?? [];
  const named = products.flatMap(({ prices }) => prices);
  const ids = [...new Set([item.price.id, ...named])];
  return ids.flatMap((id) => {
    const price = world.find("price", id)?.object;
    if (price === undefined || !price.active) return [];
    const every = price.recurring?.interval ?? "month";
    const unit = price.unit_amount_decimal;
    const each = unit === null ? "tiered" : money(unit, price.currency);
    return [{ value: id, text: `${productName(world, price)}, ${each} per ${every}` }];
  });
}

function formPage(
  portal: Portal,
  title: string,
  action: string,
  body: Html | Promise<Html>,
): Html | Promise<Html> {
  const at = portal.session.object.url;
  return portalPage(
    portal,
    title,
    html`<form method="post" action="${at}/${action}" novalidate>${body}</form>`,
    { href: at, label: "Billing" },
  );
}
