import { expect, test } from "vitest";
import type { z } from "zod";
import { changeInput } from "#lib/billing/change-input";
import { checkoutInput } from "#lib/billing/input";
import { assignSeatInput, previewSeatsInput, setSeatsInput } from "#lib/seats/input";

const nonsense: [string, unknown, RegExp][] = [
  ["a negative number", -1, /at least 1|at least one|>=0/],
  ["none", 0, /at least 1|at least one/],
  ["a fraction", 1.5, /whole number|int/],
  ["no number", Number.NaN, /must be a number|whole number|NaN/],
  ["no end of them", Number.POSITIVE_INFINITY, /number/],
  ["an absurd number", 1_000_000_000, /at most/],
  ["more than a number holds", 2 ** 60, /at most|whole number|int/],
  ["words", "many", /must be a number|whole number|number/],
  ["a list", [3], /must be a number|whole number|number/],
  ["yes", true, /must be a number|whole number|number/],
];

const plan = { plan: "pro", interval: "month" };
const places: [string, z.ZodType, (quantity: unknown) => unknown, string][] = [
  ["the checkout's seats", checkoutInput, (seats) => ({ ...plan, seats }), "seats"],
  ["a change's seats", changeInput, (seats) => ({ kind: "plan", ...plan, seats }), "seats"],
  ["seats that are bought", setSeatsInput, (seats) => ({ seats }), "seats"],
  ["seats that are asked about", previewSeatsInput, (seats) => ({ seats }), "seats"],
];

test.each(places)("of %s no nonsense gets in, and the field says what to write", (_w, ...place) => {
  const [input, asked, field] = place;
  expect(input.safeParse(asked(3)).success).toBe(true);
  for (const [what, quantity, words] of nonsense) {
    const { error } = input.safeParse(asked(quantity));
    const issue = error?.issues.find(({ path }) => path.join(".") === field);
    expect(issue?.message, `${what}: ${JSON.stringify(error?.issues)}`).toMatch(words);
  }
});

test("how many there were before may be none, and is never nonsense", () => {
  const from = (value: unknown) =>
    assignSeatInput.safeParse({ memberId: "m", buy: { from: value } });
  expect(from(0).success).toBe(true);
  for (const value of [-1, 1.5, Number.NaN, 1e9, "3"]) expect(from(value).success).toBe(false);
});

test("add-ons are whole numbers of what is named, and no more than can be billed", () => {
  const asked = (quantity: unknown) =>
    changeInput.safeParse({ kind: "plan", ...plan, addOns: [{ key: "storage", quantity }] });
  expect(asked(2).success).toBe(true);
  for (const [what, quantity] of nonsense) expect(asked(quantity).success, what).toBe(false);
  const many = Array.from({ length: 21 }, (_one, place) => `key-${place}`);
  expect(changeInput.safeParse({ kind: "plan", ...plan, addOns: many }).success).toBe(false);
});
