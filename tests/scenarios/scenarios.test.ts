import { afterAll, beforeAll, expect, test } from "vitest";
import { allowedDifferences } from "#tests/scenarios/allowed-differences";
import { billing } from "#tests/scenarios/billing";
import { cleanUp } from "#tests/scenarios/clean-up";
import { connect } from "#tests/scenarios/connect";
import { connectMoney } from "#tests/scenarios/connect-money";
import { expectedOn } from "#tests/scenarios/judge-sight";
import { payments } from "#tests/scenarios/payments";
import { platform } from "#tests/scenarios/platform";
import { clientOf, openTarget, type Target } from "#tests/scenarios/target";

const scenarios = { ...payments, ...billing, ...platform, ...connect, ...connectMoney };
// A minute earlier, since Stripe's clock is another.
const since = Math.floor(Date.now() / 1000) - 60;
let target: Target;

beforeAll(async () => {
  target = await openTarget();
});
afterAll(() => target.close());

test.each(Object.entries(scenarios))(
  "%s",
  async (name, { run, expected }) => {
    const documented = expectedOn(target.name, name, expected, allowedDifferences);
    expect(await run(target)).toEqual(documented);
  },
  180_000,
);

test("what the stories made is taken away", async () => {
  expect(await cleanUp(target.stripe, since)).toBe(0);
}, 180_000);

test("every allowed difference is of a scenario there is", () => {
  const names = allowedDifferences.map(({ scenario }) => scenario);
  expect(names.filter((name) => !(name in scenarios))).toEqual([]);
});

test("an allowed difference replaces what is documented, on its target alone", () => {
  const known = { scenario: "s", path: "a.b", seen: 2, why: "as planted" };
  const documented = { a: { b: 1 }, c: 3 };
  const local = expectedOn("local", "s", documented, [{ ...known, target: "local" }]);
  expect(local).toEqual({ a: { b: 2 }, c: 3 });
  expect(expectedOn("real", "s", documented, [{ ...known, target: "local" }])).toEqual(documented);
  expect(() =>
    expectedOn("local", "s", documented, [{ ...known, target: "local", seen: 1 }]),
  ).toThrow("take it off the list");
  expect(() =>
    expectedOn("local", "s", documented, [{ ...known, target: "local", path: "a.x" }]),
  ).toThrow("Nothing is at a.x");
});

test.each(["sk_live_abc", "rk_live_abc", "pk_test_abc", "nonsense"])("%s is refused", (key) => {
  expect(() => clientOf(key)).toThrow("no test key");
});
