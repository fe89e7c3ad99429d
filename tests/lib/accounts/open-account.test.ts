import { afterAll, beforeAll, expect, test } from "vitest";
import { openAccount } from "#lib/accounts/open-account";
import { view } from "#lib/db/transaction";
import { openWorld, type World } from "#tests/lib/billing/world";
import { newOwner } from "#tests/support/people";

let world: World;

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

async function accountsAtStripe(tenantId: string): Promise<string[]> {
  const { data } = await world.stripe.v2.core.accounts.list({ limit: 100 });
  return data.filter(({ metadata }) => metadata?.tenant_id === tenantId).map(({ id }) => id);
}

test("killed after Stripe made the account and before we stored it, the next run finds it", async () => {
  const { owner } = await newOwner(world.system);
  const { tenantId } = owner;
  const killed = {
    ...world.gateway,
    createTenantAccount: async (
      tenant: Parameters<typeof world.gateway.createTenantAccount>[0],
    ) => {
      await world.gateway.createTenantAccount(tenant);
      throw new Error("killed");
    },
  };
  await expect(openAccount(world.system, { tenantId }, killed)).rejects.toThrow("killed");
  const id = await openAccount(world.system, { tenantId }, world.gateway);
  expect(await accountsAtStripe(tenantId)).toEqual([id]);
});

test("many runs at once and again give one account", async () => {
  const { owner } = await newOwner(world.system);
  const { tenantId } = owner;
  const run = () => openAccount(world.system, { tenantId }, world.gateway);
  const ids = await Promise.all([run(), run(), run()]);
  expect(new Set([...ids, await run()]).size).toBe(1);
  expect(await accountsAtStripe(tenantId)).toHaveLength(1);
  const tenant = await view(owner, (tx) =>
    tx.tenant.findUniqueOrThrow({ where: { id: tenantId } }),
  );
  expect(tenant.stripeAccountId).toBe(ids[0]);
});
