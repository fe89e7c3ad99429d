import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { openDb } from "#lib/db/client";
import { env } from "#lib/env";
import { openUsageDoor } from "#server/usage-door";
import { openWebhookDoor } from "#server/webhook-door";

/** The front server's doors in a process of their own, with the connections `web` gives them. */
const db = openDb(env().DATABASE_APP_URL, 8);
const doors = [openWebhookDoor(db), openUsageDoor(db)];
const server = createServer((request, response) => {
  if (!doors.some((door) => door(request, response))) response.writeHead(404).end();
});
server.listen(0, "127.0.0.1", () => {
  console.log(`ready ${(server.address() as AddressInfo).port}`);
});
process.once("SIGTERM", () => process.exit(0));
