import { createServer, type IncomingMessage } from "node:http";
import next from "next";
import { openDb } from "#lib/db/client";
import { env } from "#lib/env";
import { openUsageDoor } from "#server/usage-door";
import { openWebhookDoor } from "#server/webhook-door";

/**
 * The web process: a small server in front of Next that takes Stripe's deliveries itself, with
 * their raw bytes, and usage, and hands everything else on. It ends when told to, after what is
 * under way.
 */
const { PORT, HOST, NODE_ENV, DATABASE_APP_URL } = env();

// Connections of its own: however busy the pages are, a delivery finds one.
const db = openDb(DATABASE_APP_URL, 8);
const takeDelivery = openWebhookDoor(db);
const takeUsage = openUsageDoor(db);
const app = next({ dev: NODE_ENV === "development", dir: ".", hostname: HOST, port: PORT });
await app.prepare();
const answer = app.getRequestHandler();

const server = createServer((request, response) => {
  if (takeDelivery(request, response) || takeUsage(request, response)) return;
  nameCaller(request);
  void answer(request, response);
});
// A report of 200 MB is read no faster than it is kept, which may take more than Node's 5 minutes.
server.requestTimeout = 30 * 60_000;
server.on("upgrade", app.getUpgradeHandler());
server.listen(PORT, HOST, () => console.log(`Web ready at http://${HOST}:${PORT}`));
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, stop);

/** As a proxy would: adds whom this server was called by to what the caller claims. */
function nameCaller(request: IncomingMessage): void {
  const claimed = request.headers["x-forwarded-for"];
  const peer = request.socket.remoteAddress ?? "unknown";
  request.headers["x-forwarded-for"] = claimed ? `${claimed}, ${peer}` : peer;
}

function stop(): void {
  server.close(async () => {
    await db.close();
    process.exit(0);
  });
  server.closeIdleConnections();
  // A stream that never ends would keep the process; five seconds are enough for the rest.
  setTimeout(() => server.closeAllConnections(), 5_000).unref();
}
