import { afterAll, beforeAll, expect, test } from "vitest";
import { startCheckout } from "#lib/billing/start-checkout";
import { view } from "#lib/db/transaction";
import { replaceEnv } from "#lib/env";
import { chargeFacts, disputeFacts, payoutFacts, refundFacts } from "#lib/mirror/money-facts";
import { createEndpoint } from "#lib/webhooks/create-endpoint";
import { eventTypeNames, eventTypes, isEventType } from "#lib/webhooks/event-types";
import { sendDue } from "#lib/webhooks/send-due";
import { openWorld, publishPlans, type World } from "#tests/lib/billing/world";
import { openReceiver, type Receiver, verify } from "#tests/lib/webhooks/receiver";
import { newOwner } from "#tests/support/people";

let world: World;
let receiver: Receiver;

beforeAll(async () => {
  world = await openWorld();
  replaceEnv({ ...process.env, WEBHOOK_LOOPBACK: "yes" });
  await publishPlans(world);
  receiver = await openReceiver();
}, 60_000);
afterAll(async () => {
  receiver.close();
  await world.close();
});

type Told = { type: string; timestamp: string; data: unknown };

/** What a fact carries is what its type says, and nothing besides. */
function expectToldAsSaid({ type, data }: Pick<Told, "type" | "data">): void {
  expect(isEventType(type), type).toBe(true);
  expect(eventTypes[type as "invoice.paid"].data.strict().parse(data)).toEqual(data);
}

test("a plan bought at Stripe is told to the tenant's own systems, each fact once", async () => {
  const { owner } = await newOwner(world.system);
  const endpoint = { url: receiver.url, description: "", types: eventTypeNames };
  const { id: endpointId, secret } = await createEndpoint(owner, endpoint);
  const choice = { plan: "pro", interval: "month", currency: "usd", seats: 3 } as const;
  const { checkoutId } = await startCheckout(owner, choice, world.gateway);
  const row = await view(owner, (tx) =>
    tx.checkout.findUniqueOrThrow({ where: { id: checkoutId } }),
  );
  await world.act(`checkout/${row.stripeSessionId}/complete`);
  const inbox = world.startWorker();
  await world.settle(inbox);
  for (const _ of [1, 2]) await sendDue(world.system, { endpointId });

  const told = receiver.heard.map((message) => verify(secret, message) as Told);
  expect(told.map(({ type }) => type).sort()).toEqual([
    ...["entitlements.changed", "invoice.paid", "subscription.active"],
  ]);
  for (const one of told) expectToldAsSaid(one);
  const facts = await view(owner, (tx) => tx.fact.findMany());
  for (const { type, timestamp, data } of told) {
    const fact = facts.find(({ kind }) => kind === type);
    expect(fact).toMatchObject({ at: new Date(timestamp), data });
  }
});

const sum = { id: "x_1", amount: 4_900, currency: "usd" };
const charge = { ...sum, failure_code: null, captured: true };
const moved = [
  ...["succeeded", "failed"].map((status) => chargeFacts({ ...charge, status } as never)),
  ...["succeeded", "failed", "canceled"].flatMap((status) =>
    ["ch_1", null].map((of) => refundFacts({ ...sum, status, charge: of } as never)),
  ),
  ...["needs_response", "won", "lost", "warning_closed"].map((status) =>
    disputeFacts({ ...sum, status, charge: "ch_1" } as never),
  ),
  ...["paid", "failed", "canceled"].map((status) =>
    payoutFacts({ ...sum, status, failure_code: null } as never),
  ),
  payoutFacts({
    ...{ ...sum, status: "paid", failure_code: null, automatic: true },
    reconciliation_status: "completed",
  } as never),
].flat();

test.each(moved.map((fact) => [fact.kind, fact] as const))("%s is told as said", (kind, fact) => {
  expectToldAsSaid({ type: kind, data: fact.data });
});
