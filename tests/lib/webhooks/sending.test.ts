import { spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync, writeFileSync } from "node:fs";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { Logger, run } from "graphile-worker";
import { afterAll, beforeAll, expect, test } from "vitest";
import { receiverCode } from "#components/developers/receiver-code";
import { openDb } from "#lib/db/client";
import { transact, view } from "#lib/db/transaction";
import { taskListOf } from "#lib/dispatch/jobs";
import { lanesOf } from "#lib/dispatch/lanes";
import { getDelivery } from "#lib/webhooks/get-delivery";
import { judgeMessage } from "#lib/webhooks/judge-message";
import { replayDelivery } from "#lib/webhooks/replay-delivery";
import { retryDelaysMs } from "#lib/webhooks/retry";
import { sendDue } from "#lib/webhooks/send-due";
import { updateEndpoint } from "#lib/webhooks/update-endpoint";
import { wakeEndpoints } from "#lib/webhooks/wake-endpoints";
import { verify } from "#tests/lib/webhooks/receiver";
import { openScene, readDeliveries, type Scene } from "#tests/lib/webhooks/scene";
import { localEnvironment, setEnvironment } from "#tests/support/environment";

let scene: Scene;

beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

const turn = (endpointId: string) => sendDue(scene.system, { endpointId });
const secondMs = 1_000;

test("a fact reaches its endpoint signed, and what was sent and answered is kept", async () => {
  const owner = await scene.owner();
  const receiver = await scene.receiver((response) => {
    response.writeHead(201, { "x-request-id": "req_1" }).end("th\0anks");
  });
  const { id, secret } = await scene.listen(owner, receiver.url);
  const [fact] = await scene.happen(owner);
  await turn(id);

  const [message] = receiver.heard;
  expect(verify(secret, message!)).toEqual({
    ...{ type: "charge.failed", timestamp: scene.system.now().toISOString() },
    data: fact!.data,
  });
  const [delivery] = await readDeliveries(scene, owner);
  expect(delivery).toMatchObject({ id: message!.id, status: "delivered", attempts: 1 });
  const page = await getDelivery(owner, { deliveryId: delivery!.id });
  expect(page.body).toBe(message!.body);
  expect(page.tries).toMatchObject([{ number: 1, status: 201, responseBody: "th\ufffdanks" }]);
  expect(page.tries[0]!.responseHeaders).toMatchObject({ "x-request-id": "req_1" });
  expect(page.tries[0]!.requestHeaders).toMatchObject({
    "webhook-id": message!.id,
    "webhook-signature": message!.headers["webhook-signature"],
  });
});

test("a receiver that fails is tried by the schedule, ten times in all, under one id", async () => {
  const owner = await scene.owner();
  const receiver = await scene.receiver((response) => response.writeHead(500).end("no"));
  const { id } = await scene.listen(owner, receiver.url);
  await scene.happen(owner);
  for (const delayMs of retryDelaysMs) {
    await turn(id);
    const [{ dueAt, status } = { dueAt: null, status: "" }] = await readDeliveries(scene, owner);
    expect(status).toBe("queued");
    const waitMs = dueAt!.getTime() - scene.system.now().getTime();
    expect(waitMs).toBeGreaterThanOrEqual(delayMs);
    expect(waitMs).toBeLessThanOrEqual(delayMs * 1.1);
    scene.moveTo(new Date(dueAt!.getTime() - 1));
    await turn(id); // Not yet due.
    scene.moveTo(dueAt!);
  }
  await turn(id);
  const [delivery] = await readDeliveries(scene, owner);
  expect(delivery).toMatchObject({ status: "failed", attempts: 10, dueAt: null });
  expect(new Set(receiver.heard.map((message) => message.id))).toEqual(new Set([delivery!.id]));
  expect(receiver.heard).toHaveLength(10);
});

test("what a receiver asks for with Retry-After is granted", async () => {
  const owner = await scene.owner();
  const receiver = await scene.receiver((response) => {
    response.writeHead(503, { "retry-after": "7200" }).end();
  });
  const { id } = await scene.listen(owner, receiver.url);
  await scene.happen(owner);
  await turn(id);
  const [delivery] = await readDeliveries(scene, owner);
  expect(delivery!.dueAt!.getTime()).toBe(scene.system.now().getTime() + 7200 * secondMs);
});

test("answers of every bad kind are kept as what they were, and none fails the turn", async () => {
  const owner = await scene.owner();
  const inside = await scene.receiver();
  const redirecting = await scene.receiver((response) => {
    response.writeHead(302, { location: inside.url }).end();
  });
  const huge = await scene.receiver((response) => {
    response.writeHead(500);
    response.write("x".repeat(1_000_000)); // And never ends.
  });
  const hanging = await scene.receiver(() => undefined);
  const cut = await scene.receiver((response) => response.socket?.destroy());
  const endpoints = await Promise.all(
    [redirecting, huge, hanging, cut].map(({ url }) => scene.listen(owner, url)),
  );
  await scene.happen(owner);
  await Promise.all(
    endpoints.map(({ id }) => sendDue(scene.system, { endpointId: id }, { timeoutMs: 400 })),
  );
  const deliveries = await readDeliveries(scene, owner);
  const triesOf = (index: number) =>
    deliveries.find(({ endpointId }) => endpointId === endpoints[index]!.id)!.tries[0]!;
  expect(triesOf(0)).toMatchObject({ status: 302 });
  expect(inside.heard).toEqual([]);
  expect(triesOf(1)).toMatchObject({ status: 500, responseBody: "x".repeat(4096) });
  expect(triesOf(2)).toMatchObject({ status: null, error: "No answer in time." });
  expect(triesOf(3)).toMatchObject({ status: null, error: expect.stringContaining("hang up") });
  expect(deliveries.every(({ status }) => status === "queued")).toBe(true);
});

test("TLS that is broken, and plain HTTP where TLS should be, are failures", async () => {
  const owner = await scene.owner();
  const server = createTlsServer({}); // Has no certificate, so no handshake succeeds.
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  const plain = await scene.receiver();
  const { id: broken } = await scene.listen(owner, `https://localhost:${port}/`);
  const { id: bare } = await scene.listen(owner, `https://127.0.0.1:${plain.port}/`);
  await scene.happen(owner);
  await Promise.all([turn(broken), turn(bare)]);
  server.close();
  const deliveries = await readDeliveries(scene, owner);
  expect(deliveries.map(({ status }) => status)).toEqual(["queued", "queued"]);
  const errors = deliveries.map(({ tries }) => tries[0]!.error).join(" ");
  expect(errors).toMatch(/handshake failure/);
  expect(errors).toMatch(/wrong version number|packet length|EPROTO/i);
  expect(plain.heard).toEqual([]);
});

test("an endpoint saved when loopback was allowed is not called once it is not", async () => {
  const owner = await scene.owner();
  const receiver = await scene.receiver();
  const { id } = await scene.listen(owner, receiver.url);
  await scene.happen(owner);
  setEnvironment({ DATABASE_APP_URL: scene.database.appUrl, WEBHOOK_LOOPBACK: "no" });
  await turn(id);
  setEnvironment({ DATABASE_APP_URL: scene.database.appUrl, WEBHOOK_LOOPBACK: "yes" });
  expect(receiver.heard).toEqual([]);
  const [delivery] = await readDeliveries(scene, owner);
  expect(delivery!.tries[0]!.error).toContain("https://");
});

test("a public name that leads to a private address by now is not connected to", async () => {
  const owner = await scene.owner();
  const receiver = await scene.receiver();
  const { id } = await scene.listen(owner, `https://hooks.example.com:8443/`);
  await scene.happen(owner);
  setEnvironment({ DATABASE_APP_URL: scene.database.appUrl, WEBHOOK_LOOPBACK: "no" });
  const resolve = async () => [{ address: "127.0.0.1", family: 4 }];
  await sendDue(scene.system, { endpointId: id }, { resolve });
  setEnvironment({ DATABASE_APP_URL: scene.database.appUrl, WEBHOOK_LOOPBACK: "yes" });
  const [delivery] = await readDeliveries(scene, owner);
  expect(delivery!.tries[0]!.error).toContain("not on the public internet");
  expect(receiver.heard).toEqual([]);
});

test("a secret that cannot be opened any more is said, and nothing goes out unsigned", async () => {
  const owner = await scene.owner();
  const receiver = await scene.receiver();
  const { id } = await scene.listen(owner, receiver.url);
  await scene.happen(owner);
  const { appUrl } = scene.database;
  const other = { LOCKSTEP_SECRET: "another secret, of thirty-two or more" };
  setEnvironment({ DATABASE_APP_URL: appUrl, WEBHOOK_LOOPBACK: "yes", ...other });
  await turn(id);
  setEnvironment({ DATABASE_APP_URL: appUrl, WEBHOOK_LOOPBACK: "yes" });
  expect(receiver.heard).toEqual([]);
  const [delivery] = await readDeliveries(scene, owner);
  expect(delivery!.tries[0]!.error).toContain("Rotate it");
});

test("six workers at once send each message once, and no more than ten at a time", async () => {
  const owner = await scene.owner();
  let [inside, most] = [0, 0];
  const receiver = await scene.receiver((response) => {
    inside += 1;
    most = Math.max(most, inside);
    setImmediate(() => {
      inside -= 1;
      response.end();
    });
  });
  const { id } = await scene.listen(owner, receiver.url);
  const facts = await scene.happen(owner, 90);
  const workers = Array.from({ length: 6 }, () => openDb(scene.database.appUrl, 4));
  await Promise.all(
    workers.map(async (db) => {
      for (let turns = 0; turns < 30; turns += 1) {
        await sendDue({ ...scene.system, db }, { endpointId: id });
      }
    }),
  );
  await Promise.all(workers.map((db) => db.close()));
  const ids = receiver.heard.map((message) => message.id);
  expect(ids).toHaveLength(facts.length);
  expect(new Set(ids).size).toBe(facts.length);
  expect(most).toBeLessThanOrEqual(10);
});

test("a worker killed after it sent and before it noted so sends again, under the same id", async () => {
  const owner = await scene.owner();
  scene.moveTo(new Date());
  const receiver = await scene.receiver(() => undefined);
  const { id, secret } = await scene.listen(owner, receiver.url);
  await scene.happen(owner);
  const env = { DATABASE_APP_URL: scene.database.appUrl, WEBHOOK_LOOPBACK: "yes", ENDPOINT: id };
  const doomed = spawn(process.execPath, ["tests/lib/webhooks/doomed-sender.ts"], {
    env: { ...process.env, ...localEnvironment, ...env },
    stdio: ["ignore", "inherit", "inherit"],
  });
  await receiver.hears(1);
  doomed.kill("SIGKILL");
  await once(doomed, "exit");

  receiver.answer = (response) => response.end();
  await turn(id); // Its claim still stands.
  expect(receiver.heard).toHaveLength(1);
  await transact(scene.system, "test.expire", (tx) =>
    tx.webhookDelivery.updateMany({
      where: { endpointId: id },
      data: { claimedUntil: new Date(0) },
    }),
  );
  await turn(id);
  const [first, second] = receiver.heard;
  expect(second!.id).toBe(first!.id);
  for (const message of [first!, second!]) expect(verify(secret, message)).toBeTruthy();
  const [delivery] = await readDeliveries(scene, owner);
  expect(delivery).toMatchObject({ status: "delivered", attempts: 2 });
  expect(delivery!.tries).toMatchObject([{ durationMs: null }, { status: 200 }]);
});

test("what lay because its worker died is found by the clock and asked for", async () => {
  const owner = await scene.owner();
  const receiver = await scene.receiver();
  const { id } = await scene.listen(owner, receiver.url);
  await scene.happen(owner);
  scene.pass(31 * secondMs);
  await wakeEndpoints(scene.system);
  expect(await keyedJobs(id)).toBe(1);
  await wakeEndpoints(scene.system);
  expect(await keyedJobs(id)).toBe(1);
});

async function keyedJobs(endpointId: string): Promise<number> {
  const db = openDb(scene.database.superUrl, 1);
  const { rows } = await db.pool.query("select from graphile_worker.jobs where key = $1", [
    `webhooks:${endpointId}`,
  ]);
  await db.close();
  return rows.length;
}

test("receivers that never answer hold up nobody else's messages", async () => {
  const [stuck, well] = [await scene.owner(), await scene.owner()];
  scene.moveTo(new Date());
  const hanging = await scene.receiver(() => undefined);
  const healthy = await scene.receiver();
  // More of them than there are places in their lane.
  for (let count = 0; count < 6; count += 1) await scene.listen(stuck, hanging.url);
  await transact(scene.system, "test.plant", (tx) =>
    tx.webhookStanding.updateMany({
      where: { tenantId: stuck.tenantId },
      data: { failingSince: scene.system.now() },
    }),
  );
  await scene.listen(well, healthy.url);
  await scene.happen(stuck, 20);
  const tasks = taskListOf(scene.system, {} as never);
  const runners = await Promise.all(
    lanesOf(tasks).map(({ taskList, concurrency }) =>
      run({
        ...{ connectionString: scene.database.ownerUrl, taskList, concurrency },
        ...{ maxPoolSize: 16, parsedCronItems: [], noHandleSignals: true },
        logger: new Logger(() => () => {}),
      }),
    ),
  );
  await hanging.hears(40); // Every place of their lane is taken, and stays so.
  await scene.happen(well, 25);
  await healthy.hears(25);
  hanging.close(); // Only now are they let go.
  await Promise.all(runners.map((runner) => runner.stop()));
  const sent = await view(scene.system, (tx) =>
    tx.webhookDelivery.count({ where: { tenantId: well.tenantId, status: "delivered" } }),
  );
  expect(sent).toBe(25);
});

test("the receiver that Developers offers to copy takes a genuine message once, and no other", async () => {
  const owner = await scene.owner();
  scene.moveTo(new Date());
  const file = `tests/lib/webhooks/copied-${process.pid}.ts`; // Where its imports are found.
  writeFileSync(file, receiverCode);
  const { receive } = await import(`${process.cwd()}/${file}`).finally(() => rmSync(file));
  const taken: unknown[] = [];
  const { id, secret } = await scene.listen(owner, "http://127.0.0.1:9/");
  const server = receive(secret, (event: unknown) => taken.push(event));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const url = `http://127.0.0.1:${server.address().port}/`;
  await updateEndpoint(owner, { endpointId: id, url });
  await scene.listen(owner, url); // Signed by a secret the receiver does not know.
  await scene.happen(owner);
  const [delivery] = await readDeliveries(scene, owner);
  await turn(id);
  await replayDelivery(owner, { deliveryId: delivery!.id }).catch(() => {});
  await turn(id);
  for (const { endpointId } of await readDeliveries(scene, owner)) await turn(endpointId);
  server.close();
  const byEndpoint = Object.groupBy(await readDeliveries(scene, owner), (row) =>
    row.endpointId === id ? "known" : "unknown",
  );
  expect(taken).toHaveLength(1);
  expect(byEndpoint.known![0]!.tries.map(({ status }) => status)).toContain(204);
  expect(byEndpoint.unknown![0]!.tries.map(({ status }) => status)).toEqual([400]);
});

test("the receiver of a local set-up takes what we signed and nothing else", async () => {
  const owner = await scene.owner();
  const receiver = await scene.receiver();
  const { id } = await scene.listen(owner, receiver.url);
  await scene.happen(owner);
  await turn(id);
  const [{ headers, body } = { headers: {}, body: "" }] = receiver.heard;
  expect(await judgeMessage(scene.system, { headers, body })).toBe(true);
  expect(await judgeMessage(scene.system, { headers, body: `${body} ` })).toBe(false);
  const other = { ...headers, "webhook-id": "msg_none" };
  expect(await judgeMessage(scene.system, { headers: other, body })).toBe(false);
});
