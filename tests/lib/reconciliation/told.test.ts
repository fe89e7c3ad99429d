import { afterAll, beforeAll, expect, test } from "vitest";
import { view } from "#lib/db/transaction";
import { createEndpoint } from "#lib/webhooks/create-endpoint";
import { platformEventTypeNames, platformEventTypes } from "#lib/webhooks/platform-event-types";
import { pay } from "#tests/lib/ledger-rules/ledger-scene";
import {
  foldAll,
  openReconciliation,
  type ReconciliationScene,
} from "#tests/lib/reconciliation/reconciliation-scene";
import { newAdmin } from "#tests/support/people";

let scene: ReconciliationScene;
let seller: string;
let row: string;

beforeAll(async () => {
  scene = await openReconciliation();
  seller = (await scene.newSeller("saas")).account;
  await pay(scene, seller, { amount: 10_000 });
  await scene.feed(["", seller]);
  await foldAll(scene);
  const kept = await view(scene.ctx, (tx) =>
    tx.stripeBalanceTransaction.findFirstOrThrow({ where: { account: seller } }),
  );
  row = kept.id;
  await createEndpoint(await newAdmin(scene.ctx), {
    ...{ url: "https://hooks.example.com/", description: "", types: platformEventTypeNames },
  });
}, 60_000);
afterAll(() => scene.close());

type Told = { type: string; [Part: string]: string | null };

/** What the platform's endpoint is to be sent, the oldest first. */
const told = async (): Promise<Told[]> => {
  const rows = await view(scene.ctx, (tx) =>
    tx.webhookDelivery.findMany({ orderBy: [{ createdAt: "asc" }, { id: "asc" }] }),
  );
  return rows.map(({ type, data, tenantId }) => {
    const name = type as keyof typeof platformEventTypes;
    expect(platformEventTypes[name].data.strict().parse(data)).toEqual(data);
    expect(tenantId).toBe("platform");
    return { type, ...(data as Record<string, string | null>) };
  });
};
/** What was posted of the charge into the balance, changed by somebody past every wall. */
const shift = (by: number) =>
  scene.plant(
    `update ledger_moves set minor = minor + $2
      where entry_id = (select id from ledger_entries where reference = $1)
        and to_account in (select id from ledger_accounts where code = 'stripe:balance')`,
    [`bt:${row}`, by],
  );
const ofKind = (all: readonly Told[], kind: string) => all.filter(({ type }) => type === kind);

test("a break is told as it opens, the account's verdict with it, and neither a second time", async () => {
  await scene.runWhole();
  expect(await told()).toEqual([]);
  await shift(7);
  await scene.pass(3_600);
  await Promise.all([scene.runPass(), scene.runWhole()]);
  await scene.runWhole();
  const all = await told();
  const opened = ofKind(all, "reconciliation.break.opened");
  expect(opened.filter(({ reference }) => reference === row)).toMatchObject([
    { book: seller, check: "transaction.entry", minor: "-7", currency: "usd" },
  ]);
  expect(new Set(opened.map(({ breakId }) => breakId)).size).toBe(opened.length);
  expect(ofKind(all, "reconciliation.verdict.changed")).toMatchObject([
    { book: seller, from: "in lockstep", to: "breaks" },
  ]);
  const alerts = ofKind(all, "alert.raised");
  expect(new Set(alerts.map(({ objectId }) => objectId))).toEqual(new Set([seller]));
});

test("what is gone is told as resolved, and what comes again as another opening", async () => {
  const before = await told();
  const openedAt = (all: typeof before) =>
    ofKind(all, "reconciliation.break.opened").map(({ breakId }) => breakId);
  await shift(-7);
  await scene.runWhole();
  await scene.runPass();
  const news = (await told()).slice(before.length);
  const resolved = ofKind(news, "reconciliation.break.resolved");
  expect(new Set(resolved.map(({ breakId }) => breakId))).toEqual(new Set(openedAt(before)));
  expect(resolved.length).toBe(openedAt(before).length);
  expect(new Set(resolved.map(({ how }) => how))).toEqual(new Set(["gone"]));
  expect(ofKind(news, "reconciliation.verdict.changed")).toMatchObject([
    { from: "breaks", to: "in lockstep", open: "0" },
  ]);
  await shift(9);
  await scene.pass(3_600);
  await scene.runWhole();
  const again = (await told()).slice(before.length + news.length);
  const opened = ofKind(again, "reconciliation.break.opened");
  expect(opened.map(({ reference }) => reference)).toContain(row);
  expect(ofKind(again, "reconciliation.verdict.changed")).toMatchObject([{ to: "breaks" }]);
});

test("a tenant reads none of it", async () => {
  const facts = await view(scene.ctx, (tx) =>
    tx.fact.findMany({ where: { kind: { in: [...platformEventTypeNames] } } }),
  );
  expect(facts.length).toBeGreaterThan(4);
  expect(new Set(facts.map(({ tenantId }) => tenantId))).toEqual(new Set([null]));
});
