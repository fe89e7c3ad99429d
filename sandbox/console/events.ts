import { html } from "hono/html";
import { deliveryTable } from "#sandbox/console/delivery";
import { findObject } from "#sandbox/console/find-object";
import { actForm, control, hidden, sameAccount } from "#sandbox/console/form";
import { jsonView } from "#sandbox/console/json-view";
import { standingAt } from "#sandbox/console/object";
import { pager } from "#sandbox/console/objects";
import { copied, type Html, heading, idLink, panel, stamp } from "#sandbox/console/parts";
import { href, type Place } from "#sandbox/console/place";
import { deliveriesOf } from "#sandbox/console/read-deliveries";
import {
  type EventQuery,
  eventsOf,
  eventTable,
  newestSequence,
} from "#sandbox/console/read-events";
import { missingPage, send } from "#sandbox/console/reply";
import { worldPage } from "#sandbox/console/shell";
import type { WorldPages } from "#sandbox/console/world-pages";
import type { Row } from "#sandbox/store/objects";
import { isObject } from "#sandbox/store/views";

const pageSize = 50;

/** Everything that happened, as it happens, and one thing that happened. */
export const eventPages: WorldPages = {
  "GET /events": (context, place) => send(context, worldPage(place, "Events", streamView(place))),
  "GET /events/:id": (context, place) => {
    const id = context.req.param("id") ?? "";
    const found = findObject(place, id);
    const isEvent = found?.row.kind === "event" || found?.row.kind === "v2.core.event";
    if (found === undefined || !isEvent) {
      return missingPage(context, place, `No event has the id '${id}'.`);
    }
    const own = standingAt(place, found.account);
    return send(context, worldPage(own, "Event", eventView(own, found.row)));
  },
};

/** What the address of the stream asks for. On the platform every account's events are shown. */
export function eventFilter(place: Place): Omit<EventQuery, "limit"> {
  const { searchParams } = place.url;
  const prefix = searchParams.get("type") ?? "";
  return { prefix, isEveryAccount: place.isPlatform && searchParams.get("from") !== "platform" };
}

function streamView(place: Place): Html {
  const filter = eventFilter(place);
  const before = place.url.searchParams.get("before");
  const cursor = before !== null && /^\d+$/.test(before) ? Number(before) : undefined;
  const events = eventsOf(place, {
    ...filter,
    ...(cursor === undefined ? {} : { before: cursor }),
    limit: pageSize + 1,
  });
  const older = events.length > pageSize ? events[pageSize - 1]?.sequence : undefined;
  const search = new URLSearchParams(place.url.searchParams);
  search.set("since", String(newestSequence(place)));
  const stream = `/w/${place.namespace.name}/events/stream?${search}`;
  return html`
    ${heading(
      "Events",
      "Each change as it was when it happened. New ones appear at the top.",
      cursor === undefined ? liveControls() : "",
    )}
    ${filterForm(place, filter)}
    <div class="boxed" ${cursor === undefined ? html`data-stream="${stream}"` : ""}>
      ${eventTable(place, events.slice(0, pageSize), {
        caption: "Events",
        id: "event-rows",
        empty: html`No event
          ${filter.prefix === "" ? "" : html`of <code>${filter.prefix}</code>`} yet.
          Make or change an object with this world's key, and it is here at once.`,
      })}
    </div>
    ${pager(place, undefined, older)}`;
}

function liveControls(): Html {
  return html`<p class="live" data-live hidden>
    <span class="state off" data-live-state role="status"><span aria-hidden="true">○</span>
      Connecting</span>
    <label class="follow"><input type="checkbox" data-follow checked /> Follow</label>
    <button type="button" class="button quiet" data-pause aria-pressed="false">Pause</button>
  </p>`;
}

function filterForm(place: Place, { prefix = "" }: { prefix?: string }): Html {
  const { isPlatform, url } = place;
  const from = url.searchParams.get("from") ?? "every";
  return html`<form class="filters" action="${url.pathname}">
    ${sameAccount(place)}
    ${control(
      { name: "type", label: "Type begins with", value: prefix, offers: "event-types" },
      "filter",
    )}
    <datalist id="event-types">${offered.map((each) => html`<option value="${each}"></option>`)}
    </datalist>
    ${
      isPlatform
        ? control(
            {
              ...{ name: "from", label: "Accounts", kind: "choice" as const, value: from },
              choices: [
                ["every", "all of this world"],
                ["platform", "the platform alone"],
              ],
            },
            "filter",
          )
        : ""
    }
    <button class="button quiet">Filter</button>
  </form>`;
}

const offered = [
  ...["account.", "application_fee.", "charge.", "charge.dispute.", "checkout.session."],
  ...["customer.", "customer.subscription.", "invoice.", "payment_intent.", "payout."],
  ...["refund.", "subscription_schedule.", "transfer.", "v2.core.account"],
];

function eventView(place: Place, row: Row): Html {
  const event = row.object as unknown as Record<string, unknown>;
  const id = String(event.id);
  const data = isObject(event.data) ? event.data : {};
  const previous = isObject(data.previous_attributes) ? data.previous_attributes : undefined;
  const about = isObject(data.object) ? data.object : undefined;
  const { created } = event;
  const at = typeof created === "number" ? created : Date.parse(String(created)) / 1000;
  return html`
    ${heading(
      String(event.type),
      html`${copied(id)}
        ${stamp(place, at)} ${about ? idLink(place, aboutId(about)) : ""}`,
    )}
    ${previous === undefined ? "" : changesPanel(place, previous, about ?? {})}
    <div class="columns wide-first">
      ${panel("Snapshot", jsonView(place, about ?? event, Object.keys(previous ?? {})), {
        note: "as it was then; marked is what changed",
      })}
      <div class="stack">
        ${deliveriesPanel(place, id)}
        ${panel("The event", jsonView(place, { ...event, data: "…" }))}
      </div>
    </div>`;
}

function aboutId(about: Record<string, unknown>): string | undefined {
  return typeof about.id === "string" ? about.id : undefined;
}

function changesPanel(
  place: Place,
  previous: Record<string, unknown>,
  about: Record<string, unknown>,
): Html {
  const names = Object.keys(previous);
  return panel(
    "What changed",
    html`<div class="changes">${names.map((name) => {
      return html`<div>
        <h3 class="mono">${name}</h3>
        <div class="before"><span class="soft">Before</span>${jsonView(place, previous[name])}</div>
        <div class="after"><span class="soft">Then</span>${jsonView(place, about[name])}</div>
      </div>`;
    })}</div>`,
  );
}

function deliveriesPanel(place: Place, event: string): Html {
  const deliveries = deliveriesOf(place, { event, limit: 50 });
  const empty = "No endpoint asked for this type when it happened.";
  return panel(
    "Deliveries",
    html`${deliveryTable(place, deliveries, empty, true)}
    ${
      deliveries.length === 0
        ? ""
        : actForm({
            action: href(place, "/deliveries/replay"),
            fields: [hidden("event", event)],
            button: "Send it again",
            effect: "To every endpoint it was for, signed anew.",
            scope: "replay",
          })
    }`,
  );
}
