import { createServer, type Server } from "node:http";
import { getRequestListener, type HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import { adminRoutes } from "#sandbox/admin/routes";
import { consoleRoutes } from "#sandbox/console/routes";
import { createEngine } from "#sandbox/engine";
import { pageRoutes } from "#sandbox/pages/routes";
import { answerRequest } from "#sandbox/protocol/answer";
import { ConnectionCut } from "#sandbox/protocol/suffer-fault";
import { completeCheckout } from "#sandbox/resources/checkout-completion";
import { jobs } from "#sandbox/resources/jobs";
import { completeOnboarding } from "#sandbox/resources/onboarding";
import { routes } from "#sandbox/resources/routes";
import { openDatabase } from "#sandbox/store/database";
import { createScheduler } from "#sandbox/world/scheduler";

/** How a local Stripe is started. */
export interface SandboxOptions {
  port?: number;
  host?: string;
  /** Keeps nothing on disk. */
  memory?: boolean;
  dataFolder?: string;
  /** Makes every id repeatable. */
  seed?: number;
  /** Hears of every request to the API and what it was answered with. */
  onAnswer?: (exchange: Exchange) => void;
}

/** A request to the API and its answer. */
export interface Exchange {
  request: Request;
  status: number;
  body: string;
}

/** A running local Stripe. */
export interface Sandbox {
  url: string;
  port: number;
  close(): Promise<void>;
}

/** Starts a local Stripe in this process, listening before it resolves. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { host = "127.0.0.1", memory = options.dataFolder === undefined } = options;
  const database = openDatabase(memory ? undefined : options.dataFolder);
  let url = "";
  const engine = createEngine({ database, routes, seed: options.seed, origin: () => url });
  const scheduler = createScheduler(engine, jobs);

  const acts = { completeCheckout, completeOnboarding };
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.route("/_sandbox", adminRoutes({ engine, scheduler, acts }));
  app.route("/", consoleRoutes({ engine, scheduler, acts, origin: () => url }));
  app.route("/", pageRoutes(engine));
  app.all("*", async (context) => {
    try {
      const response = await answerRequest(engine, context.req.raw);
      if (options.onAnswer && response.body !== null) {
        const body = await response.clone().text();
        options.onAnswer({ request: context.req.raw, status: response.status, body });
      }
      return response;
    } catch (error) {
      if (!(error instanceof ConnectionCut)) throw error;
      context.env.outgoing.socket?.destroy();
      return new Response(null, { status: 499 });
    }
  });

  const server = createServer(getRequestListener(app.fetch, { overrideGlobalObjects: false }));
  server.keepAliveTimeout = 60_000;
  const port = await listen(server, options.port ?? 0, host);
  url = `http://${host}:${port}`;
  engine.deliverer.wake();
  return {
    url,
    port,
    async close() {
      scheduler.stop();
      await closed(server);
      await engine.deliverer.stop();
      database.close();
    },
  };
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
