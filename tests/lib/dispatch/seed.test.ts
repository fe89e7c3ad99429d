import { afterAll, beforeAll, expect, test } from "vitest";
import { view } from "#lib/db/transaction";
import { effects } from "#lib/dispatch/effects";
import { taskListOf } from "#lib/dispatch/jobs";
import { platformBook } from "#lib/ledger/entry";
import { readBalances } from "#lib/ledger/read-balances";
import { earnRevenue } from "#lib/ledger-rules/earn-revenue";
import { feedAccount } from "#lib/ledger-rules/feed-account";
import { postWaiting } from "#lib/ledger-rules/post-waiting";
import { getAdminOverview } from "#lib/overview/get-admin-overview";
import { getLag } from "#lib/overview/get-lag";
import { getTenantOverview } from "#lib/overview/get-tenant-overview";
import { listAttention } from "#lib/overview/list-attention";
import { listTenants } from "#lib/overview/list-tenants";
import { reconcileTotals } from "#lib/reconciliation/reconcile-book";
import { enterTenant } from "#lib/tenancy/enter-tenant";
import { beginDemo, seedCatalog, seedDemo } from "#prisma/seed";
import { openWorld, type World } from "#tests/lib/billing/world";
import { atStripe } from "#tests/lib/ledger-rules/ledger-scene";
import { newAdmin, signedIn } from "#tests/support/people";

let world: World;
const local = () => ({ sandboxUrl: world.sandbox.url, secretKey: world.sandbox.secretKey });

beforeAll(async () => {
  world = await openWorld();
  world.startWorker();
  await beginDemo(world.system, local());
  await seedCatalog(world.system);
  await seedDemo(world.system, local());
}, 120_000);
afterAll(() => world.close());

test("the demo has companies in every state, from Stripe's webhooks alone", async () => {
  const admin = await newAdmin(world.system);
  const { rows } = await listTenants(admin);
  const states = Object.fromEntries(
    rows.map(({ slug, plan, status }) => [slug, `${plan.key} ${status}`]),
  );
  expect(states).toMatchObject({
    northbeam: "pro active",
    "harbor-and-pine": "starter active",
    kestrel: "scale active",
    "atelier-lumen": "pro active",
    tidewater: "pro past_due",
    oakline: "free canceled",
    halcyon: "scale active",
    fable: "free none",
    mosswood: "free none",
  });
  expect(await getLag(admin)).toMatchObject({ state: "in lockstep" });

  const overview = await getAdminOverview(admin);
  // 4900 + 12·1200, 2900, 19900, 4900 + 24·1200, and a twelfth of 199000.
  expect(overview.mrr).toEqual([
    { currency: "eur", minor: BigInt(Math.round((45_000 + 5 * 11_000) / 12)) },
    { currency: "usd", minor: BigInt(19_300 + 2_900 + 19_900 + 33_700) + 16_583n },
  ]);
  expect(overview.invoices.pastDue.count).toBe(1);
  expect(overview.inbox).toMatchObject({ waiting: { count: 0 }, dead: { count: 0 } });
  const { counts } = await listAttention(admin);
  expect(counts).toMatchObject({ appeal: 1, hold: 0 });
});

test("renewals since then are in the mirrors, each paid once", async () => {
  const invoices = await view(world.system, (tx) =>
    tx.invoice.findMany({
      where: { tenant: { slug: "northbeam" } },
      orderBy: { createdAt: "asc" },
    }),
  );
  // Nine weeks are the first month's invoice and two renewals.
  expect(invoices.map(({ status, totalMinor }) => [status, totalMinor])).toEqual(
    Array(3).fill(["paid", 19_300n]),
  );
});

test("its books are what Stripe holds, and what is billed and not paid", async () => {
  const { system, gateway } = world;
  const connected = await view(system, (tx) => tx.connectedAccount.findMany());
  const accounts = ["", ...connected.map(({ accountId }) => accountId)];
  for (const account of accounts) await feedAccount(system, account, gateway, effects);
  await postWaiting(system, effects);
  await earnRevenue(system);
  for (const account of accounts) {
    const book = account || platformBook;
    const { kept, open } = await view(system, async (tx) => ({
      kept: await readBalances(tx, { book, code: "stripe:balance" }),
      open: await readBalances(tx, { book, code: "stripe:clearing" }),
    }));
    const held = new Map(kept.map(({ currency, minor }) => [currency as string, minor]));
    expect(held).toEqual(await atStripe(world, account));
    expect(open).toEqual([]);
  }
  const owed = await view(system, (tx) =>
    readBalances(tx, { book: platformBook, code: "receivable" }),
  );
  expect(owed).toMatchObject([{ currency: "usd", minor: 33_700n }]);
}, 60_000);

test("a webhook that was lost is a break that says what was done, and what Stripe answered", async () => {
  const { system, gateway } = world;
  const all = await view(system, (tx) => tx.reconciliationBreak.findMany());
  expect(all.filter(({ status }) => status === "open")).toEqual([]);
  // On some days a payout is on its way to the bank meanwhile.
  const found = all.filter(({ cause }) => cause !== "no_arrival");
  expect(found).toMatchObject([
    {
      ...{ check: "clearing", kind: "missing_here", cause: "webhook_never_came" },
      ...{ stripeMinor: 36_400n, ledgerMinor: 0n, ruleKey: "ask-again", ruleVersion: 1 },
    },
  ]);
  const [{ id, book, reference }] = found as [(typeof found)[0]];
  await reconcileTotals(system, { gateway, effects }, book);
  const [after, charge] = await view(system, async (tx) => [
    await tx.reconciliationBreak.findUniqueOrThrow({ where: { id } }),
    await tx.stripeCharge.findFirstOrThrow({ where: { id: reference } }),
  ]);
  expect(after).toMatchObject({ status: "gone", reference: charge.id });
  expect(charge.amountMinor).toBe(36_400n);
});

test("seeding again changes nothing", async () => {
  const count = () =>
    view(world.system, async (tx) => [
      await tx.user.count(),
      await tx.checkout.count(),
      await tx.subscription.count(),
      await tx.price.count(),
      await tx.reconciliationBreak.count(),
      (await tx.stripeCharge.aggregate({ _sum: { amountMinor: true } }))._sum.amountMinor,
    ]);
  const before = await count();
  await seedCatalog(world.system);
  await seedDemo(world.system, local());
  expect(await count()).toEqual(before);
});

test("what needs someone at the company that fell behind comes first", async () => {
  const user = await view(world.system, (tx) =>
    tx.user.findUniqueOrThrow({ where: { email: "marcus@tidewater.test" } }),
  );
  const ctx = await enterTenant(await signedIn(world.system, user.id), "tidewater");
  const overview = await getTenantOverview(ctx);
  expect(overview.needs.map(({ kind }) => kind)).toEqual(["past_due"]);
  expect(overview.activity?.length).toBeGreaterThan(3);
});

test("the failed payment was told to the people who look after the billing", async () => {
  const mails = await view(world.system, (tx) =>
    tx.mail.findMany({ where: { template: "payment-failed" }, orderBy: { to: "asc" } }),
  );
  // The renewal was tried twice since; what is heard of at once is told once.
  const told = [...new Set(mails.map(({ to }) => to))];
  expect(told).toEqual(["joan@tidewater.test", "marcus@tidewater.test"]);
  const mailId = mails[0]!.id;
  await taskListOf(world.system, world.gateway)["mail.send"]!({ mailId }, {} as never);
  const sent = await view(world.system, (tx) =>
    tx.mail.findUniqueOrThrow({ where: { id: mailId } }),
  );
  expect(sent).toMatchObject({ status: "kept", subject: "A payment of $337.00 failed" });
  expect(sent.text).toContain("/tidewater/invoices/in_");
});
