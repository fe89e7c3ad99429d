import { afterAll, beforeAll, expect, test } from "vitest";
import { listPublicPlans } from "#lib/catalog/list-public-plans";
import { priceOf } from "#lib/catalog/price-of";
import { publishVersion } from "#lib/catalog/publish-version";
import { runPublishing } from "#lib/catalog/run-publishing";
import { seedPlans } from "#lib/catalog/seed-plans";
import type { Tx } from "#lib/db/client";
import { transact } from "#lib/db/transaction";
import type { StripeGateway } from "#lib/stripe/gateway";
import { openWorld, type World } from "#tests/lib/billing/world";
import { newAdmin, visitor } from "#tests/support/people";

let world: World;
let versionIds: string[];

beforeAll(async () => {
  world = await openWorld();
  ({ versionIds } = await seedPlans(world.system));
});
afterAll(() => world.close());

async function atStripe() {
  const [prices, products, meters] = await Promise.all([
    world.stripe.prices.list({ limit: 100 }),
    world.stripe.products.list({ limit: 100 }),
    world.stripe.billing.meters.list({ limit: 100 }),
  ]);
  return [prices.data.length, products.data.length, meters.data.length];
}

/** A gateway that dies after its n-th write, as a killed process would. */
function dyingAfter(writes: number): StripeGateway {
  let left = writes;
  const dying = <A extends unknown[], R>(write: (...args: A) => Promise<R>) => {
    return async (...args: A): Promise<R> => {
      const made = await write(...args);
      left -= 1;
      if (left < 0) throw new Error("killed");
      return made;
    };
  };
  const { createProduct, createMeter, createPrice, createFeature, attachFeature } = world.gateway;
  return {
    ...world.gateway,
    createProduct: dying(createProduct),
    createMeter: dying(createMeter),
    createPrice: dying(createPrice),
    createFeature: dying(createFeature),
    attachFeature: dying(attachFeature),
  };
}

test("nothing is on offer before Stripe knows it", async () => {
  expect(await listPublicPlans(visitor(world.system))).toEqual([]);
});

test("publishing killed after any write goes on where it was and makes nothing twice", async () => {
  for (const versionId of versionIds) {
    // findOrMake looks again after a failure, so a kill must also stop what follows it.
    for (let writes = 0; writes < 3; writes += 1) {
      await runPublishing(world.system, { versionId }, dyingAfter(writes)).catch(() => {});
    }
    await runPublishing(world.system, { versionId }, world.gateway);
  }
  // Starter 4, Pro 8, Scale 8 prices; a product for each of five components; one meter.
  expect(await atStripe()).toEqual([20, 5, 1]);
});

test("running it again, also at once, makes nothing", async () => {
  await Promise.all(
    [...versionIds, ...versionIds].map((versionId) =>
      runPublishing(world.system, { versionId }, world.gateway),
    ),
  );
  expect(await atStripe()).toEqual([20, 5, 1]);
});

test("what is on offer is what Stripe charges", async () => {
  const plans = await listPublicPlans(visitor(world.system));
  expect(plans.map(({ key }) => key)).toEqual(["free", "starter", "pro", "scale"]);
  const pro = plans[2]!;
  const choice = { interval: "year", currency: "eur", seats: 2 } as const;
  expect(priceOf(pro, choice).total).toEqual({ minor: 45_000n + 22_000n, currency: "eur" });
  const { data } = await world.stripe.prices.list({ lookup_keys: ["pro@1/seats/eur/year"] });
  expect(data.map(({ unit_amount: amount }) => amount)).toEqual([11_000]);
});

test("only an admin publishes, and a published version is not published again", async () => {
  const admin = await newAdmin(world.system);
  const support = await newAdmin(world.system, "support");
  const [versionId = ""] = versionIds;
  await expect(publishVersion(support, { versionId })).rejects.toMatchObject({ code: "forbidden" });
  await expect(publishVersion(admin, { versionId })).rejects.toMatchObject({ code: "conflict" });
});

test("a published version never changes, nor its parts, whatever code tries", async () => {
  const status = "published" as const;
  const changes: ((tx: Tx) => Promise<unknown>)[] = [
    (tx) => tx.planVersion.updateMany({ where: { status }, data: { trialDays: 30 } }),
    (tx) => tx.component.updateMany({ data: { name: "Cheaper" } }),
    (tx) => tx.component.deleteMany({}),
    (tx) => tx.price.updateMany({ data: { unitMinor: 1 } }),
    (tx) => tx.price.deleteMany({}),
  ];
  for (const change of changes) {
    await expect(transact(world.system, "test.change", change)).rejects.toThrow(/never changes/);
  }
});
