import { afterAll, beforeAll, expect, test } from "vitest";
import { view } from "#lib/db/transaction";
import { replaceEnv } from "#lib/env";
import type { TenantContext } from "#lib/tenancy/context";
import { replaceUsage, voidUsage } from "#lib/usage/correct-usage";
import { takeUsage } from "#lib/usage/take-usage";
import { countAll, plantMeters } from "#tests/lib/usage/meters";
import { openTestDatabase, type TestDatabase } from "#tests/support/database";
import { localEnvironment } from "#tests/support/environment";
import { newMember, newOwner } from "#tests/support/people";

let database: TestDatabase;
const now = new Date();
const at = (ms: number) => new Date(now.getTime() + ms).toISOString();
const reason = "sent by mistake";
const dayMs = 86_400_000;

beforeAll(async () => {
  replaceEnv(localEnvironment);
  database = await openTestDatabase();
  await plantMeters(database.context());
});
afterAll(() => database.close());

async function anOwner(): Promise<TenantContext> {
  const made = await newOwner(database.context());
  return { ...made.owner, now: () => now };
}

test("a voided event counts no more, on any kind of meter", async () => {
  const ctx = await anOwner();
  const events = [
    { key: "c1", meter: "calls", value: 3 },
    { key: "c2", meter: "calls", value: 4 },
    { key: "r1", meter: "runs" },
    { key: "p1", meter: "peak", value: 3 },
    { key: "p2", meter: "peak", value: 9 },
    { key: "s1", meter: "storage", value: 3, at: at(-2000) },
    { key: "s2", meter: "storage", value: 9, at: at(-1000) },
    { key: "u1", meter: "users", unique: "u" },
    { key: "u2", meter: "users", unique: "v" },
  ];
  await takeUsage(ctx, events);
  for (const key of ["c2", "r1", "p2", "s2", "u2"]) await voidUsage(ctx, { key, reason });
  const left = { calls: "3", runs: "0", peak: "3", storage: "3", users: "1" };
  expect(await countAll(ctx)).toEqual(left);
  await voidUsage(ctx, { key: "c2", reason });
  expect(await countAll(ctx)).toEqual(left);
  const kept = await view(ctx, (tx) => tx.usageCorrection.count({ where: { eventKey: "c2" } }));
  expect(kept).toBe(1);
});

test("a copy of what was voided or replaced is still known, and other content is not", async () => {
  const ctx = await anOwner();
  const [gone, other] = [
    { key: "gone", meter: "calls", value: 3, at: at(0) },
    { key: "other", meter: "calls", value: 3, at: at(0) },
  ];
  await takeUsage(ctx, [gone, other]);
  await voidUsage(ctx, { key: "gone", reason });
  await replaceUsage(ctx, { key: "other", meter: "calls", value: 8, reason });
  await replaceUsage(ctx, { key: "other", meter: "calls", value: 9, reason });
  expect(await takeUsage(ctx, [gone, other])).toMatchObject({ duplicates: 2, refused: [] });
  const { refused } = await takeUsage(ctx, { ...other, value: 10 });
  expect(refused).toMatchObject([{ status: 409, field: "value" }]);
  expect((await countAll(ctx)).calls).toBe("9");
});

test("a replacement may be of another hour, month and meter", async () => {
  const ctx = await anOwner();
  await takeUsage(ctx, { key: "a", meter: "calls", value: 3, at: at(0) });
  const moved = at(-32 * dayMs);
  await replaceUsage(ctx, { key: "a", meter: "peak", value: "7.5", at: moved, reason });
  const thatDay = { from: new Date(moved), to: new Date(Date.parse(moved) + 1) };
  expect(await countAll(ctx, thatDay)).toMatchObject({ calls: "0", peak: "7.5" });
  expect((await countAll(ctx)).calls).toBe("0");
});

test("every correction is in the audit log with who and why", async () => {
  const ctx = await anOwner();
  await takeUsage(ctx, { key: "a", meter: "calls", value: 3 });
  await replaceUsage(ctx, { key: "a", meter: "calls", value: 4, reason: "counted twice" });
  const entries = await view(database.context(), (tx) =>
    tx.auditEntry.findMany({ where: { chain: ctx.tenantId, target: "usage_corrections" } }),
  );
  expect(entries).toMatchObject([{ action: "usage.replace-event", actor: ctx.userId }]);
  expect(entries[0]!.after).toMatchObject({
    ...{ reason: "counted twice", before: { value: "3" }, after: { value: "4" } },
  });
});

test("what cannot be corrected says why", async () => {
  const ctx = await anOwner();
  const old = at(-34.9 * dayMs);
  await takeUsage(ctx, [
    { key: "old", meter: "calls", at: old },
    { key: "void", meter: "calls" },
  ]);
  await voidUsage(ctx, { key: "void", reason });
  const later = { ...ctx, now: () => new Date(now.getTime() + dayMs) };
  const refusals = [
    [() => voidUsage(ctx, { key: "none", reason }), "not_found"],
    [() => voidUsage(later, { key: "old", reason }), "gone"],
    [() => replaceUsage(ctx, { key: "void", meter: "calls", reason }), "conflict"],
  ] as const;
  for (const [act, code] of refusals) await expect(act()).rejects.toMatchObject({ code });
  await takeUsage(ctx, { key: "b", meter: "calls" });
  const bad = replaceUsage(ctx, { key: "b", meter: "calls", value: -1, reason });
  await expect(bad).rejects.toMatchObject({ code: "invalid", field: "value" });
  const other = await anOwner();
  await expect(voidUsage(other, { key: "b", reason })).rejects.toMatchObject({ code: "not_found" });
  const { member } = await newMember(database.context(), ctx, "member");
  await expect(voidUsage(member, { key: "b", reason })).rejects.toMatchObject({
    code: "forbidden",
  });
});
