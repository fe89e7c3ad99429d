import { expect, test } from "vitest";
import { hasFailedTooLong, nextStep } from "#lib/webhooks/retry";

const now = new Date("2026-01-01T00:00:00Z");
const answer = (status: number | null, retryAfter: string | null = null) => {
  return { status, headers: {}, body: "", retryAfter, error: null, durationMs: 1 };
};
const waitSeconds = (attempt: number, outcome: ReturnType<typeof answer>, random = 0) => {
  const step = nextStep(attempt, outcome, now, random);
  return step.kind === "retry" ? (step.at.getTime() - now.getTime()) / 1000 : step.kind;
};

test("ten tries follow the specification's schedule, and then no more", () => {
  const waits = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((attempt) => waitSeconds(attempt, answer(500)));
  const hours = [2, 5, 10, 14, 20, 24].map((hour) => hour * 3600);
  expect(waits).toEqual([5, 300, 1800, ...hours, "exhausted"]);
});

test("jitter adds up to a tenth and never takes away", () => {
  expect(waitSeconds(2, answer(500), 0)).toBe(300);
  expect(waitSeconds(2, answer(500), 0.5)).toBe(315);
});

test("any 2xx is delivered, 410 is gone, and everything else is tried again", () => {
  for (const status of [200, 201, 204, 299])
    expect(waitSeconds(1, answer(status))).toBe("delivered");
  expect(waitSeconds(1, answer(410))).toBe("gone");
  for (const status of [null, 302, 400, 404, 500]) expect(waitSeconds(1, answer(status))).toBe(5);
});

test("Retry-After puts the next try off, by seconds or by date, for a day at most", () => {
  expect(waitSeconds(1, answer(429, "120"))).toBe(120);
  expect(waitSeconds(1, answer(503, "Thu, 01 Jan 2026 00:10:00 GMT"))).toBe(600);
  expect(waitSeconds(1, answer(503, "99999999"))).toBe(24 * 3600);
});

test("Retry-After never hastens a try, and only counts where it is an answer's to give", () => {
  expect(waitSeconds(2, answer(429, "1"))).toBe(300);
  expect(waitSeconds(1, answer(500, "120"))).toBe(5);
  expect(waitSeconds(1, answer(429, "soon"))).toBe(5);
});

test("five days of nothing but failures are too long", () => {
  expect(hasFailedTooLong(null, now)).toBe(false);
  expect(hasFailedTooLong(new Date("2025-12-27T00:00:01Z"), now)).toBe(false);
  expect(hasFailedTooLong(new Date("2025-12-27T00:00:00Z"), now)).toBe(true);
});
