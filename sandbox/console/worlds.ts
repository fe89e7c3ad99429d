import { type Context, Hono } from "hono";
import { html } from "hono/html";
import { admin } from "#sandbox/console/act";
import { actForm, disclosedAct } from "#sandbox/console/form";
import { hasGenerator } from "#sandbox/console/generate";
import type { Moves } from "#sandbox/console/moves";
import { type Html, heading, panel, table } from "#sandbox/console/parts";
import { type ConsoleSource, findPlace, type Place } from "#sandbox/console/place";
import { send, sentBy } from "#sandbox/console/reply";
import { runCall } from "#sandbox/console/run-call";
import { brand, consolePage } from "#sandbox/console/shell";
import { countText, exactText, spanText } from "#sandbox/console/words";

type Source = ConsoleSource & { moves: Moves };

/** The root: what this is, and the world of every key. */
export function worldsPages(source: Source): Hono {
  const pages = new Hono();
  pages.get("/", (context) => send(context, worldsView(source, new URL(context.req.url))));
  pages.post("/worlds", async (context) => {
    const { name = "" } = await sentBy(context);
    const key = name.trim().replace(/^[srp]k_test_/, "");
    if (!/^\w{1,60}$/.test(key)) return context.redirect("/?refused=name", 303);
    source.engine.inWorld({ namespace: source.engine.namespaces.open(key) }, () => null);
    return context.redirect(`/w/${key}`, 303);
  });
  pages.post("/w/:world/reset", (context) => reset(context, source));
  return pages;
}

async function reset(context: Context, source: Source): Promise<Response> {
  const world = context.req.param("world") ?? "";
  const place = findPlace(source, world, new URL(context.req.url));
  if (place === undefined) return context.redirect("/", 303);
  await runCall(place, admin("POST /reset"));
  source.moves.forget(world);
  source.engine.namespaces.open(world);
  return context.redirect("/?done=reset", 303);
}

function worldsView(source: Source, url: URL): Html {
  const places = source.engine.namespaces
    .opened()
    .map((namespace) => findPlace(source, namespace.name, new URL("/", url)))
    .filter((place) => place !== undefined);
  return consolePage(
    "Worlds",
    html`<main id="main" class="alone" tabindex="-1">
      ${brand()}
      ${heading(
        "A Stripe of your own",
        "Answers Stripe's API on this machine, keeps state, sends signed webhooks, moves no money.",
      )}
      ${notices(url)}
      ${panel("Worlds", worldsTable(places), {
        note: "Each test key has a world of its own, made at its first request.",
      })}
      <div class="columns">
        ${panel("Make a world", newWorldForm(url))}
        ${panel("Point the SDK here", snippet(url))}
      </div>
      <p class="fine">The console shows every key's world without a login, because it is a tool on
        your own machine: it answers to localhost alone. Never keep real data here.</p>
    </main>`,
  );
}

function notices(url: URL): Html {
  if (url.searchParams.get("refused") === "name") {
    return html`<p class="alert" role="alert">
      A world's name has letters, digits and underscores, up to 60 of them.
    </p>`;
  }
  const isReset = url.searchParams.get("done") === "reset";
  return isReset
    ? html`<p class="said" role="status">The world was reset: it is empty.</p>`
    : html``;
}

function worldsTable(places: readonly Place[]): Html {
  return table({
    caption: "Worlds",
    columns: [
      { head: "Key" },
      { head: "Its time" },
      ...["Accounts", "Customers", "Subscriptions", "Events"].map((head) => {
        return { head, align: "end" as const };
      }),
      { head: "Last activity" },
      { head: "" },
    ],
    rows: places.map((place) => worldRow(place)),
    empty: html`No key has been used yet. Send a request with any key like
      <code>sk_test_mine</code>, or make a world below.`,
  });
}

function worldRow(place: Place) {
  const { namespace, engine } = place;
  const counts = countsOf(place);
  const now = namespace.clock.now();
  const { offset } = namespace.clock;
  const latest = engine.requestLog.of(namespace.name)[0];
  const total = [...counts.values()].reduce((sum, each) => sum + each, 0);
  const count = (kind: string) => (counts.get(kind) ?? 0).toLocaleString("en");
  return [
    html`<a class="strong mono" href="/w/${namespace.name}">sk_test_${namespace.name}</a>`,
    html`<span class="keep">${exactText(now)}</span> ${
      offset === 0
        ? ""
        : html`<span class="soft">${spanText(offset)}
      ${offset > 0 ? "ahead" : "behind"}</span>`
    }`,
    ...["v2.core.account", "customer", "subscription", "event"].map(count),
    latest === undefined
      ? html`<span class="soft">none since the start</span>`
      : html`<span class="keep">${exactText(Math.floor(Date.parse(latest.at) / 1000))}</span>`,
    disclosedAct({
      action: `/w/${namespace.name}/reset`,
      label: "Reset",
      button: `Delete ${countText(total, "object")} for good`,
      effect: `Empties sk_test_${namespace.name}: objects, events, deliveries, and its time.`,
      scope: `reset-${namespace.name}`,
      isDanger: true,
    }),
  ];
}

function countsOf({ engine, namespace }: Place): Map<string, number> {
  const rows = engine.database.all(
    "SELECT kind, count(*) AS n FROM objects WHERE namespace = ? GROUP BY kind",
    namespace.name,
  );
  return new Map(rows.map(({ kind, n }) => [String(kind), Number(n)]));
}

function newWorldForm(url: URL): Html {
  const isRefused = url.searchParams.get("refused") === "name";
  return actForm({
    action: "/worlds",
    button: "Open it",
    scope: "world",
    fields: [
      {
        ...{ name: "name", label: "Name", isRequired: true, value: isRefused ? "" : "mine" },
        hint: hasGenerator()
          ? "Its key is sk_test_ and the name. Its page then offers to fill it with a history."
          : "Its key is sk_test_ and the name.",
      },
    ],
  });
}

function snippet(url: URL): Html {
  const { hostname, port } = url;
  const code = `new Stripe("sk_test_mine", {
  host: "${hostname}",
  port: ${port || "80"},
  protocol: "http",
});`;
  return html`<pre class="code" tabindex="0" role="group" aria-label="How to connect"
    >${code}</pre>`;
}
