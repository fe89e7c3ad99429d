import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { TenantContext } from "#lib/tenancy/context";
import { createApiKey } from "#lib/tenancy/create-api-key";
import { db } from "#lib/web/context";
import { limits } from "#lib/web/limits";
import { countUse } from "#lib/web/rate-limit";
import { route } from "#lib/web/route";
import { openTestDatabase, type TestDatabase } from "#tests/support/database";
import { setEnvironment } from "#tests/support/environment";
import { newOwner, unique } from "#tests/support/people";

let database: TestDatabase;
let owner: TenantContext;

beforeAll(async () => {
  database = await openTestDatabase();
  setEnvironment({ DATABASE_APP_URL: database.appUrl });
  ({ owner } = await newOwner(database.context()));
});
afterAll(async () => {
  await db().close();
  await database.close();
});

const { points, draw } = limits["api.key"];

test("uses that are drawn ahead cost the database one write each draw", async () => {
  const asked = vi.spyOn(database.db.pool, "query");
  const who = unique("key");
  for (let use = 0; use < draw; use += 1) await countUse(database.db, "api.key", who);
  expect(asked).toHaveBeenCalledTimes(1);
  await countUse(database.db, "api.key", who);
  expect(asked).toHaveBeenCalledTimes(2);
  asked.mockRestore();
});

test("what remains goes down by one a use, over every draw", async () => {
  const who = unique("key");
  const seen: number[] = [];
  for (let use = 0; use < draw + 2; use += 1) {
    seen.push((await countUse(database.db, "api.key", who)).remaining);
  }
  expect(seen).toEqual(Array.from({ length: draw + 2 }, (_, use) => points - 1 - use));
});

test("two processes that draw share one limit to the last use, and never pass it", async () => {
  const who = unique("key");
  const processes = [database.db, db()];
  let admitted = 0;
  let refused = 0;
  for (let use = 0; use < points + 2 * draw; use += 1) {
    await countUse(processes[use % 2]!, "api.key", who).then(
      () => (admitted += 1),
      () => (refused += 1),
    );
  }
  expect({ admitted, refused }).toEqual({ admitted: points, refused: 2 * draw });
});

test("more uses than there are left are refused whole", async () => {
  const who = unique("person");
  const { points: most } = limits["invitation.person"];
  await countUse(database.db, "invitation.person", who, most - 1);
  const tooMany = countUse(database.db, "invitation.person", who, 2);
  await expect(tooMany).rejects.toMatchObject({ code: "too_many" });
});

test("a key past its limit is 429 with when to come back, and every limit in the headers", async () => {
  const { id, secret } = await createApiKey(owner, { name: "k", scopes: ["tenant:read"] });
  const GET = route({ who: "tenant", permission: "tenant:read", run: () => ({}) });
  const ask = () =>
    GET(
      new Request("http://localhost:3000/api/v1/x", {
        headers: { authorization: `Bearer ${secret}` },
      }),
      { params: Promise.resolve({ tenant: owner.tenantSlug }) },
    );
  const first = await ask();
  expect(first.headers.get("ratelimit-policy")).toBe(
    '"api.key";q=3000;w=60, "api.workspace";q=6000;w=60',
  );
  expect(first.headers.get("ratelimit")).toContain(`"api.key";r=${points - 1};t=`);
  await countUse(db(), "api.key", `key:${id}`, points - draw);
  for (let use = 1; use < draw; use += 1) await ask();
  const refused = await ask();
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(refused.headers.get("ratelimit")).toContain('"api.key";r=0;t=');
  expect(await refused.json()).toMatchObject({
    ...{ code: "too_many", detail: expect.stringContaining("requests by this key") },
  });
});

test("whoever tries keys that open nothing is slowed down by address", async () => {
  const GET = route({ who: "key", run: () => ({}) });
  const { points: most } = limits["key.refused"];
  await countUse(db(), "key.refused", "203.0.113.7", most);
  const request = new Request("http://localhost:3000/api/v1/x", {
    headers: { authorization: "Bearer lsk_test_x", "x-forwarded-for": "203.0.113.7" },
  });
  const answer = await GET(request, { params: Promise.resolve({}) });
  expect(answer.status).toBe(429);
});
