import { afterAll, beforeAll, expect, test } from "vitest";
import { view } from "#lib/db/transaction";
import { carryOutResolution } from "#lib/reconciliation/carry-out-resolution";
import { getStanding } from "#lib/reconciliation/get-standing";
import { getBreak, listBreaks } from "#lib/reconciliation/list-breaks";
import { listRules } from "#lib/reconciliation/list-runs";
import { decideResolution, resolveBreak } from "#lib/reconciliation/resolve-break";
import { saveRule } from "#lib/reconciliation/save-rule";
import type { PlatformContext } from "#lib/tenancy/context";
import { pay } from "#tests/lib/ledger-rules/ledger-scene";
import {
  foldAll,
  openReconciliation,
  type ReconciliationScene,
} from "#tests/lib/reconciliation/reconciliation-scene";
import { newAdmin } from "#tests/support/people";

let scene: ReconciliationScene;
let seller: string;
let finance: PlatformContext;
let other: PlatformContext;

beforeAll(async () => {
  scene = await openReconciliation();
  seller = (await scene.newSeller("saas")).account;
  const now = scene.ctx.now;
  finance = { ...(await newAdmin(scene.system, "finance")), now };
  other = { ...(await newAdmin(scene.system, "finance")), now };
  await pay(scene, seller, {});
  await pay(scene, seller, { amount: 7_000 });
  await scene.feed(["", seller]);
  await foldAll(scene);
  await scene.runPass();
}, 60_000);
afterAll(() => scene.close());

const carryOut = (resolutionId: string) =>
  carryOutResolution(scene.ctx, { resolutionId }, scene.tools);
const open = async () => (await listBreaks(finance)).rows;

test("what was deleted is posted anew by a person's word, and the break is gone", async () => {
  const [entry] = await view(scene.ctx, (tx) =>
    tx.ledgerEntry.findMany({ where: { reference: { startsWith: "bt:" } }, take: 1 }),
  );
  await scene.plant("delete from ledger_moves where entry_id = $1", [entry!.id]);
  await scene.plant("delete from ledger_entries where id = $1", [entry!.id]);
  await scene.runWhole();
  const found = (await open()).find(({ check }) => check === "transaction.entry")!;
  expect(found).toMatchObject({ kind: "missing_here", book: seller, mend: "post" });
  const { id } = await resolveBreak(finance, {
    ...{ breakId: found.id, kind: "post" as const },
    note: "The entry was removed by hand.",
  });
  const twice = resolveBreak(other, { breakId: found.id, kind: "refetch", note: "Once more" });
  await expect(twice).rejects.toMatchObject({ code: "conflict" });
  await carryOut(id);
  const after = await getBreak(finance, found.id);
  expect(after.status).toBe("gone");
  expect(after.resolutions).toMatchObject([{ status: "done", kind: "post", isOwn: true }]);
  await foldAll(scene);
  await scene.pass(3_600);
  await scene.runWhole();
  // What is kept holds it once; that a sealed entry was removed stays said.
  expect((await open()).map(({ check, cause }) => `${check} ${cause}`)).toEqual([
    "ledger entries_removed",
  ]);
});

test("a closed period that no longer comes to what it did is found in its account", async () => {
  const start = new Date(scene.ctx.now().getTime() + 31 * 86_400_000);
  const before = `date_trunc('month', '${start.toISOString()}'::timestamptz, 'UTC')`;
  const own = `(select id from ledger_books where key = '${seller}')`;
  await scene.plant(`insert into ledger_closings (id, book_id, closed_before, reason, totals, by_id, at)
    select 'close_1', ${own}, ${before}, 'test', (select jsonb_agg(jsonb_build_object('code', code,
      'currency', currency, 'minor', (minor + 5 * (code = 'stripe:balance')::integer)::text))
      from app.ledger_totals(${own}, ${before})), 'usr_1', now()`);
  await scene.plant(`update ledger_books set closed_before = ${before} where key = '${seller}'`);
  await scene.runWhole();
  const found = (await open()).find(({ cause }) => cause === "closing_changed");
  expect(found).toMatchObject({
    ...{ book: seller, reference: "close_1/stripe:balance:usd", differenceMinor: 5n },
  });
  await scene.plant("delete from ledger_closings");
  await scene.plant(`update ledger_books set closed_before = null where key = '${seller}'`);
});

test("a difference is given up by two people, never by one, whatever the code does", async () => {
  await scene.plant(
    `update ledger_balances set minor = minor + 700 where subject = ''${ofBalance}`,
  );
  await scene.runPass();
  expect((await open()).map(({ check }) => check)).not.toContain("balance");
  await scene.pass(3_600);
  await scene.runPass();
  const found = (await open()).find(({ check }) => check === "balance")!;
  expect(found).toMatchObject({ kind: "drift", book: seller });
  const note = "Looked for it with the bank, and gave it up.";
  const { id } = await resolveBreak(finance, { breakId: found.id, kind: "write_off", note });
  await carryOut(id);
  expect((await getBreak(other, found.id)).resolutions[0]).toMatchObject({ status: "proposed" });
  const alone = decideResolution(finance, { id, decision: "approve" });
  await expect(alone).rejects.toMatchObject({ code: "forbidden" });
  await decideResolution(other, { id, decision: "approve" });
  await carryOut(id);
  expect(await getBreak(other, found.id)).toMatchObject({ status: "gone" });
  const [entry] = await view(scene.ctx, (tx) =>
    tx.ledgerEntry.findMany({ where: { reference: `resolution:${id}` } }),
  );
  expect(entry).toMatchObject({ kind: "reconciliation.written_off" });
});

test("one person twice is refused by the database itself", async () => {
  const row = await view(scene.ctx, (tx) =>
    tx.resolution.findFirstOrThrow({ where: { kind: "write_off" } }),
  );
  const same = scene.ctx.db.prisma.$transaction(async (tx) => {
    await tx.$executeRaw`select set_config('app.scope', 'system', true),
      set_config('app.action', 'test.force', true)`;
    await tx.resolution.update({
      where: { id: row.id },
      data: { decidedById: row.proposedById },
    });
  });
  await expect(same).rejects.toThrow(/resolutions_two_people/);
});

test("what is expected waits until its instant, and is open again after it", async () => {
  await scene.plant(`update ledger_balances set minor = minor - 9 where subject = ''${ofBalance}`);
  await scene.runPass();
  expect((await open()).map(({ check }) => check)).not.toContain("balance");
  await scene.pass(3_600);
  await scene.runPass();
  const found = (await open()).find(({ check }) => check === "balance")!;
  const until = new Date(scene.ctx.now().getTime() + 3_600_000).toISOString();
  const note = "Stripe books it within the hour.";
  await resolveBreak(finance, { breakId: found.id, kind: "expect", note, until });
  await scene.runPass();
  expect((await getBreak(finance, found.id)).status).toBe("expected");
  await scene.pass(7_200);
  await scene.runPass();
  expect((await getBreak(finance, found.id)).status).toBe("open");
});

test("what is expected is open again as soon as it is another amount", async () => {
  const found = (await open()).find(({ check }) => check === "balance")!;
  const until = new Date(scene.ctx.now().getTime() + 86_400_000).toISOString();
  await resolveBreak(finance, {
    ...{ breakId: found.id, kind: "expect", until },
    note: "Stripe books it within the day.",
  });
  await scene.runPass();
  expect((await getBreak(finance, found.id)).status).toBe("expected");
  await scene.plant(`update ledger_balances set minor = minor - 5 where subject = ''${ofBalance}`);
  await scene.runPass();
  expect((await getBreak(finance, found.id)).status).toBe("open");
});

test("a rule's next version counts from then on, and the first stays as it was", async () => {
  const input = {
    ...{ key: "on-its-way", title: "Give a payout three days", isActive: true },
    reason: "The banks of our tenants' countries need three days.",
    conditions: { kinds: ["late" as const], causes: ["no_arrival" as const] },
    act: { act: "expect" as const, minutes: 4_320 },
  };
  expect(await saveRule(finance, input)).toEqual({ version: 2 });
  const rules = await listRules(finance);
  expect(rules.find(({ key }) => key === "on-its-way")).toMatchObject({ version: 2 });
  const change = scene.plantAsOwner(
    "update reconciliation_rules set reason = 'x' where version = 1",
  );
  await expect(change).rejects.toThrow(/never changes/);
});

test("how it stands says each question, each account and what is in clearing", async () => {
  const standing = await getStanding(finance);
  expect(standing.books.find(({ book }) => book === "platform")?.isInLockstep).toBe(true);
  expect(standing.books.find(({ book }) => book === seller)?.isInLockstep).toBe(false);
  expect(standing.checks.find(({ check }) => check === "transaction.entry")?.asked).toBe(2n);
  expect(standing.lastPass?.status).toBe("done");
});

const ofBalance = ` and account_id in (select a.id from ledger_accounts a join ledger_books b
  on b.id = a.book_id where a.code = 'stripe:balance' and b.tenant_id is not null)`;
