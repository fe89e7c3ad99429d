import { runPublishing } from "#lib/catalog/run-publishing";
import { seedPlans } from "#lib/catalog/seed-plans";
import type { Context } from "#lib/context";
import { view } from "#lib/db/transaction";
import { awaitInbox } from "#lib/events/await-inbox";
import { demoAdmin, demoPassword, demoTenants } from "#prisma/seed/demo-world";
import { seedAdmin, seedPeople } from "#prisma/seed/people";
import { type Act, seedAftermath, seedCheckout } from "#prisma/seed/purchases";

/** Who to try the demo as. */
export const demoSignIns = [
  { what: "Owner of Northbeam Studio", email: "ada@northbeam.test", password: demoPassword },
  { what: "Admin of the platform", email: demoAdmin.email, password: demoPassword },
];

/** Drafts the first plans and has them published by the worker. Changes nothing that is there. */
export async function seedCatalog(ctx: Context): Promise<void> {
  await seedPlans(ctx);
}

/**
 * Fills the local world with companies that signed up, bought, fell behind or left, all through
 * the verbs a browser calls and the webhooks that follow. Web and worker run meanwhile. What is
 * there already stays.
 */
export async function seedDemo(
  ctx: Context,
  local: { sandboxUrl: string; secretKey: string },
): Promise<void> {
  const act = actAt(local);
  await Promise.all([
    publishNow(ctx),
    seedAdmin(ctx),
    ...demoTenants.map((tenant) => seedPeople(ctx, tenant)),
  ]);
  const done = await Promise.all(demoTenants.map((tenant) => seedCheckout(ctx, tenant, act)));
  const bought = demoTenants.filter((_, index) => done[index]);
  if (bought.length === 0) return;

  await settle(ctx, act);
  await Promise.all(bought.map((tenant) => seedAftermath(ctx, tenant)));
  await settle(ctx, act);
}

/** The worker may be at it too: whoever is first makes a thing, the other finds it. */
async function publishNow(ctx: Context): Promise<void> {
  const rows = await view(ctx, (tx) =>
    tx.planVersion.findMany({ where: { status: "publishing" } }),
  );
  await Promise.all(rows.map(({ id: versionId }) => runPublishing(ctx, { versionId })));
}

/** Every webhook was delivered once, and what it led to is in the mirrors. */
async function settle(ctx: Context, act: Act): Promise<void> {
  await act("settle");
  await awaitInbox(ctx);
}

function actAt({ sandboxUrl, secretKey }: { sandboxUrl: string; secretKey: string }): Act {
  return async (path, body = {}) => {
    const response = await fetch(`${sandboxUrl}/_sandbox/${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${secretKey}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`The local Stripe refused ${path}: ${await response.text()}`);
    return response.json();
  };
}
