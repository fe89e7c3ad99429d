import { html } from "hono/html";
import { admin, numberFrom } from "#sandbox/console/act";
import { actForm, hidden } from "#sandbox/console/form";
import { type Html, heading, panel, table } from "#sandbox/console/parts";
import { href, type Place } from "#sandbox/console/place";
import { afterwards, send, sentBy } from "#sandbox/console/reply";
import { runCall } from "#sandbox/console/run-call";
import { settingsPanels } from "#sandbox/console/settings";
import { worldPage } from "#sandbox/console/shell";
import { countText } from "#sandbox/console/words";
import type { WorldPages } from "#sandbox/console/world-pages";
import { routes } from "#sandbox/resources/routes";
import {
  type RequestFault,
  requestFaults,
  type WebhookFault,
  webhookFaults,
} from "#sandbox/world/faults";

/** What goes wrong on purpose, and how this world departs from the ordinary. */
export const faultPages: WorldPages = {
  "GET /faults": (context, place) => send(context, worldPage(place, "Faults", faultsView(place))),
  "POST /faults": async (context, place) => {
    const { route = "", kind = "", count, header = "" } = await sentBy(context);
    const [name = "", ...value] = header.split(":");
    const headers =
      header.trim() === "" ? {} : { headers: { [name.trim()]: value.join(":").trim() } };
    const body = { route: route.trim(), kind, count: numberFrom(count), ...headers };
    const outcome = await runCall(place, admin("POST /faults", body));
    return afterwards(context, place, outcome, href(place, "/faults"));
  },
  "POST /webhook-faults": async (context, place) => {
    const { kind = "", count } = await sentBy(context);
    const body = { kind, count: numberFrom(count) };
    const outcome = await runCall(place, admin("POST /webhook-faults", body));
    return afterwards(context, place, outcome, href(place, "/faults"));
  },
  "POST /faults/remove": async (context, place) => {
    const { where = "" } = await sentBy(context);
    const call =
      where === "webhooks"
        ? admin("POST /webhook-faults", { kind: "off" })
        : admin("POST /faults", { route: where, kind: "off" });
    const outcome = await runCall(place, call);
    return afterwards(context, place, outcome, href(place, "/faults"));
  },
};

const requestWords: Partial<Record<RequestFault, string>> = {
  "429": "429: too many requests; nothing is done",
  lock_timeout: "lock timeout: 429, another request holds the object; nothing is done",
  "500": "500: nothing is done",
  timeout: "timeout: the connection is cut before the work",
  slow: "slow: the answer takes 1.5 s longer",
  drop_after_write: "drop after write: the work is done, the answer never comes",
};

const webhookWords: Partial<Record<WebhookFault, string>> = {
  duplicate: "duplicate: sent twice",
  reverse: "reverse: held, to be released in another order",
  delay: "delay: sent two seconds late",
  drop: "drop: never sent",
  forge: "forge: signed with a wrong secret",
  stale: "stale: signed an hour ago",
};

function faultsView(place: Place): Html {
  const active = place.engine.faults.list(place.namespace.name);
  return html`
    ${heading("Faults", `${countText(active.length, "fault")} active. Each bites and runs out.`)}
    ${panel("Active", activeTable(place, active))}
    <div class="columns">
      ${panel("Break a request", requestForm(place))}
      ${panel("Break a delivery", webhookForm(place))}
    </div>
    ${settingsPanels(place)}`;
}

function activeTable(place: Place, active: ReturnType<Place["engine"]["faults"]["list"]>): Html {
  return table({
    caption: "Active faults",
    columns: ["Where", "What", { head: "Left", align: "end" }, ""],
    rows: active.map((fault) => [
      html`<span class="mono">${fault.place}</span>`,
      [fault.kind.replaceAll("_", " "), ...headersOf(fault.headers)].join(", "),
      fault.remaining ?? "until removed",
      actForm({
        action: href(place, "/faults/remove"),
        fields: [hidden("where", fault.place)],
        button: "Remove",
        scope: "remove",
        isInline: true,
      }),
    ]),
    empty: "Nothing goes wrong on purpose. A fault shows what your program does when Stripe fails.",
  });
}

function headersOf(headers: Record<string, string> = {}): string[] {
  return Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
}

function requestForm(place: Place): Html {
  return html`${actForm({
    action: href(place, "/faults"),
    button: "Set the fault",
    scope: "fault",
    effect: "The next requests of this route fail in this way, for every account of the world.",
    fields: [
      {
        ...{ name: "route", label: "Route", isRequired: true, value: "POST /v1/customers" },
        offers: "routes",
      },
      {
        ...{ name: "kind", label: "How", kind: "choice" as const },
        choices: requestFaults.map((each) => [each, requestWords[each] ?? each] as const),
      },
      { name: "count", label: "How many times", kind: "number", value: "1" },
      { name: "header", label: "A header of the answer", hint: "As Retry-After: 2; may be empty." },
    ],
  })}
  <datalist id="routes">${Object.keys(routes)
    .sort()
    .map((route) => html`<option value="${route}"></option>`)}</datalist>`;
}

function webhookForm(place: Place): Html {
  return actForm({
    action: href(place, "/webhook-faults"),
    button: "Set the fault",
    scope: "webhook-fault",
    effect: "The next deliveries of this world go wrong in this way.",
    fields: [
      {
        ...{ name: "kind", label: "How", kind: "choice" as const },
        choices: webhookFaults.map((each) => [each, webhookWords[each] ?? each] as const),
      },
      {
        ...{ name: "count", label: "How many times", kind: "number" as const },
        hint: "Left empty: until removed.",
      },
    ],
  });
}
