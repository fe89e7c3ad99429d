import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { openDb } from "#lib/db/client";
import { env } from "#lib/env";
import { storeDelivery } from "#lib/events/store-delivery";
import type { StripeEvent } from "#scripts/bench/stripe-history";

/**
 * The least that any door before an inbox does, in a process of its own: reads a request, stores
 * its body with whatever arrived beside it, answers. Nothing is verified, checked or told.
 */
const db = openDb(env().DATABASE_APP_URL, 8);
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    store(Buffer.concat(chunks)).then(
      () => response.writeHead(200, { "content-length": 0 }).end(),
      (error) => response.writeHead(500).end(String(error)),
    );
  });
});
server.listen(0, "127.0.0.1", () => {
  console.log(`ready ${(server.address() as AddressInfo).port}`);
});
process.once("SIGTERM", () => process.exit(0));

async function store(body: Buffer): Promise<void> {
  const { id, type, created, data } = JSON.parse(body.toString()) as StripeEvent;
  const { id: objectId = "", object } = data.object;
  const instants = [new Date(created * 1000), new Date()] as const;
  const state = ["waiting", null, null, ""] as const;
  await storeDelivery(db, [
    id,
    "account",
    "",
    type,
    object,
    objectId,
    0,
    ...instants,
    ...state,
    body,
  ]);
}
