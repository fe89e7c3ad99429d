import type { Context } from "hono";
import { html } from "hono/html";
import { actsFor } from "#sandbox/console/acts";
import {
  amountOf,
  briefCells,
  briefColumns,
  type Json,
  madeAt,
  nameOf,
  shown,
  statusOf,
} from "#sandbox/console/columns";
import { type Found, findObject, relatedTo, searchObjects } from "#sandbox/console/find-object";
import { disclosedAct } from "#sandbox/console/form";
import { jsonView } from "#sandbox/console/json-view";
import { singular, titleOf } from "#sandbox/console/kind-groups";
import {
  copied,
  type Html,
  heading,
  idLink,
  panel,
  stamp,
  state,
  table,
} from "#sandbox/console/parts";
import { href, objectHref, type Place } from "#sandbox/console/place";
import { eventsOf, eventTable } from "#sandbox/console/read-events";
import { afterwards, missingPage, send, sentBy } from "#sandbox/console/reply";
import { runCall } from "#sandbox/console/run-call";
import { worldPage } from "#sandbox/console/shell";
import { countText, moneyText } from "#sandbox/console/words";
import type { WorldPages } from "#sandbox/console/world-pages";
import type { Kind } from "#sandbox/store/kinds";

/** One object, whatever it is: what it says, what belongs to it, what happened to it, what can be
 *  done to it. */
export const objectPages: WorldPages = {
  "GET /jump": (context, place) => jump(context, place),
  "GET /object/:id": (context, place) => {
    const found = foundBy(context, place);
    if (found === undefined) return noObject(context, place);
    const own = standingAt(place, found.account);
    return send(context, worldPage(own, String(context.req.param("id")), objectView(own, found)));
  },
  "POST /object/:id/acts/:act": async (context, place) => {
    const found = foundBy(context, place);
    if (found === undefined) return noObject(context, place);
    const own = standingAt(place, found.account);
    const object = shown(own, found.row);
    const act = actsFor(found.row.kind, object).find(({ name }) => {
      return name === context.req.param("act");
    });
    const id = String(object.id);
    if (act === undefined) {
      const message = "This cannot be done to it any more: its state has changed.";
      return afterwards(context, own, { isDone: false, status: 409, message }, objectHref(own, id));
    }
    const outcome = await runCall(own, act.call(id, await sentBy(context), object), id);
    const list = href(own, `/objects/${found.row.kind}`);
    const leadsTo =
      act.leadsTo === "list" ? list : `${href(own, `/object/${id}`, { done: act.name })}`;
    return afterwards(context, own, outcome, outcome.isDone ? leadsTo : objectHref(own, id));
  },
};

function foundBy(context: Context, place: Place): Found | undefined {
  return findObject(place, context.req.param("id") ?? "");
}

/** The same world seen from the account an object belongs to. */
export function standingAt(place: Place, account: string): Place {
  const isPlatform = account === place.namespace.account;
  return { ...place, account, isPlatform, world: place.world.as(account) };
}

function noObject(context: Context, place: Place): Promise<Response> {
  return missingPage(context, place, `Nothing has the id '${context.req.param("id")}'.`);
}

function jump(context: Context, place: Place): Response | Promise<Response> {
  const words = (place.url.searchParams.get("q") ?? "").trim();
  const exact = words === "" ? undefined : findObject(place, words);
  if (exact?.row.kind === "event") return context.redirect(href(place, `/events/${words}`), 303);
  if (exact !== undefined) return context.redirect(objectHref(place, words, exact.account), 303);
  if (words.startsWith("req_") && place.engine.requestLog.find(place.namespace.name, words)) {
    return context.redirect(href(place, `/requests/${words}`), 303);
  }
  const found = words === "" ? [] : searchObjects(place, words);
  const page = html`
    ${heading(html`Results for “${words}”`, countText(found.length, "object"))}
    ${table({
      caption: "Results",
      columns: ["Id", "Kind", "Name", "Status", "Account", "Created"],
      rows: found.map((each) => relatedRow(place, each)),
      empty: html`Nothing in this world has that id, email, name, number or code.
        <a href="${href(place, "/objects")}">See what is here</a>`,
    })}`;
  return send(context, worldPage(place, "Results", page), found.length === 0 ? 404 : 200);
}

function relatedRow(place: Place, { row, account }: Found) {
  const object = shown(place, row, account);
  return [
    idLink(place, String(object.id), account),
    singular(row.kind),
    nameOf(object),
    state(statusOf(row, object)),
    account === place.namespace.account ? "platform" : idLink(place, account),
    stamp(place, madeAt(object)),
  ];
}

function objectView(place: Place, { row, account }: Found): Html {
  const object = shown(place, row);
  const id = String(object.id);
  const amount = amountOf(object);
  const name = nameOf(object);
  return html`
    ${heading(
      html`${name || capital(singular(row.kind))} ${state(statusOf(row, object))}`,
      html`<a href="${href(place, `/objects/${row.kind}`)}">${titleOf(row.kind)}</a>
        ${copied(id)}
        ${
          account === place.namespace.account
            ? ""
            : html`in ${idLink(place, account, place.namespace.account)}`
        }`,
      amount === undefined
        ? ""
        : html`<p class="figure">${moneyText(amount.minor, amount.currency)}</p>`,
    )}
    ${doneNote(place)}
    ${actsBar(place, row.kind, object)}
    <div class="columns wide-first">
      ${panel("The object", jsonView(place, object), { note: madeBy(place, id) })}
      <div class="stack">
        ${eventsPanel(place, id)}
        ${relatedPanels(place, id, account)}
      </div>
    </div>`;
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function doneNote(place: Place): Html {
  return place.url.searchParams.has("done")
    ? html`<p class="said" role="status">Done. What follows is how it stands now.</p>`
    : html``;
}

function actsBar(place: Place, kind: Kind, object: Json): Html {
  const id = String(object.id);
  const known = actsFor(kind, object);
  if (known.length === 0) return html``;
  return html`<div class="acts" role="group" aria-label="What can be done">${known.map((act) =>
    disclosedAct({
      action: href(place, `/object/${encodeURIComponent(id)}/acts/${act.name}`),
      label: act.label,
      button: act.label,
      effect: act.effect(object, place.world),
      fields: act.fields?.(object) ?? [],
      scope: `act-${act.name}`,
      isDanger: act.isDanger ?? false,
    }),
  )}</div>`;
}

/** The request that made an object, as far as its first event says. */
function madeBy(place: Place, id: string): Html {
  const [first] = eventsOf(place, { about: id, order: "oldest", limit: 1 });
  if (first?.request === null || first === undefined) return html``;
  const isKept = place.engine.requestLog.find(place.namespace.name, first.request) !== undefined;
  if (!isKept) return html`Made by <span class="mono">${first.request}</span>`;
  return html`Made by <a class="id" href="${href(place, `/requests/${first.request}`)}"
    >${first.request}</a>`;
}

function eventsPanel(place: Place, id: string): Html {
  const events = eventsOf(place, { about: id, limit: 20 });
  const empty = "No event is about this object itself.";
  const about = { caption: "Events about it", empty, isOfOne: true };
  return panel("Events about it", eventTable(place, events, about));
}

function relatedPanels(place: Place, id: string, account: string): Html[] {
  const byKind = Map.groupBy(relatedTo(place, id, account), ({ row }) => row.kind);
  return [...byKind].map(([kind, all]) =>
    panel(
      titleOf(kind),
      table({
        caption: titleOf(kind),
        columns: briefColumns,
        rows: all.slice(0, 10).map((each) => briefCells(place, each.row, each.account)),
        empty: "None.",
      }),
      { note: all.length > 10 ? `the latest 10 of ${all.length}` : "", id: `related-${kind}` },
    ),
  );
}
