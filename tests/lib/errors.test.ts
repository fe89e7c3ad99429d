import { expect, test } from "vitest";
import { invariant, Refusal, type RefusalCode } from "#lib/errors";

test.each([
  ["invalid", 400],
  ["unauthenticated", 401],
  ["payment_required", 402],
  ["forbidden", 403],
  ["not_found", 404],
  ["conflict", 409],
  ["gone", 410],
  ["too_large", 413],
  ["too_many", 429],
  ["unavailable", 503],
] satisfies [RefusalCode, number][])("refusing with %s answers %d", (code, status) => {
  expect(new Refusal(code, "No.").status).toBe(status);
});

test("a refusal carries the field at fault and when trying again can help", () => {
  const refusal = new Refusal("too_many", "Slow down.", { field: "email", retryAfterSeconds: 30 });
  expect(refusal).toMatchObject({ field: "email", retryAfterSeconds: 30, message: "Slow down." });
  expect(refusal).toBeInstanceOf(Error);
});

test("an invariant passes what holds and throws what does not", () => {
  expect(() => invariant(1 + 1 === 2, "sums")).not.toThrow();
  for (const broken of [false, 0, "", null, undefined]) {
    expect(() => invariant(broken, "sums")).toThrow("Invariant: sums");
  }
});
