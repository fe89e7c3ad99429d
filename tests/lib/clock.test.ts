import fc from "fast-check";
import { expect, test } from "vitest";
import { createManualClock, systemClock } from "#lib/clock";

test("a manual clock stands still until it is moved", () => {
  const clock = createManualClock(new Date("2024-02-29T23:59:59Z"));
  expect(clock.now()).toEqual(clock.now());
  clock.advance(1000);
  expect(clock.now()).toEqual(new Date("2024-03-01T00:00:00Z"));
});

test("steps add up, and a date handed out can be changed without moving the clock", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 86_400_000 })), (steps) => {
      const clock = createManualClock(new Date(0));
      for (const ms of steps) {
        clock.now().setFullYear(1999);
        clock.advance(ms);
      }
      expect(clock.now().getTime()).toBe(steps.reduce((sum, ms) => sum + ms, 0));
    }),
  );
});

test("the system's clock is the machine's", () => {
  const before = Date.now();
  const now = systemClock.now().getTime();
  expect(now).toBeGreaterThanOrEqual(before);
  expect(now).toBeLessThanOrEqual(Date.now());
});
