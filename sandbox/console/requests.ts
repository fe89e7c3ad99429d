import { html } from "hono/html";
import { control, sameAccount } from "#sandbox/console/form";
import { jsonView } from "#sandbox/console/json-view";
import {
  copied,
  type Html,
  heading,
  httpState,
  idLink,
  panel,
  stamp,
  table,
} from "#sandbox/console/parts";
import { href, type Place } from "#sandbox/console/place";
import { missingPage, send } from "#sandbox/console/reply";
import { worldPage } from "#sandbox/console/shell";
import { countText } from "#sandbox/console/words";
import type { WorldPages } from "#sandbox/console/world-pages";
import { decodeForm } from "#sandbox/protocol/form";
import type { LoggedRequest } from "#sandbox/world/request-log";

/** What programs asked of the API, and what they were answered. */
export const requestPages: WorldPages = {
  "GET /requests": (context, place) =>
    send(context, worldPage(place, "Requests", requestsView(place))),
  "GET /requests/:id": (context, place) => {
    const id = context.req.param("id") ?? "";
    const found = place.engine.requestLog.find(place.namespace.name, id);
    if (found === undefined) {
      const why = `No request '${id}' is remembered: only the latest thousand since the start are.`;
      return missingPage(context, place, why);
    }
    return send(context, worldPage(place, "Request", requestView(place, found)));
  },
};

const shownAtMost = 200;

function requestsView(place: Place): Html {
  const { engine, namespace, account, isPlatform, url } = place;
  const only = url.searchParams.get("only") ?? "";
  const words = (url.searchParams.get("path") ?? "").trim();
  const here = engine.requestLog.of(namespace.name).filter((each) => {
    const isFailed = each.status >= 400;
    const fits = only === "" || (only === "failed") === isFailed;
    return (isPlatform || each.account === account) && fits && each.path.includes(words);
  });
  const choices = [
    ["", "any"],
    ["failed", "refused or failed"],
    ["worked", "worked"],
  ] as const;
  return html`
    ${heading(
      "Requests",
      `The latest ${countText(Math.min(here.length, shownAtMost), "request")} since this server ` +
        "started, in real time. The key is this world's.",
    )}
    <form class="filters" action="${url.pathname}">
      ${sameAccount(place)}
      ${control({ name: "path", label: "Path has", value: words }, "filter")}
      ${control({ name: "only", label: "Answer", kind: "choice", value: only, choices }, "filter")}
      <button class="button quiet">Filter</button>
    </form>
    ${requestTable(place, here.slice(0, shownAtMost))}`;
}

/** Requests as a table. */
export function requestTable(place: Place, requests: readonly LoggedRequest[]): Html {
  return table({
    caption: "Requests",
    columns: ["Request", "Status", { head: "Took", align: "end" }, "When", "Idempotency key"],
    rows: requests.map((each) => [
      html`<a class="strong mono" href="${href(place, `/requests/${each.id}`)}"
        >${each.method} ${each.path.slice(0, 80)}</a>`,
      httpState(each.status),
      `${Math.round(each.milliseconds)} ms`,
      stamp(place, Math.floor(Date.parse(each.at) / 1000)),
      html`<span class="mono soft" title="${each.idempotency_key ?? ""}"
        >${endOf(each.idempotency_key ?? "")}</span> ${each.replayed ? "(replayed)" : ""}`,
    ]),
    empty: "No request yet: the SDK's first one opens the log.",
  });
}

// The SDK's own keys begin alike: their ends tell them apart.
function endOf(key: string): string {
  return key.length > 18 ? `…${key.slice(-12)}` : key;
}

function requestView(place: Place, request: LoggedRequest): Html {
  const [path = "", query = ""] = request.path.split("?");
  const sent = { ...decodeForm(query), ...sentIn(request, path) };
  const facts: [string, Html | string][] = [
    ["Request", copied(request.id)],
    ["When", stamp(place, Math.floor(Date.parse(request.at) / 1000))],
    ["Took", `${Math.round(request.milliseconds)} ms`],
    ["Account", idLink(place, request.account, place.namespace.account)],
    ["Key", html`<span class="mono">sk_test_${place.namespace.name}</span>`],
    ["Idempotency key", request.idempotency_key ?? "none"],
    ["Answered from", request.replayed ? "the key's saved answer" : "the work itself"],
  ];
  return html`
    ${heading(html`<span class="mono">${request.method} ${path}</span>`, httpState(request.status))}
    <dl class="facts">${facts.map(([name, value]) => {
      return html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
    })}</dl>
    <div class="columns">
      ${panel(
        "What was sent",
        Object.keys(sent).length === 0
          ? html`<p class="empty">No parameters.</p>`
          : jsonView(place, sent),
      )}
      ${panel("What was answered", answerView(place, request))}
    </div>`;
}

function sentIn({ sent = "" }: LoggedRequest, path: string): Record<string, unknown> {
  if (sent === "") return {};
  if (!path.startsWith("/v2")) return decodeForm(sent);
  const parsed = jsonIn(sent);
  return (parsed ?? { body: sent }) as Record<string, unknown>;
}

function answerView(place: Place, { answer = "" }: LoggedRequest): Html {
  const parsed = jsonIn(answer);
  if (parsed !== undefined) return jsonView(place, parsed);
  const note = "Too long to keep whole; this is its beginning.";
  return html`${answer.length > 1000 ? html`<p class="note">${note}</p>` : ""}
    <pre class="json" tabindex="0" role="group" aria-label="Answer"
      >${answer.slice(0, 4000)}</pre>`;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
