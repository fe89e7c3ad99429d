import { afterAll, beforeAll, expect, test } from "vitest";
import { openStage, type Stage } from "#scripts/bench/stage";
import { loseUnderLoad } from "#scripts/chaos/control";

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
}, 60_000);
afterAll(() => stage.close());

test("PostgreSQL killed under load has everything that was acknowledged", async () => {
  const { acknowledged, lost } = await loseUnderLoad(stage, { isDurable: true, stops: 2 });
  expect(acknowledged).toBeGreaterThan(0);
  expect(lost).toBe(0);
}, 60_000);

test("one that acknowledges before it writes loses some, so the test above can fail", async () => {
  const { lost } = await loseUnderLoad(stage, { isDurable: false, stops: 2 });
  expect(lost).toBeGreaterThan(0);
}, 60_000);
