import { makeWorkerUtils, type WorkerUtils } from "graphile-worker";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freeJobs } from "#lib/jobs/free-jobs";
import { openTestDatabase, type TestDatabase } from "#tests/support/database";

let database: TestDatabase;
let queue: WorkerUtils;

beforeAll(async () => {
  database = await openTestDatabase();
  queue = await makeWorkerUtils({ connectionString: database.ownerUrl });
}, 60_000);
afterAll(async () => {
  await queue.release();
  await database.close();
});

/** A job as a worker has it that took it so long ago. */
async function taken(key: string, minutesAgo: number): Promise<void> {
  await queue.addJob("mail.send", { mailId: key }, { jobKey: key });
  await queue.withPgClient((client) =>
    client.query(
      `update graphile_worker._private_jobs
        set locked_at = now() - make_interval(mins => $2), locked_by = $1 where key = $1`,
      [key, minutesAgo],
    ),
  );
}

async function holders(): Promise<Record<string, string | null>> {
  const { rows } = await queue.withPgClient((client) =>
    client.query<{ key: string; locked_by: string | null }>(
      "select key, locked_by from graphile_worker.jobs",
    ),
  );
  return Object.fromEntries(rows.map(({ key, locked_by: by }) => [key, by]));
}

test("a dead worker's jobs are given back, a working one's are not", async () => {
  await taken("dead", 16);
  await taken("working", 14);
  expect(await freeJobs(queue)).toBe(1);
  expect(await holders()).toEqual({ dead: null, working: "working" });
  expect(await freeJobs(queue)).toBe(0);
});
