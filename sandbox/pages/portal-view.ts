import { html } from "hono/html";
import { itemAmount, money, productName } from "#sandbox/billing/lines";
import { dayOf } from "#sandbox/pages/days";
import { type Html, mark, page } from "#sandbox/pages/layout";
import type { Portal } from "#sandbox/pages/portal-acts";
import { plannedChange } from "#sandbox/pages/portal-change";
import type { ObjectOf } from "#sandbox/store/kinds";
import { liveStatuses } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

/** A page of the portal: where one is, and the way back. */
export function portalPage(
  portal: Portal,
  title: string,
  body: Html | Promise<Html>,
  back?: { href: string; label: string },
): Html | Promise<Html> {
  const { headline } = portal.configuration.business_profile;
  const { return_url } = portal.session.object;
  const way = back ?? (return_url === null ? undefined : { href: return_url, label: "Return" });
  return page(
    title,
    html`<main class="portal">
      ${mark()}
      ${
        way === undefined
          ? ""
          : html`<a class="back" href="${way.href}">
              <span aria-hidden="true">←</span> ${way.label}
            </a>`
      }
      <h1>${title}</h1>
      ${headline && back === undefined ? html`<p>${headline}</p>` : ""} ${body}
    </main>`,
  );
}

/** The portal's first page: what one is subscribed to, pays with, and was billed. */
export function homeView(world: World, portal: Portal, said?: string): Html | Promise<Html> {
  const { customer, configuration } = portal;
  const at = portal.session.object.url;
  const subscriptions = world.list("subscription", {
    customer: customer.object.id,
    statuses: liveStatuses,
  });
  const { features } = configuration;
  return portalPage(
    portal,
    "Billing",
    html`${said === undefined ? "" : html`<p class="said" role="status">${said}</p>`}
      <section aria-labelledby="plans">
        <h2 id="plans">${subscriptions.length > 1 ? "Subscriptions" : "Subscription"}</h2>
        ${subscriptions.length === 0 ? html`<p class="soft">There is none.</p>` : ""}
        ${subscriptions.map(({ object }) => subscriptionView(world, portal, object))}
      </section>
      ${
        features.payment_method_update.enabled
          ? html`<section aria-labelledby="card">
              <h2 id="card">Payment method</h2>
              <div class="row">
                <p>${cardSaid(world, customer.object)}</p>
                <a class="button quiet" href="${at}/card">Change card</a>
              </div>
            </section>`
          : ""
      }
      ${features.customer_update.enabled ? detailsView(portal) : ""}
      ${features.invoice_history.enabled ? invoicesView(world, customer.object.id) : ""}`,
  );
}

function subscriptionView(
  world: World,
  portal: Portal,
  subscription: ObjectOf<"subscription">,
): Html | Promise<Html> {
  const items = world.list("subscription_item", { parent: subscription.id, order: "oldest" });
  const names = items.map(({ object }) => itemSaid(world, object));
  const ends = items.map(({ object }) => object.current_period_end);
  const end = dayOf(subscription.cancel_at ?? Math.min(...ends));
  const isEnding = subscription.cancel_at !== null;
  const planned = plannedChange(world, subscription);
  return html`<div class="row">
    <div>
      ${names.map(({ name, price }) => html`<p><strong>${name}</strong></p><p>${price}</p>`)}
      <p class="soft">
        ${isEnding ? `Ends on ${end}.` : renewalSaid(subscription.status, end)}
        ${planned === undefined ? "" : plannedSaid(world, planned)}
      </p>
    </div>
    <div class="choices">${choicesView(portal, subscription, planned !== undefined)}</div>
  </div>`;
}

// What can be done with a subscription, as it is now.
function choicesView(
  portal: Portal,
  { id, cancel_at, status }: ObjectOf<"subscription">,
  isPlanned: boolean,
): Html | Promise<Html> {
  const { subscription_cancel: cancel, ...features } = portal.configuration.features;
  const { subscription_pause: pause, subscription_update: update } = features;
  const at = portal.session.object.url;
  const [isEnding, isPaused] = [cancel_at !== null, status === "paused"];
  const link = (action: string, label: string) =>
    html`<a class="button quiet" href="${at}/subscriptions/${id}/${action}">${label}</a>`;
  const button = (action: string, label: string) =>
    html`<form method="post" action="${at}/${action}">
      <input type="hidden" name="subscription" value="${id}" />
      <button class="button" type="submit">${label}</button>
    </form>`;
  return html`
    ${update.enabled && !isEnding && !isPaused ? link("update", "Change plan") : ""}
    ${cancel.enabled && !isEnding ? link("cancel", "Cancel plan") : ""}
    ${pause.enabled && !isEnding && !isPaused ? link("pause", "Pause plan") : ""}
    ${pause.enabled && isPaused ? button("resume", "Resume plan") : ""}
    ${isPlanned && update.enabled ? button("unplan", "Keep current plan") : ""}
    ${cancel.enabled && isEnding ? button("keep", "Keep plan") : ""}
  `;
}

function plannedSaid(
  world: World,
  { at, item }: NonNullable<ReturnType<typeof plannedChange>>,
): string {
  const price = world.find("price", item.price)?.object;
  if (price === undefined) return "";
  const { quantity = 1 } = item;
  const name = productName(world, price);
  return `Changes to ${quantity === 1 ? name : `${quantity} × ${name}`} on ${dayOf(at)}.`;
}

function renewalSaid(status: string, end: string): string {
  if (status === "trialing") return `Trial until ${end}.`;
  if (status === "past_due" || status === "unpaid") return "The last payment failed.";
  if (status === "paused") return "Paused.";
  return `Renews on ${end}.`;
}

/** An item and what it costs, as people say it. */
export function itemSaid(world: World, item: ObjectOf<"subscription_item">) {
  const { price, quantity } = item;
  const every = price.recurring?.interval ?? "month";
  const name = productName(world, price);
  if (quantity === undefined) return { name, price: `By usage, billed every ${every}` };
  const amount = money(itemAmount(world, price.id, quantity), price.currency);
  return { name: quantity === 1 ? name : `${quantity} × ${name}`, price: `${amount} per ${every}` };
}

function cardSaid(world: World, customer: ObjectOf<"customer">): string {
  const id = customer.invoice_settings.default_payment_method;
  const [first] = world.list("payment_method", { customer: customer.id });
  const card = (id === null ? first : world.find("payment_method", id))?.object.card;
  if (!card) return "No card is saved.";
  const month = String(card.exp_month).padStart(2, "0");
  return `${capital(card.brand)} ending in ${card.last4}, expires ${month}/${card.exp_year % 100}`;
}

function detailsView({ customer, session }: Portal): Html | Promise<Html> {
  const { email, name } = customer.object;
  return html`<section aria-labelledby="details">
    <h2 id="details">Billing details</h2>
    <div class="row">
      <div><p>${name ?? "No name"}</p><p class="soft">${email ?? "No email"}</p></div>
      <a class="button quiet" href="${session.object.url}/details">Change details</a>
    </div>
  </section>`;
}

function invoicesView(world: World, customer: string): Html | Promise<Html> {
  const invoices = world
    .list("invoice", { customer, statuses: ["open", "paid", "uncollectible"], limit: 24 })
    .map(({ object }) => object);
  return html`<section aria-labelledby="invoices">
    <h2 id="invoices">Invoices</h2>
    ${invoices.length === 0 ? html`<p class="soft">There are none yet.</p>` : ""}
    <ul class="list">
      ${invoices.map(
        (invoice) => html`<li>
          <a href="${invoice.hosted_invoice_url}">${dayOf(invoice.created)}</a>
          <span>${money(invoice.total, invoice.currency)}</span>
          <span class="state">${capital(invoice.status ?? "")}</span>
        </li>`,
      )}
    </ul>
  </section>`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
