import { encode } from "next-auth/jwt";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as archive from "#app/api/v1/admin/coupons/[id]/archive/route";
import * as codes from "#app/api/v1/admin/coupons/[id]/codes/route";
import * as coupon from "#app/api/v1/admin/coupons/[id]/route";
import * as coupons from "#app/api/v1/admin/coupons/route";
import * as migration from "#app/api/v1/admin/migrations/[id]/route";
import * as migrations from "#app/api/v1/admin/migrations/route";
import * as retire from "#app/api/v1/admin/plans/[id]/retire/route";
import * as plan from "#app/api/v1/admin/plans/[id]/route";
import * as drafts from "#app/api/v1/admin/plans/[id]/versions/route";
import * as plans from "#app/api/v1/admin/plans/route";
import * as backTest from "#app/api/v1/admin/plans/versions/[id]/back-test/route";
import * as compare from "#app/api/v1/admin/plans/versions/[id]/compare/route";
import * as publish from "#app/api/v1/admin/plans/versions/[id]/publish/route";
import * as publishing from "#app/api/v1/admin/plans/versions/[id]/publishing/route";
import * as version from "#app/api/v1/admin/plans/versions/[id]/route";
import * as subscribers from "#app/api/v1/admin/plans/versions/[id]/subscribers/route";
import { transact } from "#lib/db/transaction";
import type { PersonContext } from "#lib/tenancy/context";
import { db } from "#lib/web/context";
import { sessionCookieName, sessionSecret } from "#lib/web/session-cookie";
import { goodDraft } from "#tests/lib/catalog/drafts";
import { openTestDatabase, type TestDatabase } from "#tests/support/database";
import { setEnvironment } from "#tests/support/environment";
import { newAdmin, signedIn } from "#tests/support/people";

const own = "http://localhost:3000";
let database: TestDatabase;
let admin: PersonContext;
let support: PersonContext;

beforeAll(async () => {
  database = await openTestDatabase();
  setEnvironment({ DATABASE_APP_URL: database.appUrl });
  const system = database.context();
  admin = await signedIn(system, (await newAdmin(system)).userId);
  support = await signedIn(system, (await newAdmin(system, "support")).userId);
  await transact(system, "test.meter", (tx) =>
    tx.meter.create({ data: { key: "api_calls", name: "API calls", eventName: "api_calls" } }),
  );
});
afterAll(async () => {
  await db().close();
  await database.close();
});

type Handler = (
  request: Request,
  at: { params: Promise<Record<string, string>> },
) => Promise<Response>;
type Call = { id?: string; body?: unknown; query?: string; as?: PersonContext };

/** Calls a route of the console as somebody's browser does. */
async function call(handler: Handler, method: string, { id, body, query, as }: Call = {}) {
  const token = await encode({
    token: { sessionId: (as ?? admin).sessionId },
    secret: sessionSecret(),
  });
  const headers = {
    cookie: `${sessionCookieName()}=${token}`,
    ...(method === "GET" ? {} : { origin: own, "content-type": "application/json" }),
  };
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const request = new Request(`${own}/api/v1/x${query ?? ""}`, { method, headers, ...sent });
  const answer = await handler(request, { params: Promise.resolve(id ? { id } : {}) });
  const text = await answer.text();
  return { status: answer.status, body: text ? JSON.parse(text) : null };
}

test("a plan is made, drafted, refused with the field, published and watched over HTTP", async () => {
  const made = await call(plans.POST, "POST", { body: { key: "team", name: "Team" } });
  expect(made.status).toBe(201);
  const { planId, versionId: id } = made.body;
  const draft = { revision: 1, ...goodDraft() };
  const broken = structuredClone(draft);
  broken.components[0]!.prices[0]!.unitMinor = "-1";
  expect(await call(version.PUT, "PUT", { id, body: broken })).toMatchObject({
    status: 400,
    body: { code: "invalid", field: "components.0.prices.0.unitMinor" },
  });
  expect(await call(version.PUT, "PUT", { id, body: draft })).toMatchObject({
    status: 200,
    body: { revision: 2, problems: [] },
  });
  expect(await call(version.PUT, "PUT", { id, body: draft })).toMatchObject({
    status: 409,
    body: { field: "revision" },
  });
  expect((await call(version.GET, "GET", { id })).body).toMatchObject({
    draft: { ...goodDraft(), revision: 2 },
    problems: [],
  });
  expect((await call(publish.POST, "POST", { id, query: "?revision=1" })).status).toBe(409);
  expect((await call(publish.POST, "POST", { id, query: "?revision=2" })).status).toBe(202);
  expect((await call(publishing.GET, "GET", { id })).body).toMatchObject({
    status: "publishing",
    publishing: { status: "running", done: 0, total: 8 },
  });
  expect((await call(compare.POST, "POST", { id })).status).toBe(409);
  expect((await call(subscribers.GET, "GET", { id })).body).toEqual({
    ...{ rows: [], next: null, total: 0 },
  });
  const tried = await call(backTest.POST, "POST", { id, body: { months: 2 } });
  expect(tried.body).toMatchObject({ status: "finished", result: { months: 2, periods: 0 } });
  expect((await call(backTest.GET, "GET", { id })).body).toEqual(tried.body);

  const next = await call(drafts.POST, "POST", { id: planId, body: { copyOf: id } });
  expect(next.status).toBe(201);
  const second = next.body.versionId;
  expect((await call(version.DELETE, "DELETE", { id: second, query: "?revision=1" })).status).toBe(
    204,
  );
  expect((await call(plan.PATCH, "PATCH", { id: planId, body: { name: "Teams" } })).status).toBe(
    204,
  );
  expect((await call(plan.DELETE, "DELETE", { id: planId })).status).toBe(409);
  expect((await call(retire.POST, "POST", { id: planId })).status).toBe(204);
  const [listed] = (await call(plans.GET, "GET")).body.rows;
  expect(listed).toMatchObject({ key: "team", name: "Teams", retiredAt: expect.any(String) });
  const refused = { fromVersionId: id, toVersionId: id };
  expect(await call(migrations.POST, "POST", { body: refused })).toMatchObject({
    status: 400,
    body: { field: "fromVersionId" },
  });
  expect((await call(migrations.GET, "GET")).body).toEqual({ rows: [], next: null });
  expect((await call(migration.GET, "GET", { id: "none" })).status).toBe(404);
});

test("a coupon is made, given a code, renamed and archived over HTTP", async () => {
  const body = { name: "Spring", duration: "once", percentOff: "10" };
  const made = await call(coupons.POST, "POST", { body });
  expect(made.status).toBe(202);
  const id = made.body.couponId;
  expect((await call(codes.POST, "POST", { id, body: { code: "spring" } })).status).toBe(202);
  const wrong = await call(codes.POST, "POST", { id, body: { code: "a b" } });
  expect(wrong).toMatchObject({ status: 400, body: { field: "code" } });
  expect((await call(coupon.PATCH, "PATCH", { id, body: { name: "May" } })).status).toBe(204);
  expect((await call(archive.POST, "POST", { id })).status).toBe(204);
  expect((await call(coupon.GET, "GET", { id })).body).toMatchObject({
    ...{ name: "May", status: "archived", codes: [{ code: "SPRING", isActive: false }] },
  });
});

test("who only reads is answered 403 by every route that writes", async () => {
  const writes: [Handler, string, unknown][] = [
    [plans.POST, "POST", { key: "x", name: "X" }],
    [plan.DELETE, "DELETE", undefined],
    [publish.POST, "POST", undefined],
    [retire.POST, "POST", undefined],
    [coupons.POST, "POST", { name: "X", duration: "once", percentOff: "1" }],
    [migrations.POST, "POST", { fromVersionId: "a", toVersionId: "b" }],
  ];
  for (const [handler, method, body] of writes) {
    const answer = await call(handler, method, { id: "none", body, as: support });
    expect(answer).toMatchObject({ status: 403, body: { code: "forbidden" } });
  }
  expect((await call(plans.GET, "GET", { as: support })).status).toBe(200);
});
