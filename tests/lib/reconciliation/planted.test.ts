import { afterAll, beforeAll, expect, test } from "vitest";
import { transact, view } from "#lib/db/transaction";
import { carryOutReport } from "#lib/reconciliation/carry-out-report";
import { uploadReport } from "#lib/reconciliation/upload-report";
import { pay } from "#tests/lib/ledger-rules/ledger-scene";
import {
  foldAll,
  openReconciliation,
  type ReconciliationScene,
} from "#tests/lib/reconciliation/reconciliation-scene";
import { newAdmin } from "#tests/support/people";

let scene: ReconciliationScene;
let seller: string;
let neighbour: string;
/** Balance transactions of the seller, the oldest first. */
let rows: string[];

beforeAll(async () => {
  scene = await openReconciliation();
  seller = (await scene.newSeller("saas")).account;
  neighbour = (await scene.newSeller()).account;
  for (const amount of [10_000, 20_000, 30_000, 40_000]) await pay(scene, seller, { amount });
  const more = { transfer_data: { destination: neighbour }, application_fee_amount: 1000 };
  await pay(scene, "", more);
  await scene.feed(["", seller, neighbour]);
  await foldAll(scene);
  const kept = await view(scene.ctx, (tx) =>
    tx.stripeBalanceTransaction.findMany({
      where: { account: seller },
      orderBy: { netMinor: "asc" },
    }),
  );
  rows = kept.map(({ id }) => id);
}, 60_000);
afterAll(() => scene.close());

const everywhere = async () => ({
  platform: await scene.breaks("platform"),
  neighbour: await scene.breaks(neighbour),
  seller: await scene.breaks(seller),
});

test("books that are fed are in lockstep, whether all is compared or what changed", async () => {
  const pass = await scene.runPass();
  const whole = await scene.runWhole();
  expect(pass.found + whole.found).toBe(0);
  expect(await everywhere()).toEqual({ platform: [], neighbour: [], seller: [] });
  expect(pass.asked).toBeGreaterThan(6);
  const balances = await view(scene.ctx, (tx) => tx.reconciledBalance.findMany());
  expect(balances.map(({ book }) => book).sort()).toEqual([seller, neighbour, "platform"].sort());
});

test("Stripe's own report says the same, and tells a mirror that was changed", async () => {
  const to = new Date(scene.ctx.now().getTime() + 60_000);
  const compare = async (id: string) => {
    await transact(scene.ctx, "test.report", (tx) =>
      tx.stripeReport.create({
        data: {
          ...{ id, source: "reporting", book: seller, status: "asked", askedAt: to },
          ...{ type: "balance_change_from_activity.itemized.1", fromAt: new Date(0), toAt: to },
        },
      }),
    );
    for (let turn = 0; turn < 20; turn += 1) {
      await carryOutReport(scene.ctx, { reportId: id }, scene.tools);
      const report = await view(scene.ctx, (tx) =>
        tx.stripeReport.findUniqueOrThrow({ where: { id } }),
      );
      if (report.status !== "asked") return report;
      // Stripe makes it with the next second.
      await scene.act("clock", { advance_seconds: 1 });
    }
    throw new Error("Stripe did not make the report.");
  };
  expect(await compare("rpt_1")).toMatchObject({
    status: "compared",
    rows: 4,
    matched: 4,
    found: 0,
  });
  const change = (by: number) =>
    scene.plant("update stripe_balance_transactions set net_minor = net_minor + $2 where id = $1", [
      rows[0],
      by,
    ]);
  await change(3);
  expect(await compare("rpt_2")).toMatchObject({ matched: 3, found: 1 });
  expect(await scene.breaks(seller)).toEqual([`report amount ${rows[0]} report_differs`]);
  await change(-3);
  expect(await compare("rpt_3")).toMatchObject({ matched: 4, found: 0 });
  expect(await scene.breaks(seller)).toEqual([]);
});

const columns = "balance_transaction_id,created_utc,currency,gross,fee,net,reporting_category";
const lineOf = (id: string, at: string, net: number) =>
  `${id},${at},usd,${(net / 100).toFixed(2)},0.00,${(net / 100).toFixed(2)},charge\n`;

test("a report that a person brings is read no faster than it is kept, and compared", async () => {
  const finance = await financeOf(scene);
  const perChunk = 500;
  const chunks = 16;
  let ahead = 0;
  async function* file() {
    yield Buffer.from(`${columns}\n`);
    for (let chunk = 0; chunk < chunks; chunk += 1) {
      const kept = await view(scene.ctx, (tx) => tx.stripeReportLine.count());
      ahead = Math.max(ahead, chunk * perChunk - kept);
      const lines = Array.from({ length: perChunk }, (_, line) =>
        lineOf(`txn_file_${chunk}_${line}`, "2020-01-01 00:00:00", 100),
      );
      yield Buffer.from(lines.join(""));
    }
  }
  const { id, rows } = await uploadReport(finance, { book: seller, name: "a.csv", file: file() });
  expect(rows).toBe(perChunk * chunks);
  expect(ahead, "lines that are held at once").toBeLessThanOrEqual(4_000);
  await carryOutReport(scene.ctx, { reportId: id }, scene.tools);
  const report = () =>
    view(scene.ctx, (tx) => tx.stripeReport.findUniqueOrThrow({ where: { id } }));
  // What was never read at Stripe is found, the first thousand of it.
  expect(await report()).toMatchObject({ status: "compared", matched: 0, found: 1_000 });
  expect(await view(scene.ctx, (tx) => tx.stripeReportLine.count())).toBe(0);
  await scene.plantAsOwner("delete from reconciliation_breaks");
});

test("a file of other columns, of no time or no amount is refused with what is wrong", async () => {
  const finance = await financeOf(scene);
  const bring = (text: string) =>
    uploadReport(finance, {
      ...{ book: seller, name: "b.csv" },
      file: (async function* () {
        yield Buffer.from(text);
      })(),
    });
  await expect(bring("id,Amount,Net\n")).rejects.toThrow(/balance_transaction_id, created_utc/);
  await expect(bring(`${columns}\n`)).rejects.toThrow(/no lines/);
  await expect(bring(`${columns}\n${lineOf("txn_1", "soon", 1)}`)).rejects.toThrow(/no time/);
  const half = `${columns}\ntxn_1,2020-01-01 00:00:00,usd,1.005,0,1,charge\n`;
  await expect(bring(half)).rejects.toThrow(/Line 1 says “1.005”/);
  await expect(bring(`${columns}\n"txn`)).rejects.toThrow(/no CSV/);
  const reports = await view(scene.ctx, (tx) =>
    tx.stripeReport.count({ where: { fileName: "b.csv", status: "failed" } }),
  );
  expect(reports).toBe(5);
});

test("each planted fault is found, rightly typed and in its account; nothing else is", async () => {
  await scene.act("webhook-faults", { kind: "drop", count: 20 });
  const { latest_charge: dropped } = await pay(scene, seller, { amount: 5_000 });
  await scene.act("settle");
  await scene.act("webhook-faults", { kind: "off" });
  await scene.feed([seller]);
  await foldAll(scene);
  const [changed, doubled, deleted, mirrored] = rows as [string, string, string, string];
  const ofEntry = `entry_id = (select id from ledger_entries where reference = $1)`;
  const toBalance = `to_account in (select id from ledger_accounts where code = 'stripe:balance')`;
  await scene.plant(
    `update ledger_moves set minor = minor - 500 where ${ofEntry} and ${toBalance}`,
    [`bt:${changed}`],
  );
  await scene.plant(
    `with copy as (insert into ledger_entries (book_id, reference, kind, effective_at, posted_at,
        payment_id, object_id)
      select book_id, 'bt:txn_twin', kind, effective_at, posted_at, payment_id, object_id
      from ledger_entries where reference = $1 returning id)
    insert into ledger_moves select copy.id, position, from_account, to_account, from_subject,
      to_subject, minor, effective_at, plan from copy, ledger_moves
    where ${ofEntry}`,
    [`bt:${doubled}`],
  );
  await scene.plant(`delete from ledger_moves where ${ofEntry}`, [`bt:${deleted}`]);
  await scene.plant("delete from ledger_entries where reference = $1", [`bt:${deleted}`]);
  await scene.plant(
    "update stripe_balance_transactions set net_minor = net_minor + 7 where id = $1",
    [mirrored],
  );
  await scene.pass(3_600);

  await scene.runWhole();
  const found = await everywhere();
  expect(found.platform).toEqual([]);
  expect(found.neighbour).toEqual([]);
  const ofPairs = found.seller.filter((one) => !one.startsWith("ledger "));
  expect(new Set(ofPairs)).toEqual(
    new Set([
      `clearing missing_here ${dropped} webhook_never_came`,
      "entry.transaction duplicate txn_twin posted_twice",
      `transaction.entry amount ${changed} entry_differs`,
      `transaction.entry missing_here ${deleted} not_posted`,
      `transaction.entry amount ${mirrored} mirror_differs`,
    ]),
  );
  const kinds = new Set(found.seller.filter((one) => one.startsWith("ledger ")).map(causeOf));
  expect(kinds).toContain("sums_changed");
  expect(kinds).toContain("entries_changed");
});

test("finance is told of an account's breaks, each once, and of a flood in one word", async () => {
  const facts = await view(scene.ctx, (tx) =>
    tx.fact.findMany({ where: { kind: "reconciliation.break" } }),
  );
  expect(new Set(facts.map(({ objectId }) => objectId))).toEqual(new Set([seller]));
  expect(facts.length).toBeGreaterThan(2);
  // The hour that passes may be the last of a day.
  const days = Map.groupBy(facts, ({ at }) => at.toISOString().slice(0, 10));
  for (const told of days.values()) expect(told.length).toBeLessThanOrEqual(6);
  const alerts = await view(scene.ctx, (tx) => tx.alert.count());
  expect(alerts).toBe(facts.length);
  await scene.runWhole();
  expect(await view(scene.ctx, (tx) => tx.alert.count())).toBe(alerts);
});

test("a dropped webhook mends itself: its rule asks Stripe, and the break is gone", async () => {
  const ruled = await view(scene.ctx, (tx) =>
    tx.reconciliationBreak.findFirstOrThrow({ where: { cause: "webhook_never_came" } }),
  );
  expect(ruled).toMatchObject({ ruleKey: "ask-again", ruleVersion: 1 });
  expect(ruled.ruleSays).toMatch(/asking Stripe/);
  const told = await view(scene.ctx, (tx) =>
    tx.fact.count({ where: { reference: { startsWith: `break:${ruled.id}` } } }),
  );
  expect(told, "what mends itself is nobody's work").toBe(0);
  await scene.settle(scene.inbox);
  await scene.runPass();
  const after = await view(scene.ctx, (tx) =>
    tx.reconciliationBreak.findUniqueOrThrow({ where: { id: ruled.id } }),
  );
  expect(after.status).toBe("gone");
});

const financeOf = async ({ system, ctx }: ReconciliationScene) => ({
  ...(await newAdmin(system, "finance")),
  now: ctx.now,
});
const causeOf = (said: string) => said.split(" ").at(-1);
