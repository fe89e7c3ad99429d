import { createHmac, randomBytes } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { POST } from "#app/api/webhooks/stripe/[endpoint]/route";
import { deliveryLimitBytes } from "#lib/events/receive-delivery";
import { openWebhookDoor } from "#server/webhook-door";
import { openWorld, type World } from "#tests/lib/billing/world";

let world: World;
let front: Server;

beforeAll(async () => {
  world = await openWorld();
  const take = openWebhookDoor(world.database.db);
  front = createServer((request, response) => {
    if (!take(request, response)) response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => front.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  front.closeAllConnections();
  front.close();
  await world.close();
});

type Door = (endpoint: string, body: string, signature: string) => Promise<Response>;

/** The two ways in: ahead of Next, and the route handler. */
const doors: Record<string, Door> = {
  "the front server": (endpoint, body, signature) => {
    const { port } = front.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}/api/webhooks/stripe/${endpoint}`;
    return fetch(url, { method: "POST", body, headers: { "stripe-signature": signature } });
  },
  "the route handler": (endpoint, body, signature) => {
    const url = `http://127.0.0.1/api/webhooks/stripe/${endpoint}`;
    const headers = { "stripe-signature": signature };
    const request = new Request(url, { method: "POST", body, headers });
    return POST(request, { params: Promise.resolve({ endpoint }) });
  },
};

function event(over: object = {}): string {
  return JSON.stringify({
    id: `evt_${randomBytes(6).toString("hex")}`,
    object: "event",
    type: "invoice.paid",
    livemode: false,
    created: 1_800_000_000,
    data: { object: { id: "in_1", object: "invoice" } },
    ...over,
  });
}

function sign(body: string, endpoint: "account" | "connect" = "account"): string {
  const t = Math.floor(Date.now() / 1000);
  const [secret] = world.door.secrets[endpoint];
  const hmac = createHmac("sha256", secret!).update(`${t}.${body}`).digest("hex");
  return `t=${t},v1=${hmac}`;
}

describe.each(Object.entries(doors))("through %s", (_name, send) => {
  test("a genuine event is taken, and taken again without effect", async () => {
    const body = event();
    const first = await send("account", body, sign(body));
    expect([first.status, await first.json()]).toEqual([200, { received: true, duplicate: false }]);
    const second = await send("account", body, sign(body));
    expect([second.status, await second.json()]).toEqual([
      200,
      { received: true, duplicate: true },
    ]);
  });

  test("each endpoint believes its own secret alone", async () => {
    const body = event({ account: "acct_1" });
    expect((await send("connect", body, sign(body))).status).toBe(400);
    expect((await send("connect", body, sign(body, "connect"))).status).toBe(200);
  });

  test("letters outside ASCII arrive as they were signed", async () => {
    const body = event({ note: "Zürich — 東京 🎉" });
    expect((await send("account", body, sign(body))).status).toBe(200);
  });

  test("forged, garbled and huge bodies are answered and refused", async () => {
    const body = event();
    const huge = event({ padding: "x".repeat(deliveryLimitBytes) });
    const statuses = [
      await send("account", body, "t=1,v1=00"),
      await send("account", "{", sign("{")),
      await send("account", huge, sign(huge)),
    ].map(({ status }) => status);
    expect(statuses).toEqual([400, 400, 413]);
  });

  test("there is no third endpoint", async () => {
    const body = event();
    expect((await send("other", body, sign(body))).status).toBe(404);
  });
});
