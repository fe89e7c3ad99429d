import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import type { Context } from "#lib/context";
import { transact, view } from "#lib/db/transaction";
import { sweep } from "#lib/dispatch/sweep";
import { Refusal } from "#lib/errors";
import type { TenantContext } from "#lib/tenancy/context";
import { createApiKey } from "#lib/tenancy/create-api-key";
import { listApiKeys } from "#lib/tenancy/list-api-keys";
import { updateTenant } from "#lib/tenancy/update-tenant";
import { db } from "#lib/web/context";
import { type RouteHandler, route } from "#lib/web/route";
import { openTestDatabase, type TestDatabase } from "#tests/support/database";
import { setEnvironment } from "#tests/support/environment";
import { newOwner, unique } from "#tests/support/people";

const own = "http://localhost:3000";
let database: TestDatabase;
let system: Context;
let owner: TenantContext;
let secret: string;
let otherSecret: string;

beforeAll(async () => {
  database = await openTestDatabase();
  system = database.context();
  setEnvironment({ DATABASE_APP_URL: database.appUrl });
  ({ owner } = await newOwner(system));
  const scopes = ["tenant:update", "developers:update"] as const;
  ({ secret } = await createApiKey(owner, { name: "One", scopes: [...scopes] }));
  ({ secret: otherSecret } = await createApiKey(owner, { name: "Two", scopes: [...scopes] }));
});
afterAll(async () => {
  await db().close();
  await database.close();
});

type Sent = { key?: string; body?: unknown; as?: string; path?: string };

function send(handler: RouteHandler, { key, body = {}, as = secret, path = "x" }: Sent = {}) {
  const request = new Request(`${own}/api/v1/${path}`, {
    method: "POST",
    headers: {
      ...{ authorization: `Bearer ${as}`, "content-type": "application/json" },
      ...(key === undefined ? {} : { "idempotency-key": key }),
    },
    body: JSON.stringify(body),
  });
  return handler(request, { params: Promise.resolve({ tenant: owner.tenantSlug }) });
}

/** An endpoint that counts how often it was really done. */
function counting(
  run: (ctx: TenantContext, times: number) => unknown = (_ctx, times) => ({ times }),
) {
  const done = { times: 0 };
  const handler = route({
    ...{ who: "tenant", permission: "tenant:update", body: z.unknown(), status: 201 },
    run: (ctx) => {
      done.times += 1;
      return run(ctx, done.times);
    },
  });
  return { handler, done };
}

const rename = (ctx: TenantContext) => updateTenant(ctx, { name: unique("Name") });
const held = () => view(system, (tx) => tx.idempotentRequest.findMany());

/** As if the process at work had died: what it was at is there, and nobody is. */
async function die(over: { isDecided: boolean }): Promise<void> {
  const long = new Date(Date.now() - 3_600_000);
  await transact(system, "test.die", (tx) =>
    tx.idempotentRequest.updateMany({
      where: { status: null },
      data: { heldUntil: long, ...(over.isDecided ? { decidedAt: long } : {}) },
    }),
  );
}

test("a repetition gets the first answer, word for word, and is not done again", async () => {
  const { handler, done } = counting();
  const key = unique("key");
  const first = await send(handler, { key, body: { a: 1 } });
  const again = await send(handler, { key, body: { a: 1 } });
  expect([first.status, again.status]).toEqual([201, 201]);
  expect(await again.text()).toBe(await first.text());
  expect(first.headers.get("idempotency-replayed")).toBeNull();
  expect(again.headers.get("idempotency-replayed")).toBe("true");
  expect(again.headers.get("content-type")).toBe("application/json");
  expect(again.headers.get("request-id")).not.toBe(first.headers.get("request-id"));
  expect(done.times).toBe(1);
});

test("an answer that says nothing is repeated as nothing", async () => {
  const { handler, done } = counting(() => undefined);
  const key = unique("key");
  for (const _ of [1, 2]) expect((await send(handler, { key })).status).toBe(204);
  expect(done.times).toBe(1);
});

test("without a key, or with another, it is done again", async () => {
  const { handler, done } = counting();
  await send(handler);
  await send(handler);
  await send(handler, { key: unique("key") });
  await send(handler, { key: unique("key") });
  expect(done.times).toBe(4);
});

test.each([
  ["another body", { body: { a: 2 } }],
  ["another path", { path: "y" }],
  ["another query", { path: "x?dry=1" }],
])("a key that comes back with %s is 422, and nothing is done", async (_what, over) => {
  const { handler, done } = counting();
  const key = unique("key");
  await send(handler, { key, body: { a: 1 } });
  const answer = await send(handler, { key, body: { a: 1 }, ...over });
  expect(await answer.json()).toMatchObject({ status: 422, code: "unprocessable" });
  expect(done.times).toBe(1);
});

test("each caller's keys are their own", async () => {
  const { handler, done } = counting();
  const key = unique("key");
  await send(handler, { key });
  const other = await send(handler, { key, as: otherSecret });
  expect(other.headers.get("idempotency-replayed")).toBeNull();
  expect(done.times).toBe(2);
});

test.each(["", " ", "ä".normalize(), "x".repeat(256), "two words"])(
  "a key that is %j is refused before anything is done",
  async (key) => {
    const { handler, done } = counting();
    const answer = await send(handler, { key });
    expect([answer.status, (await answer.json()).field]).toEqual([400, "Idempotency-Key"]);
    expect(done.times).toBe(0);
  },
);

test("of many at once one is done; the others are told to ask again, and get its answer", async () => {
  let finish = () => {};
  const wait = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const { handler, done } = counting(async (_ctx, times) => {
    await wait;
    return { times };
  });
  const key = unique("key");
  const all = Array.from({ length: 8 }, () => send(handler, { key }));
  const asked: Response[] = [];
  for (const answer of all) void answer.then((response) => asked.push(response));
  await expect.poll(() => asked.length).toBe(7);
  const [busy] = asked as [Response];
  expect(busy.status).toBe(409);
  expect(busy.headers.get("retry-after")).toBe("1");
  finish();
  const statuses = (await Promise.all(all)).map(({ status }) => status);
  expect(statuses.sort()).toEqual([201, ...Array(7).fill(409)]);
  const again = await send(handler, { key });
  expect(await again.json()).toEqual({ times: 1 });
  expect(done.times).toBe(1);
});

test("what was refused changed nothing, so its key is free: also for a body that is mended", async () => {
  const { handler, done } = counting((_ctx, times) => {
    if (times === 1) throw new Refusal("payment_required", "Pay first.");
    return { times };
  });
  const key = unique("key");
  expect((await send(handler, { key, body: { a: 1 } })).status).toBe(402);
  expect((await send(handler, { key, body: { a: 2 } })).status).toBe(201);
  expect(done.times).toBe(2);
});

test("a try that died before it decided is done again, once it is believed dead", async () => {
  const key = unique("key");
  let isFirst = true;
  const { handler, done } = counting(async (_ctx, times) => {
    if (!isFirst) return { times };
    isFirst = false;
    return new Promise(() => {});
  });
  void send(handler, { key });
  await expect.poll(async () => done.times).toBe(1);
  expect((await send(handler, { key })).status).toBe(409);
  await die({ isDecided: false });
  expect((await send(handler, { key })).status).toBe(201);
  expect(done.times).toBe(2);
});

test("a try that died after it decided is never done twice, and its caller is told", async () => {
  const key = unique("key");
  const { handler, done } = counting(async (ctx) => {
    await rename(ctx);
    return new Promise(() => {});
  });
  void send(handler, { key });
  await expect
    .poll(async () => (await held()).some(({ decidedAt, status }) => decidedAt && status === null))
    .toBe(true);
  expect((await send(handler, { key })).headers.get("retry-after")).toBe("1");
  await die({ isDecided: true });
  const answer = await send(handler, { key });
  expect(await answer.json()).toMatchObject({
    ...{ status: 409, detail: expect.stringContaining("was done") },
  });
  expect(answer.headers.get("retry-after")).toBeNull();
  expect(done.times).toBe(1);
});

test("one thought dead that wakes after another took over cannot decide any more", async () => {
  const key = unique("key");
  let wake = () => {};
  const asleep = new Promise<void>((resolve) => {
    wake = resolve;
  });
  const { handler } = counting(async (ctx, times) => {
    if (times === 1) await asleep;
    await updateTenant(ctx, { name: `Named by try ${times}` });
    return { times };
  });
  const first = send(handler, { key });
  await expect.poll(async () => (await held()).some(({ status }) => status === null)).toBe(true);
  await die({ isDecided: false });
  expect((await send(handler, { key })).status).toBe(201);
  wake();
  expect((await first).status).toBe(409);
  const { name } = await view(owner, (tx) =>
    tx.tenant.findUniqueOrThrow({ where: { id: owner.tenantId } }),
  );
  expect(name).toBe("Named by try 2");
  expect(await (await send(handler, { key })).json()).toEqual({ times: 2 });
});

test("our own fault frees the key where nothing was decided, and keeps it where it was", async () => {
  const { handler, done } = counting(async (ctx, times) => {
    if (times === 2) await rename(ctx);
    if (times < 3) throw new Error("planted");
    return { times };
  });
  const key = unique("key");
  expect((await send(handler, { key })).status).toBe(500);
  expect((await send(handler, { key })).status).toBe(500);
  expect((await send(handler, { key })).status).toBe(409);
  expect(done.times).toBe(2);
});

test("what is kept of an answer can be read by who has the key alone, and is gone after a day", async () => {
  const shown = unique("whsec");
  const { handler, done } = counting(() => ({ shown }));
  const key = unique("key");
  await send(handler, { key });
  const kept = JSON.stringify(await held());
  expect(kept).not.toContain(shown);
  expect(kept).not.toContain(Buffer.from(shown).toString("base64").slice(0, 10));
  expect(kept).not.toContain(key);

  await sweep(system);
  expect(await (await send(handler, { key })).json()).toEqual({ shown });
  await transact(system, "test.age", (tx) =>
    tx.idempotentRequest.updateMany({ data: { expiresAt: new Date(Date.now() - 1) } }),
  );
  await sweep(system);
  expect(await held()).toEqual([]);
  await send(handler, { key });
  expect(done.times).toBe(2);
});

test("the key's own endpoint, asked twice for one key, makes one and shows its secret twice", async () => {
  // Through a person's context, as no key may make keys.
  const before = (await listApiKeys(owner)).length;
  const handler = route({
    ...{ who: "tenant", permission: "tenant:update", status: 201 },
    run: ({ attempt }) =>
      createApiKey(
        { ...owner, ...(attempt && { attempt }) },
        { name: "k", scopes: ["tenant:read"] },
      ),
  });
  const key = unique("key");
  const [first, again] = [await send(handler, { key }), await send(handler, { key })];
  expect(await again.json()).toEqual(await first.json());
  expect(await listApiKeys(owner)).toHaveLength(before + 1);
});
