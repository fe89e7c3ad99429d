import { html } from "hono/html";
import { api } from "#sandbox/console/act";
import { actForm, disclosedAct, hidden } from "#sandbox/console/form";
import { standingAt } from "#sandbox/console/object";
import { copied, type Html, idLink, panel, state, table } from "#sandbox/console/parts";
import { href, type Place, platformOf } from "#sandbox/console/place";
import { countsByEndpoint } from "#sandbox/console/read-deliveries";
import { afterwards, sentBy } from "#sandbox/console/reply";
import { runCall } from "#sandbox/console/run-call";
import type { WorldPages } from "#sandbox/console/world-pages";

/** Where webhooks are sent: adding an endpoint, and turning one off and on. */
export const endpointPages: WorldPages = {
  "POST /endpoints": async (context, place) => {
    const { url = "", events = "", connect } = await sentBy(context);
    const call = api("POST /v1/webhook_endpoints", {
      url: url.trim(),
      enabled_events: events.split(/[\s,]+/).filter((each) => each !== ""),
      connect: connect === "true",
    });
    const outcome = await runCall(onPlatform(place), call);
    return afterwards(context, place, outcome, href(place, "/deliveries"));
  },
  "POST /endpoints/:id": async (context, place) => {
    const id = context.req.param("id") ?? "";
    const { turn } = await sentBy(context);
    const call = id.startsWith("ed_")
      ? api(`POST /v2/core/event_destinations/${id}/${turn === "on" ? "enable" : "disable"}`)
      : api(`POST /v1/webhook_endpoints/${id}`, { disabled: turn !== "on" });
    const outcome = await runCall(onPlatform(place), call);
    return afterwards(context, place, outcome, href(place, "/deliveries"));
  },
};

function onPlatform(place: Place): Place {
  return standingAt(place, place.namespace.account);
}

interface Listening {
  id: string;
  url: string;
  status: string;
  events: readonly string[];
  hears: string;
  secret: string;
}

function endpointsOf(place: Place): Listening[] {
  const platform = platformOf(place);
  const endpoints = platform.list("webhook_endpoint").map(({ object, hidden }) => ({
    ...{ id: object.id, url: object.url, status: object.status, events: object.enabled_events },
    hears: hidden.isConnect ? "connected accounts" : "the platform",
    secret: hidden.secret,
  }));
  const destinations = platform.list("v2.core.event_destination").map(({ object, hidden }) => ({
    ...{ id: object.id, url: object.webhook_endpoint?.url ?? "", status: object.status },
    events: object.enabled_events,
    hears: `${object.event_payload} events of ${(object.events_from ?? ["@self"]).join(", ")}`,
    secret: hidden.secret,
  }));
  return [...endpoints, ...destinations];
}

/** Every endpoint of a world, with its secret kept covered, and a form for another. */
export function endpointsPanel(place: Place): Html {
  return panel(
    "Endpoints",
    html`${table({
      caption: "Endpoints",
      columns: ["URL", "Id", "Hears of", "Events", "Deliveries", "Secret", "State", ""],
      rows: endpointsOf(place).map((endpoint) => endpointCells(place, endpoint)),
      empty: "No endpoint yet, so nothing is sent. Add the one your program listens on.",
    })}
    ${addForm(place)}`,
  );
}

/** How many were sent to an endpoint, which leads to them. */
function sentTo(place: Place, id: string): Html {
  const { all, failing } = countsByEndpoint(place).get(id) ?? { all: 0, failing: 0 };
  if (all === 0) return html`<span class="soft">none</span>`;
  return html`<a href="${href(place, "/deliveries", { endpoint: id })}">${all}</a>
    ${failing === 0 ? "" : html`<span class="soft">(${failing} failing)</span>`}`;
}

function endpointCells(place: Place, endpoint: Listening) {
  const { id, events, secret, status } = endpoint;
  const isOn = status === "enabled";
  return [
    html`<span class="mono">${endpoint.url}</span>`,
    idLink(place, id, place.namespace.account),
    endpoint.hears,
    html`<span title="${events.join(", ")}"
      >${events.length === 1 ? events[0] : `${events.length} types`}</span>`,
    sentTo(place, id),
    html`<details class="secret">
      <summary><span class="mono" aria-hidden="true">whsec_••••</span> Reveal</summary>
      ${copied(secret)}
    </details>`,
    state(status),
    actForm({
      action: href(place, `/endpoints/${id}`),
      fields: [hidden("turn", isOn ? "off" : "on")],
      button: isOn ? "Disable" : "Enable",
      scope: `turn-${id}`,
      isInline: true,
    }),
  ];
}

function addForm(place: Place): Html {
  return disclosedAct({
    action: href(place, "/endpoints"),
    label: "Add an endpoint",
    button: "Add it",
    scope: "endpoint",
    effect:
      "Every event from now on that it asks for is sent there, signed with a secret of its own.",
    fields: [
      {
        ...{ name: "url", label: "URL", isRequired: true, value: "http://localhost:3000/webhooks" },
        hint: "It may be on this machine and without TLS.",
      },
      { name: "events", label: "Event types", value: "*", hint: "Separated by spaces; * is all." },
      { name: "connect", label: "For events of connected accounts", kind: "check" },
    ],
  });
}
