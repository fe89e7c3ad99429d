import { afterAll, beforeAll, expect, test } from "vitest";
import { findCheckoutReturn } from "#lib/billing/find-checkout-return";
import { startCheckout } from "#lib/billing/start-checkout";
import { view } from "#lib/db/transaction";
import type { StripeGateway } from "#lib/stripe/gateway";
import type { NewCheckoutSession } from "#lib/stripe/gateway-checkout";
import type { TenantContext } from "#lib/tenancy/context";
import { enterTenant } from "#lib/tenancy/enter-tenant";
import { updateTenant } from "#lib/tenancy/update-tenant";
import { openWorld, publishPlans, type World } from "#tests/lib/billing/world";
import { newOwner, unique } from "#tests/support/people";

let world: World;

beforeAll(async () => {
  world = await openWorld();
  await publishPlans(world);
});
afterAll(() => world.close());

const pro = { plan: "pro", interval: "month", currency: "usd", seats: 3 } as const;

/** Dies after Stripe made the page and before we know of it. */
function killedGateway(over: Partial<NewCheckoutSession> = {}): StripeGateway {
  return {
    ...world.gateway,
    createCheckoutSession: async (request) => {
      await world.gateway.createCheckoutSession({ ...request, ...over });
      throw new Error("killed");
    },
  };
}

/** As a process did whose own address was another: the words under the key will differ. */
const elsewhere = { successUrl: "http://elsewhere.test/", cancelUrl: "http://elsewhere.test/" };

async function sessionsOf({ tenantId }: TenantContext) {
  const sessions = await world.stripe.checkout.sessions.list({ status: "open", limit: 100 });
  return sessions.data.filter(({ metadata }) => metadata?.tenant_id === tenantId);
}

function statusesOf(owner: TenantContext): Promise<string[]> {
  return view(owner, async (tx) => {
    const rows = await tx.checkout.findMany({ orderBy: { createdAt: "asc" } });
    return rows.map(({ status }) => status);
  });
}

test("a checkout cut off while opening goes on after the workspace's address changed", async () => {
  const { owner, person } = await newOwner(world.system);
  await expect(startCheckout(owner, pro, killedGateway())).rejects.toThrow("killed");
  const { slug } = await updateTenant(owner, { slug: unique("moved") });

  const moved = await enterTenant(person, slug);
  const { url } = await startCheckout(moved, pro, world.gateway);
  expect((await sessionsOf(owner)).map((session) => session.url)).toEqual([url]);
  expect(await statusesOf(owner)).toEqual(["open"]);
});

test("words Stripe refuses end the checkout in a sentence, and the next try opens", async () => {
  const { owner } = await newOwner(world.system);
  await expect(startCheckout(owner, pro, killedGateway(elsewhere))).rejects.toThrow("killed");
  const again = startCheckout(owner, pro, world.gateway);
  await expect(again).rejects.toMatchObject({ code: "conflict", message: /Try again/ });
  expect(await statusesOf(owner)).toEqual(["failed"]);

  await startCheckout(owner, pro, world.gateway);
  expect(await statusesOf(owner)).toEqual(["failed", "open"]);
});

test("a checkout Stripe refuses to go on with stands in no other plan's way", async () => {
  const { owner } = await newOwner(world.system);
  await expect(startCheckout(owner, pro, killedGateway(elsewhere))).rejects.toThrow("killed");
  await startCheckout(owner, { ...pro, plan: "starter", seats: 1 }, world.gateway);
  expect(await statusesOf(owner)).toEqual(["failed", "open"]);
});

test("Stripe's page leads back to billing wherever the workspace is by then", async () => {
  const { owner, person } = await newOwner(world.system);
  const { checkoutId } = await startCheckout(owner, pro, world.gateway);
  const [session] = await sessionsOf(owner);
  const back = `${process.env.LOCKSTEP_URL}/checkouts/${checkoutId}`;
  expect([session?.success_url, session?.cancel_url]).toEqual([back, `${back}?canceled`]);

  const { slug } = await updateTenant(owner, { slug: unique("moved") });
  const paid = await findCheckoutReturn(person, { checkoutId, isCanceled: false });
  expect(paid).toBe(`/${slug}/billing?checkout=${checkoutId}`);
  const canceled = await findCheckoutReturn(person, { checkoutId, isCanceled: true });
  expect(canceled).toBe(`/${slug}/billing?checkout=canceled`);
});

test("the way back from another workspace's checkout does not exist", async () => {
  const { owner } = await newOwner(world.system);
  const { person: stranger } = await newOwner(world.system);
  const { checkoutId } = await startCheckout(owner, pro, world.gateway);
  const peek = findCheckoutReturn(stranger, { checkoutId, isCanceled: false });
  await expect(peek).rejects.toMatchObject({ code: "not_found" });
});
