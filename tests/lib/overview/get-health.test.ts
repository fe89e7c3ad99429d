import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { transact } from "#lib/db/transaction";
import { getHealth } from "#lib/overview/get-health";
import { openTestDatabase, type TestDatabase } from "#tests/support/database";

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  await write(async (tx) => {
    await tx.inboxEvent.deleteMany();
    await tx.inboxWorker.deleteMany();
    await tx.inboxWorker.create({ data: { id: "worker", until: minutes(5) } });
  });
});

const real = { stripeApiBase: undefined };

test("everything is ready while a worker is alive and nothing waits", async () => {
  const { status, parts } = await getHealth(database.context(), real);
  expect(status).toBe("ready");
  expect(Object.values(parts).map(({ state }) => state)).toEqual(Array(6).fill("ready"));
});

test("without a worker it still serves, degraded", async () => {
  await write((tx) => tx.inboxWorker.updateMany({ data: { until: minutes(-1) } }));
  const { status, parts } = await getHealth(database.context(), real);
  expect(status).toBe("degraded");
  expect(parts.worker).toEqual({
    state: "degraded",
    says: "None is alive, so events and jobs wait.",
  });
});

test("a dead event degrades the inbox until it is replayed", async () => {
  await plantEvent("dead", 0);
  const { status, parts } = await getHealth(database.context(), real);
  expect(status).toBe("degraded");
  expect(parts.inbox.says).toBe("1 event died and can be replayed.");
});

test("an event that waits for a minute means that the inbox is behind", async () => {
  await plantEvent("waiting", -1);
  const { parts } = await getHealth(database.context(), real);
  expect(parts.inbox.state).toBe("degraded");
  expect(parts.inbox.says).toMatch(/^Behind by 6\d s\.$/);
});

test("an event that failed and is tried again later does not count as being behind", async () => {
  await plantEvent("waiting", -5);
  await write((tx) => tx.inboxEvent.updateMany({ data: { retryAt: minutes(5) } }));
  const { parts } = await getHealth(database.context(), real);
  expect(parts.inbox).toEqual({ state: "ready", says: "Keeps up, 1 event to be tried again." });
});

test("a migration that this database has not had means down", async () => {
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  const hide =
    "update _prisma_migrations set finished_at = null where migration_name like '%_init'";
  await owner.query(hide);
  const { status, parts } = await getHealth(database.context(), real);
  await owner.query("update _prisma_migrations set finished_at = now()");
  await owner.end();
  expect(status).toBe("down");
  expect(parts.migrations.says).toMatch(/^Not applied: \d+_init\.$/);
});

test("code without its migrations beside it trusts what the database says", async () => {
  const around = { ...real, migrations: "/nowhere" };
  const { parts } = await getHealth(database.context(), around);
  expect(parts.migrations.state).toBe("ready");
});

test("a local Stripe that answers is ready, one that is gone degrades", async () => {
  const server = createServer((_request, response) => response.end("{}"));
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const stripeApiBase = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const answering = await getHealth(database.context(), { stripeApiBase });
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
  const gone = await getHealth(database.context(), { stripeApiBase });

  expect(answering.parts.stripe.state).toBe("ready");
  expect(gone.parts.stripe.state).toBe("down");
  expect(gone.status).toBe("degraded");
});

test("a database that is away is said, soon and without an error", async () => {
  const away = await openTestDatabase();
  await away.close();
  const { status, parts } = await getHealth(away.context(), { ...real, patienceMs: 500 });
  expect(status).toBe("down");
  expect(parts.database.state).toBe("down");
});

function write<T>(run: Parameters<typeof transact<T>>[2]): Promise<T> {
  return transact(database.context(), "test.plant", run);
}

async function plantEvent(status: "dead" | "waiting", sinceMinutes: number): Promise<void> {
  await write((tx) =>
    tx.inboxEvent.create({
      data: {
        id: "evt_1",
        endpoint: "account",
        type: "invoice.paid",
        objectType: "invoice",
        objectId: "in_1",
        partition: 1,
        instant: new Date(),
        receivedAt: minutes(sinceMinutes),
        status,
        ...(status === "dead" ? { handledAt: new Date(), deadAt: new Date() } : {}),
        traceId: "trc_1",
        body: {},
      },
    }),
  );
}

function minutes(count: number): Date {
  return new Date(Date.now() + count * 60_000);
}
