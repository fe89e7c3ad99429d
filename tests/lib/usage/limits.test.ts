import { afterAll, beforeAll, expect, test } from "vitest";
import { transact, view } from "#lib/db/transaction";
import { newId } from "#lib/ids";
import type { TenantContext } from "#lib/tenancy/context";
import { replaceUsage } from "#lib/usage/correct-usage";
import { listUsageLimits, removeUsageLimit, setUsageLimit } from "#lib/usage/set-limit";
import { takeUsage } from "#lib/usage/take-usage";
import { watchLimits } from "#lib/usage/watch-limits";
import { countAll, plantMeters } from "#tests/lib/usage/meters";
import { openTestDatabase, type TestDatabase } from "#tests/support/database";
import { setEnvironment } from "#tests/support/environment";
import { newMember, newOwner } from "#tests/support/people";

let database: TestDatabase;
const now = new Date();

beforeAll(async () => {
  setEnvironment({});
  database = await openTestDatabase();
  await plantMeters(database.context());
});
afterAll(() => database.close());

async function anOwner(): Promise<TenantContext> {
  const made = await newOwner(database.context());
  return { ...made.owner, now: () => now };
}

const units = (meterKey: string, act: "alert" | "soft_cap" | "hard_cap", amount: string) => ({
  ...{ meterKey, act, amount, measure: "units" as const },
});

test("a hard cap is met to the unit, however many report at once", async () => {
  const ctx = await anOwner();
  await setUsageLimit(ctx, units("calls", "hard_cap", "100"));
  const requests = Array.from({ length: 50 }, (_, request) =>
    Array.from({ length: 3 }, (_, index) => ({ key: `k${request}-${index}`, meter: "calls" })),
  );
  const receipts = await Promise.all(requests.map((events) => takeUsage(ctx, events)));
  const accepted = receipts.reduce((sum, receipt) => sum + receipt.accepted, 0);
  expect([accepted, (await countAll(ctx)).calls]).toEqual([100, "100"]);
  const [refused] = receipts.flatMap((receipt) => receipt.refused);
  expect(refused).toMatchObject({ status: 402, code: "payment_required", field: "value" });
  expect(refused!.detail).toContain("Raise or remove the cap under Billing, Usage");
  // What was taken before is still known, and what was refused is free to be sent again.
  const again = await takeUsage(ctx, requests.flat());
  expect([again.accepted, again.duplicates, again.refused.length]).toEqual([0, 100, 50]);
});

test.each([
  ["calls", [{ value: "60" }, { value: "40.000000000001" }, { value: "40" }], [402]],
  ["runs", Array(102).fill({}), [402, 402]],
  ["peak", [{ value: "100" }, { value: "101" }, { value: "99" }], [402]],
  ["storage", [{ value: "100" }, { value: "100.5" }], [402]],
  ["users", Array.from({ length: 102 }, (_, index) => ({ unique: `u${index}` })), [402, 402]],
])("a cap of 100 holds on the meter %s", async (meter, events, statuses) => {
  const ctx = await anOwner();
  await setUsageLimit(ctx, units(meter, "hard_cap", "100"));
  const sent = events.map((event, index) => ({ key: `k${index}`, meter, ...event }));
  const { refused } = await takeUsage(ctx, sent);
  expect(refused.map(({ status }) => status)).toEqual(statuses);
});

test("a value seen before adds nothing to a cap on different values", async () => {
  const ctx = await anOwner();
  await setUsageLimit(ctx, units("users", "hard_cap", "2"));
  const of = (unique: string, key: string) => ({ key, meter: "users", unique });
  await takeUsage(ctx, [of("a", "1"), of("b", "2")]);
  const receipt = await takeUsage(ctx, [of("a", "3"), of("c", "4"), of("b", "5"), of("a", "6")]);
  expect([receipt.accepted, receipt.refused.map(({ key }) => key)]).toEqual([3, ["4"]]);
});

test("a value is kept out as often as it comes, and in one period though not in the next", async () => {
  const [before, ctx] = await atMonthsEnd();
  await setUsageLimit(before, units("users", "hard_cap", "2"));
  const of = (unique: string, key: string, when = before) => {
    return { key, meter: "users", unique, at: when.now().toISOString() };
  };
  await takeUsage(before, [of("a", "1"), of("b", "2"), of("a", "3", ctx)]);
  const twice = await takeUsage(ctx, [of("c", "4"), of("c", "5"), of("c", "6", ctx)]);
  expect([twice.accepted, twice.refused.map(({ key }) => key)]).toEqual([1, ["4", "5"]]);
  const full = await takeUsage(ctx, [of("b", "7"), of("b", "8", ctx), of("d", "9", ctx)]);
  expect([full.accepted, full.refused.map(({ key }) => key)]).toEqual([1, ["8", "9"]]);
});

test("what comes of one period leaves the cap of another as it is", async () => {
  const [before, ctx] = await atMonthsEnd();
  await setUsageLimit(before, units("calls", "hard_cap", "100"));
  const of = (value: string, key: string, when: TenantContext) => {
    return { key, meter: "calls", value, at: when.now().toISOString() };
  };
  const events = [
    of("100", "1", before),
    of("1", "2", before),
    of("100", "3", ctx),
    of("1", "4", ctx),
  ];
  const { accepted, refused } = await takeUsage(ctx, events);
  expect([accepted, refused.map(({ key }) => key)]).toEqual([2, ["2", "4"]]);
  // No process has looked at the month that begins, and a clock may be minutes ahead.
  const early = await takeUsage(before, of("0.5", "5", ctx));
  expect(early.refused).toMatchObject([
    { status: 402, detail: expect.stringContaining("cap of 100") },
  ]);
});

/** An owner two minutes before a month's end, and two minutes after it. */
async function atMonthsEnd(): Promise<[TenantContext, TenantContext]> {
  const ctx = await anOwner();
  const end = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1);
  return [-2, 2].map((minutes) => ({ ...ctx, now: () => new Date(end + minutes * 60_000) })) as [
    TenantContext,
    TenantContext,
  ];
}

test("a cap of the plan holds where the plan sells no more", async () => {
  const system = database.context();
  const planId = newId("plan");
  await transact(system, "test.plant", async (tx) => {
    const createdAt = now;
    const words = { name: "Free", description: "", position: 0, createdAt };
    await tx.plan.create({ data: { id: planId, key: "free", ...words } });
    const features = [{ key: "runs", name: "Runs", limit: 2, meterKey: "runs" }];
    await tx.planVersion.create({
      data: {
        ...{ id: newId("planVersion"), planId, number: 1, status: "published", features },
        ...{ createdAt, publishedAt: createdAt },
      },
    });
  });
  const ctx = await anOwner();
  const runs = [1, 2, 3].map((index) => ({ key: `r${index}`, meter: "runs" }));
  const { accepted, refused } = await takeUsage(ctx, runs);
  expect([accepted, refused.length]).toEqual([2, 1]);
  expect(refused[0]!.detail).toContain("Move to a plan with more");
});

test("a replacement cannot go past a cap, and may go below it", async () => {
  const ctx = await anOwner();
  await takeUsage(ctx, { key: "a", meter: "calls", value: 90 });
  await setUsageLimit(ctx, units("calls", "hard_cap", "100"));
  const by = (value: number) =>
    replaceUsage(ctx, { key: "a", meter: "calls", value, reason: "counted wrongly" });
  await expect(by(101)).rejects.toMatchObject({ code: "payment_required" });
  await by(100);
  await by(50);
  expect((await countAll(ctx)).calls).toBe("50");
});

test("a limit is told of once a step and period, by mail to who looks after billing", async () => {
  const ctx = await anOwner();
  const { tenantId } = ctx;
  const told = async (at = ctx) => {
    await watchLimits({ ...database.context(), now: at.now }, { tenantId });
    const facts = await view(ctx, (tx) => tx.fact.findMany({ where: { tenantId } }));
    const mails = await view(database.context(), (tx) =>
      tx.mail.count({ where: { template: "plan-changed", reference: { contains: ctx.userId } } }),
    );
    const steps = facts.map(({ data }) => (data as { percent: string }).percent);
    return [steps.sort(), mails];
  };
  await setUsageLimit(ctx, units("calls", "soft_cap", "100"));
  expect(await told()).toEqual([[], 0]);
  await takeUsage(ctx, { key: "a", meter: "calls", value: 80 });
  expect(await told()).toEqual([["80"], 1]);
  expect(await told()).toEqual([["80"], 1]);
  await takeUsage(ctx, { key: "b", meter: "calls", value: 30 });
  expect(await told()).toEqual([["100", "80"], 2]);
  await Promise.all([told(), told()]);
  expect(await told()).toEqual([["100", "80"], 2]);

  // A soft cap keeps nothing out; it speaks again in the month that begins.
  expect((await countAll(ctx)).calls).toBe("110");
  const next = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 2));
  const later = { ...ctx, now: () => next };
  expect(await told(later)).toEqual([["100", "80"], 2]);
  await takeUsage(later, { key: "c", meter: "calls", value: 85 });
  expect(await told(later)).toEqual([["100", "80", "80"], 3]);
});

test("limits are set, replaced, removed, and refused with a mend", async () => {
  const ctx = await anOwner();
  await setUsageLimit(ctx, units("calls", "hard_cap", "100"));
  await setUsageLimit(ctx, units("calls", "hard_cap", "200"));
  await setUsageLimit(ctx, units("calls", "alert", "50"));
  await setUsageLimit(ctx, units("calls", "alert", "50"));
  const limits = await listUsageLimits(ctx);
  expect(limits.map(({ act, amount }) => [act, amount])).toEqual([
    ["hard_cap", "200"],
    ["alert", "50"],
  ]);
  await removeUsageLimit(ctx, { id: limits[0]!.id });
  expect(await listUsageLimits(ctx)).toHaveLength(1);
  const spend = setUsageLimit(ctx, { ...units("calls", "alert", "50"), measure: "spend" });
  await expect(spend).rejects.toMatchObject({ code: "invalid", field: "measure" });
  const unknown = setUsageLimit(ctx, units("miles", "alert", "50"));
  await expect(unknown).rejects.toMatchObject({ code: "invalid", field: "meterKey" });
  const { member } = await newMember(database.context(), ctx, "developer");
  const mayNot = setUsageLimit(member, units("calls", "alert", "50"));
  await expect(mayNot).rejects.toMatchObject({ code: "forbidden" });
});
