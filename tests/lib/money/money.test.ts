import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Currency, currencies, isCurrency } from "#lib/money/currency";
import { add, allocate, money, multiply, subtract } from "#lib/money/money";

const currency = fc.constantFrom(...(Object.keys(currencies) as Currency[]));
/** Far past what a PostgreSQL bigint holds, so that no hidden number survives. */
const minor = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });
const weights = fc
  .array(fc.bigInt({ min: 0n, max: 10n ** 12n }), { minLength: 1, maxLength: 40 })
  .filter((all) => all.some((weight) => weight > 0n));

const sumOf = (all: readonly bigint[]) => all.reduce((sum, one) => sum + one, 0n);
const magnitude = (value: bigint) => (value < 0n ? -value : value);

describe("allocating", () => {
  test("the parts sum to the whole, whatever its sign and the weights", () => {
    fc.assert(
      fc.property(minor, currency, weights, (whole, unit, shares) => {
        const parts = allocate(money(whole, unit), shares);
        expect(parts).toHaveLength(shares.length);
        expect(sumOf(parts.map((part) => part.minor))).toBe(whole);
        expect(parts.every((part) => part.currency === unit)).toBe(true);
      }),
    );
  });

  test("no part is a whole unit or more away from its exact share", () => {
    fc.assert(
      fc.property(minor, weights, (whole, shares) => {
        const total = sumOf(shares);
        allocate(money(whole, "usd"), shares).forEach((part, index) => {
          // |part - whole * weight / total| < 1, without dividing.
          expect(magnitude(part.minor * total - whole * shares[index]!)).toBeLessThan(total);
        });
      }),
    );
  });

  test("a weight of zero gets nothing", () => {
    fc.assert(
      fc.property(minor, weights, (whole, shares) => {
        const parts = allocate(money(whole, "usd"), [0n, ...shares, 0n]);
        expect([parts[0]!.minor, parts.at(-1)!.minor]).toEqual([0n, 0n]);
      }),
    );
  });

  test("no part has the other sign than the whole", () => {
    fc.assert(
      fc.property(minor, weights, (whole, shares) => {
        const parts = allocate(money(whole, "usd"), shares).map((part) => part.minor);
        expect(parts.every((part) => (whole < 0n ? part <= 0n : part >= 0n))).toBe(true);
      }),
    );
  });

  test("giving back an amount splits as charging it did", () => {
    fc.assert(
      fc.property(minor, weights, (whole, shares) => {
        const charged = allocate(money(whole, "usd"), shares);
        const returned = allocate(money(-whole, "usd"), shares);
        expect(returned.map((part) => -part.minor)).toEqual(charged.map((part) => part.minor));
      }),
    );
  });

  test("weights that mean the same split the same", () => {
    fc.assert(
      fc.property(minor, weights, fc.bigInt({ min: 1n, max: 10n ** 9n }), (whole, shares, by) => {
        const scaled = shares.map((weight) => weight * by);
        expect(allocate(money(whole, "usd"), scaled)).toEqual(
          allocate(money(whole, "usd"), shares),
        );
      }),
    );
  });

  test.each([
    { whole: "100", by: "1 1 1", gives: "33 33 34" },
    { whole: "-100", by: "1 1 1", gives: "-33 -33 -34" },
    { whole: "1", by: "1 1", gives: "0 1" },
    { whole: "500", by: "1000 2000", gives: "166 334" },
    { whole: "0", by: "3 4", gives: "0 0" },
    { whole: "7", by: "0 5 0", gives: "0 7 0" },
  ])("$whole by $by gives $gives", ({ whole, by, gives }) => {
    const parts = allocate(money(BigInt(whole), "usd"), by.split(" ").map(BigInt));
    expect(parts.map((part) => part.minor).join(" ")).toBe(gives);
  });

  test("nothing to weigh by is our bug", () => {
    expect(() => allocate(money(5n, "usd"), [])).toThrow("Invariant");
    expect(() => allocate(money(5n, "usd"), [0n, 0n])).toThrow("Invariant");
    expect(() => allocate(money(5n, "usd"), [-1n, 3n])).toThrow("Invariant");
  });
});

describe("adding", () => {
  test("order does not matter and nothing is lost", () => {
    fc.assert(
      fc.property(minor, minor, minor, currency, (a, b, c, unit) => {
        const [x, y, z] = [money(a, unit), money(b, unit), money(c, unit)];
        expect(add(x, y)).toEqual(add(y, x));
        expect(add(add(x, y), z)).toEqual(add(x, add(y, z)));
        expect(subtract(add(x, y), y)).toEqual(x);
      }),
    );
  });

  test("two currencies never mix", () => {
    fc.assert(
      fc.property(minor, minor, currency, currency, (a, b, left, right) => {
        fc.pre(left !== right);
        expect(() => add(money(a, left), money(b, right))).toThrow("Invariant");
        expect(() => subtract(money(a, left), money(b, right))).toThrow("Invariant");
      }),
    );
  });

  test("so many times an amount is the amount added so many times", () => {
    fc.assert(
      fc.property(minor, fc.integer({ min: 0, max: 50 }), (a, times) => {
        const amount = money(a, "eur");
        let sum = money(0n, "eur");
        for (let n = 0; n < times; n += 1) sum = add(sum, amount);
        expect(multiply(amount, BigInt(times))).toEqual(sum);
      }),
    );
  });
});

test("only currencies of the table are currencies", () => {
  expect(isCurrency("usd")).toBe(true);
  for (const text of ["USD", "", "xxx", "toString", "__proto__"]) {
    expect(isCurrency(text)).toBe(false);
  }
});
