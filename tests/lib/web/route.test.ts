import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { openTestDatabase, type TestDatabase } from "#tests/support/database";

let database: TestDatabase;
let route: typeof import("#lib/web/route").route;
const own = "http://localhost:3000";

beforeAll(async () => {
  database = await openTestDatabase();
  Object.assign(process.env, {
    LOCKSTEP_URL: own,
    LOCKSTEP_SECRET: randomBytes(32).toString("hex"),
    DATABASE_APP_URL: database.appUrl,
    STRIPE_SECRET_KEY: "sk_test_1",
    STRIPE_PUBLISHABLE_KEY: "pk_test_1",
    STRIPE_WEBHOOK_SECRET_ACCOUNT: "whsec_1",
    STRIPE_WEBHOOK_SECRET_CONNECT: "whsec_1",
  });
  ({ route } = await import("#lib/web/route"));
});
afterAll(async () => {
  await (globalThis as { lockstepDb?: { close(): Promise<void> } }).lockstepDb?.close();
  await database.close();
});

const noParams = { params: Promise.resolve({}) };

test("an answer carries bigints as strings and the limit it counts against", async () => {
  const GET = route({ who: "anyone", run: () => ({ minor: 12n, at: new Date(0) }) });
  const answer = await GET(new Request(`${own}/api/v1/x`), noParams);
  expect(await answer.json()).toEqual({ minor: "12", at: "1970-01-01T00:00:00.000Z" });
  expect(answer.headers.get("ratelimit")).toMatch(/^"api";r=\d+;t=\d+$/);
});

test("bad input names every field at fault", async () => {
  const POST = route({
    who: "anyone",
    body: z.object({ name: z.string().min(1), seats: z.number() }),
    run: (_ctx, { body }) => body.name,
  });
  const request = new Request(`${own}/api/v1/x`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: own },
    body: JSON.stringify({ name: "" }),
  });
  const answer = await POST(request, noParams);
  expect(answer.status).toBe(400);
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  const problem = await answer.json();
  expect(problem.errors.map(({ field }: { field: string }) => field)).toEqual(["name", "seats"]);
});
