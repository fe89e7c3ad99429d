import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCheckout } from "#lib/billing/start-checkout";
import { transact, view } from "#lib/db/transaction";
import { taskListOf } from "#lib/dispatch/jobs";
import { schedule } from "#lib/dispatch/schedule";
import { newId } from "#lib/ids";
import { openWorld, publishPlans, type World } from "#tests/lib/billing/world";
import { newOwner } from "#tests/support/people";

let world: World;

beforeAll(async () => {
  world = await openWorld();
  await publishPlans(world);
});
afterAll(() => world.close());

function run(name: string, payload: unknown, now = new Date()): Promise<unknown> {
  const tasks = taskListOf({ ...world.system, now: () => now }, world.gateway);
  return Promise.resolve(tasks[name]!(payload, {} as never));
}

const dayMs = 86_400_000;

test("everything the clock asks for is a job", () => {
  const tasks = taskListOf(world.system, world.gateway);
  for (const { task } of schedule) expect(tasks[task]).toBeTypeOf("function");
});

test("a payload that is not what the job takes is refused", async () => {
  await expect(run("billing.open-account", { tenant: "ten_1" })).rejects.toThrow(/tenantId/);
});

test("the sweep takes what expired long ago and leaves the rest", async () => {
  const { owner } = await newOwner(world.system);
  const { userId } = owner;
  const now = new Date();
  const token = (days: number) => ({
    ...{ id: newId("token"), purpose: "reset_password" as const, userId, createdAt: now },
    hash: newId("token"),
    expiresAt: new Date(now.getTime() + days * dayMs),
  });
  const [old, fresh] = [token(-8), token(1)];
  await transact(world.system, "test.plant", (tx) => tx.token.createMany({ data: [old, fresh] }));
  await run("tenancy.sweep", { _cron: { ts: now.toISOString() } });
  const left = await view(world.system, (tx) =>
    tx.token.findMany({ where: { id: { in: [old.id, fresh.id] } } }),
  );
  expect(left.map(({ id }) => id)).toEqual([fresh.id]);
});

test("a checkout whose end was never heard of is closed, unless it was paid", async () => {
  const choice = { plan: "starter", interval: "month", currency: "usd", seats: 1 } as const;
  const [{ owner: left }, { owner: paid }] = [
    await newOwner(world.system),
    await newOwner(world.system),
  ];
  await startCheckout(left, choice, world.gateway);
  const { checkoutId } = await startCheckout(paid, choice, world.gateway);
  const row = await view(paid, (tx) =>
    tx.checkout.findUniqueOrThrow({ where: { id: checkoutId } }),
  );
  await world.act(`checkout/${row.stripeSessionId}/complete`);

  const { door } = world;
  door.secrets = { account: [], connect: [] };
  await run("billing.expire-checkouts", {}, new Date(Date.now() + 2 * dayMs));
  const statusOf = async (owner: typeof left) =>
    (await view(owner, (tx) => tx.checkout.findMany())).map(({ status }) => status);
  expect([await statusOf(left), await statusOf(paid)]).toEqual([["expired"], ["open"]]);
});

test("a tampered audit log fails the nightly check by name", async () => {
  await run("audit.verify", {});
  const { owner } = await newOwner(world.system);
  const planter = new pg.Client({ connectionString: world.database.superUrl });
  await planter.connect();
  await planter.query("alter table audit_entries disable trigger append_only");
  await planter.query("update audit_entries set action = 'nothing.happened' where chain = $1", [
    owner.tenantId,
  ]);
  await planter.end();
  await expect(run("audit.verify", {})).rejects.toThrow(`${owner.tenantId} at 1`);
});
