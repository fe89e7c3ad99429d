import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { openDb } from "#lib/db/client";
import { env } from "#lib/env";
import { openWebhookDoor } from "#server/webhook-door";

/** The front server's webhook door in a process of its own, with the connections `web` gives it. */
const door = openWebhookDoor(openDb(env().DATABASE_APP_URL, 8));
const server = createServer((request, response) => {
  if (!door(request, response)) response.writeHead(404).end();
});
server.listen(0, "127.0.0.1", () => {
  console.log(`ready ${(server.address() as AddressInfo).port}`);
});
