import { afterAll, beforeAll, expect, test } from "vitest";
import { view } from "#lib/db/transaction";
import type { PlatformContext, TenantContext } from "#lib/tenancy/context";
import { createMeter, newMeterInput, renameMeter, switchMeter } from "#lib/usage/change-meters";
import { keepMeter } from "#lib/usage/keep-meter";
import { listAllMeters } from "#lib/usage/list-all-meters";
import { takeUsage } from "#lib/usage/take-usage";
import { tryUsage } from "#lib/usage/try-usage";
import { openWorld, publishPlans, type World } from "#tests/lib/billing/world";
import { newAdmin, newOwner } from "#tests/support/people";

let world: World;
let admin: PlatformContext;
let owner: TenantContext;

beforeAll(async () => {
  world = await openWorld();
  await publishPlans(world);
  admin = await newAdmin(world.system);
  owner = (await newOwner(world.system)).owner;
}, 60_000);
afterAll(() => world.close());

const meterOf = async (key: string) =>
  (await listAllMeters(admin)).find((meter) => meter.key === key)!;

test("a meter that is made counts at once, and twice is refused", async () => {
  const input = newMeterInput.parse({ key: "gigabytes", name: "Storage", aggregation: "last" });
  await createMeter(admin, { ...input, unit: "GB" });
  await expect(createMeter(admin, input)).rejects.toMatchObject({ code: "conflict", field: "key" });
  const sent = { key: "one", meter: "gigabytes", value: "12.5", unit: "GB" };
  expect((await takeUsage(owner, sent)).accepted).toBe(1);
  expect(await meterOf("gigabytes")).toMatchObject({ plans: [], tenants: 1, deactivatedAt: null });
});

test("a meter that is stopped refuses more with a word why, and counts again when it may", async () => {
  await switchMeter(admin, { key: "gigabytes", isActive: false });
  const { refused } = await takeUsage(owner, { key: "two", meter: "gigabytes", value: 1 });
  expect(refused).toMatchObject([{ field: "meter", status: 400 }]);
  expect(refused[0]!.detail).toContain("deactivated");
  await switchMeter(admin, { key: "gigabytes", isActive: true });
  const again = await takeUsage(owner, { key: "two", meter: "gigabytes", value: 1 });
  expect(again.accepted).toBe(1);
});

test("a meter that a plan on sale bills by is not stopped", async () => {
  const stopped = switchMeter(admin, { key: "api_calls", isActive: false });
  await expect(stopped).rejects.toMatchObject({ code: "conflict" });
  expect((await meterOf("api_calls")).plans.length).toBeGreaterThan(0);
});

test("a new name reaches Stripe, under the same key", async () => {
  await renameMeter(admin, { key: "api_calls", name: "Requests" });
  await keepMeter(world.system, { key: "api_calls" }, world.gateway);
  await keepMeter(world.system, { key: "api_calls" }, world.gateway);
  const meter = await view(world.system, (tx) =>
    tx.meter.findUniqueOrThrow({ where: { key: "api_calls" } }),
  );
  const found = await world.stripe.billing.meters.retrieve(meter.stripeMeterId!);
  expect([meter.name, found.display_name]).toEqual(["Requests", "Requests"]);
  await expect(renameMeter(admin, { key: "none", name: "x" })).rejects.toThrow("no meter");
});

test("an event that is tried is counted, and what is wrong with one names its field", async () => {
  const tried = await tryUsage(owner, { meter: "gigabytes", value: "3" });
  expect(tried).toMatchObject({ accepted: 1, key: expect.stringMatching(/^try_/) });
  const wrong = tryUsage(owner, { meter: "gigabytes", value: "-3" });
  await expect(wrong).rejects.toMatchObject({ code: "invalid", field: "value" });
});
