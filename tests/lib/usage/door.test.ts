import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { POST } from "#app/api/v1/usage/route";
import type { TenantContext } from "#lib/tenancy/context";
import { createApiKey } from "#lib/tenancy/create-api-key";
import { createRequestLimit } from "#lib/usage/limit-requests";
import { setUsageLimit } from "#lib/usage/set-limit";
import { openUsageDoor } from "#server/usage-door";
import { countAll, plantMeters } from "#tests/lib/usage/meters";
import { openTestDatabase, type TestDatabase } from "#tests/support/database";
import { setEnvironment } from "#tests/support/environment";
import { newOwner, unique } from "#tests/support/people";

vi.setConfig({ testTimeout: 30_000 });

let database: TestDatabase;
let server: Server;
let owner: TenantContext;
let secret: string;
let readOnly: string;

beforeAll(async () => {
  database = await openTestDatabase();
  setEnvironment({ DATABASE_APP_URL: database.appUrl });
  await plantMeters(database.context());
  owner = (await newOwner(database.context())).owner;
  secret = (await createApiKey(owner, { name: "Meter", scopes: ["usage:write"] })).secret;
  readOnly = (await createApiKey(owner, { name: "Reader", scopes: ["usage:read"] })).secret;
  const cap = { meterKey: "peak", act: "hard_cap", measure: "units", amount: "5" } as const;
  await setUsageLimit(owner, cap);
  const door = openUsageDoor(database.db);
  server = createServer((request, response) => {
    if (!door(request, response)) response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve());
  });
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  const { db } = await import("#lib/web/context");
  await db().close();
  await database.close();
});

type Sent = { body: string; key?: string | null; type?: string };
const requestOf = (url: string, { body, key = secret, type = "application/json" }: Sent) =>
  new Request(url, {
    method: "POST",
    body,
    headers: { "content-type": type, ...(key && { authorization: `Bearer ${key}` }) },
  });

/** Both doors of one room. */
const doors: [string, (sent: Sent) => Promise<Response>][] = [
  ["the route", (sent) => POST(requestOf("http://localhost/api/v1/usage", sent))],
  [
    "the front server",
    (sent) => {
      const { port } = server.address() as AddressInfo;
      return fetch(requestOf(`http://127.0.0.1:${port}/api/v1/usage`, sent));
    },
  ],
];

test.each(doors)("%s takes one and many, and says what was refused", async (_name, send) => {
  const key = unique("k");
  const one = await send({ body: JSON.stringify({ key, meter: "calls", value: 2 }) });
  expect([one.status, await one.json()]).toEqual([
    200,
    { accepted: 1, duplicates: 0, refused: [] },
  ]);
  expect(one.headers.get("ratelimit-policy")).toContain('"usage"');
  expect(one.headers.get("request-id")).toMatch(/^trc_/);

  const events = [
    { key, meter: "calls", value: 3 },
    { key: unique("k"), meter: "calls" },
  ];
  const many = await send({ body: JSON.stringify(events) });
  expect(many.status).toBe(207);
  expect(await many.json()).toMatchObject({ accepted: 1, refused: [{ index: 0, status: 409 }] });
});

test.each(doors)("%s answers each fault as a problem", async (_name, send) => {
  const event = { key: unique("k"), meter: "calls" };
  const faults: [Sent, number, string][] = [
    [{ body: "{}", key: null }, 401, "Send an API key"],
    [{ body: "{}", key: `${secret.slice(0, -1)}!` }, 401, "not a whole API key"],
    [{ body: JSON.stringify(event), key: readOnly }, 403, "usage:write"],
    [{ body: JSON.stringify(event), type: "text/plain" }, 415, "application/json"],
    [{ body: "{" }, 400, "not valid JSON"],
    [{ body: "[]" }, 400, "empty"],
    [{ body: JSON.stringify({ ...event, meter: "miles" }) }, 400, "There is no meter miles"],
    [{ body: JSON.stringify([{ ...event, value: -1 }]) }, 400, "never negative"],
    [{ body: JSON.stringify(Array(1001).fill(event)) }, 413, "1000 events"],
    [{ body: `"${"x".repeat(1_000_001)}"` }, 413, "larger than 1 MB"],
  ];
  for (const [sent, status, words] of faults) {
    const answer = await send(sent);
    const problem = (await answer.json()) as { status: number; detail: string };
    expect([answer.status, problem.status, problem.detail]).toEqual([
      ...[status, status, expect.stringContaining(words)],
    ]);
    expect(answer.headers.get("content-type")).toContain("application/problem+json");
  }
});

test.each(doors)("%s keeps digits that a number would lose", async (_name, send) => {
  const before = (await countAll(owner)).storage;
  const body = `{"key": "${unique("k")}", "meter": "storage", "value": 123456789012.00000001}`;
  expect((await send({ body })).status).toBe(200);
  expect([before, (await countAll(owner)).storage]).toEqual([before, "123456789012.00000001"]);
});

test.each(doors)("%s answers 402 past a hard cap, with what to do", async (_name, send) => {
  const answer = await send({
    body: JSON.stringify({ key: unique("k"), meter: "peak", value: 6 }),
  });
  expect(answer.status).toBe(402);
  expect(await answer.json()).toMatchObject({
    ...{ status: 402, code: "payment_required", title: "Payment Required" },
    type: expect.stringMatching(/\/reference\/errors#payment_required$/),
    detail: expect.stringContaining("Raise or remove the cap"),
  });
});

test("a key that sends too often waits for the next second, and no other key with it", () => {
  let now = 0;
  const limit = createRequestLimit(2, () => now);
  const states = [limit("key_a"), limit("key_a"), limit("key_b")].map(({ state }) => state);
  expect(states).toEqual(['"usage";r=1;t=1', '"usage";r=0;t=1', '"usage";r=1;t=1']);
  const refusal = { code: "too_many", retryAfterSeconds: 1 };
  expect(() => limit("key_a")).toThrow(expect.objectContaining(refusal));
  now = 999;
  expect(() => limit("key_a")).toThrow(expect.objectContaining(refusal));
  expect(limit("key_b").state).toBe('"usage";r=0;t=1');
  now = 1_000;
  expect(limit("key_a").state).toBe('"usage";r=1;t=1');
});
