import { afterAll, beforeAll, expect, test } from "vitest";
import { acknowledgeAlert } from "#lib/alerts/acknowledge-alert";
import { mailedWithinMs } from "#lib/alerts/alert";
import { transact, view } from "#lib/db/transaction";
import { effects } from "#lib/dispatch/effects";
import type { PlatformContext, TenantContext } from "#lib/tenancy/context";
import { platformRoles } from "#lib/tenancy/permissions";
import { createEndpoint } from "#lib/webhooks/create-endpoint";
import { deleteEndpoint } from "#lib/webhooks/delete-endpoint";
import { eventTypeNames } from "#lib/webhooks/event-types";
import { getDelivery } from "#lib/webhooks/get-delivery";
import { getEndpoint } from "#lib/webhooks/get-endpoint";
import { getEvent } from "#lib/webhooks/get-event";
import { platformInputs } from "#lib/webhooks/input";
import { listDeliveries } from "#lib/webhooks/list-deliveries";
import { listEndpoints } from "#lib/webhooks/list-endpoints";
import { listEvents } from "#lib/webhooks/list-events";
import { type Listener, platformOwner } from "#lib/webhooks/owner";
import { platformEventTypeNames, platformEventTypes } from "#lib/webhooks/platform-event-types";
import { replayDelivery } from "#lib/webhooks/replay-delivery";
import { replaySince } from "#lib/webhooks/replay-since";
import { failingLimitMs } from "#lib/webhooks/retry";
import { rotateSecret } from "#lib/webhooks/rotate-secret";
import { sendDue } from "#lib/webhooks/send-due";
import { sendTest } from "#lib/webhooks/send-test";
import { switchEndpoint } from "#lib/webhooks/switch-endpoint";
import { updateEndpoint } from "#lib/webhooks/update-endpoint";
import { verify } from "#tests/lib/webhooks/receiver";
import { openScene, readDeliveries, type Scene } from "#tests/lib/webhooks/scene";
import { newAdmin, unique } from "#tests/support/people";

let scene: Scene;
let admin: PlatformContext;
let owner: TenantContext;

beforeAll(async () => {
  scene = await openScene();
  const { system } = scene;
  admin = { ...(await newAdmin(system)), now: system.now };
  owner = await scene.owner();
});
afterAll(() => scene.close());

const turn = (endpointId: string) => sendDue(scene.system, { endpointId });
const house = () => readDeliveries(scene, { tenantId: platformOwner } as TenantContext);

const listen = (url: string, types: readonly string[] = ["alert.raised"]) =>
  createEndpoint(admin, { url, description: "", types });

/** A payout of a tenant's that failed: a fact the tenant is told of, and an alert of ours. */
async function fail(tenantId: string, at = scene.system.now()) {
  const reference = unique("payout:failed");
  const data = { minor: "900", currency: "eur", payoutId: "po_1", failure: "account_closed" };
  const fact = { reference, kind: "payout.failed", tenantId, data };
  await transact(scene.system, "events.converge", async (tx) => {
    await tx.fact.create({ data: { ...fact, objectId: "po_1", at } });
    await effects(tx, [fact], scene.system);
  });
  return fact;
}

test("an alert reaches the platform's endpoint signed, once, and no tenant's", async () => {
  const receiver = await scene.receiver();
  const theirs = await scene.receiver();
  const { id, secret } = await listen(receiver.url);
  const mine = await scene.listen(owner, theirs.url, ["payout.failed"]);
  const fact = await fail(owner.tenantId);
  // The same fact again raises nothing, so nothing is told twice.
  await transact(scene.system, "events.converge", (tx) => effects(tx, [fact], scene.system));
  await Promise.all([turn(id), turn(mine.id)]);

  expect(receiver.heard).toHaveLength(1);
  expect(verify(secret, receiver.heard[0]!)).toMatchObject({
    type: "alert.raised",
    data: {
      ...{ alertKind: "payout.failed", title: "A payout failed", objectId: "po_1" },
      ...{ reference: fact.reference, tenantId: owner.tenantId },
    },
  });
  const [told] = theirs.heard;
  expect(verify(mine.secret, told!)).toMatchObject({ type: "payout.failed" });
  expect(theirs.heard).toHaveLength(1);
  expect((await listEvents(owner)).rows.map(({ type }) => type)).toEqual(["payout.failed"]);
  expect((await listEvents(admin)).rows.map(({ type }) => type)).toEqual(["alert.raised"]);
  await deleteEndpoint(admin, { endpointId: id });
});

test("one fact is one delivery of an endpoint, by constraint, whoever writes it", async () => {
  const { id } = await listen("http://127.0.0.1:9/");
  await fail(owner.tenantId);
  const { reference } = (await listDeliveries(admin, { endpoint: id })).rows[0]!;
  const twin = () =>
    transact(scene.system, "test.twin", async (tx) => {
      const found = await tx.webhookDelivery.findFirstOrThrow({ where: { reference } });
      await tx.webhookDelivery.create({
        data: { ...found, id: unique("msg"), data: {} },
      });
    });
  await expect(twin()).rejects.toMatchObject({ code: "P2002" });
  const since = new Date(scene.system.now().getTime() - 60_000);
  const replayed = await replaySince(admin, { endpointId: id, since });
  // What happened before it was there is sent, what is queued already is not sent twice.
  expect(replayed).toMatchObject({ failed: 0, missed: 1, isAll: true });
  expect(await replaySince(admin, { endpointId: id, since })).toMatchObject({ missed: 0 });
  await deleteEndpoint(admin, { endpointId: id });
});

test("what fails is tried again under the same id, and a rotated secret signs beside the old", async () => {
  let answer = 500;
  const receiver = await scene.receiver((response) => response.writeHead(answer).end());
  const { id, secret } = await listen(receiver.url);
  await fail(owner.tenantId);
  await turn(id);
  const rotated = await rotateSecret(admin, { endpointId: id, old: "keep" });
  answer = 204;
  scene.pass(10_000);
  await turn(id);
  expect(receiver.heard).toHaveLength(2);
  const [first, second] = receiver.heard as [
    (typeof receiver.heard)[0],
    (typeof receiver.heard)[0],
  ];
  expect(second.id).toBe(first.id);
  expect(verify(secret, second)).toEqual(verify(rotated.secret, second));
  expect(() => verify(rotated.secret, first)).toThrow();
  const [delivery] = (await listDeliveries(admin, { endpoint: id })).rows;
  expect(delivery).toMatchObject({ state: "delivered", attempts: 2 });
  await deleteEndpoint(admin, { endpointId: id });
});

test("who takes an alert on is told once, with what was done, to those who were told of it", async () => {
  const receiver = await scene.receiver();
  const { id, secret } = await listen(receiver.url, ["alert.acknowledged"]);
  const { reference } = await fail(owner.tenantId);
  const find = (asked: string) =>
    view(scene.system, (tx) => tx.alert.findUniqueOrThrow({ where: { reference: asked } }));
  const { id: alertId } = await find(reference);
  const take = (note: string, of = alertId) => acknowledgeAlert(admin, { id: of, note });
  await take("Called them.");
  await expect(take("Once more.")).rejects.toMatchObject({ code: "conflict" });

  // What happened long ago is listed and told to nobody, and so is who takes that on.
  const long = new Date(scene.system.now().getTime() - 2 * mailedWithinMs);
  const old = await find((await fail(owner.tenantId, long)).reference);
  await take("Seen.", old.id);
  await turn(id);
  expect(receiver.heard).toHaveLength(1);
  const told = verify(secret, receiver.heard[0]!) as { type: string; data: object };
  expect(told).toMatchObject({
    type: "alert.acknowledged",
    data: { alertId, reference, note: "Called them.", acknowledgedById: admin.userId },
  });
  const { data } = platformEventTypes["alert.acknowledged"];
  expect(data.strict().parse(told.data)).toEqual(told.data);
  await deleteEndpoint(admin, { endpointId: id });
  scene.pass(10_000);
});

test("five days of failures turn it off, the admins are written to, and it misses nothing", async () => {
  let answer = 500;
  const receiver = await scene.receiver((response) => response.writeHead(answer).end());
  const { id } = await listen(receiver.url);
  const began = scene.system.now();
  await fail(owner.tenantId);
  await turn(id);
  scene.pass(failingLimitMs + 1_000);
  await turn(id);
  expect(await getEndpoint(admin, { endpointId: id })).toMatchObject({
    ...{ state: "off", disabledBecause: "failing" },
  });
  const mails = await view(scene.system, (tx) =>
    tx.mail.findMany({ where: { reference: { startsWith: `webhook-off:${id}` } } }),
  );
  expect(mails.length).toBeGreaterThan(0);
  expect(JSON.stringify(mails[0]!.data)).toContain(`/admin/webhooks/endpoints/${id}`);
  await fail(owner.tenantId);
  expect((await listDeliveries(admin, { endpoint: id })).rows).toHaveLength(1);
  answer = 204;
  await switchEndpoint(admin, { endpointId: id, isOn: true });
  const again = await replaySince(admin, { endpointId: id, since: began });
  expect(again).toMatchObject({ failed: 1, missed: 1 });
  await turn(id);
  const states = (await listDeliveries(admin, { endpoint: id })).rows.map(({ state }) => state);
  expect(states).toEqual(["delivered", "delivered"]);
  await deleteEndpoint(admin, { endpointId: id });
});

type Ids = { endpointId: string; deliveryId: string; reference: string };
const verbs: Record<string, (ctx: Listener, ids: Ids) => Promise<unknown>> = {
  getEndpoint,
  getDelivery,
  getEvent,
  updateEndpoint: (ctx, { endpointId }) => updateEndpoint(ctx, { endpointId, description: "x" }),
  switchEndpoint: (ctx, { endpointId }) => switchEndpoint(ctx, { endpointId, isOn: false }),
  rotateSecret: (ctx, { endpointId }) => rotateSecret(ctx, { endpointId, old: "keep" }),
  sendTest: (ctx, { endpointId }) =>
    sendTest(ctx, { endpointId, type: "tenantId" in ctx ? "invoice.paid" : "alert.raised" }),
  replayDelivery,
  replaySince: (ctx, { endpointId }) => replaySince(ctx, { endpointId, since: ctx.now() }),
  deleteEndpoint,
};

test.each(Object.entries(verbs))(
  "%s: the platform's do not exist for a tenant, nor a tenant's for it",
  async (_name, run) => {
    const ours = await listen("http://127.0.0.1:9/");
    const theirs = await scene.listen(owner, "http://127.0.0.1:9/", ["payout.failed"]);
    const fact = await fail(owner.tenantId);
    const [told] = (await listDeliveries(admin, { endpoint: ours.id })).rows;
    const [heard] = (await listDeliveries(owner, { endpoint: theirs.id })).rows;
    const { reference, id } = told!;
    const unknown = { code: "not_found" };
    const of = { endpointId: ours.id, deliveryId: id, reference };
    await expect(run(owner, of)).rejects.toMatchObject(unknown);
    const back = { endpointId: theirs.id, deliveryId: heard!.id, reference: fact.reference };
    await expect(run(admin, back)).rejects.toMatchObject(unknown);
    const ids = (found: readonly { id: string }[]) => found.map((one) => one.id);
    expect(ids(await listEndpoints(owner))).not.toContain(ours.id);
    expect(ids(await listEndpoints(admin))).not.toContain(theirs.id);
    for (const [ctx, endpointId] of [
      [admin, ours.id],
      [owner, theirs.id],
    ] as const) {
      await deleteEndpoint(ctx, { endpointId });
    }
  },
);

test("a tenant's wall lets nothing of the platform's through, whatever is asked", async () => {
  const { id } = await listen("http://127.0.0.1:9/");
  await fail(owner.tenantId);
  expect(await house()).not.toEqual([]);
  const seen = await view(owner, async (tx) => [
    await tx.webhookEndpoint.count({ where: { id } }),
    await tx.webhookSecret.count({ where: { endpointId: id } }),
    await tx.webhookStanding.count({ where: { endpointId: id } }),
    await tx.webhookDelivery.count({ where: { endpointId: id } }),
    await tx.fact.count({ where: { kind: { startsWith: "alert." } } }),
  ]);
  expect(seen).toEqual([0, 0, 0, 0, 0]);
  await deleteEndpoint(admin, { endpointId: id });
});

const matrix = Object.entries(verbs).flatMap(([name, run]) =>
  platformRoles.map((role) => ({ name, run, role, may: ["admin", "finance"].includes(role) })),
);
const none: Ids = { endpointId: "whe_none", deliveryId: "msg_none", reference: "none" };

test.each(matrix)("$name as the platform's $role: $may", async ({ run, role, may }) => {
  const code = may ? "not_found" : "forbidden";
  await expect(run({ ...admin, platformRole: role }, none)).rejects.toMatchObject({ code });
});

test.each(platformEventTypeNames)("a test of %s is of the shape it is told in", async (type) => {
  const { id } = await listen("http://127.0.0.1:9/", [type]);
  const { id: deliveryId } = await sendTest(admin, { endpointId: id, type });
  const { body, isTest } = await getDelivery(admin, { deliveryId });
  expect(isTest).toBe(true);
  const { data } = JSON.parse(body);
  expect(platformEventTypes[type].data.strict().parse(data)).toEqual(data);
  await deleteEndpoint(admin, { endpointId: id });
});

test("neither side can ask for the other's types", async () => {
  const wrong = { url: "https://example.com/", types: [eventTypeNames[0]] };
  expect(platformInputs.create.safeParse(wrong).success).toBe(false);
  const { id } = await scene.listen(owner, "http://127.0.0.1:9/");
  const send = sendTest(owner, { endpointId: id, type: "alert.raised" });
  await expect(send).rejects.toMatchObject({ code: "invalid", field: "type" });
});

test("every change of an endpoint is in the platform's audit, and no secret", async () => {
  const { id, secret } = await listen("http://127.0.0.1:9/");
  const entries = await view(scene.system, (tx) =>
    tx.auditEntry.findMany({ where: { chain: "platform", action: "webhooks.create-endpoint" } }),
  );
  expect(entries.map(({ targetId }) => targetId)).toContain(id);
  expect(
    JSON.stringify(entries, (_, value) => (typeof value === "bigint" ? `${value}` : value)),
  ).not.toContain(secret);
  await deleteEndpoint(admin, { endpointId: id });
});
