import { type Context, Hono } from "hono";
import { html } from "hono/html";
import { accountPages } from "#sandbox/console/accounts";
import { assetRoutes } from "#sandbox/console/assets";
import { clockPages } from "#sandbox/console/clock-page";
import { deliveryPages } from "#sandbox/console/deliveries";
import { endpointPages } from "#sandbox/console/endpoints";
import { streamEvents } from "#sandbox/console/event-stream";
import { eventPages } from "#sandbox/console/events";
import { faultPages } from "#sandbox/console/faults";
import { generatePages } from "#sandbox/console/generate";
import { onlyFromHere } from "#sandbox/console/guard";
import { createMoves } from "#sandbox/console/moves";
import { objectPages } from "#sandbox/console/object";
import { objectListPages } from "#sandbox/console/objects";
import { overviewPages } from "#sandbox/console/overview";
import { type ConsoleSource, findPlace } from "#sandbox/console/place";
import { send } from "#sandbox/console/reply";
import { requestPages } from "#sandbox/console/requests";
import { settingPages } from "#sandbox/console/settings";
import { brand, consolePage } from "#sandbox/console/shell";
import type { WorldPages } from "#sandbox/console/world-pages";
import { worldsPages } from "#sandbox/console/worlds";

const pagesOfWorlds: WorldPages = {
  ...overviewPages,
  ...accountPages,
  ...objectListPages,
  ...objectPages,
  // Before the page of one event, whose address would take the stream's.
  "GET /events/stream": streamEvents,
  ...eventPages,
  ...deliveryPages,
  ...endpointPages,
  ...requestPages,
  ...clockPages,
  ...faultPages,
  ...settingPages,
  ...generatePages,
};

/** What a person sees of this local Stripe, from `/` on. Needs no login: see `guard.ts`. */
export function consoleRoutes(source: ConsoleSource): Hono {
  const shared = { ...source, moves: createMoves() };
  const routes = new Hono();
  routes.route("/_page", assetRoutes());
  for (const path of ["/", "/worlds", "/w/*"]) routes.use(path, onlyFromHere());
  routes.route("/", worldsPages(shared));
  for (const [name, answer] of Object.entries(pagesOfWorlds)) {
    const [method = "GET", path = ""] = name.split(" ");
    routes.on(method, `/w/:world${path === "/" ? "" : path}`, (context) => {
      const world = context.req.param("world") ?? "";
      const place = findPlace(shared, world, new URL(context.req.url));
      return place === undefined ? noWorld(context) : answer(context, place);
    });
  }
  routes.all("/w/*", (context) => noWorld(context));
  return routes;
}

function noWorld(context: Context): Promise<Response> {
  const page = consolePage(
    "Not here",
    html`<main id="main" class="alone">
      ${brand()}
      <section class="notice">
        <h1>There is no such page</h1>
        <p>No key has opened this world, it has no such account, or the address is mistyped.</p>
        <p><a class="button" href="/">See the worlds there are</a></p>
      </section>
    </main>`,
  );
  return send(context, page, 404);
}
