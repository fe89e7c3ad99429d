import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Context } from "#lib/context";
import { type Db, openDb, type Tx } from "#lib/db/client";
import { transact, view } from "#lib/db/transaction";
import { queryPrepared } from "#lib/db/wire";
import { openTestDatabase, type TestDatabase } from "#tests/support/database";

let database: TestDatabase;
let owner: pg.Client;
/** On one connection, so that what happened to it before is what the next statement meets. */
let alone: Db;
let ctx: Context;

beforeAll(async () => {
  database = await openTestDatabase();
  owner = new pg.Client({ connectionString: database.superUrl });
  await owner.connect();
  await owner.query(`create table words (id integer primary key, word varchar(20));
    insert into words values (1, 'one'), (2, 'two'); grant all on words to public`);
  alone = openDb(database.appUrl, 1);
  ctx = database.context({ db: alone });
});
afterAll(async () => {
  await Promise.all([owner.end(), alone.close()]);
  await database.close();
});

const reading = "select word from words where id = $1";
const backend = "select pg_backend_pid() as pid";

async function wordOf(tx: Tx, id: number): Promise<string | undefined> {
  return (await queryPrepared<{ word: string }>(tx, reading, [id])).rows[0]?.word;
}

async function pidOf(tx: Tx): Promise<number> {
  return (await queryPrepared<{ pid: number }>(tx, backend, [])).rows[0]!.pid;
}

test("a statement that was first said in a failed transaction is prepared in the next", async () => {
  const failed = transact(ctx, "test.fail", async (tx) => {
    await queryPrepared(tx, "select 1 / $1::integer", [0]).catch(() => {});
    return wordOf(tx, 1);
  });
  await expect(failed).rejects.toThrow("current transaction is aborted");
  expect(await view(ctx, (tx) => wordOf(tx, 1))).toBe("one");
});

test("a value it cannot take leaves a statement as it was", async () => {
  await expect(view(ctx, (tx) => wordOf(tx, Number.NaN))).rejects.toThrow("invalid input");
  expect(await view(ctx, (tx) => wordOf(tx, 2))).toBe("two");
});

test("on a connection that was opened again everything is prepared again", async () => {
  const before = await view(ctx, pidOf);
  const cut = view(ctx, async (tx) => {
    await owner.query("select pg_terminate_backend($1)", [await pidOf(tx)]);
    return wordOf(tx, 1);
  });
  await expect(cut).rejects.toThrow();
  expect(await view(ctx, (tx) => wordOf(tx, 1))).toBe("one");
  expect(await view(ctx, pidOf)).not.toBe(before);
});

test("a type that a migration changes is read anew, within the call and on every connection", async () => {
  const onBoth = (turn: (tx: Tx) => Promise<unknown>) =>
    Promise.all([view(ctx, turn), view(database.context(), turn)]);
  expect(await onBoth((tx) => wordOf(tx, 1))).toEqual(["one", "one"]);
  let tries = 0;
  await owner.query("alter table words alter column word type text");
  const written = transact(ctx, "test.read", (tx) => {
    tries += 1;
    return wordOf(tx, 1);
  });
  expect(await written).toBe("one");
  expect(tries).toBe(2);
  expect(await onBoth((tx) => wordOf(tx, 1))).toEqual(["one", "one"]);

  await owner.query("alter table words alter column word type integer using length(word)");
  expect(await onBoth((tx) => wordOf(tx, 1))).toEqual([3, 3]);
});

test("transactions side by side, and one inside another, each keep their connection", async () => {
  const both = database.context();
  const seen = await view(both, async (outer) => {
    const first = await pidOf(outer);
    const inner = await view(both, pidOf);
    const bare = await both.db.prisma.$transaction(async (tx) => {
      const rows = await tx.$queryRaw<{ pid: number }[]>`select pg_backend_pid() as pid`;
      return { pid: rows[0]!.pid, meanwhile: await pidOf(outer) };
    });
    return { first, inner, bare: bare.pid, meanwhile: bare.meanwhile, last: await pidOf(outer) };
  });
  expect(seen.inner).not.toBe(seen.first);
  expect(seen.bare).not.toBe(seen.first);
  expect([seen.meanwhile, seen.last]).toEqual([seen.first, seen.first]);
});

test("a statement that runs while its transaction runs out of time is not said on another's", async () => {
  let late: Tx | undefined;
  const ended = alone.prisma
    .$transaction(
      async (tx) => {
        late = tx;
        await tx.$queryRaw`select pg_sleep(0.2)`;
      },
      { timeout: 50 },
    )
    .catch(() => "ended");
  expect(await ended).toBe("ended");
  expect(() => queryPrepared(late!, reading, [1])).toThrow("before its transaction or after it");
});
