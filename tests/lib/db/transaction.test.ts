import { afterAll, beforeAll, expect, test } from "vitest";
import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import { transact, view } from "#lib/db/transaction";
import { queryPrepared } from "#lib/db/wire";
import { openTestDatabase, type TestDatabase } from "#tests/support/database";

let database: TestDatabase;
let system: Context;

beforeAll(async () => {
  database = await openTestDatabase();
  system = database.context();
  await transact(system, "test.plant", async (tx) => {
    for (const key of ["one", "two"]) {
      await tx.meter.create({ data: { key, name: key, eventName: key } });
    }
  });
});
afterAll(() => database.close());

const rename = (tx: Tx, key: string, name: string) =>
  tx.meter.update({ where: { key }, data: { name } });

test("of two transactions that wait for each other, the one PostgreSQL ends runs again", async () => {
  const tries = { left: 0, right: 0 };
  const bothHoldOne = barrier(2);
  const cross = (side: "left" | "right", first: string, second: string) =>
    transact(system, "test.cross", async (tx) => {
      tries[side] += 1;
      // A lock, not a write, so that the audit's own order does not untangle them.
      await tx.$queryRaw`select 1 from meters where key = ${first} for update`;
      if (tries[side] === 1) await bothHoldOne();
      await tx.$queryRaw`select 1 from meters where key = ${second} for update`;
      await rename(tx, second, side);
    });
  await Promise.all([cross("left", "one", "two"), cross("right", "two", "one")]);
  expect(tries.left + tries.right).toBe(3);
});

test("what has not ended by its limit is undone, and a longer limit lets it end", async () => {
  const slowly = (limitMs: number, name: string) =>
    transact(
      system,
      "test.slow",
      async (tx) => {
        await rename(tx, "one", name);
        await tx.$executeRaw`select pg_sleep(0.2)`;
      },
      limitMs,
    );
  const nameNow = async () =>
    (await view(system, (tx) => tx.meter.findUniqueOrThrow({ where: { key: "one" } }))).name;
  await expect(slowly(50, "too late")).rejects.toMatchObject({ code: "P2028" });
  expect(await nameNow()).not.toBe("too late");
  await slowly(60_000, "in time");
  expect(await nameNow()).toBe("in time");
});

test("a write in a view is refused", async () => {
  const write = view(system, (tx) => rename(tx, "one", "by a view"));
  await expect(write).rejects.toThrow("must say what it does");
});

test("what fails leaves nothing behind", async () => {
  const failed = transact(system, "test.fail", async (tx) => {
    await rename(tx, "one", "undone");
    throw new Error("no");
  });
  await expect(failed).rejects.toThrow("no");
  const meter = await view(system, (tx) => tx.meter.findUnique({ where: { key: "one" } }));
  expect(meter?.name).not.toBe("undone");
});

test("an error of ours is thrown once, not tried again", async () => {
  let tries = 0;
  const failed = transact(system, "test.fail", async () => {
    tries += 1;
    throw new Error("no");
  });
  await expect(failed).rejects.toThrow("no");
  expect(tries).toBe(1);
});

/** Lets nobody pass until as many have come. */
function barrier(count: number): () => Promise<void> {
  let open: () => void = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  let come = 0;
  return () => {
    come += 1;
    if (come === count) open();
    return opened;
  };
}

test("finding a session or a membership leaves the scope as it was", async () => {
  const scope = { kind: "person", userId: "usr_1" } as const;
  const seen = await view({ ...system, scope }, async (tx) => {
    await tx.$queryRaw`select * from app.find_session('ses_1', now())`;
    await tx.$queryRaw`select * from app.find_membership('usr_1', 'north')`;
    return tx.$queryRaw`select app.scope() as scope`;
  });
  expect(seen).toEqual([{ scope: "person" }]);
});

const renaming = "update meters set name = $2 where key = $1";

test("a prepared statement is its transaction's: seen in it, undone with it, none after it", async () => {
  let kept: Tx | undefined;
  const failed = transact(system, "test.prepared", async (tx) => {
    kept = tx;
    const { rowCount } = await queryPrepared(tx, renaming, ["one", "prepared"]);
    const seen = await tx.meter.findUniqueOrThrow({ where: { key: "one" } });
    expect([rowCount, seen.name]).toEqual([1, "prepared"]);
    throw new Error("no");
  });
  await expect(failed).rejects.toThrow("no");
  const after = await view(system, (tx) => tx.meter.findUniqueOrThrow({ where: { key: "one" } }));
  expect(after.name).not.toBe("prepared");
  expect(() => queryPrepared(kept!, renaming, ["one", "late"])).toThrow(
    "before its transaction or",
  );
});

const locking = "select 1 from meters where key = $1 for update";

test("a deadlock between prepared statements runs again too", async () => {
  let tries = 0;
  const bothHoldOne = barrier(2);
  const cross = (first: string, second: string) =>
    transact(system, "test.cross-prepared", async (tx) => {
      tries += 1;
      await queryPrepared(tx, locking, [first]);
      if (tries <= 2) await bothHoldOne();
      await queryPrepared(tx, locking, [second]);
    });
  await Promise.all([cross("one", "two"), cross("two", "one")]);
  expect(tries).toBe(3);
});
