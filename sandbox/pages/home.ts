import { Hono } from "hono";
import { html } from "hono/html";
import type { Engine } from "#sandbox/engine";
import { mark, page, pageHeaders } from "#sandbox/pages/layout";
import { openWorld } from "#sandbox/world/world";

/** The root: what this is, and what its worlds hold. */
export function homePages(engine: Engine): Hono {
  const pages = new Hono();
  pages.get("/", async (context) => {
    const worlds = engine.namespaces.opened().map((namespace) => {
      const { database } = engine;
      const { account } = namespace;
      const world = openWorld({ database, namespace, account, origin: "" });
      return {
        name: namespace.name,
        time: new Date(namespace.clock.now() * 1000).toUTCString(),
        isMoved: namespace.clock.offset !== 0,
        customers: world.count("customer"),
        subscriptions: world.count("subscription"),
        events: world.count("event"),
      };
    });
    return context.body(String(await homeView(worlds)), 200, pageHeaders());
  });
  return pages;
}

interface Listed {
  name: string;
  time: string;
  isMoved: boolean;
  customers: number;
  subscriptions: number;
  events: number;
}

function homeView(worlds: Listed[]) {
  return page(
    "What this is",
    html`<main class="invoice">
      ${mark()}
      <h1>A Stripe of your own</h1>
      <p>
        This server answers Stripe's API on this machine, for developing and testing. It keeps
        state, sends signed webhooks and never moves money. Each test key has a world of its own.
      </p>
      ${
        worlds.length === 0
          ? html`<p>
              No key has been used yet. Send a request with any key like <code>sk_test_mine</code>.
            </p>`
          : html`<div class="wide" role="region" aria-label="Worlds" tabindex="0"><table>
            <caption>Worlds</caption>
            <thead>
              <tr>
                <th scope="col">Key</th><th scope="col">Its time</th><th scope="col">Customers</th>
                <th scope="col">Subscriptions</th><th scope="col">Events</th>
              </tr>
            </thead>
            <tbody>
              ${worlds.map(
                (world) => html`<tr>
                  <td><code>sk_test_${world.name}</code></td>
                  <td>${world.time}${world.isMoved ? " (moved)" : ""}</td>
                  <td>${world.customers}</td>
                  <td>${world.subscriptions}</td>
                  <td>${world.events}</td>
                </tr>`,
              )}
            </tbody>
          </table>`
      }
    </main>`,
  );
}
