import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { transact } from "#lib/db/transaction";
import { upsertRows } from "#lib/db/upsert-rows";
import { openTestDatabase, type TestDatabase } from "#tests/support/database";

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
  await asOwner(`create table things (id text primary key, word text, amount bigint,
    is_on boolean, at timestamptz, whole json, parsed jsonb); grant all on things to public`);
});
afterAll(() => database.close());

const columns = {
  ...{ id: "text", word: "text", amount: "bigint", is_on: "boolean", at: "timestamptz" },
  ...{ whole: "json", parsed: "jsonb" },
};
const words = [
  ...["", " ", "NULL", "null", "{}", "{a,b}", "a,b", 'say "so"', "back\\slash", '\\"', "\\"],
  ...["line\nfeed", "tab\t", "naïve café", "日本", "👍🏽", "'quoted'", "$1", "%", null],
];

test("whatever a value is, it is written as it was handed over", async () => {
  const at = new Date("2026-11-22T01:02:03.456Z");
  const rows = words.map((word, place) => ({
    ...{ id: `thing_${place} ${word}`, word, amount: 9_007_199_254_740_993n + BigInt(place) },
    ...{ is_on: place % 2 === 0, at, whole: { word, place }, parsed: [word] },
  }));
  const nothing = { id: "none", word: null, amount: null, is_on: null, at: null };
  await write([...rows, { ...nothing, whole: null, parsed: null }]);
  expect(await kept()).toEqual(
    [...rows, { ...nothing, whole: null, parsed: null }]
      .map((row) => ({ ...row, amount: row.amount?.toString() ?? null }))
      .sort((left, right) => (left.id < right.id ? -1 : 1)),
  );
});

test("what is known takes the new values where that is allowed, and only that is answered", async () => {
  const row = (id: string, amount: bigint) => ({ id, amount, whole: { amount: String(amount) } });
  await write([row("a", 5n), row("b", 5n)]);
  const newer = { key: ["id"], when: "kept.amount < excluded.amount" };
  const written = await write([row("a", 4n), row("b", 6n), row("c", 1n)], newer);
  expect(written).toEqual([{ id: "b" }, { id: "c" }]);
  const amounts = (await kept()).filter(({ id }) => /^[abc]$/.test(id));
  expect(amounts.map(({ id, amount, whole }) => [id, amount, whole])).toEqual([
    ...[
      ["a", "5", { amount: "5" }],
      ["b", "6", { amount: "6" }],
      ["c", "1", { amount: "1" }],
    ],
  ]);
});

function write(rows: Record<string, unknown>[], how: { key: string[]; when?: string } = key) {
  return transact(database.context(), "tests.write", (tx) =>
    upsertRows<{ id: string }>(tx, "things", columns, how, rows),
  );
}
const key = { key: ["id"] };

async function kept() {
  return asOwner(`select * from things order by id collate "C"`);
}

async function asOwner(sql: string) {
  const client = new pg.Client({ connectionString: database.superUrl });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
