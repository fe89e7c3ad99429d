import { type Context, Hono } from "hono";
import { html } from "hono/html";
import { money } from "#sandbox/billing/lines";
import type { Engine } from "#sandbox/engine";
import { dayOf } from "#sandbox/pages/days";
import { onPage } from "#sandbox/pages/find-page";
import { type Html, mark, notice, page, pageHeaders } from "#sandbox/pages/layout";
import { totalsOf } from "#sandbox/payments/balance";
import { get } from "#sandbox/protocol/route";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { World } from "#sandbox/world/world";

/** What a connected account sees of itself. */
interface Sight {
  name: string;
  available: string[];
  pending: string[];
  payouts: ObjectOf<"payout">[];
  payments: ObjectOf<"charge">[];
}

/** The Express Dashboard that a login link opens, once. */
export function expressPages(engine: Engine): Hono {
  const pages = new Hono();
  pages.get("/express/:link", async (context: Context) => {
    const token = context.req.param("link") ?? "";
    const sight = onPage(engine, "local.login_link", token, openOnce);
    const shown = sight ? dashboard(sight) : notice("This link is over", isOver);
    return context.body(String(await shown), sight ? 200 : 404, pageHeaders());
  });
  return pages;
}

const isOver =
  "A login link opens once. Ask the platform for a new one; or its world was reset meanwhile.";

function openOnce(world: World, id: string): Sight | undefined {
  const link = get(world, "local.login_link", id);
  if (link.hidden.isUsed) return undefined;
  link.hidden = { isUsed: true };
  world.save(link);
  const { account } = link.object;
  const { display_name: name } = get(world, "v2.core.account", account).object;
  return sightOf(world.as(account), name ?? account);
}

function sightOf(world: World, name: string): Sight {
  const { available, pending } = totalsOf(world);
  const written = (totals: typeof available) =>
    totals.map(({ currency, card, bank_account }) => money(card + bank_account, currency));
  return {
    name,
    available: written(available),
    pending: written(pending),
    payouts: world.list("payout", { limit: 10 }).map(({ object }) => object),
    payments: world.list("charge", { limit: 10 }).map(({ object }) => object),
  };
}

function dashboard({ name, available, pending, payouts, payments }: Sight): Html | Promise<Html> {
  const sums = (all: readonly string[]) => all.join(" · ") || "nothing";
  return page(
    name,
    html`<main class="portal">
      ${mark()}
      <h1>${name}</h1>
      <section aria-labelledby="balance">
        <h2 id="balance">Balance</h2>
        <dl>
          <div><dt>Available</dt><dd>${sums(available)}</dd></div>
          <div><dt>On its way</dt><dd>${sums(pending)}</dd></div>
        </dl>
      </section>
      <section aria-labelledby="payouts">
        <h2 id="payouts">Payouts</h2>
        ${list(
          payouts.map(({ amount, currency, arrival_date, status }) => ({
            ...{ when: dayOf(arrival_date), amount: money(amount, currency) },
            state: stateOf(status),
          })),
          "No payout has been made.",
        )}
      </section>
      <section aria-labelledby="payments">
        <h2 id="payments">Payments</h2>
        ${list(
          payments.map((charge) => ({
            ...{ when: dayOf(charge.created), amount: money(charge.amount, charge.currency) },
            state: charge.refunded ? "Refunded" : stateOf(charge.status),
          })),
          "No payment has come in.",
        )}
      </section>
    </main>`,
  );
}

function list(
  rows: readonly { when: string; amount: string; state: string }[],
  empty: string,
): Html | Promise<Html> {
  if (rows.length === 0) return html`<p class="soft">${empty}</p>`;
  return html`<ul class="list">
    ${rows.map(
      ({ when, amount, state }) => html`<li>
        <span>${when}</span><span>${amount}</span><span class="state">${state}</span>
      </li>`,
    )}
  </ul>`;
}

function stateOf(status: string): string {
  const words = status.replaceAll("_", " ");
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}
