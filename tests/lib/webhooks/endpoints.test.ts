import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { view } from "#lib/db/transaction";
import type { TenantContext } from "#lib/tenancy/context";
import { tenantRoles } from "#lib/tenancy/permissions";
import { createEndpoint } from "#lib/webhooks/create-endpoint";
import { deleteEndpoint } from "#lib/webhooks/delete-endpoint";
import { mostEndpoints } from "#lib/webhooks/endpoint";
import { eventTypeNames, eventTypes } from "#lib/webhooks/event-types";
import { getDelivery } from "#lib/webhooks/get-delivery";
import { getEndpoint } from "#lib/webhooks/get-endpoint";
import { getEvent } from "#lib/webhooks/get-event";
import { tenantInputs } from "#lib/webhooks/input";
import { listDeliveries } from "#lib/webhooks/list-deliveries";
import { listEndpoints } from "#lib/webhooks/list-endpoints";
import { listEvents } from "#lib/webhooks/list-events";
import { platformEventTypeNames } from "#lib/webhooks/platform-event-types";
import { replayDelivery } from "#lib/webhooks/replay-delivery";
import { replaySince } from "#lib/webhooks/replay-since";
import { failingLimitMs } from "#lib/webhooks/retry";
import { rotateSecret } from "#lib/webhooks/rotate-secret";
import { sendDue } from "#lib/webhooks/send-due";
import { sendTest } from "#lib/webhooks/send-test";
import { keptDays, sweepDeliveries } from "#lib/webhooks/sweep-deliveries";
import { switchEndpoint } from "#lib/webhooks/switch-endpoint";
import { updateEndpoint } from "#lib/webhooks/update-endpoint";
import { verify } from "#tests/lib/webhooks/receiver";
import { openScene, readDeliveries, type Scene } from "#tests/lib/webhooks/scene";
import { setEnvironment } from "#tests/support/environment";
import { newMember } from "#tests/support/people";

let scene: Scene;
let one: TenantContext;

beforeAll(async () => {
  scene = await openScene();
  one = await scene.owner();
});
afterAll(() => scene.close());

const turn = (endpointId: string) => sendDue(scene.system, { endpointId });
const [hourMs, dayMs] = [3_600_000, 86_400_000];
const nobody = "whe_none";
const address = { url: "https://hooks.example.com/", description: "" };

/** Every verb and read, as it is called of an endpoint, a delivery and an event. */
type Ids = { endpointId: string; deliveryId: string; reference: string };
const reads: Record<string, (ctx: TenantContext, ids: Ids) => Promise<unknown>> = {
  getEndpoint: (ctx, ids) => getEndpoint(ctx, ids),
  getDelivery: (ctx, ids) => getDelivery(ctx, ids),
  getEvent: (ctx, ids) => getEvent(ctx, ids),
};
const writes: typeof reads = {
  updateEndpoint: (ctx, { endpointId }) => updateEndpoint(ctx, { endpointId, description: "x" }),
  enableEndpoint: (ctx, { endpointId }) => switchEndpoint(ctx, { endpointId, isOn: true }),
  disableEndpoint: (ctx, { endpointId }) => switchEndpoint(ctx, { endpointId, isOn: false }),
  rotateSecret: (ctx, { endpointId }) => rotateSecret(ctx, { endpointId, old: "keep" }),
  sendTest: (ctx, { endpointId }) => sendTest(ctx, { endpointId, type: "invoice.paid" }),
  replayDelivery: (ctx, ids) => replayDelivery(ctx, ids),
  replaySince: (ctx, { endpointId }) => replaySince(ctx, { endpointId, since: ctx.now() }),
  deleteEndpoint: (ctx, { endpointId }) => deleteEndpoint(ctx, { endpointId }),
};
const lists: Record<string, (ctx: TenantContext) => Promise<unknown>> = {
  listEndpoints,
  listDeliveries,
  listEvents,
  createEndpoint: (ctx) => createEndpoint(ctx, { ...address, types: ["invoice.paid"] }),
};
const none: Ids = { endpointId: nobody, deliveryId: "msg_none", reference: "none" };
const matrix = Object.entries({ ...reads, ...writes, ...lists }).flatMap(([name, run]) =>
  tenantRoles.map((role) => {
    return { name, run, role, may: ["owner", "admin", "developer"].includes(role) };
  }),
);

test.each(matrix)("$name as $role: $may", async ({ run, role, may }) => {
  const asked = run({ ...one, role }, none);
  const code = await asked.then(
    () => "done",
    (error: { code?: string }) => error.code,
  );
  if (may) expect(["done", "not_found", "conflict"]).toContain(code);
  else expect(code).toBe("forbidden");
});

test.each(Object.entries({ ...reads, ...writes }))(
  "%s of another tenant's does not exist",
  async (_name, run) => {
    const [mine, theirs] = [await scene.owner(), await scene.owner()];
    const { id: endpointId } = await scene.listen(mine, "http://127.0.0.1:9/");
    const [fact] = await scene.happen(mine);
    const [delivery] = await readDeliveries(scene, mine);
    const ids = { endpointId, deliveryId: delivery!.id, reference: fact!.reference };
    await expect(run(theirs, ids)).rejects.toMatchObject({ code: "not_found" });
    const after = await readDeliveries(scene, mine);
    expect(after).toEqual([delivery]);
    expect(await getEndpoint(mine, { endpointId })).toMatchObject({ state: "on", description: "" });
  },
);

test("a list holds what is the tenant's own", async () => {
  const [mine, theirs] = [await scene.owner(), await scene.owner()];
  await scene.listen(mine, "http://127.0.0.1:9/");
  await scene.happen(mine, 2);
  expect((await listDeliveries(mine)).rows).toHaveLength(2);
  expect((await listEvents(mine)).rows).toHaveLength(2);
  expect(await listEndpoints(theirs)).toEqual([]);
  expect((await listDeliveries(theirs)).rows).toEqual([]);
  expect((await listEvents(theirs)).rows).toEqual([]);
});

test("lists come in pages that meet, newest first, and the filters hold", async () => {
  const owner = await scene.owner();
  const { id } = await scene.listen(owner, "http://127.0.0.1:9/", ["charge.failed", "payout.paid"]);
  await scene.happen(owner, 30);
  await scene.happen(owner, 1, "payout.paid");
  const first = await listDeliveries(owner, { endpoint: id });
  const second = await listDeliveries(owner, { endpoint: id, cursor: first.next! });
  const ids = [...first.rows, ...second.rows].map((row) => row.id);
  expect(ids).toEqual(ids.toSorted().toReversed());
  expect([ids.length, new Set(ids).size, second.next]).toEqual([31, 31, null]);
  expect((await listDeliveries(owner, { type: "payout.paid" })).rows).toHaveLength(1);
  expect((await listDeliveries(owner, { status: "failed" })).rows).toEqual([]);
  expect((await listEvents(owner, { type: "payout.paid" })).rows).toHaveLength(1);
  const events = await listEvents(owner);
  const rest = await listEvents(owner, { cursor: events.next! });
  expect(events.rows.length + rest.rows.length).toBe(31);
});

test.each([
  ["http://127.0.0.1:4000/"],
  ["http://example.com/"],
  ["https://169.254.169.254/latest/meta-data/"],
  ["https://10.0.0.1/"],
  ["https://[::1]/"],
  ["https://metadata.google.internal/"],
])("where this machine is out of reach, %s cannot be saved", async (url) => {
  const { id } = await scene.listen(one, "https://hooks.example.com/");
  const { appUrl } = scene.database;
  setEnvironment({ DATABASE_APP_URL: appUrl });
  const refused = { code: "invalid", field: "url" };
  const create = createEndpoint(one, { ...address, url, types: ["invoice.paid"] });
  await expect(create).rejects.toMatchObject(refused);
  await expect(updateEndpoint(one, { endpointId: id, url })).rejects.toMatchObject(refused);
  setEnvironment({ DATABASE_APP_URL: appUrl, WEBHOOK_LOOPBACK: "yes" });
  await deleteEndpoint(one, { endpointId: id });
});

test.each([
  [{ url: "https://a.example/", types: [] }, "types"],
  [{ url: "https://a.example/", types: ["checkout.completed"] }, "types"],
  [{ url: "  ", types: ["invoice.paid"] }, "url"],
  [{ url: `https://a.example/${"x".repeat(2_000)}`, types: ["invoice.paid"] }, "url"],
  [
    { url: "https://a.example/", types: ["invoice.paid"], description: "two\nlines" },
    "description",
  ],
])("%j is refused at the edge", (sent, field) => {
  const result = tenantInputs.create.safeParse(sent);
  expect(result.error?.issues[0]?.path[0]).toBe(field);
});

test("a change must say something, and a type named twice is one", () => {
  expect(tenantInputs.update.safeParse({}).success).toBe(false);
  const { types } = tenantInputs.update.parse({ types: ["payout.paid", "payout.paid"] });
  expect(types).toEqual(["payout.paid"]);
});

test("of thirty endpoints asked for at once a tenant gets as many as it may have", async () => {
  const owner = await scene.owner();
  const asked = Array.from({ length: 30 }, () => scene.listen(owner, "https://a.example/"));
  const results = await Promise.allSettled(asked);
  const made = results.filter(({ status }) => status === "fulfilled");
  expect(made).toHaveLength(mostEndpoints);
  expect(await listEndpoints(owner)).toHaveLength(mostEndpoints);
});

test("a secret is told once, when it is made", async () => {
  const owner = await scene.owner();
  const { id, secret } = await scene.listen(owner, "https://a.example/");
  const rotated = await rotateSecret(owner, { endpointId: id, old: "keep" });
  const told = JSON.stringify([
    await listEndpoints(owner),
    await getEndpoint(owner, { endpointId: id }),
  ]);
  const audit = await view(scene.system, (tx) =>
    tx.auditEntry.findMany({ where: { chain: owner.tenantId } }),
  );
  const log = JSON.stringify(audit.map(({ before, after }) => [before, after]));
  for (const known of [secret, rotated.secret]) {
    expect(told).not.toContain(known);
    expect(log).not.toContain(known);
  }
  const acts = audit.map(({ action, target }) => `${action} ${target}`);
  expect(acts).toContain("webhooks.create-endpoint webhook_endpoints");
  expect(acts).toContain("webhooks.rotate-secret webhook_secrets");
});

test("after a rotation both secrets sign for a day, and then only the new one", async () => {
  const owner = await scene.owner();
  const receiver = await scene.receiver();
  const { id, secret: first } = await scene.listen(owner, receiver.url);
  const { secret: second } = await rotateSecret(owner, { endpointId: id, old: "keep" });
  const { secret: third } = await rotateSecret(owner, { endpointId: id, old: "keep" });
  await scene.happen(owner);
  await turn(id);
  for (const secret of [first, second, third])
    expect(verify(secret, receiver.heard[0]!)).toBeTruthy();
  expect((await getEndpoint(owner, { endpointId: id })).secrets).toHaveLength(3);

  const before = scene.system.now();
  scene.pass(24 * hourMs);
  await scene.happen(owner);
  await turn(id);
  scene.moveTo(before);
  const [, message] = receiver.heard;
  // The library checks the timestamp against its own clock, so only the signature is compared here.
  expect(message!.headers["webhook-signature"]!.split(" ")).toHaveLength(1);
});

test("a secret that leaked ends at once, with all that signed beside it", async () => {
  const owner = await scene.owner();
  scene.moveTo(new Date());
  const receiver = await scene.receiver();
  const { id, secret: first } = await scene.listen(owner, receiver.url);
  const { secret: second } = await rotateSecret(owner, { endpointId: id, old: "keep" });
  const { secret: third } = await rotateSecret(owner, { endpointId: id, old: "end" });
  scene.pass(1);
  await scene.happen(owner);
  await turn(id);
  expect(verify(third, receiver.heard[0]!)).toBeTruthy();
  for (const dead of [first, second]) expect(() => verify(dead, receiver.heard[0]!)).toThrow();
});

test("more than five secrets at once are refused, and ending the old ones is not", async () => {
  const owner = await scene.owner();
  const { id: endpointId } = await scene.listen(owner, "https://a.example/");
  for (let count = 0; count < 4; count += 1) await rotateSecret(owner, { endpointId, old: "keep" });
  const sixth = rotateSecret(owner, { endpointId, old: "keep" });
  await expect(sixth).rejects.toMatchObject({ code: "conflict" });
  await rotateSecret(owner, { endpointId, old: "end" });
});

const offMails = (owner: TenantContext) =>
  view(scene.system, (tx) =>
    tx.mail.findMany({
      where: { template: "webhook-off", reference: { contains: ":" }, to: { not: "" } },
    }),
  ).then((mails) => mails.filter(({ data }) => JSON.stringify(data).includes(owner.tenantSlug)));

test("410 turns an endpoint off at once; its people are told, and what waited has failed", async () => {
  const owner = await scene.owner();
  const { person } = await newMember(scene.system, owner, "developer");
  await newMember(scene.system, owner, "finance");
  const receiver = await scene.receiver((response) => response.writeHead(410).end());
  const { id: endpointId } = await scene.listen(owner, receiver.url);
  await scene.happen(owner, 12);
  await turn(endpointId);
  const endpoint = await getEndpoint(owner, { endpointId });
  expect(endpoint).toMatchObject({ state: "off", disabledBecause: "gone" });
  const statuses = (await readDeliveries(scene, owner)).map(({ status }) => status);
  expect(new Set(statuses)).toEqual(new Set(["failed"]));
  const told = await offMails(owner);
  expect(told.map(({ to }) => to)).toHaveLength(2);
  expect(told.map(({ to }) => to)).toContain(person.person.email);

  await scene.happen(owner);
  await turn(endpointId);
  expect(receiver.heard).toHaveLength(10); // What was on its way; nothing since.
});

test("five days of nothing but failures turn an endpoint off, once; one success begins anew", async () => {
  const owner = await scene.owner();
  const receiver = await scene.receiver((response) => response.writeHead(500).end());
  const { id: endpointId } = await scene.listen(owner, receiver.url);
  const failOnce = async () => {
    await scene.happen(owner);
    await turn(endpointId);
    return getEndpoint(owner, { endpointId });
  };
  const failing = await failOnce();
  expect(failing.state).toBe("failing");
  expect(failing.turnsOffAt!.getTime()).toBe(failing.failingSince!.getTime() + failingLimitMs);
  scene.pass(4 * dayMs);
  receiver.answer = (response) => response.end();
  expect(await failOnce()).toMatchObject({ state: "on", failingSince: null });
  receiver.answer = (response) => response.writeHead(500).end();
  expect((await failOnce()).state).toBe("failing");
  scene.pass(failingLimitMs - 1);
  expect((await failOnce()).state).toBe("failing");
  scene.pass(1);
  expect(await failOnce()).toMatchObject({ state: "off", disabledBecause: "failing" });
  expect(await offMails(owner)).toHaveLength(1);

  await switchEndpoint(owner, { endpointId, isOn: true });
  expect((await failOnce()).state).toBe("failing");
});

test("turned off by a person it is sent nothing, and it is told of nothing new", async () => {
  const owner = await scene.owner();
  const receiver = await scene.receiver();
  const { id: endpointId } = await scene.listen(owner, receiver.url);
  await scene.happen(owner);
  await switchEndpoint(owner, { endpointId, isOn: false });
  await scene.happen(owner);
  await turn(endpointId);
  expect(receiver.heard).toEqual([]);
  expect((await readDeliveries(scene, owner)).map(({ status }) => status)).toEqual(["failed"]);
  const refused = { code: "conflict" };
  await expect(sendTest(owner, { endpointId, type: "payout.paid" })).rejects.toMatchObject(refused);
  const since = owner.now();
  await expect(replaySince(owner, { endpointId, since })).rejects.toMatchObject(refused);
});

test("once it is on again, what failed and what it missed is sent, and nothing that arrived", async () => {
  const owner = await scene.owner();
  const receiver = await scene.receiver();
  const { id: endpointId } = await scene.listen(owner, receiver.url);
  const since = owner.now();
  await scene.happen(owner, 2);
  await turn(endpointId);
  await scene.happen(owner, 3);
  await switchEndpoint(owner, { endpointId, isOn: false });
  await scene.happen(owner, 4);
  await scene.happen(owner, 1, "payout.paid"); // It never asked for these.
  await switchEndpoint(owner, { endpointId, isOn: true });
  const replayed = await replaySince(owner, { endpointId, since });
  expect(replayed).toEqual({ failed: 3, missed: 4, isAll: true });
  await turn(endpointId);
  expect(receiver.heard).toHaveLength(9);
  expect(new Set(receiver.heard.map(({ id }) => id)).size).toBe(9);
  expect(await replaySince(owner, { endpointId, since })).toMatchObject({ failed: 0, missed: 0 });
  const tooOld = new Date(owner.now().getTime() - 31 * dayMs);
  for (const instant of [tooOld, new Date(owner.now().getTime() + 1)]) {
    const asked = replaySince(owner, { endpointId, since: instant });
    await expect(asked).rejects.toMatchObject({ code: "invalid", field: "since" });
  }
});

test("a message that arrived can be sent again under its own id, with a schedule begun anew", async () => {
  const owner = await scene.owner();
  const receiver = await scene.receiver();
  const { id: endpointId } = await scene.listen(owner, receiver.url);
  await scene.happen(owner);
  await turn(endpointId);
  const [{ id: deliveryId } = { id: "" }] = await readDeliveries(scene, owner);
  receiver.answer = (response) => response.writeHead(500).end();
  await replayDelivery(owner, { deliveryId });
  await turn(endpointId);
  expect(receiver.heard.map(({ id }) => id)).toEqual([deliveryId, deliveryId]);
  const page = await getDelivery(owner, { deliveryId });
  expect(page).toMatchObject({ state: "retrying", attempts: 2, attemptsNow: 1 });
  await replayDelivery(owner, { deliveryId });
  await turn(endpointId);
  expect(await getDelivery(owner, { deliveryId })).toMatchObject({ attempts: 3, attemptsNow: 2 });
});

test("a test event says that it is one and carries what its kind carries", async () => {
  const owner = await scene.owner();
  scene.moveTo(new Date());
  const receiver = await scene.receiver();
  const { id: endpointId, secret } = await scene.listen(owner, receiver.url);
  const { id } = await sendTest(owner, { endpointId, type: "dispute.opened" });
  await turn(endpointId);
  const body = verify(secret, receiver.heard[0]!);
  expect(receiver.heard[0]!.id).toBe(id);
  expect(body).toMatchObject({ type: "dispute.opened", test: true });
});

test.each(Object.entries(eventTypes))(
  "the example of %s is what its kind carries",
  (_kind, type) => {
    expect(type.data.strict().parse(type.example)).toEqual(type.example);
  },
);

test("a changed address takes what waits along, and a deleted endpoint takes its record", async () => {
  const owner = await scene.owner();
  const [old, fresh] = [await scene.receiver(), await scene.receiver()];
  const { id: endpointId } = await scene.listen(owner, old.url);
  await scene.happen(owner);
  await updateEndpoint(owner, { endpointId, url: fresh.url });
  await turn(endpointId);
  expect([old.heard.length, fresh.heard.length]).toEqual([0, 1]);
  await deleteEndpoint(owner, { endpointId });
  expect(await readDeliveries(scene, owner)).toEqual([]);
  await turn(endpointId);
});

test("an endpoint deleted while its messages are on their way leaves no trace of them", async () => {
  const owner = await scene.owner();
  const receiver = await scene.receiver(() => undefined);
  const { id: endpointId } = await scene.listen(owner, receiver.url);
  await scene.happen(owner, 3);
  const turning = sendDue(scene.system, { endpointId }, { timeoutMs: 500 });
  await receiver.hears(3);
  await deleteEndpoint(owner, { endpointId });
  await turning;
  expect(await readDeliveries(scene, owner)).toEqual([]);
});

test("the sweep takes what is too old to be replayed and leaves the rest", async () => {
  const owner = await scene.owner();
  const receiver = await scene.receiver();
  const { id: endpointId } = await scene.listen(owner, receiver.url);
  await scene.happen(owner);
  await turn(endpointId);
  scene.pass(keptDays * dayMs);
  await sweepDeliveries(scene.system);
  expect(await readDeliveries(scene, owner)).toHaveLength(1);
  await scene.happen(owner);
  scene.pass(1);
  await sweepDeliveries(scene.system);
  expect(await readDeliveries(scene, owner)).toHaveLength(1);
});

test("every type of event says in words when it is sent", () => {
  const { types } = JSON.parse(readFileSync("lib/web/messages/en/developers.json", "utf8"));
  for (const name of [...eventTypeNames, ...platformEventTypeNames]) {
    const words = name.split(".").reduce((at, part) => at?.[part], types);
    expect(words, name).toMatch(/\w\.$/);
  }
});
