import { encode } from "next-auth/jwt";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as event from "#app/api/v1/tenants/[tenant]/events/[event]/route";
import * as events from "#app/api/v1/tenants/[tenant]/events/route";
import * as replay from "#app/api/v1/tenants/[tenant]/webhook-deliveries/[delivery]/replay/route";
import * as delivery from "#app/api/v1/tenants/[tenant]/webhook-deliveries/[delivery]/route";
import * as deliveries from "#app/api/v1/tenants/[tenant]/webhook-deliveries/route";
import * as disable from "#app/api/v1/tenants/[tenant]/webhook-endpoints/[endpoint]/disable/route";
import * as enable from "#app/api/v1/tenants/[tenant]/webhook-endpoints/[endpoint]/enable/route";
import * as replaySince from "#app/api/v1/tenants/[tenant]/webhook-endpoints/[endpoint]/replay/route";
import * as rotate from "#app/api/v1/tenants/[tenant]/webhook-endpoints/[endpoint]/rotate-secret/route";
import * as endpoint from "#app/api/v1/tenants/[tenant]/webhook-endpoints/[endpoint]/route";
import * as tests from "#app/api/v1/tenants/[tenant]/webhook-endpoints/[endpoint]/test/route";
import * as endpoints from "#app/api/v1/tenants/[tenant]/webhook-endpoints/route";
import type { PersonContext, TenantContext } from "#lib/tenancy/context";
import { enterTenant } from "#lib/tenancy/enter-tenant";
import { db } from "#lib/web/context";
import { sessionCookieName, sessionSecret } from "#lib/web/session-cookie";
import { openScene, readDeliveries, type Scene } from "#tests/lib/webhooks/scene";
import { newMember, newOwner } from "#tests/support/people";

const own = "http://localhost:3000";
let scene: Scene;
let person: PersonContext;
let owner: TenantContext;
let member: PersonContext;

beforeAll(async () => {
  scene = await openScene();
  ({ person, owner } = await newOwner(scene.system));
  member = (await newMember(scene.system, owner, "member")).person;
});
afterAll(async () => {
  await db().close();
  await scene.close();
});

type Handler = (
  request: Request,
  at: { params: Promise<Record<string, string>> },
) => Promise<Response>;
type Call = { params?: Record<string, string>; body?: unknown; as?: PersonContext; query?: string };

/** Calls a route as the browser of a signed-in person does. */
async function call(handler: Handler, method: string, { params, body, as, query }: Call = {}) {
  const secret = sessionSecret();
  const token = await encode({ token: { sessionId: (as ?? person).sessionId }, secret });
  const headers = {
    cookie: `${sessionCookieName()}=${token}`,
    ...(method === "GET" ? {} : { origin: own, "content-type": "application/json" }),
  };
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const request = new Request(`${own}/api/v1/x${query ?? ""}`, { method, headers, ...sent });
  const at = { params: Promise.resolve({ tenant: owner.tenantSlug, ...params }) };
  const answer = await handler(request, at);
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: text ? JSON.parse(text) : null };
}

const wanted = { url: "http://127.0.0.1:9/", types: ["charge.failed"] };

test("an endpoint lives its whole life through the API", async () => {
  const made = await call(endpoints.POST, "POST", { body: wanted });
  expect(made).toMatchObject({ status: 201, body: { secret: expect.stringMatching(/^whsec_/) } });
  expect(made.headers.get("ratelimit-policy")).toMatch(/^"webhook.write"/);
  expect(made.headers.get("cache-control")).toBe("no-store");
  const params = { endpoint: made.body.id };
  const read = await call(endpoint.GET, "GET", { params });
  expect(read.body).toMatchObject({ url: wanted.url, state: "on", secrets: [{ endsAt: null }] });
  expect(JSON.stringify(read.body)).not.toContain("whsec_");

  const changed = await call(endpoint.PATCH, "PATCH", { params, body: { description: "Shop" } });
  expect(changed.status).toBe(204);
  expect((await call(disable.POST, "POST", { params })).status).toBe(204);
  expect((await call(endpoints.GET, "GET")).body).toMatchObject({
    rows: [{ description: "Shop", state: "off", disabledBecause: "person" }],
    next: null,
  });
  expect((await call(enable.POST, "POST", { params })).status).toBe(204);
  const rotated = await call(rotate.POST, "POST", { params, body: {} });
  expect(rotated.body).toMatchObject({ secret: expect.stringMatching(/^whsec_/) });
  const tested = await call(tests.POST, "POST", { params, body: { type: "charge.failed" } });
  expect(tested.status).toBe(201);
  expect(tested.headers.get("ratelimit-policy")).toMatch(/^"webhook.test"/);
  const since = new Date(Date.now() - 60_000).toISOString();
  const replayed = await call(replaySince.POST, "POST", { params, body: { since } });
  expect(replayed.body).toEqual({ failed: 0, missed: 0, isAll: true });
  expect((await call(endpoint.DELETE, "DELETE", { params })).status).toBe(204);
  expect((await call(endpoint.GET, "GET", { params })).status).toBe(404);
});

test("what happened, and what was sent of it, is read and sent again through the API", async () => {
  await scene.listen(owner, wanted.url);
  const [fact] = await scene.happen(owner, 3);
  const listed = await call(events.GET, "GET", { query: "?type=charge.failed" });
  expect(listed.body.rows).toHaveLength(3);
  const reference = encodeURIComponent(fact!.reference);
  const one = await call(event.GET, "GET", { params: { event: reference } });
  expect(one.body).toMatchObject({ reference: fact!.reference, deliveries: [{}] });
  for (const broken of ["%E0%A4%A", "none"]) {
    expect((await call(event.GET, "GET", { params: { event: broken } })).status).toBe(404);
  }
  expect((await call(deliveries.GET, "GET", { query: "?status=queued" })).body.rows).toHaveLength(
    3,
  );
  const [row] = await readDeliveries(scene, owner);
  const params = { delivery: row!.id };
  expect((await call(delivery.GET, "GET", { params })).body).toMatchObject({ tries: [] });
  const again = await call(replay.POST, "POST", { params });
  expect(again.status).toBe(204);
  expect(again.headers.get("ratelimit-policy")).toMatch(/^"webhook.replay"/);
});

test("a refusal names the field, and a broken page link is said", async () => {
  const bad = { ...wanted, url: "https://10.0.0.1/" };
  const refused = await call(endpoints.POST, "POST", { body: bad });
  expect(refused).toMatchObject({ status: 400, body: { code: "invalid", field: "url" } });
  const none = await call(endpoints.POST, "POST", { body: { ...wanted, types: [] } });
  expect(none.body).toMatchObject({ field: "types", detail: "Choose at least one type of event." });
  const broken = await call(deliveries.GET, "GET", { query: "?cursor=x" });
  expect(broken).toMatchObject({ status: 400, body: { field: "cursor" } });
});

test("who may not is refused before anything is read, and who is not here finds nothing", async () => {
  const forbidden = await call(endpoints.POST, "POST", { as: member, body: wanted });
  expect(forbidden).toMatchObject({ status: 403, body: { code: "forbidden" } });
  const stranger = (await newOwner(scene.system)).person;
  await expect(enterTenant(stranger, owner.tenantSlug)).rejects.toMatchObject({
    code: "not_found",
  });
  expect((await call(endpoints.GET, "GET", { as: stranger })).status).toBe(404);
});
