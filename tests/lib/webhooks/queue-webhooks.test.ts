import { afterAll, beforeAll, expect, test } from "vitest";
import type { Context } from "#lib/context";
import { transact } from "#lib/db/transaction";
import type { Fact, Seen } from "#lib/events/converger";
import { keepNew } from "#lib/events/write-batch";
import { newId } from "#lib/ids";
import { queueWebhooks } from "#lib/webhooks/queue-webhooks";
import { addSecret } from "#lib/webhooks/secrets";
import { openTestDatabase, type TestDatabase } from "#tests/support/database";
import { setEnvironment } from "#tests/support/environment";
import { newOwner, unique } from "#tests/support/people";

let database: TestDatabase;
let system: Context;

beforeAll(async () => {
  database = await openTestDatabase();
  system = database.context();
  setEnvironment({ DATABASE_APP_URL: database.appUrl });
});
afterAll(() => database.close());

async function plantEndpoint(tenantId: string, types: string[], disabledAt: Date | null = null) {
  const [id, createdAt] = [newId("webhookEndpoint"), new Date()];
  const disabledBecause = disabledAt && ("person" as const);
  const data = { id, tenantId, url: "https://example.com/", description: "", types, createdAt };
  const [secret, sealed] = await transact(system, "test.plant", async (tx) => {
    await tx.webhookEndpoint.create({ data: { ...data, disabledAt, disabledBecause } });
    await tx.webhookStanding.create({ data: { endpointId: id, tenantId } });
    const made = await addSecret(tx, { endpointId: id, tenantId }, createdAt);
    const kept = await tx.webhookSecret.findFirstOrThrow({ where: { endpointId: id } });
    return [made, kept.sealed];
  });
  return { id, secret, sealed };
}

function paid(tenantId: string | null, kind = "invoice.paid"): Fact {
  return { reference: unique("invoice"), kind, tenantId, data: { minor: "1", currency: "usd" } };
}

const seen: Seen = {
  ...{ account: "", id: "in_1", object: {}, instant: new Date(), isDeleted: false },
  ...{ eventId: null, traceId: "" },
};

function converge(facts: Fact[]): Promise<string[]> {
  return transact(system, "events.converge", async (tx) =>
    queueWebhooks(tx, system, await keepNew(tx, [{ seen, facts }])),
  );
}

const deliveriesOf = (tenantId: string) =>
  transact(system, "", (tx) => tx.webhookDelivery.findMany({ where: { tenantId } }));

test("twenty convergences at once write one delivery per fact and endpoint", async () => {
  const { tenantId } = (await newOwner(system)).owner;
  for (const _ of [1, 2]) await plantEndpoint(tenantId, ["invoice.paid"]);
  const facts = [paid(tenantId), paid(tenantId), paid(tenantId)];
  const all = Array.from({ length: 20 }, (_, turn) => (turn % 2 ? facts : facts.toReversed()));
  const written = (await Promise.all(all.map(converge))).flat();
  const rows = await deliveriesOf(tenantId);
  expect(rows).toHaveLength(6);
  expect(new Set(written)).toEqual(new Set(rows.map(({ id }) => id)));
});

test("the constraint alone holds where the same fact is queued twenty times over", async () => {
  const { tenantId } = (await newOwner(system)).owner;
  await plantEndpoint(tenantId, ["invoice.paid"]);
  const fact = paid(tenantId);
  const turns = Array.from({ length: 20 }, () =>
    transact(system, "events.converge", (tx) => queueWebhooks(tx, system, [fact])),
  );
  expect((await Promise.all(turns)).flat()).toHaveLength(1);
});

test("only the endpoints of the fact's tenant that asked for its kind and are on are told", async () => {
  const { tenantId } = (await newOwner(system)).owner;
  const other = (await newOwner(system)).owner.tenantId;
  const asked = await plantEndpoint(tenantId, ["invoice.paid"]);
  await plantEndpoint(tenantId, ["refund.failed"]);
  await plantEndpoint(tenantId, ["invoice.paid"], new Date());
  await plantEndpoint(other, ["invoice.paid", "checkout.completed"]);
  await converge([paid(tenantId), paid(null), paid(other, "checkout.completed")]);
  expect((await deliveriesOf(tenantId)).map(({ endpointId }) => endpointId)).toEqual([asked.id]);
  expect(await deliveriesOf(other)).toEqual([]);
});

test("a delivery vanishes with the transaction of its fact", async () => {
  const { tenantId } = (await newOwner(system)).owner;
  await plantEndpoint(tenantId, ["invoice.paid"]);
  const undone = transact(system, "events.converge", async (tx) => {
    expect(await queueWebhooks(tx, system, [paid(tenantId)])).toHaveLength(1);
    throw new Error("undone");
  });
  await expect(undone).rejects.toThrow("undone");
  expect(await deliveriesOf(tenantId)).toEqual([]);
});

test("the audit log holds the endpoint and neither form of its secret", async () => {
  const { tenantId } = (await newOwner(system)).owner;
  const { secret, sealed } = await plantEndpoint(tenantId, ["invoice.paid"]);
  const entries = await transact(system, "", (tx) =>
    tx.auditEntry.findMany({ where: { chain: tenantId, target: { startsWith: "webhook" } } }),
  );
  const text = JSON.stringify(entries.map(({ before, after }) => ({ before, after })));
  expect(entries.map(({ target }) => target)).toEqual(["webhook_endpoints", "webhook_secrets"]);
  expect(text).toContain("https://example.com/");
  expect(text).not.toContain(secret);
  expect(text).not.toContain(sealed);
});
