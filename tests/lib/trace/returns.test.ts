import { afterAll, beforeAll, expect, test } from "vitest";
import { view } from "#lib/db/transaction";
import type { PlatformContext, TenantContext } from "#lib/tenancy/context";
import { keyOf, type NodeKey, type NodeKind } from "#lib/trace/node";
import type { TraceFound } from "#lib/trace/trace-from";
import { type LedgerScene, openLedgerScene, pay } from "#tests/lib/ledger-rules/ledger-scene";
import { keysOf, kindsOf, traced } from "#tests/lib/trace/trace-scene";
import { newAdmin } from "#tests/support/people";

let scene: LedgerScene;
let admin: PlatformContext;
let owner: TenantContext;
let account: string;

beforeAll(async () => {
  scene = await openLedgerScene();
  admin = await newAdmin(scene.system);
  ({ owner, account } = await scene.newSeller("saas"));
}, 60_000);
afterAll(() => scene.close());

const on = () => ({ stripeAccount: account });
const ways = ({ edges }: TraceFound, name: string) =>
  edges
    .filter((edge) => edge.name === name)
    .map(({ from, to }) => [from.kind, from.id, to.kind, to.id]);
const named = (kind: NodeKind, id: string): NodeKey => ({ kind, scope: account, id });

test("a payout that was asked back leads to its return, and the return to it", async () => {
  await pay(scene, account, { amount: 20_000 }, "pm_card_bypassPending");
  const { id: gone } = await scene.stripe.payouts.create({ amount: 5_000, currency: "usd" }, on());
  await scene.pass(4 * 86_400);
  await scene.feed([account]);
  const alone = await traced(admin, gone);
  expect(kindsOf(alone)).toMatchObject({ payout: 1, bank: 1 });
  expect(ways(alone, "sent_back")).toEqual([]);

  const { id: back } = await scene.stripe.payouts.reverse(gone, {}, on());
  await scene.pass(4 * 86_400);
  await scene.feed([account]);
  for (const who of [admin, owner]) {
    const [there, home] = [await traced(who, gone), await traced(who, back)];
    expect(ways(there, "sent_back")).toEqual([["payout", gone, "payout", back]]);
    expect(ways(home, "sent_back")).toEqual(ways(there, "sent_back"));
    expect(keysOf(home)).toEqual(keysOf(there));
    // Each left or came by a movement and entries of its own.
    expect(kindsOf(there)).toMatchObject({ payout: 2, balance_transaction: 2 });
    const [out, came] = [gone, back].map((id) => there.nodes.find((node) => node.id === id));
    expect([out?.amount?.minor, came?.amount?.minor]).toEqual([5_000n, -5_000n]);
    const bank = there.nodes.find(({ kind }) => kind === "bank")!;
    expect(keysOf(await traced(who, bank))).toEqual(keysOf(there));
  }
});

/** A payment whose charge nobody told of, and a refund of it that was: Stripe promises no order. */
async function refundEarly(): Promise<Record<"intent" | "charge" | "refund", string>> {
  const method = { type: "card" as const, card: { token: "tok_pendingRefund" } };
  const card = await scene.stripe.paymentMethods.create(method, on());
  const intents = scene.stripe.paymentIntents;
  const { id: intent } = await intents.create(
    {
      ...{ amount: 7_000, currency: "usd", payment_method: card.id },
      automatic_payment_methods: { enabled: true, allow_redirects: "never" },
    },
    on(),
  );
  await scene.settle(scene.inbox);
  await scene.act("webhook-faults", { kind: "drop" });
  const { latest_charge: charge } = await intents.confirm(intent, {}, on());
  const { id: refund } = await scene.stripe.refunds.create({ payment_intent: intent }, on());
  await scene.act("settle");
  await scene.act("webhook-faults", { kind: "off" });
  // Only now does the bank have it, and only that is told.
  await scene.pass(120);
  await scene.settle(scene.inbox);
  return { intent, charge: String(charge), refund };
}

test("a refund that is told of before its charge is led to by its payment until then", async () => {
  const { intent, charge, refund } = await refundEarly();
  const known = await view(scene.system, (tx) => tx.stripeCharge.count({ where: { id: charge } }));
  expect(known, "charges that were told of").toBe(0);
  for (const who of [admin, owner]) {
    const [down, up] = [await traced(who, intent), await traced(who, refund)];
    expect(ways(down, "refunded_early")).toEqual([["payment_intent", intent, "refund", refund]]);
    expect(ways(up, "refunded_early")).toEqual(ways(down, "refunded_early"));
    const both = [named("payment_intent", intent), named("refund", refund)].map(keyOf);
    for (const end of [down, up]) expect([...keysOf(end)]).toEqual(expect.arrayContaining(both));
  }

  await scene.stripe.charges.update(charge, { description: "Told of late" }, on());
  await scene.feed([account]);
  for (const start of [intent, charge, refund]) {
    const whole = await traced(admin, start);
    expect(ways(whole, "refunded_early"), start).toEqual([]);
    expect(ways(whole, "refunded"), start).toEqual([["charge", charge, "refund", refund]]);
    expect(ways(whole, "charged"), start).toEqual([["payment_intent", intent, "charge", charge]]);
  }
});
