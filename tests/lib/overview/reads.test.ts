import { afterAll, beforeAll, expect, test } from "vitest";
import { confirmedChange } from "#lib/billing/change-input";
import { getInvoice } from "#lib/billing/get-invoice";
import { listInvoices } from "#lib/billing/list-invoices";
import { requestChange } from "#lib/billing/request-change";
import { startCheckout } from "#lib/billing/start-checkout";
import type { SubscriptionView } from "#lib/billing/subscription";
import { transact, view } from "#lib/db/transaction";
import type { Inbox } from "#lib/events/inbox-worker";
import { getAdminOverview } from "#lib/overview/get-admin-overview";
import { getInboxEvent } from "#lib/overview/get-inbox-event";
import { getLag } from "#lib/overview/get-lag";
import { getSystem } from "#lib/overview/get-system";
import { getTenantOverview } from "#lib/overview/get-tenant-overview";
import { getTenantPage } from "#lib/overview/get-tenant-page";
import { listInboxEvents } from "#lib/overview/list-inbox-events";
import { listPlans } from "#lib/overview/list-plans";
import { listTenants } from "#lib/overview/list-tenants";
import { needsOf } from "#lib/overview/needs";
import { searchPlatform } from "#lib/overview/search-platform";
import { searchTenant } from "#lib/overview/search-tenant";
import type { PlatformContext, TenantContext } from "#lib/tenancy/context";
import type { PlatformRole } from "#lib/tenancy/permissions";
import { payBy, subscribe } from "#tests/lib/billing/subscribed";
import { openWorld, publishPlans, type World } from "#tests/lib/billing/world";
import { newAdmin, newMember, newOwner, unique } from "#tests/support/people";

let world: World;
let inbox: Inbox;
let owner: TenantContext;
let stranger: TenantContext;
let admin: PlatformContext;

const pro = { plan: "pro", interval: "month", currency: "usd", seats: 2 } as const;

beforeAll(async () => {
  world = await openWorld();
  await publishPlans(world);
  inbox = world.startWorker();
  ({ owner } = await newOwner(world.system, { company: "Quillfeather" }));
  ({ owner: stranger } = await newOwner(world.system));
  admin = await newAdmin(world.system);
  const { checkoutId } = await startCheckout(owner, pro, world.gateway);
  const row = await view(owner, (tx) =>
    tx.checkout.findUniqueOrThrow({ where: { id: checkoutId } }),
  );
  await world.act(`checkout/${row.stripeSessionId}/complete`);
  await world.settle(inbox);
});
afterAll(() => world.close());

test("the overview says what needs someone, and each role sees only what is theirs", async () => {
  const overview = await getTenantOverview(owner);
  expect(overview.plan.key).toBe("pro");
  expect(overview.needs.map(({ kind }) => kind)).toEqual(["verify_email"]);
  expect(overview.invoices).toHaveLength(1);
  expect(overview.activity?.map(({ what }) => what)).toContain("Invoice paid");

  const { member } = await newMember(world.system, owner, "member");
  const theirs = await getTenantOverview(member);
  expect([theirs.invoices, theirs.activity]).toEqual([null, null]);
  expect(theirs.members.count).toBe(2);
  await expect(listInvoices(member)).rejects.toMatchObject({ code: "forbidden" });
});

test("what is about to go wrong asks for whoever can mend it, the most urgent first", () => {
  const at = new Date("2026-11-21T00:00:00Z");
  const state = {
    ...{ slug: "quill", isVerified: true, maySeeMoney: true, openInvoice: null, checkout: null },
    subscription: { status: "trialing", cancelAt: null } as SubscriptionView,
    ...{ unpaid: { payUntil: at }, over: { count: 2, until: null }, trialEndsAt: at },
    disputes: { count: 2, dueAt: null },
    connect: null,
  };
  expect(needsOf(state).map(({ kind, by }) => [kind, by])).toEqual([
    ["dispute_waiting", null],
    ["change_unpaid", at],
    ["seats_over", null],
    ["trial_ending", at],
  ]);
  const blind = needsOf({ ...state, maySeeMoney: false });
  expect(blind.map(({ kind }) => kind)).toEqual(["dispute_waiting", "seats_over"]);
  const ending = { ...state, subscription: { ...state.subscription, cancelAt: at } };
  expect(needsOf(ending).map(({ kind }) => kind)).not.toContain("trial_ending");
});

test("who may not see money is told the plan's name, and nothing of the subscription", async () => {
  for (const role of ["member", "developer"] as const) {
    const { member } = await newMember(world.system, owner, role);
    const theirs = await getTenantOverview(member);
    expect(theirs).toMatchObject({ plan: { key: "pro", name: "Pro" }, subscription: null });
  }
  const { member: finance } = await newMember(world.system, owner, "finance");
  expect((await getTenantOverview(finance)).subscription).toMatchObject({ status: "active" });
});

test("the console shows what people did only to roles that may read the audit log", async () => {
  const kindsFor = async (role: PlatformRole) => {
    const page = await getTenantPage(await newAdmin(world.system, role), owner.tenantId);
    return [...new Set(page.timeline.map(({ kind }) => kind))].sort();
  };
  expect(await kindsFor("finance")).toEqual(["audit", "fact"]);
  expect(await kindsFor("support")).toEqual(["fact"]);
  expect(await kindsFor("read_only")).toEqual(["fact"]);
});

test("another tenant's invoice does not exist", async () => {
  const { rows } = await listInvoices(owner);
  const peek = getInvoice(stranger, rows[0]!.id);
  await expect(peek).rejects.toMatchObject({ code: "not_found" });
  expect((await listInvoices(stranger)).rows).toEqual([]);
  expect((await searchTenant(stranger, rows[0]!.number!)).items).toEqual([]);
});

test("search finds pages, people and invoices, as far as the role sees", async () => {
  const { rows } = await listInvoices(owner);
  const kinds = async (q: string) => (await searchTenant(owner, q)).items.map(({ kind }) => kind);
  expect(await kinds("bill")).toEqual(["page"]);
  expect(await kinds("Olga")).toEqual(["member"]);
  expect(await kinds(rows[0]!.number!)).toEqual(["invoice"]);
  expect((await kinds("")).length).toBeGreaterThan(4);
});

test("the console finds a tenant by name, by plan and by Stripe's id, and opens it", async () => {
  const { rows } = await listTenants(admin, { q: "quillf" });
  expect(rows).toMatchObject([{ plan: { key: "pro" }, status: "active", seats: 2 }]);
  const byPlan = await listTenants(admin, { plan: "pro" });
  expect(byPlan.rows.map(({ id }) => id)).toEqual([owner.tenantId]);
  const none = await listTenants(admin, { status: "none" });
  expect(none.rows.map(({ id }) => id)).toContain(stranger.tenantId);

  const page = await getTenantPage(admin, owner.tenantId);
  expect(page.subscription).toMatchObject({ status: "active", plan: { key: "pro" } });
  expect(page.stripeCustomerId).toMatch(/^cus_/);
  expect(page.timeline.length).toBeGreaterThan(4);
  const found = await searchPlatform(admin, page.stripeAccountId!);
  expect(found.items[0]).toMatchObject({ kind: "tenant", label: "Quillfeather" });
});

test("a list pages through every row once, newest first", async () => {
  const createdAt = new Date("2026-01-01T00:00:00Z");
  const many = Array.from({ length: 60 }, () => unique("many").toLowerCase());
  await transact(world.system, "test.plant", (tx) =>
    tx.tenant.createMany({
      data: many.map((slug) => ({ id: `ten_${slug}`, slug, name: slug, country: "US", createdAt })),
    }),
  );
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listTenants(admin, { q: "many-", ...(cursor && { cursor }) });
    seen.push(...page.rows.map(({ slug }) => slug));
    cursor = page.next ?? undefined;
  } while (cursor);
  expect(seen).toHaveLength(60);
  expect(new Set(seen)).toEqual(new Set(many));
  await expect(listTenants(admin, { cursor: "nonsense" })).rejects.toMatchObject({
    field: "cursor",
  });
});

test("the inbox shows each event with its lag, facts and siblings", async () => {
  const { rows } = await listInboxEvents(admin, { type: "invoice.paid" });
  expect(rows).toMatchObject([{ status: "done", objectType: "invoice" }]);
  expect(rows[0]!.lagMs).toBeGreaterThanOrEqual(0);
  const page = await getInboxEvent(admin, rows[0]!.id);
  expect(page.facts.map(({ kind }) => kind)).toEqual(["invoice.finalized", "invoice.paid"]);
  expect(page.siblings.length).toBeGreaterThan(0);
  expect(page.tenant).toMatchObject({ id: owner.tenantId });
});

test("the platform's figures are exact, and its machinery accounts for itself", async () => {
  const overview = await getAdminOverview(admin);
  expect(overview.mrr).toEqual([{ currency: "usd", minor: 4900n + 2n * 1200n }]);
  expect(overview.subscriptions.byPlan.find(({ key }) => key === "pro")?.count).toBe(1);
  expect(overview.tenants.newPerWeek).toHaveLength(12);
  // Nothing was compared in this world: that is no lockstep.
  expect(overview.books).toMatchObject({ state: "unchecked", open: 0, comparedAt: null });
  expect(await getLag(owner)).toMatchObject({ state: "in lockstep" });

  const system = await getSystem(admin);
  expect(system.workers).toMatchObject([{ isAlive: true, partitions: 64 }]);
  expect(system.jobs.map(({ name }) => name)).toContain("mail.send");
  const text = JSON.stringify(system, (_key, part) => (typeof part === "bigint" ? "" : part));
  expect(text).not.toContain(world.sandbox.secretKey);
});

test("plans show each version, how far it is published and who is on it", async () => {
  const plans = await listPlans(admin);
  const pro = plans.find(({ key }) => key === "pro")!;
  expect(pro.versions).toMatchObject([
    { number: 1, status: "published", prices: { published: 8, all: 8 }, subscribers: 1 },
  ]);
});

test("without a worker the lag says that everything stands still", async () => {
  await transact(
    world.system,
    "test.kill",
    (tx) => tx.$executeRaw`update inbox_workers set until = now() - interval '1 minute'`,
  );
  expect(await getLag(owner)).toMatchObject({ state: "stopped" });
});

// It brings others into this world, so it comes last.
test("an unpaid change and seats beyond those paid for are found", async () => {
  const other = await subscribe(world, inbox, { ...pro, plan: "starter" });
  await payBy(world, other, "pm_card_chargeCustomerFail");
  const upgrade = { kind: "plan", plan: "pro", interval: "month", seats: 1 };
  await requestChange(other, confirmedChange.parse(upgrade), world.gateway);
  const over = await subscribe(world, inbox, pro);
  for (const _ of [1, 2]) await newMember(world.system, over, "member");
  await transact(world.system, "test.over", (tx) =>
    tx.seatPool.update({ where: { tenantId: over.tenantId }, data: { seats: 1 } }),
  );
  const kinds = async (of: TenantContext) =>
    (await getTenantOverview(of)).needs.map(({ kind }) => kind);
  expect(await kinds(other)).toContain("change_unpaid");
  expect(await kinds(over)).toContain("seats_over");
});

test("who runs the platform reads why a plan ends, until it is kept after all", async () => {
  const leaver = await subscribe(world, inbox, pro);
  const why = { reason: "other", comment: "We move abroad." };
  const change = (input: object) =>
    requestChange(leaver, confirmedChange.parse(input), world.gateway);
  await change({ kind: "cancel", ...why });
  await world.settle(inbox);
  expect((await getTenantPage(admin, leaver.tenantId)).leaving).toMatchObject(why);
  await change({ kind: "undo_cancel" });
  await world.settle(inbox);
  expect((await getTenantPage(admin, leaver.tenantId)).leaving).toBeNull();
});
