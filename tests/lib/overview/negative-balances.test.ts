import { afterAll, beforeAll, expect, test } from "vitest";
import { startOnboarding } from "#lib/connect/start-onboarding";
import { view } from "#lib/db/transaction";
import { listAttention } from "#lib/overview/list-attention";
import { debitTenant } from "#lib/payouts/debit-tenant";
import type { PlatformContext } from "#lib/tenancy/context";
import { type LedgerScene, openLedgerScene, pay } from "#tests/lib/ledger-rules/ledger-scene";
import { setEnvironment } from "#tests/support/environment";
import { newAdmin, newOwner, unique } from "#tests/support/people";

let scene: LedgerScene;
let admin: PlatformContext;

beforeAll(async () => {
  scene = await openLedgerScene();
  admin = await newAdmin(scene.system);
}, 60_000);
afterAll(() => scene.close());

async function seller(profile: "saas" | "white_label") {
  setEnvironment({ CONNECT_PROFILE: profile });
  const { owner } = await newOwner(scene.system);
  await startOnboarding(owner, scene.gateway);
  const { accountId: account } = await view(owner, (tx) =>
    tx.connectedAccount.findUniqueOrThrow({ where: { tenantId: owner.tenantId } }),
  );
  await scene.act(`accounts/${account}/onboard`);
  await scene.settle(scene.inbox);
  const on = { stripeAccount: account };
  const sell = async () => String((await pay(scene, account, { amount: 5_000 })).latest_charge);
  const short = async () => {
    await scene.feed([account]);
    const { items, counts } = await listAttention(admin, { kind: "negative_balance" });
    expect(counts.negative_balance).toBe(items.length);
    return items.filter(({ tenant }) => tenant.id === owner.tenantId);
  };
  return { tenantId: owner.tenantId, account, on, sell, short };
}

test("an account below nothing is listed with what took it there, since when and who bears it", async () => {
  const ours = await seller("white_label");
  const charge = await ours.sell();
  expect(await ours.short()).toEqual([]);
  await scene.act(`disputes`, { charge });
  const [disputed] = await ours.short();
  const { available, pending } = await scene.stripe.balance.retrieve({}, ours.on);
  const there = [...available, ...pending].reduce((sum, { amount }) => sum + amount, 0);
  expect(there).toBeLessThan(0);
  expect(disputed).toMatchObject({
    ...{ objectId: `${ours.account}/usd`, amounts: [{ minor: BigInt(-there), currency: "usd" }] },
    ...{ bearer: "application", detail: "A dispute took it there; we bear it" },
  });

  // Evened by its next payments it is listed no more.
  await ours.sell();
  await ours.sell();
  expect(await ours.short()).toEqual([]);
});

test("the move that took it below nothing is told from those before and after it", async () => {
  const theirs = await seller("saas");
  const [first, second] = [await theirs.sell(), await theirs.sell()];
  const refund = (charge: string) => scene.stripe.refunds.create({ charge }, theirs.on);
  await refund(first);
  expect(await theirs.short()).toEqual([]);
  await scene.pass(3_600);
  await refund(second);
  const [short] = await theirs.short();
  expect(short).toMatchObject({
    ...{ bearer: "stripe", detail: "A refund took it there; Stripe bears it" },
  });
  const since = short!.since.getTime();
  await scene.pass(3_600);
  expect((await theirs.short())[0]!.since.getTime()).toBe(since);

  const ours = await seller("white_label");
  await debitTenant(
    admin,
    {
      ...{ tenantId: ours.tenantId, currency: "usd", minor: 700n, seenMinor: 0n },
      ...{ key: unique("key"), why: "They owe it.", description: "A chargeback of May" },
    },
    scene.gateway,
  );
  expect(await ours.short()).toMatchObject([
    { amounts: [{ minor: 700n }], detail: "A debit of ours took it there; we bear it" },
  ]);
});
