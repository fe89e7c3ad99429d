import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { transact } from "#lib/db/transaction";
import { enqueue } from "#lib/jobs/enqueue";
import { openTestDatabase, type TestDatabase } from "#tests/support/database";
import { unique } from "#tests/support/people";

let database: TestDatabase;
let queue: pg.Client;

beforeAll(async () => {
  database = await openTestDatabase();
  queue = new pg.Client({ connectionString: database.superUrl });
  await queue.connect();
});
afterAll(async () => {
  await queue.end();
  await database.close();
});

async function countOf(key: string): Promise<number> {
  const { rows } = await queue.query("select from graphile_worker.jobs where key = $1", [key]);
  return rows.length;
}

function enqueueOnce(key: string): Promise<void> {
  return transact(database.context(), "test.enqueue", (tx) =>
    enqueue(tx, "mail.send", { mailId: key }, { key }),
  );
}

test("a job vanishes with the decision it follows from", async () => {
  const key = unique("job");
  const decision = transact(database.context(), "test.enqueue", async (tx) => {
    await enqueue(tx, "mail.send", { mailId: key }, { key });
    throw new Error("no");
  });
  await expect(decision).rejects.toThrow("no");
  expect(await countOf(key)).toBe(0);
});

test("jobs of one key are one job", async () => {
  const key = unique("job");
  await Promise.all([enqueueOnce(key), enqueueOnce(key), enqueueOnce(key)]);
  expect(await countOf(key)).toBe(1);
});

test("the app cannot read the queue or put jobs there by another door", async () => {
  const { pool } = database.db;
  await expect(pool.query("select * from graphile_worker.jobs")).rejects.toThrow(/permission/);
  await expect(pool.query("select graphile_worker.add_job('mail.send')")).rejects.toThrow(
    /permission/,
  );
});
