import { createHmac, randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDb } from "#lib/db/client";
import { view } from "#lib/db/transaction";
import { readDelivery } from "#lib/events/delivery";
import { deliveryLimitBytes, receiveDelivery } from "#lib/events/receive-delivery";
import { openTestDatabase, type TestDatabase } from "#tests/support/database";

let database: TestDatabase;
const settings = { secrets: { account: ["whsec_a"], connect: ["whsec_c"] }, isLive: false };

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

function eventBody(over: object = {}) {
  return {
    id: `evt_${randomBytes(6).toString("hex")}`,
    object: "event",
    type: "invoice.paid",
    livemode: false,
    created: 1_800_000_000,
    data: { object: { id: "in_1", object: "invoice", metadata: { trace_id: "trc_abc" } } },
    ...over,
  };
}

async function deliver(body: unknown, over: { secret?: string; at?: number } = {}) {
  const rawBody = typeof body === "string" ? body : JSON.stringify(body);
  const t = over.at ?? Math.floor(Date.now() / 1000);
  const hmac = createHmac("sha256", over.secret ?? "whsec_a").update(`${t}.${rawBody}`);
  const signatureHeader = `t=${t},v1=${hmac.digest("hex")}`;
  const delivery = { endpoint: "account", rawBody, signatureHeader } as const;
  return receiveDelivery(database.context(), delivery, settings);
}

function stored(id: string) {
  return view(database.context(), (tx) => tx.inboxEvent.findFirst({ where: { id } }));
}

function countStored(): Promise<number> {
  return view(database.context(), (tx) => tx.inboxEvent.count());
}

test("a genuine event is stored once, with its object, instant and trace", async () => {
  const body = eventBody({ account: "acct_7" });
  expect(await deliver(body)).toEqual({ status: 200, body: { received: true, duplicate: false } });
  expect(await stored(body.id)).toMatchObject({
    endpoint: "account",
    account: "acct_7",
    objectType: "invoice",
    objectId: "in_1",
    instant: new Date(1_800_000_000_000),
    status: "waiting",
    traceId: "trc_abc",
    body,
  });
});

test("delivered again, it is acknowledged and not stored again", async () => {
  const body = eventBody();
  await deliver(body);
  expect(await deliver(body)).toMatchObject({ status: 200, body: { duplicate: true } });
});

test("a hundred deliveries of one event at once are one event", async () => {
  const body = eventBody();
  const before = await countStored();
  const answers = await Promise.all(Array.from({ length: 100 }, () => deliver(body)));
  expect(answers.every(({ status }) => status === 200)).toBe(true);
  expect(answers.filter(({ body: { duplicate } }) => !duplicate)).toHaveLength(1);
  expect(await countStored()).toBe(before + 1);
});

test("forged, stale, unsigned, truncated and foreign bodies are refused and leave nothing", async () => {
  const before = await countStored();
  const body = JSON.stringify(eventBody());
  const unsigned = { endpoint: "account", rawBody: body, signatureHeader: null } as const;
  const answers = [
    await deliver(body, { secret: "whsec_c" }),
    await deliver(body, { at: Math.floor(Date.now() / 1000) - 3600 }),
    await receiveDelivery(database.context(), unsigned, settings),
    await deliver(body.slice(0, -7)),
    await deliver("[]"),
    await deliver('{"object":"event"}'),
    await deliver("\u0000\u0001"),
  ];
  expect(answers.map(({ status }) => status)).toEqual(Array(7).fill(400));
  for (const { body: said } of answers) expect(said.error).toEqual(expect.any(String));
  expect(await countStored()).toBe(before);
});

test("a body over a megabyte is too large, even if it is genuine", async () => {
  const body = eventBody({ padding: "x".repeat(deliveryLimitBytes) });
  expect(await deliver(body)).toMatchObject({ status: 413 });
});

test("an event of the other mode is kept and nothing follows from it", async () => {
  const body = eventBody({ livemode: true });
  expect(await deliver(body)).toMatchObject({ status: 200 });
  expect(await stored(body.id)).toMatchObject({
    status: "ignored",
    error: "An event of live mode.",
  });
});

test("a character PostgreSQL cannot hold does not lose the event", async () => {
  const body = eventBody({ note: "a\u0000b" });
  expect(await deliver(body)).toMatchObject({ status: 200 });
  expect((await stored(body.id))?.body).toMatchObject({ note: "a\ufffdb" });
});

test("half an emoji is stored, and an escaped backslash before a u stays as it was", async () => {
  const body = eventBody({ note: "cut \ud83d", whole: "\ud83d\ude00", plain: "\\u0000 \\ud83d" });
  const { id } = body;
  expect(await deliver(JSON.stringify(body))).toMatchObject({ status: 200 });
  expect((await stored(id))?.body).toMatchObject({
    note: "cut \ufffd",
    whole: "\ud83d\ude00",
    plain: "\\u0000 \\ud83d",
  });
});

test("the same events in opposite orders through two pools are all taken", async () => {
  const ctx = database.context();
  const others = [openDb(database.appUrl), openDb(database.appUrl)];
  const bodies = Array.from({ length: 200 }, () => JSON.stringify(eventBody()));
  const send = (db: typeof ctx.db, rawBody: string) => {
    const t = Math.floor(Date.now() / 1000);
    const hmac = createHmac("sha256", "whsec_a").update(`${t}.${rawBody}`).digest("hex");
    const signatureHeader = `t=${t},v1=${hmac}`;
    return receiveDelivery(
      { ...ctx, db },
      { endpoint: "account", rawBody, signatureHeader },
      settings,
    );
  };
  const answers = await Promise.all([
    ...bodies.map((body) => send(others[0]!, body)),
    ...bodies.toReversed().map((body) => send(others[1]!, body)),
  ]);
  for (const db of others) await db.close();
  expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
});

test("one that cannot be stored spoils none of those that arrive with it", async () => {
  // No calendar has this instant, though it is a whole number.
  const bad = eventBody({ created: 9_000_000_000_000 });
  const good = Array.from({ length: 40 }, () => eventBody());
  const before = await countStored();
  const answers = await Promise.all([
    ...good.slice(0, 20).map((body) => deliver(body)),
    deliver(bad),
    ...good.slice(20).map((body) => deliver(body)),
  ]);
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(good.length);
  expect(answers[20]).toMatchObject({ status: 503 });
  expect(await countStored()).toBe(before + good.length);
});

test("the two forms of one event are one event", async () => {
  const body = eventBody();
  await deliver(body);
  const notification = {
    id: "evt_thin",
    object: "v2.core.event",
    type: "v1.invoice.paid",
    livemode: false,
    created: new Date(body.created * 1000 + 123).toISOString(),
    related_object: { id: "in_1", type: "invoice", url: "/v1/invoices/in_1" },
    snapshot_event: body.id,
  };
  expect(await deliver(notification)).toMatchObject({ status: 200, body: { duplicate: true } });
});

test("all events of an object fall into one partition", () => {
  const of = (type: string) => readDelivery(eventBody({ type }))?.partition;
  expect(of("invoice.created")).toBe(of("invoice.paid"));
});

test("without a database the answer asks Stripe to send again", async () => {
  const gone = openDb("postgresql://lockstep_app:x@127.0.0.1:1/none");
  const rawBody = JSON.stringify(eventBody());
  const t = Math.floor(Date.now() / 1000);
  const hmac = createHmac("sha256", "whsec_a").update(`${t}.${rawBody}`).digest("hex");
  const delivery = { endpoint: "account", rawBody, signatureHeader: `t=${t},v1=${hmac}` } as const;
  const answer = await receiveDelivery({ ...database.context(), db: gone }, delivery, settings);
  expect(answer.status).toBe(503);
  await gone.close();
});

test("what there is one of is named by its type, whole and thin alike", () => {
  const head = { livemode: false, object: "v2.core.event", created: "2026-11-21T00:00:00.000Z" };
  const related_object = { type: "balance", url: "/v1/balance" };
  const thin = { ...head, id: "evt_thin", type: "v1.balance.available", related_object };
  const whole = eventBody({ type: "balance.available", data: { object: { object: "balance" } } });
  for (const body of [thin, whole]) {
    expect(readDelivery(body)).toMatchObject({ objectType: "balance", objectId: "balance" });
  }
});

test("an invoice that is only foretold is no invoice", () => {
  const object = { object: "invoice", customer: "cus_A1", status: "draft" };
  const body = eventBody({ type: "invoice.upcoming", data: { object } });
  expect(readDelivery(body)).toMatchObject({ objectType: "upcoming_invoice", objectId: "cus_A1" });
});
