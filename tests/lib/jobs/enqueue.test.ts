import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { transact } from "#lib/db/transaction";
import { enqueue, enqueueAll } from "#lib/jobs/enqueue";
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

test("many jobs are queued at once as each alone would be", async () => {
  const [first, second] = [unique("job"), unique("job")];
  const runAt = new Date("2031-01-01T00:00:00.000Z");
  await transact(database.context(), "test.enqueue", (tx) =>
    enqueueAll(tx, [
      { name: "mail.send", payload: { mailId: first }, key: first, runAt, attempts: 3 },
      { name: "mail.send", payload: { mailId: second }, key: second },
      { name: "mail.send", payload: { mailId: second }, key: second },
    ]),
  );
  const { rows } = await queue.query(
    "select key, run_at, max_attempts from graphile_worker.jobs where key = any($1) order by id",
    [[first, second]],
  );
  expect(rows).toMatchObject([
    { key: first, run_at: runAt, max_attempts: 3 },
    { key: second, max_attempts: 12 },
  ]);
});

test("the app cannot read the queue or put jobs there by another door", async () => {
  const { pool } = database.db;
  await expect(pool.query("select * from graphile_worker.jobs")).rejects.toThrow(/permission/);
  await expect(pool.query("select graphile_worker.add_job('mail.send')")).rejects.toThrow(
    /permission/,
  );
});
