import { encode } from "next-auth/jwt";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { loadRoutes } from "#app/api/v1/api-document";
import type { Context } from "#lib/context";
import { Refusal } from "#lib/errors";
import type { PersonContext, TenantContext } from "#lib/tenancy/context";
import { signOutEverywhere } from "#lib/tenancy/sign-out-everywhere";
import { db } from "#lib/web/context";
import { route } from "#lib/web/route";
import { sessionCookieName, sessionSecret } from "#lib/web/session-cookie";
import { openTestDatabase, type TestDatabase } from "#tests/support/database";
import { setEnvironment } from "#tests/support/environment";
import { newAdmin, newMember, newOwner, signedIn } from "#tests/support/people";

const own = "http://localhost:3000";
let database: TestDatabase;
let system: Context;
let person: PersonContext;
let owner: TenantContext;

beforeAll(async () => {
  database = await openTestDatabase();
  system = database.context();
  setEnvironment({ DATABASE_APP_URL: database.appUrl });
  ({ person, owner } = await newOwner(system));
});
afterAll(async () => {
  await db().close();
  await database.close();
});

type Sent = {
  method?: string;
  body?: unknown;
  headers?: Record<string, string>;
  as?: PersonContext;
};

async function request({ method = "GET", body, headers = {}, as }: Sent = {}): Promise<Request> {
  const secret = sessionSecret();
  const token = as && (await encode({ token: { sessionId: as.sessionId }, secret }));
  return new Request(`${own}/api/v1/x?q=1`, {
    method,
    headers: {
      ...(token ? { cookie: `other=1; ${sessionCookieName()}=${token}` } : {}),
      ...(method === "GET" ? {} : { origin: own, "content-type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
}

const at = (params: Record<string, string> = {}) => ({ params: Promise.resolve(params) });
const problemOf = async (answer: Response) => {
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  const problem = await answer.json();
  expect(problem).toMatchObject({ status: answer.status });
  expect(problem.type).toBe(`${own}/reference/errors#${problem.code}`);
  expect(problem.requestId).toBe(answer.headers.get("request-id"));
  return problem;
};

test("an answer carries bigints as strings, dates as ISO, and the limit it counts against", async () => {
  const GET = route({ who: "anyone", run: () => ({ minor: 12n, at: new Date(0) }) });
  const answer = await GET(await request(), at());
  expect(await answer.json()).toEqual({ minor: "12", at: "1970-01-01T00:00:00.000Z" });
  expect(answer.headers.get("ratelimit")).toMatch(/^"api";r=\d+;t=\d+$/);
  expect(answer.headers.get("ratelimit-policy")).toBe('"api";q=600;w=60');
  expect(answer.headers.get("cache-control")).toBe("no-store");
});

test("nothing to say is 204; a created thing has its own status", async () => {
  const empty = route({ who: "anyone", run: () => undefined });
  expect((await empty(await request(), at())).status).toBe(204);
  const created = route({ who: "anyone", status: 201, run: () => ({ id: 1 }) });
  expect((await created(await request(), at())).status).toBe(201);
});

test("path, query and body arrive parsed", async () => {
  const POST = route({
    who: "anyone",
    params: z.object({ id: z.string() }),
    query: z.object({ q: z.coerce.number() }),
    body: z.object({ seats: z.number() }),
    run: (_ctx, sent) => sent,
  });
  const answer = await POST(await request({ method: "POST", body: { seats: 3 } }), at({ id: "a" }));
  expect(await answer.json()).toEqual({ params: { id: "a" }, query: { q: 1 }, body: { seats: 3 } });
});

test("bad input names every field at fault", async () => {
  const body = z.object({ name: z.string().min(1, "Enter a name."), seats: z.number() });
  const POST = route({ who: "anyone", body, run: () => ({}) });
  const answer = await POST(await request({ method: "POST", body: { name: "" } }), at());
  const problem = await problemOf(answer);
  expect(problem).toMatchObject({ status: 400, code: "invalid", field: "name" });
  expect(problem.detail).toBe("Enter a name.");
  expect(problem.errors.map(({ field }: { field: string }) => field)).toEqual(["name", "seats"]);
});

test.each([
  ["no JSON", { body: "{" }, 400],
  ["another type", { body: "a=1", headers: { "content-type": "text/plain" } }, 415],
  [
    "a type that only begins alike",
    { body: "{}", headers: { "content-type": "application/json5" } },
    415,
  ],
  [
    "a form, as another site's page could send",
    {
      body: "a=1",
      headers: { "content-type": "application/x-www-form-urlencoded" },
    },
    415,
  ],
  ["more than a megabyte", { body: `"${"x".repeat(1_000_001)}"` }, 413],
  ["more than a megabyte in few characters", { body: `"${"€".repeat(400_000)}"` }, 413],
  ["said to be more than a megabyte", { body: "{}", headers: { "content-length": "1e9" } }, 413],
] as const)("a body that is %s is refused", async (_what, sent, status) => {
  const POST = route({ who: "anyone", body: z.unknown(), run: () => ({}) });
  const answer = await POST(await request({ method: "POST", ...sent }), at());
  expect(await problemOf(answer)).toMatchObject({ status });
});

test("the NUL character is refused by the field it is in, wherever it is", async () => {
  const post = route({
    ...{ who: "anyone", summary: "Echo", answer: z.unknown(), idempotencyKey: false },
    params: z.object({ id: z.string() }),
    query: z.object({ q: z.string().optional() }),
    body: z.object({ words: z.array(z.object({ text: z.string() })), more: z.unknown() }),
    run: (_ctx, sent) => sent,
  });
  const good = { words: [{ text: "fine" }], more: null };
  const send = async (id: string, q: string, body: object) => {
    const { headers } = await request({ method: "POST", body });
    const sent = new Request(`${own}/api/v1/x?${new URLSearchParams({ q })}`, {
      ...{ method: "POST", headers, body: JSON.stringify(body) },
    });
    return post(sent, at({ id }));
  };
  expect((await send("1", "2", good)).status).toBe(200);
  for (const [answer, field] of [
    [await send("a\0", "2", good), "id"],
    [await send("1", "\0", good), "q"],
    [await send("1", "2", { ...good, words: [{ text: "ok" }, { text: "\0" }] }), "words.1.text"],
    [await send("1", "2", { ...good, more: { "\0": 1 } }), "more.a name"],
  ] as const) {
    expect(answer.status).toBe(400);
    expect(await problemOf(answer)).toMatchObject({ code: "invalid", field });
  }
});

test("a body that never ends is read to the limit and no further", async () => {
  let sent = 0;
  let isCancelled = false;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 100_000;
      controller.enqueue(new Uint8Array(100_000).fill(120));
    },
    cancel() {
      isCancelled = true;
    },
  });
  const headers = { origin: own, "content-type": "application/json" };
  const init = { method: "POST", headers, body: endless, duplex: "half" } as const;
  const POST = route({ who: "anyone", body: z.unknown(), run: () => ({}) });
  const answer = await POST(new Request(`${own}/api/v1/x`, init as RequestInit), at());
  expect(await problemOf(answer)).toMatchObject({ status: 413, code: "too_large" });
  expect(sent).toBeLessThan(1_500_000);
  expect(isCancelled).toBe(true);
});

test("a refusal is told with its code, field and when to come back", async () => {
  const refusal = new Refusal("too_many", "Wait.", { field: "email", retryAfterSeconds: 7 });
  const GET = route({
    who: "anyone",
    run: () => {
      throw refusal;
    },
  });
  const answer = await GET(await request(), at());
  expect(answer.headers.get("retry-after")).toBe("7");
  expect(await problemOf(answer)).toMatchObject({
    ...{ status: 429, title: "Too Many Requests", code: "too_many", field: "email" },
    detail: "Wait.",
  });
});

test("our own bug tells a reference and nothing else", async () => {
  const GET = route({
    who: "anyone",
    run: () => {
      throw new Error("password=hunter2 at postgresql://owner");
    },
  });
  const answer = await GET(await request(), at());
  const text = await answer.text();
  expect(answer.status).toBe(500);
  expect(text).toMatch(/Reference: trc_/);
  expect(text).not.toMatch(/hunter2|postgresql|Error:/);
});

test("a write from another site is refused before anything is read", async () => {
  let ran = false;
  const POST = route({
    who: "person",
    run: () => {
      ran = true;
    },
  });
  const headers = { origin: "https://evil.example" };
  const answer = await POST(await request({ method: "POST", as: person, headers }), at());
  expect(await problemOf(answer)).toMatchObject({ status: 403, code: "forbidden" });
  expect(ran).toBe(false);
});

test("who is signed in is known from the cookie we sealed, and from no other", async () => {
  const GET = route({ who: "person", run: (ctx) => ({ userId: ctx.userId }) });
  expect(await (await GET(await request({ as: person }), at())).json()).toEqual({
    userId: person.userId,
  });
  const token = await encode({
    token: { sessionId: person.sessionId },
    secret: "another installation's secret",
  });
  for (const cookie of ["", `${sessionCookieName()}=${token}`, `${sessionCookieName()}=forged`]) {
    const answer = await GET(await request({ headers: { cookie } }), at());
    expect(await problemOf(answer)).toMatchObject({ status: 401, code: "unauthenticated" });
  }
});

test("after signing out everywhere the same cookie opens nothing", async () => {
  const other = await signedIn(system, person.userId);
  const guest = await signedIn(system, (await newOwner(system)).person.userId);
  const GET = route({ who: "person", run: () => ({}) });
  expect((await GET(await request({ as: guest }), at())).status).toBe(200);
  await signOutEverywhere(guest);
  expect((await GET(await request({ as: guest }), at())).status).toBe(401);
  expect((await GET(await request({ as: other }), at())).status).toBe(200);
});

test("a tenant's endpoint lets its members in as far as their role goes, and is 404 to others", async () => {
  const GET = route({
    who: "tenant",
    permission: "audit:read",
    run: (ctx) => ({ tenantId: ctx.tenantId, role: ctx.role }),
  });
  const here = at({ tenant: owner.tenantSlug });
  expect(await (await GET(await request({ as: person }), here)).json()).toEqual({
    ...{ tenantId: owner.tenantId, role: "owner" },
  });
  const { person: member } = await newMember(system, owner, "member");
  expect((await GET(await request({ as: member }), here)).status).toBe(403);
  const { person: stranger } = await newOwner(system);
  expect((await GET(await request({ as: stranger }), here)).status).toBe(404);
  expect((await GET(await request(), here)).status).toBe(401);
});

test("the console's endpoints are 404 to everyone but the platform's people", async () => {
  const GET = route({ who: "platform", permission: "audit:read", run: () => ({}) });
  const admin = await newAdmin(system, "finance");
  const readOnly = await newAdmin(system, "read_only");
  const statusFor = async (userId: string) =>
    (await GET(await request({ as: await signedIn(system, userId) }), at())).status;
  expect(await statusFor(admin.userId)).toBe(200);
  expect(await statusFor(readOnly.userId)).toBe(403);
  expect(await statusFor(person.userId)).toBe(404);
});

test("the trace of the request is the trace of the context", async () => {
  const trace = "4bf92f3577b34da6a3ce929d0e0e4736";
  const GET = route({ who: "anyone", run: (ctx) => ({ trace: ctx.traceId, ip: ctx.origin.ip }) });
  const headers = {
    traceparent: `00-${trace}-00f067aa0ba902b7-01`,
    "x-forwarded-for": "6.6.6.6, 203.0.113.9",
  };
  const answer = await GET(await request({ headers }), at());
  expect(await answer.json()).toEqual({ trace, ip: "203.0.113.9" });
});

test("a limit is per person where one is known, and per address otherwise", async () => {
  const GET = route({ who: "anyone", limit: "verification", run: () => ({}) });
  const from = (address: string) => request({ headers: { "x-forwarded-for": address } });
  for (let use = 0; use < 5; use += 1) {
    expect((await GET(await from("203.0.113.50"), at())).status).toBe(200);
  }
  const answer = await GET(await from("203.0.113.50"), at());
  expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(3000);
  expect(await problemOf(answer)).toMatchObject({ status: 429, code: "too_many" });
  expect((await GET(await from("203.0.113.51"), at())).status).toBe(200);

  for (let host = 1; host <= 5; host += 1) {
    expect((await GET(await from(`2001:db8:7:7::${host}`), at())).status).toBe(200);
  }
  expect((await GET(await from("2001:db8:7:7::6"), at())).status).toBe(429);

  const own = route({ who: "person", limit: "verification", run: () => ({}) });
  const headers = { "x-forwarded-for": "203.0.113.50" };
  expect((await own(await request({ as: person, headers }), at())).status).toBe(200);
});

test("a path that is none is a problem, whatever is asked of it", async () => {
  const answers = (await loadRoutes())["./[...path]/route.ts"] as Record<
    string,
    (request: Request) => Response
  >;
  for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"] as const) {
    const answer = answers[method]!(await request());
    const said = { status: 404, code: "not_found", detail: expect.stringContaining("/api/v1/x") };
    expect(await problemOf(answer)).toMatchObject(said);
  }
});
