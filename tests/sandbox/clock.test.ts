import { expect, test } from "vitest";
import { withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();
const monthSeconds = 30 * 86_400;

type Answer = { now?: number; error?: { message: string } };

test("a world in which nothing has happened may begin in the past, and time runs on there", async () => {
  const past = Math.floor(Date.now() / 1000) - monthSeconds;
  const { now } = await sandbox.admin<Answer>("/clock", { to: past }, "past");
  expect(Math.abs(now! - past)).toBeLessThanOrEqual(1);

  const { created } = await sandbox.client("past").customers.create({ name: "Early" });
  expect(Math.abs(created - past)).toBeLessThanOrEqual(2);
});

test("once something has happened, time only moves forward", async () => {
  const { created } = await sandbox.client("busy").customers.create({ name: "Here" });
  const back = await sandbox.admin<Answer>("/clock", { to: created - monthSeconds }, "busy");
  expect(back.error?.message).toContain("only moves forward");
  const ahead = await sandbox.admin<Answer>("/clock", { to: created + monthSeconds }, "busy");
  expect(ahead.now).toBeGreaterThanOrEqual(created + monthSeconds);
});
