import fc from "fast-check";
import { expect, test } from "vitest";
import { conclude, type Figure, measure, median } from "#scripts/bench/figure";

test.each([
  { of: [3], is: 3 },
  { of: [3, 1, 2], is: 2 },
  { of: [4, 1, 3, 2], is: 2.5 },
  { of: [10, 9, 100], is: 10 },
])("the median of $of is $is", ({ of, is }) => {
  expect(median(of)).toBe(is);
});

test("half lie on either side of a median", () => {
  const values = fc.array(fc.integer(), { minLength: 1 });
  fc.assert(
    fc.property(values, (all) => {
      const middle = median(all);
      expect(all.filter((value) => value < middle).length).toBeLessThanOrEqual(all.length / 2);
      expect(all.filter((value) => value > middle).length).toBeLessThanOrEqual(all.length / 2);
    }),
  );
});

test("nothing measured has no median", () => {
  expect(() => median([])).toThrow("Nothing was measured");
});

const figure = { name: "write", unit: "per s", beside: { name: "bare", run: async () => 1 } };

test("the ratio is the median of the rounds' ratios, so that a slow minute cancels out", () => {
  const rounds = [
    { value: 90, besideValue: 100 },
    { value: 9, besideValue: 10 },
    { value: 50, besideValue: 200 },
  ];
  expect(conclude({ ...figure, goal: { atLeast: 0.8 } }, rounds)).toEqual({
    name: "write",
    unit: "per s",
    value: 50,
    beside: "bare",
    besideValue: 100,
    ratio: 0.9,
    goal: ">= 0.8",
    holds: true,
  });
  expect(conclude({ ...figure, goal: { atLeast: 0.91 } }, rounds).holds).toBe(false);
  expect(conclude({ ...figure, goal: { atMost: 0.91 } }, rounds).holds).toBe(true);
});

test("a figure with nothing beside it is held to its goal by its value", () => {
  const alone = { name: "stale objects", unit: "", goal: { atMost: 0 } };
  const rounds = [{ value: 0, besideValue: undefined }];
  expect(conclude(alone, rounds)).toMatchObject({ beside: null, ratio: null, holds: true });
  const stale = [{ value: 1, besideValue: undefined }];
  expect(conclude(alone, stale).holds).toBe(false);
});

test("rounds are interleaved, take turns at going first, and the first only warms up", async () => {
  const order: string[] = [];
  const measured: Figure = {
    name: "write",
    unit: "per s",
    goal: { atLeast: 1 },
    subject: async () => order.push("subject"),
    beside: { name: "bare", run: async () => order.push("beside") },
  };
  const { value } = await measure(measured, 3);
  const [first, second] = [
    ["subject", "beside"],
    ["beside", "subject"],
  ] as const;
  expect(order).toEqual([...first, ...second, ...first, ...second]);
  // The order counts as the value here: rounds 1 to 3 gave 4, 5 and 8.
  expect(value).toBe(5);
});

test("what is long by itself is run once, and a limit is held to nothing", async () => {
  let runs = 0;
  const subject = async () => {
    runs += 1;
    return 7;
  };
  const long: Figure = { name: "growth", unit: "MB", goal: "limit", subject, isOnce: true };
  expect(await measure(long, 5)).toMatchObject({ value: 7, goal: "limit", holds: true });
  expect(runs).toBe(1);
});
