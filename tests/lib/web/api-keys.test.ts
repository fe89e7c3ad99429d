import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { loadRoutes } from "#app/api/v1/api-document";
import type { Context } from "#lib/context";
import { view } from "#lib/db/transaction";
import { apiKeyScopes, givableScopes, hashApiKey, newApiKeySecret } from "#lib/tenancy/api-key";
import type { TenantContext } from "#lib/tenancy/context";
import { createApiKey } from "#lib/tenancy/create-api-key";
import { enterByKey } from "#lib/tenancy/enter-by-key";
import { listApiKeys } from "#lib/tenancy/list-api-keys";
import { listAuditEntries } from "#lib/tenancy/list-audit-entries";
import type { TenantPermission } from "#lib/tenancy/permissions";
import { tenantRoles } from "#lib/tenancy/permissions";
import { revokeApiKey } from "#lib/tenancy/revoke-api-key";
import { rotateApiKey } from "#lib/tenancy/rotate-api-key";
import { updateTenant } from "#lib/tenancy/update-tenant";
import { whyNoKey } from "#lib/web/admit";
import { placeEndpoints } from "#lib/web/api-document";
import { db } from "#lib/web/context";
import { route } from "#lib/web/route";
import { openTestDatabase, type TestDatabase } from "#tests/support/database";
import { setEnvironment } from "#tests/support/environment";
import { newMember, newOwner, unique, visitor } from "#tests/support/people";

const own = "http://localhost:3000";
const hourMs = 3_600_000;
let database: TestDatabase;
let system: Context;
let owner: TenantContext;
let stranger: TenantContext;

beforeAll(async () => {
  database = await openTestDatabase();
  system = database.context();
  setEnvironment({ DATABASE_APP_URL: database.appUrl });
  ({ owner } = await newOwner(system));
  ({ owner: stranger } = await newOwner(system));
});
afterAll(async () => {
  await db().close();
  await database.close();
});

const newKey = (scopes: TenantPermission[], over: object = {}, of = owner) =>
  createApiKey(of, { name: unique("key"), scopes, ...over });
const enter = (secret: string, ctx: Context = system) =>
  enterByKey(visitor(ctx), `Bearer ${secret}`);
const later = (ms: number) => ({ now: () => new Date(Date.now() + ms) });

function call(secret: string | undefined, method = "GET", headers: Record<string, string> = {}) {
  return new Request(`${own}/api/v1/x`, {
    method,
    headers: {
      ...(secret === undefined ? {} : { authorization: `Bearer ${secret}` }),
      "content-type": "application/json",
      ...headers,
    },
    ...(method === "GET" ? {} : { body: "{}" }),
  });
}
const at = (params: Record<string, string> = {}) => ({ params: Promise.resolve(params) });

test("a key enters its workspace with its scopes and nothing else", async () => {
  const { id, secret } = await newKey(["members:read", "billing:read"]);
  const { tenantId, tenantSlug, userId, actor, scopes } = await enter(secret);
  expect({ tenantId, tenantSlug, userId, actor, scopes }).toEqual({
    ...{ tenantId: owner.tenantId, tenantSlug: owner.tenantSlug, userId: id },
    ...{ actor: { kind: "key", keyId: id }, scopes: ["members:read", "billing:read"] },
  });
});

test("a secret is shown once, and neither the database nor the audit log holds it", async () => {
  const { id, secret } = await newKey(["billing:read"]);
  expect(secret).toMatch(/^lsk_test_[0-9A-Za-z]{49}$/);
  const kept = await view(system, (tx) => tx.apiKeySecret.findMany({ where: { keyId: id } }));
  expect(kept).toMatchObject([{ hash: hashApiKey(secret), start: secret.slice(0, 13) }]);
  const said = JSON.stringify([kept, await listApiKeys(owner), await audit(owner)], big);
  expect(said).not.toContain(secret.slice(13, -4));
  expect(JSON.stringify(await audit(owner), big)).not.toContain(hashApiKey(secret));
});

test.each([
  ["nothing", null],
  ["nothing after Bearer", "Bearer"],
  ["another scheme", `Basic ${btoa("lsk_test_x:")}`],
  ["no scheme", newApiKeySecret(false).secret],
  ["two keys", `Bearer ${newApiKeySecret(false).secret} ${newApiKeySecret(false).secret}`],
  ["a key cut off", `Bearer ${newApiKeySecret(false).secret.slice(0, -1)}`],
  ["another prefix", `Bearer ${newApiKeySecret(false).secret.replace("lsk", "sk")}`],
  ["a key of the other mode", `Bearer ${newApiKeySecret(true).secret}`],
  ["a text of a megabyte", `Bearer ${"x".repeat(1_000_000)}`],
  ["a key nobody made", `Bearer ${newApiKeySecret(false).secret}`],
])("%s in place of a key is 401, with what to send", async (_what, header) => {
  const entering = enterByKey(visitor(system), header);
  await expect(entering).rejects.toMatchObject({ code: "unauthenticated" });
});

test("a mistyped key asks nothing of the database; a whole one asks by its hash alone", async () => {
  const { secret } = await newKey(["billing:read"]);
  const asked = vi.spyOn(database.db.pool, "query");
  const typo = secret.replace(/.$/, (last) => (last === "a" ? "b" : "a"));
  await expect(enter(typo)).rejects.toMatchObject({ code: "unauthenticated" });
  expect(asked).not.toHaveBeenCalled();
  // Nothing compares secrets: what is looked for is a hash, so no time tells of a near miss.
  await enter(secret);
  expect(asked.mock.calls[0]).toMatchObject([{ values: [hashApiKey(secret)] }]);
  asked.mockRestore();
});

test("a key costs one read, and for a while after it none", async () => {
  const { secret } = await newKey(["billing:read"]);
  await vi.waitFor(async () => {
    const asked = vi.spyOn(database.db.pool, "query");
    await enter(secret);
    const reads = asked.mock.calls.length;
    asked.mockRestore();
    expect(reads).toBe(0);
  });
});

test("a revoked key is shut out at once, also where it was remembered", async () => {
  const { id, secret } = await newKey(["billing:read"]);
  // Another process: a database of its own, whose memory the revoking one cannot reach.
  await vi.waitFor(async () => {
    await enter(secret, { ...system, db: db() });
    const asked = vi.spyOn(db().pool, "query");
    await enter(secret, { ...system, db: db() });
    const isRemembered = asked.mock.calls.length === 0;
    asked.mockRestore();
    expect(isRemembered).toBe(true);
  });
  await revokeApiKey(owner, { keyId: id });
  await vi.waitFor(
    () =>
      expect(enter(secret, { ...system, db: db() })).rejects.toMatchObject({
        message: expect.stringContaining("revoked"),
      }),
    { timeout: 2_000 },
  );
  await revokeApiKey(owner, { keyId: id });
  expect((await listApiKeys(owner)).find((key) => key.id === id)).toMatchObject({
    ...{ state: "revoked", secrets: [] },
  });
});

test("a key expires by the product's clock, to the instant", async () => {
  const expiresAt = new Date(Date.now() + hourMs);
  const { secret } = await newKey(["billing:read"], { expiresAt });
  await enter(secret, { ...system, now: () => new Date(expiresAt.getTime() - 1) });
  const over = enter(secret, { ...system, now: () => expiresAt });
  await expect(over).rejects.toMatchObject({ message: expect.stringContaining("expired") });
  const past = newKey(["billing:read"], { expiresAt: new Date(Date.now() - 1) });
  await expect(past).rejects.toMatchObject({ code: "invalid", field: "expiresAt" });
});

test("after a rotation both secrets open the key until the overlap is over", async () => {
  const { id, secret: old } = await newKey(["billing:read"]);
  const { secret: fresh } = await rotateApiKey(owner, { keyId: id, overlapHours: 24 });
  expect((await enter(old)).userId).toBe(id);
  expect((await enter(fresh)).userId).toBe(id);
  const tomorrow = { ...system, ...later(24 * hourMs + 1000) };
  await expect(enter(old, tomorrow)).rejects.toMatchObject({ code: "unauthenticated" });
  expect((await enter(fresh, tomorrow)).userId).toBe(id);
});

test("a rotation without overlap ends every older secret now", async () => {
  const { id, secret: first } = await newKey(["billing:read"]);
  const { secret: second } = await rotateApiKey(owner, { keyId: id, overlapHours: 168 });
  const { secret: third } = await rotateApiKey(owner, { keyId: id, overlapHours: 0 });
  await vi.waitFor(async () => {
    for (const secret of [first, second]) {
      await expect(enter(secret)).rejects.toMatchObject({ code: "unauthenticated" });
    }
  });
  expect((await enter(third)).userId).toBe(id);
  await revokeApiKey(owner, { keyId: id });
  const again = rotateApiKey(owner, { keyId: id, overlapHours: 0 });
  await expect(again).rejects.toMatchObject({ code: "conflict" });
});

test("nobody gives a key what they may not do, and nobody gives what no key may", async () => {
  const { member: developer } = await newMember(system, owner, "developer");
  const beyond = newKey(["billing:update"], {}, developer);
  await expect(beyond).rejects.toMatchObject({ code: "forbidden", field: "scopes" });
  for (const role of tenantRoles) {
    expect(givableScopes(role)).not.toContain("keys:update");
    expect(givableScopes(role)).not.toContain("owners:update");
  }
});

test("another workspace can neither see, rotate nor revoke a key", async () => {
  const { id } = await newKey(["billing:read"]);
  expect((await listApiKeys(stranger)).map((key) => key.id)).not.toContain(id);
  const acts = [
    () => rotateApiKey(stranger, { keyId: id, overlapHours: 0 }),
    () => revokeApiKey(stranger, { keyId: id }),
  ];
  for (const act of acts) await expect(act()).rejects.toMatchObject({ code: "not_found" });
});

test("what a key does stands in the audit log under the key's name", async () => {
  const name = unique("Deploy");
  const { id, secret } = await newKey(["tenant:update"], { name });
  await updateTenant(await enter(secret), { name: unique("Renamed") });
  const [entry] = await audit(owner);
  expect(entry).toMatchObject({ actor: id, actorName: name, action: "tenancy.update-tenant" });
});

test("when a secret was last used is written down", async () => {
  const { id, secret } = await newKey(["billing:read"]);
  await enter(secret);
  await vi.waitFor(async () => {
    const key = (await listApiKeys(owner)).find((candidate) => candidate.id === id);
    expect(key?.lastUsedAt).not.toBeNull();
  });
});

test("a route without a workspace takes the one of the key", async () => {
  const GET = route({ who: "key", permission: "billing:read", run: (ctx) => [ctx.tenantSlug] });
  const { secret } = await newKey(["billing:read"]);
  const answer = await GET(call(secret), at());
  expect(await answer.json()).toEqual([owner.tenantSlug]);
  expect(answer.headers.get("ratelimit")).toMatch(
    /^"api.key";r=\d+;t=\d+, "api.workspace";r=\d+;t=\d+$/,
  );
  const refused = await GET(call(undefined), at());
  expect(refused.status).toBe(401);
  expect(refused.headers.get("www-authenticate")).toBe('Bearer realm="api"');
});

test("a key's write needs no Origin, and another site's page cannot borrow a person's", async () => {
  const POST = route({ who: "tenant", permission: "billing:update", run: () => ({}) });
  const { secret } = await newKey(["billing:update"]);
  const params = at({ tenant: owner.tenantSlug });
  const elsewhere = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };
  expect((await POST(call(secret, "POST"), params)).status).toBe(200);
  const person = await POST(call(undefined, "POST", { ...elsewhere, cookie: "a=1" }), params);
  expect(person.status).toBe(403);
});

/** Every route that takes a workspace's callers, as it is declared, without its verb. */
const guarded = placeEndpoints(await loadRoutes()).filter(
  ({ endpoint: { who } }) => who === "tenant" || who === "key",
);
const bare = guarded.map(({ path, method, endpoint }) => ({
  ...{ path, method, endpoint, permission: endpoint.permission as TenantPermission | undefined },
  handler: route({
    ...{ who: endpoint.who as "tenant", permission: endpoint.permission as TenantPermission },
    ...(endpoint.people && { people: true as const }),
    run: () => ({ in: true }),
  }),
}));

test("key × scope × route: each scope opens exactly the routes that take it", async () => {
  expect(bare.length).toBeGreaterThan(30);
  const wrong: string[] = [];
  for (const scope of apiKeyScopes) {
    const { secret } = await newKey([scope]);
    for (const { path, method, endpoint, permission, handler } of bare) {
      const { status } = await handler(call(secret, method), at({ tenant: owner.tenantSlug }));
      const opens = whyNoKey(endpoint) === undefined && permission === scope;
      if (status !== (opens ? 200 : 403)) wrong.push(`${scope} ${method} ${path}: ${status}`);
    }
    const [first] = bare.filter(({ endpoint: { who } }) => who === "tenant");
    const foreign = at({ tenant: stranger.tenantSlug });
    const { status } = await first!.handler(call(secret, first!.method), foreign);
    if (status !== 404 && status !== 403) wrong.push(`${scope}: a foreign workspace is ${status}`);
  }
  expect(wrong).toEqual([]);
});

test("a key with every scope finds no other workspace, and one that does not exist no less", async () => {
  const { secret } = await newKey([...apiKeyScopes]);
  const GET = route({ who: "tenant", permission: "billing:read", run: () => ({}) });
  for (const tenant of [stranger.tenantSlug, "no-such-workspace"]) {
    const answer = await GET(call(secret), at({ tenant }));
    expect(await answer.json()).toMatchObject({
      ...{ status: 404, detail: expect.stringContaining("no such workspace") },
    });
  }
});

test("a key is refused where only people or the platform's own may", async () => {
  const { secret } = await newKey([...apiKeyScopes]);
  const forPeople = route({ who: "person", run: () => ({}) });
  const forPlatform = route({ who: "platform", permission: "platform:read", run: () => ({}) });
  const about = route({ who: "tenant", run: () => ({}) });
  for (const handler of [forPeople, forPlatform, about]) {
    const answer = await handler(call(secret), at({ tenant: owner.tenantSlug }));
    expect(answer.status).toBe(403);
  }
});

async function audit(ctx: TenantContext) {
  return (await listAuditEntries(ctx, { limit: 50 })).rows;
}

function big(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}
