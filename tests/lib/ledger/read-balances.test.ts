import { afterAll, beforeAll, expect, test } from "vitest";
import type { Context } from "#lib/context";
import type { Entry } from "#lib/ledger/entry";
import { foldLedger } from "#lib/ledger/fold-ledger";
import type { Dimensions } from "#lib/ledger/read-balances";
import { balancesOf, entry, move, post } from "#tests/lib/ledger/ledger-scene";
import { openTestDatabase, type TestDatabase } from "#tests/support/database";

let database: TestDatabase;
let ctx: Context;

beforeAll(async () => {
  database = await openTestDatabase();
  ctx = database.context();
});
afterAll(() => database.close());

/** An hour of March each, of three tenants, two plans, countries and methods. */
const entries: Entry[] = Array.from({ length: 90 }, (_, n) => {
  const tenantId = `ten_${n % 3}`;
  return entry(
    `sold:${n}`,
    [
      {
        ...move("revenue:usage", `receivable ${tenantId}`, BigInt(100 + n)),
        plan: `plan_${n % 2}`,
      },
      move(`receivable ${tenantId}`, "bank:cash", BigInt(n + 1)),
      move("bank:cash", "expense:processing", 3n),
    ],
    {
      effectiveAt: new Date(Date.UTC(2026, 2, 1, n)),
      about: {
        ...{ tenantId, customerId: `cus_${n % 5}`, paymentId: `pi_${n}` },
        ...{ country: n % 2 ? "DE" : "US", method: n % 4 ? "card" : "link" },
      },
    },
  );
});

/** What it comes to, of the entries themselves. */
function summed(asked: Dimensions, before?: Date): Record<string, bigint> {
  const { plan, ...about } = asked;
  const sums: Record<string, bigint> = {};
  const counts = entries.filter(
    (one) =>
      (!before || one.effectiveAt < before) &&
      Object.entries(about).every(([key, value]) => one.about[key as "country"] === value),
  );
  for (const one of counts.flatMap(({ moves }) => moves)) {
    if (plan !== undefined && one.plan !== plan) continue;
    for (const [{ code, subject }, minor] of [
      [one.to, one.minor],
      [one.from, -one.minor],
    ] as const) {
      const name = [code, subject, one.currency].filter(Boolean).join(" ");
      sums[name] = (sums[name] ?? 0n) + minor;
    }
  }
  return Object.fromEntries(Object.entries(sums).filter(([, minor]) => minor !== 0n));
}

const asked: Dimensions[] = [
  { tenantId: "ten_1" },
  { plan: "plan_1" },
  { country: "DE", method: "card" },
  { tenantId: "ten_2", plan: "plan_0", country: "US", method: "link" },
  { customerId: "cus_4" },
  { paymentId: "pi_7", tenantId: "ten_1" },
];
const instants = [undefined, new Date("2026-03-02T13:30:00Z"), new Date("2026-03-03T00:00:00Z")];

test("a balance by any dimension, now or as of an instant, is the sum of its moves", async () => {
  const compare = async () => {
    for (const before of instants) {
      const at = before && { at: { effective: before } };
      expect(await balancesOf(ctx, { ...at })).toEqual(summed({}, before));
      for (const dimensions of asked) {
        const found = await balancesOf(ctx, { dimensions, ...at });
        expect(found, JSON.stringify({ dimensions, before })).toEqual(summed(dimensions, before));
      }
    }
  };
  // None is folded, then some, then all.
  await post(ctx, ...entries.slice(0, 40));
  await foldLedger(ctx);
  await post(ctx, ...entries.slice(40));
  await compare();
  await foldLedger(ctx);
  await compare();
});
