import { afterAll, beforeAll, expect, test } from "vitest";
import { view } from "#lib/db/transaction";
import { samplers } from "#lib/dispatch/stripe-objects";
import type { Inbox } from "#lib/events/inbox-worker";
import { runResync } from "#lib/events/run-resync";
import { startResync } from "#lib/events/start-resync";
import { openWorld, type World } from "#tests/lib/billing/world";
import { newAdmin } from "#tests/support/people";

let world: World;
let inbox: Inbox;

beforeAll(async () => {
  world = await openWorld();
  inbox = world.startWorker();
}, 60_000);
afterAll(() => world.close());

function newAccount(email: string) {
  return world.stripe.v2.core.accounts.create({
    ...{ contact_email: email, display_name: "Told by name", dashboard: "express" },
    identity: { country: "us", entity_type: "company" },
    configuration: { merchant: { capabilities: { card_payments: { requested: true } } } },
    defaults: {
      responsibilities: { fees_collector: "application", losses_collector: "application" },
    },
  });
}

const mirrored = (id: string) =>
  view(world.system, (tx) => tx.stripeAccount.findFirst({ where: { account: "", id } }));

test("an account that is only named is asked for, and its mirror follows", async () => {
  const { id } = await newAccount("first@example.com");
  await world.settle(inbox);
  expect(await mirrored(id)).toMatchObject({ email: "first@example.com", country: "US" });

  await world.stripe.v2.core.accounts.update(id, { contact_email: "second@example.com" });
  await world.settle(inbox);
  expect(await mirrored(id)).toMatchObject({ email: "second@example.com" });
  const types = await view(world.system, (tx) =>
    tx.inboxEvent.findMany({ where: { objectId: id }, distinct: ["type"] }),
  );
  const named = types.filter(({ type }) => type.startsWith("v2.core.account"));
  expect(named.length).toBeGreaterThan(0);
  expect(new Set(named.map(({ status }) => status))).toEqual(new Set(["done"]));
});

test("an account nobody told of is found by comparing everything", async () => {
  await world.act("webhook-faults", { kind: "drop" });
  const { id } = await newAccount("unheard@example.com");
  await world.act("settle");
  await world.act("webhook-faults", { kind: "off" });
  await inbox.idle();
  expect(await mirrored(id)).toBeNull();
  const admin = await newAdmin(world.system, "admin");
  const run = await startResync(admin, { tenantId: null });
  await runResync(world.system, { resyncId: run.id }, world.gateway, samplers);
  await inbox.idle();
  expect(await mirrored(id)).toMatchObject({ email: "unheard@example.com" });
});
