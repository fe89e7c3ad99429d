import { afterAll, beforeAll, expect, test } from "vitest";
import { transact, view } from "#lib/db/transaction";
import { entry, move, post } from "#tests/lib/ledger/ledger-scene";
import { pay } from "#tests/lib/ledger-rules/ledger-scene";
import {
  openReconciliation,
  type ReconciliationScene,
} from "#tests/lib/reconciliation/reconciliation-scene";
import { unique } from "#tests/support/people";

let scene: ReconciliationScene;
let seller: string;
let tenantId: string;
const ids = { wrong: unique("in"), odd: unique("in"), payout: unique("po") };

beforeAll(async () => {
  scene = await openReconciliation();
  const { account, owner } = await scene.newSeller("saas");
  [seller, tenantId] = [account, owner.tenantId];
  // A book begins with its first entry.
  await pay(scene, seller, {});
  await scene.feed(["", seller]);
}, 60_000);
afterAll(() => scene.close());

/** What a tenant owes, has and is owed that Stripe knows nothing of, or its reverse. */
const owing = (name: string, isBack = false) => {
  const moves = [
    move("revenue:usage", `receivable ${tenantId}`, 500n),
    move(`customer_credit ${tenantId}`, "contra:credits", 300n),
    move(`payable ${tenantId}`, "bank:cash", 200n),
  ];
  const reverse = moves.map(({ from, to, ...one }) => ({ ...one, from: to, to: from }));
  return post(scene.ctx, entry(unique(name), isBack ? reverse : moves));
};

async function rate(): Promise<void> {
  const at = scene.ctx.now();
  const common = { tenantId, currency: "usd", lines: [], sums: [], version: 1 };
  const row = { ...common, finalizedAt: at, checkedAt: at, billedMinor: 1_000n };
  await transact(scene.ctx, "test.plant", (tx) =>
    tx.invoiceCheck.createMany({
      data: [
        { ...row, invoiceId: unique("in"), verdict: "equal", expectedMinor: 1_000n },
        { ...row, invoiceId: ids.wrong, verdict: "different", expectedMinor: 900n },
        { ...row, invoiceId: ids.odd, verdict: "unexplained", expectedMinor: null },
      ],
    }),
  );
}

async function tracePayout(partsMinor: bigint): Promise<void> {
  const key = { account: seller, payoutId: ids.payout };
  const at = scene.ctx.now();
  const sums = { payoutMinor: 5_000n, partsMinor, parts: 2 };
  await transact(scene.ctx, "test.plant", (tx) =>
    tx.payoutTrace.upsert({
      where: { account_payoutId: key },
      create: { ...key, ...sums, tenantId, currency: "usd", beganAt: at, readAt: at },
      update: sums,
    }),
  );
}

const difference = (book: string) =>
  view(scene.ctx, async (tx) => {
    const rows = await tx.reconciliationBreak.findMany({
      where: { book, status: "open" },
      orderBy: { check: "asc" },
    });
    return rows.map((row) => `${row.check} ${row.kind} ${row.cause} ${row.differenceMinor}`);
  });

test("every total that differs is found in its book, by its question and its difference", async () => {
  expect(await scene.breaks("platform")).toEqual([]);
  await owing("owed");
  await rate();
  await tracePayout(4_999n);
  await scene.runWhole();
  // Both sides come by events of their own: what differs counts once it has stayed.
  const atOnce = ["invoice.rated amount rated_otherwise 100"];
  atOnce.push("invoice.rated unknown_kind not_rateable 1000");
  expect((await difference("platform")).sort()).toEqual(atOnce);
  await scene.pass(11 * 60);
  await scene.runWhole();
  expect((await difference("platform")).sort()).toEqual(
    [
      ...atOnce,
      "credit drift not_as_credited 300",
      "payable drift not_handed_over 200",
      "receivable drift not_as_invoiced -500",
    ].sort(),
  );
  expect(await difference(seller)).toEqual(["payout amount parts_differ 1"]);
  const known = await scene.breaks("platform");
  for (const reference of [ids.wrong, ids.odd, `${tenantId}:usd`]) {
    expect(
      known.some((one) => one.includes(` ${reference} `)),
      reference,
    ).toBe(true);
  }
});

test("and is gone where it is equal again, or a person looked into it", async () => {
  await owing("back", true);
  await tracePayout(5_000n);
  await transact(scene.ctx, "test.plant", (tx) =>
    tx.invoiceCheck.updateMany({ data: { settledAt: scene.ctx.now() } }),
  );
  await scene.runWhole();
  expect([await scene.breaks("platform"), await scene.breaks(seller)]).toEqual([[], []]);
});
