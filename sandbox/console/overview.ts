import { html } from "hono/html";
import { generatorForm } from "#sandbox/console/generate";
import { isKind, titleOf } from "#sandbox/console/kind-groups";
import { ago, type Html, heading, httpState, idLink, panel, state } from "#sandbox/console/parts";
import { href, type Place } from "#sandbox/console/place";
import { countFailing, deliveriesOf, standingOf } from "#sandbox/console/read-deliveries";
import { eventsOf, eventTable } from "#sandbox/console/read-events";
import { dueOf, jobWords } from "#sandbox/console/read-timers";
import { send } from "#sandbox/console/reply";
import { requestTable } from "#sandbox/console/requests";
import { worldPage } from "#sandbox/console/shell";
import { countText, exactText, moneyText, spanText } from "#sandbox/console/words";
import type { WorldPages } from "#sandbox/console/world-pages";
import { balanceOf } from "#sandbox/payments/balance";

/** A world at a glance: its time, its money, what it holds, and what goes wrong in it. */
export const overviewPages: WorldPages = {
  "GET /": (context, place) => send(context, worldPage(place, "Overview", overview(place))),
};

function overview(place: Place): Html {
  const { namespace, account, isPlatform } = place;
  const title = isPlatform ? `sk_test_${namespace.name}` : accountName(place);
  const events = eventsOf(place, { isEveryAccount: isPlatform, limit: 8 });
  const isEmpty = events.length === 0 && countsOf(place).length === 0;
  return html`
    ${heading(
      title,
      html`${isPlatform ? "Platform account" : "Connected account"}
      <span class="mono">${account}</span>`,
    )}
    <div class="columns three">
      ${timePanel(place)} ${balancePanel(place)} ${troublePanel(place)}
    </div>
    ${isEmpty ? firstSteps(place) : ""}
    ${countsPanel(place)}
    <div class="columns">
      ${panel("Latest events", eventTable(place, events, { caption: "Latest events" }), {
        more: html`<a href="${href(place, "/events")}">Watch live</a>`,
      })}
      ${panel("Latest requests", requestTable(place, requestsHere(place).slice(0, 8)), {
        more: html`<a href="${href(place, "/requests")}">All requests</a>`,
      })}
    </div>`;
}

function requestsHere({ engine, namespace, account, isPlatform }: Place) {
  const all = engine.requestLog.of(namespace.name);
  return isPlatform ? all : all.filter((each) => each.account === account);
}

function accountName(place: Place): string {
  const platform = place.world.as(place.namespace.account);
  const found = platform.find("v2.core.account", place.account)?.object;
  return found?.display_name ?? found?.contact_email ?? place.account;
}

function firstSteps(place: Place): Html {
  return html`${panel(
    "Nothing has happened here yet",
    html`<p class="empty">Point the SDK at this server with the key
      <code>sk_test_${place.namespace.name}</code> and make a customer: it appears at once.</p>`,
  )}
  ${place.isPlatform ? generatorForm(place) : ""}`;
}

function timePanel(place: Place): Html {
  const { offset } = place.namespace.clock;
  const now = place.world.now();
  const due = dueOf(place, { limit: 3 });
  return panel(
    "Time",
    html`<p class="figure"><time data-now="${now}" data-now-long
      datetime="${new Date(now * 1000).toISOString()}">${exactText(now)}</time></p>
      <p class="note">${offset === 0 ? "Runs with this machine's clock." : moved(offset)}</p>
      <ul class="lines">${due.map((timer) => {
        return html`<li>
          <span>${jobWords(timer.job)} ${idLink(place, timer.id, timer.account)}</span>
          <span>${ago(place, timer.due)}</span></li>`;
      })}</ul>
      ${due.length === 0 ? html`<p class="empty">Nothing is due.</p>` : ""}`,
    { more: html`<a href="${href(place, "/clock")}">Move time</a>` },
  );
}

function moved(offset: number): string {
  return `${spanText(offset)} ${offset > 0 ? "ahead of" : "behind"} this machine's clock.`;
}

/** An account's balance, a line for each currency. */
export function balanceLines(place: Place, account = place.account): Html {
  const balance = balanceOf(place.world.as(account));
  return html`<dl class="figures">${balance.available.map(({ amount, currency }) => {
    const coming = balance.pending.find((each) => each.currency === currency)?.amount ?? 0;
    return html`<div>
      <dt>Available, ${currency.toUpperCase()}</dt>
      <dd>${moneyText(amount, currency)}</dd>
      <dd class="soft">${moneyText(coming, currency)} on its way</dd>
    </div>`;
  })}</dl>`;
}

function balancePanel(place: Place): Html {
  return panel("Balance", balanceLines(place), {
    more: html`<a href="${href(place, "/objects/balance_transaction")}">Ledger</a>`,
  });
}

function troublePanel(place: Place): Html {
  const failing = deliveriesOf(place, { state: "failing", limit: 4 });
  const total = countFailing(place);
  const faults = place.engine.faults.list(place.namespace.name);
  const isCalm = failing.length === 0 && faults.length === 0;
  return panel(
    "Going wrong",
    html`${isCalm ? html`<p class="empty">No delivery fails and no fault is set.</p>` : ""}
      <ul class="lines">
        ${failing.map((each) => {
          return html`<li>
            <a href="${href(place, `/deliveries/${each.sequence}`)}">${each.type}</a>
            <span>${state(standingOf(each))} ${httpState(each.status)}</span>
          </li>`;
        })}
        ${faults.map((fault) => {
          const left = fault.remaining === null ? "until removed" : `${fault.remaining} left`;
          return html`<li><a href="${href(place, "/faults")}">${fault.place}: ${fault.kind}</a>
            <span class="soft"
              >${left}</span></li>`;
        })}
      </ul>`,
    total > failing.length
      ? {
          more: html`<a href="${href(place, "/deliveries", { state: "failing" })}">
          All ${total} failing</a>`,
        }
      : {},
  );
}

/** How many objects of each kind were made in this account, the most first. Deleted ones count:
 *  that is what the index knows. */
export function countsOf({ engine, namespace, account }: Place) {
  const rows = engine.database.all(
    "SELECT kind, count(*) AS n FROM objects WHERE namespace = ? AND account = ? " +
      "GROUP BY kind ORDER BY n DESC",
    ...[namespace.name, account],
  );
  return rows.map(({ kind, n }) => ({ kind: String(kind), count: Number(n) }));
}

function countsPanel(place: Place): Html {
  const counts = countsOf(place).filter(({ kind }) => isKind(kind));
  if (counts.length === 0) return html``;
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  return panel(
    "What it holds",
    html`<ul class="tiles">${counts.slice(0, 12).map(({ kind, count }) => {
      return html`<li><a href="${href(place, `/objects/${kind}`)}">
        <strong>${count.toLocaleString("en")}</strong>
        <span>${isKind(kind) ? titleOf(kind) : kind}</span>
      </a></li>`;
    })}</ul>`,
    {
      note: `${countText(total, "object")} made`,
      more: html`<a href="${href(place, "/objects")}">All kinds</a>`,
    },
  );
}
