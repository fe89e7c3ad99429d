import { expect, test } from "vitest";
import { runChaos } from "#scripts/chaos/run";
import { openTestDatabase } from "#tests/support/database";
import { openTestSandbox } from "#tests/support/sandbox";

test("some hundred schedules of everything going wrong lose, double and leave nothing", async () => {
  const database = await openTestDatabase();
  const sandbox = await openTestSandbox();
  const seed = Math.floor(Math.random() * 2 ** 31);
  console.log(`npm run chaos -- --seed ${seed} repeats this`);
  const outcome = await runChaos({
    ...{ seed, schedules: 200, batchSize: 200, stripeUrl: sandbox.url, database },
  });
  expect(outcome.faults).toEqual([]);
  expect([outcome.believed, outcome.untold]).toEqual([0, []]);
  await sandbox.close();
  await database.close();
}, 180_000);
