import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Context } from "#lib/context";
import { limits } from "#lib/web/limits";
import { countUse, forgiveUses } from "#lib/web/rate-limit";
import { signInWithPassword } from "#lib/web/sign-in";
import { openTestDatabase, type TestDatabase } from "#tests/support/database";
import { newOwner, password, unique, visitor } from "#tests/support/people";

let database: TestDatabase;
let system: Context;

beforeAll(async () => {
  database = await openTestDatabase();
  system = database.context();
});
afterAll(() => database.close());

const from = (ip: string): Context => ({ ...visitor(system), origin: { ip } });
const failures = limits["sign-in.address-and-email"].points;

async function fail(ctx: Context, email: string, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    expect(await signInWithPassword(ctx, { email, password: "wrong wrong" })).toBeUndefined();
  }
}

test("ten failures from one address close the door to that person from there, right password or not", async () => {
  const { person } = await newOwner(system);
  const { email } = person.person;
  await fail(from("203.0.113.1"), email, failures);
  const next = signInWithPassword(from("203.0.113.1"), { email, password });
  await expect(next).rejects.toMatchObject({
    code: "too_many",
    retryAfterSeconds: expect.any(Number),
  });
  expect(await signInWithPassword(from("203.0.113.2"), { email, password })).toBe(person.userId);
});

test("a burst at once gets no more tries than one after the other", async () => {
  const email = `${unique("nobody")}@example.com`;
  const outcomes = await Promise.allSettled(
    Array.from({ length: failures * 3 }, () =>
      signInWithPassword(from("203.0.113.3"), { email, password: "wrong wrong" }),
    ),
  );
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(failures);
});

test("signing in forgives the failures before it", async () => {
  const { person } = await newOwner(system);
  const { email } = person.person;
  const ctx = from("203.0.113.4");
  await fail(ctx, email, failures - 1);
  expect(await signInWithPassword(ctx, { email, password })).toBe(person.userId);
  await fail(ctx, email, failures - 1);
});

test("one address cannot try many people", async () => {
  const points = limits["sign-in.address"].points;
  const who = "203.0.113.5";
  for (let use = 0; use < points; use += 1) await countUse(database.db, "sign-in.address", who);
  const next = signInWithPassword(from(who), { email: "a@example.com", password: "wrong wrong" });
  await expect(next).rejects.toMatchObject({ code: "too_many" });
});

test("failures from everywhere refuse the next failure, and never the right password", async () => {
  const { person } = await newOwner(system);
  const { email } = person.person;
  const { points } = limits["sign-in.email"];
  for (let use = 0; use < points; use += 1) await countUse(database.db, "sign-in.email", email);
  const wrong = () => signInWithPassword(from("203.0.113.6"), { email, password: "wrong wrong" });
  await expect(wrong()).rejects.toMatchObject({
    code: "too_many",
    retryAfterSeconds: expect.any(Number),
  });
  const right = await signInWithPassword(from("203.0.113.7"), { email, password });
  expect(right).toBe(person.userId);
  expect(await wrong()).toBeUndefined();
});

test("the addresses of one IPv6 network share their tries", async () => {
  const email = `${unique("nobody")}@example.com`;
  for (let host = 1; host <= failures; host += 1)
    await fail(from(`2001:db8:1:2::${host}`), email, 1);
  const wrong = { email, password: "wrong wrong" };
  const next = signInWithPassword(from("2001:db8:1:2:ffff::1"), wrong);
  await expect(next).rejects.toMatchObject({ code: "too_many" });
  expect(await signInWithPassword(from("2001:db8:1:3::1"), wrong)).toBeUndefined();
});

test("another limit, another caller: nobody pays for somebody else", async () => {
  const { points } = limits.verification;
  for (let use = 0; use < points; use += 1) await countUse(database.db, "verification", "one");
  const last = countUse(database.db, "verification", "one");
  await expect(last).rejects.toMatchObject({ code: "too_many" });
  expect((await countUse(database.db, "verification", "two")).remaining).toBe(4);
  expect((await countUse(database.db, "token", "one")).remaining).toBe(119);
  await forgiveUses(database.db, "verification", "one");
  expect((await countUse(database.db, "verification", "one")).remaining).toBe(4);
});

test("the counters name nobody", async () => {
  await countUse(database.db, "sign-in.email", "ada@example.com");
  const client = new Client({ connectionString: database.superUrl });
  await client.connect();
  const { rows } = await client.query("select key from rate_limits");
  await client.end();
  expect(rows.length).toBeGreaterThan(0);
  for (const { key } of rows) expect(key).not.toMatch(/@|203\.0\.113/);
});
