import { spawn } from "node:child_process";
import { once } from "node:events";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { getSubscriptionStatus } from "#lib/billing/get-subscription-status";
import { startCheckout } from "#lib/billing/start-checkout";
import { view } from "#lib/db/transaction";
import { awaitInbox } from "#lib/events/await-inbox";
import { openWorld, publishPlans, type World } from "#tests/lib/billing/world";
import { newOwner } from "#tests/support/people";

vi.setConfig({ testTimeout: 60_000 });

let world: World;

beforeAll(async () => {
  world = await openWorld();
  await publishPlans(world);
});
afterAll(() => world.close());

test.each(["fetch", "apply", "effect"])(
  "a worker process killed in %s is taken over, and everything happened once",
  async (step) => {
    const { owner } = await newOwner(world.system);
    const choice = { plan: "pro", interval: "month", currency: "usd", seats: 3 } as const;
    const { checkoutId } = await startCheckout(owner, choice, world.gateway);
    const row = await view(owner, (tx) =>
      tx.checkout.findUniqueOrThrow({ where: { id: checkoutId } }),
    );
    await world.act(`checkout/${row.stripeSessionId}/complete`);
    await world.act("settle");

    const doomed = spawn(process.execPath, ["tests/lib/billing/doomed-worker.ts"], {
      env: { ...process.env, DOOMED_AT: step },
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(doomed.stdout, "data");
    doomed.kill("SIGKILL");
    await once(doomed, "exit");

    const inbox = world.startWorker({ leaseMs: 600 });
    await awaitInbox(world.system);
    await inbox.stop();
    expect(await getSubscriptionStatus(owner)).toMatchObject({ status: "active", seats: 3 });
    const facts = await view(owner, (tx) => tx.fact.findMany({ orderBy: { kind: "asc" } }));
    expect(facts.map(({ kind }) => kind)).toEqual([
      "checkout.completed",
      "entitlements.changed",
      "invoice.finalized",
      "invoice.paid",
      "subscription.active",
    ]);
    const user = await view(owner, (tx) =>
      tx.user.findUniqueOrThrow({ where: { id: owner.userId } }),
    );
    const mails = await view(world.system, (tx) =>
      tx.mail.count({ where: { to: user.email, template: "plan-active" } }),
    );
    expect(mails).toBe(1);
  },
);
