import { Client } from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { GET } from "#app/api/v1/entitlements/route";
import { GET as getForTenant } from "#app/api/v1/tenants/[tenant]/entitlements/route";
import { listPublicPlans } from "#lib/catalog/list-public-plans";
import { transact, view } from "#lib/db/transaction";
import { effects } from "#lib/dispatch/effects";
import {
  entitlementQuery,
  getEntitlements,
  getTenantEntitlements,
} from "#lib/entitlements/get-entitlements";
import { changeGracePolicy } from "#lib/entitlements/grace-policies";
import { endGrace, rebuildEntitlements } from "#lib/entitlements/refresh-entitlements";
import { replaceEnv } from "#lib/env";
import { awaitInbox } from "#lib/events/await-inbox";
import { resyncObject } from "#lib/events/resync-object";
import { assignSeat } from "#lib/seats/assign-seat";
import { setSeats } from "#lib/seats/set-seats";
import type { TenantContext } from "#lib/tenancy/context";
import { createApiKey } from "#lib/tenancy/create-api-key";
import { listMembers } from "#lib/tenancy/list-members";
import { type Office, openOffice } from "#tests/lib/seats/office";
import { newAdmin, newMember, newOwner } from "#tests/support/people";

vi.setConfig({ testTimeout: 30_000 });

let office: Office;
const dayMs = 86_400_000;

beforeAll(async () => {
  office = await openOffice();
  replaceEnv({ ...process.env });
}, 60_000);
afterAll(() => office.close());

const at = (owner: TenantContext): TenantContext => ({ ...owner, now: office.system.now });

async function pass(days: number): Promise<void> {
  await office.act("clock", { advance_seconds: days * 86_400 });
  office.clock.aheadMs += days * dayMs;
  await office.settle(office.inbox);
}

async function factsOf({ tenantId }: TenantContext): Promise<unknown[]> {
  const rows = await view(office.system, (tx) =>
    tx.fact.findMany({
      where: { tenantId, kind: "entitlements.changed" },
      orderBy: { reference: "asc" },
    }),
  );
  return rows.map(({ data }) => data);
}

async function planOf(key: string) {
  const plans = await listPublicPlans(office.system);
  return plans.find((plan) => plan.key === key)!;
}

test("a workspace that bought nothing may use what is free, and is told how to have more", async () => {
  const { owner } = await newOwner(office.system);
  const free = await planOf("free");
  const entitled = await getEntitlements(owner);
  expect(entitled.plan).toEqual({ key: "free", name: "Free", versionId: free.versionId });
  expect(entitled.features.map(({ key }) => key)).toEqual(free.features.map(({ key }) => key));
  expect(entitled.standing).toMatchObject({
    ...{ state: "free", status: "none", mend: { what: "Choose a plan.", path: "/billing" } },
  });
  expect([entitled.seats, await factsOf(owner)]).toEqual([null, []]);
});

/** Whether the answer was last written by the very transaction that mirrored the subscription. */
async function cameTogether({ tenantId }: TenantContext, id: string): Promise<boolean | undefined> {
  const [row] = await view(
    office.system,
    (tx) => tx.$queryRaw<{ together: boolean }[]>`
      select e.xmin = s.xmin as together from entitlements e, stripe_subscriptions s
      where e.tenant_id = ${tenantId} and s.account = '' and s.id = ${id}`,
  );
  return row?.together;
}

test("a plan that begins or changes is there with the webhook itself: no job and no clock between", async () => {
  const owner = await office.company(3);
  const pro = await planOf("pro");
  const entitled = await getEntitlements(owner);
  expect(entitled.standing).toMatchObject({ state: "all", status: "active", mend: null });
  expect(entitled.features.map(({ key }) => key)).toEqual(pro.features.map(({ key }) => key));
  expect(entitled.seats).toEqual({ bought: 3, taken: 1, left: 2, limit: null });
  expect(await factsOf(owner)).toEqual([
    { planKey: "pro", state: "all", status: "active", seats: "3" },
  ]);

  const id = await office.subscriptionOf(owner);
  for (const isEnding of [true, false, true]) {
    await office.stripe.subscriptions.update(id, { cancel_at_period_end: isEnding });
    await office.act("settle");
    await awaitInbox(office.system);
    const { standing } = await getEntitlements(owner);
    expect(standing.until !== null).toBe(isEnding);
    // It is as early as its webhook is handled: the convergence bench holds that under a second.
    expect(await cameTogether(owner, id)).toBe(true);
  }
});

test("seats that are bought, taken and freed are counted the moment they are", async () => {
  const owner = await office.company(1);
  const { member } = await newMember(office.system, owner, "member");
  const [, second] = await listMembers(owner);
  expect(member.userId).toBe(second!.userId);
  await assignSeat(owner, { memberId: second!.id, buy: {} });
  expect((await getEntitlements(owner)).seats).toMatchObject({ bought: 2, taken: 2, left: 0 });
  await setSeats(owner, { seats: 5 });
  expect((await getEntitlements(owner)).seats).toMatchObject({ bought: 5, taken: 2, left: 3 });
  await office.sync(owner);
  const counted = await view(owner, (tx) => tx.seatAssignment.count());
  expect((await getEntitlements(owner)).seats?.taken).toBe(counted);
});

/** A company whose card says no to the renewal, a day and more ago. */
async function goBehind() {
  const owner = at(await office.company(2));
  const tenant = await view(owner, (tx) =>
    tx.tenant.findUniqueOrThrow({ where: { id: owner.tenantId } }),
  );
  const account = tenant.stripeAccountId!;
  const card = await office.stripe.paymentMethods.attach("pm_card_chargeCustomerFail", {
    customer_account: account,
  });
  const id = await office.subscriptionOf(owner);
  await office.stripe.subscriptions.update(id, { default_payment_method: card.id });
  return { owner, account, id };
}

test("a failed payment leaves everything for days of grace, then what the rules keep", async () => {
  const admin = await newAdmin(office.system);
  await changeGracePolicy(admin, { id: "platform", graceDays: 5, keeps: ["invoices"] });
  const { owner, account, id } = await goBehind();
  await pass(31);
  await pass(1);

  const behind = await getEntitlements(owner);
  const { since, until, mend, state } = behind.standing;
  expect([state, until!.getTime() - since!.getTime()]).toEqual(["grace", 5 * dayMs]);
  expect(mend?.path).toMatch(/^\/invoices\/in_/);
  expect(behind.features.some(({ key }) => key === "seats")).toBe(true);

  const late = { ...owner, now: () => new Date(until!.getTime() + 1) };
  const restricted = await getEntitlements(late);
  expect(restricted.standing).toMatchObject({ state: "restricted", until: null });
  const free = await planOf("free");
  expect(restricted.features.map(({ key }) => key)).toEqual([
    ...["invoices", ...free.features.map(({ key }) => key)],
  ]);
  const before = (await factsOf(owner)).length;
  for (const _ of [1, 2]) await endGrace({ ...office.system, now: late.now }, effects);
  const told = await factsOf(owner);
  expect([told.length - before, told.at(-1)]).toMatchObject([1, { state: "restricted" }]);

  const paid = await office.stripe.invoices.list({ subscription: id, status: "open" });
  const good = await office.stripe.paymentMethods.attach("pm_card_visa", {
    customer_account: account,
  });
  await office.stripe.invoices.pay(paid.data[0]!.id!, { payment_method: good.id });
  await office.settle(office.inbox);
  expect((await getEntitlements(late)).standing).toMatchObject({ state: "all", mend: null });
});

test("grace that is found out about by asking Stripe begins with the payment all the same", async () => {
  const { owner, id } = await goBehind();
  await office.act("settle");
  await office.inbox.idle();
  await office.act("webhook-faults", { kind: "drop" });
  await pass(32);
  await office.act("webhook-faults", { kind: "off" });
  expect((await getEntitlements(owner)).standing.state).toBe("all");
  await resyncObject(office.system, { account: "", objectType: "subscription", objectId: id });
  await office.inbox.idle();
  const { since, state, status } = (await getEntitlements(owner)).standing;
  const { items } = await office.stripe.subscriptions.retrieve(id);
  expect([status, state, since!.getTime() / 1_000]).toEqual([
    ...["past_due", "grace", items.data[0]!.current_period_start],
  ]);
});

test("a plan that ended leaves what is free, and says so", async () => {
  const owner = await office.company(2);
  await office.stripe.subscriptions.cancel(await office.subscriptionOf(owner));
  await office.settle(office.inbox);
  const { standing, seats, plan } = await getEntitlements(owner);
  expect(standing).toMatchObject({ state: "free", status: "canceled", why: "The plan has ended." });
  expect([seats, plan.key]).toEqual([null, "free"]);
});

test("a paused plan gives what is free until it is resumed", async () => {
  const owner = await office.company(2);
  const key = "test";
  const subscriptionId = await office.subscriptionOf(owner);
  await office.gateway.pauseSubscription({ subscriptionId, key: `${key}:${subscriptionId}` });
  await office.settle(office.inbox);
  const { standing, features } = await getEntitlements(owner);
  expect(standing).toMatchObject({ state: "free", status: "paused" });
  expect(standing.mend?.what).toBe("Resume the plan.");
  expect(features.map(({ key }) => key)).not.toContain("seats");
});

test("rebuilding every row from nothing comes to what convergence had kept", async () => {
  const rows = () =>
    view(office.system, (tx) =>
      tx.entitlement.findMany({
        orderBy: { tenantId: "asc" },
        where: { revision: { gt: 0 } },
        omit: { since: true, graceUntil: true, changedAt: true },
      }),
    );
  const kept = await rows();
  await transact(office.system, "test.spoil", (tx) =>
    tx.entitlement.updateMany({
      data: { planKey: "wrong", features: [], seats: 99, assigned: 99, status: "none" },
    }),
  );
  await rebuildEntitlements(office.system, {}, effects);
  const before = kept.filter(({ status }) => status !== "past_due");
  const after = await rows();
  for (const row of before) {
    expect(after.find(({ tenantId }) => tenantId === row.tenantId)).toMatchObject(row);
  }
});

test("a key of the API reads its own workspace's, and a key without the scope none", async () => {
  const owner = await office.company(4);
  const input = { name: "reader", expiresAt: null } as const;
  const call = async (scopes: Parameters<typeof createApiKey>[1]["scopes"]) => {
    const { secret } = await createApiKey(owner, { ...input, scopes });
    const headers = { authorization: `Bearer ${secret}` };
    return GET(new Request("http://127.0.0.1/api/v1/entitlements", { headers }), {
      params: Promise.resolve({}),
    });
  };
  const answer = await call(["entitlements:read"]);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({
    ...{ tenantId: owner.tenantId, seats: { bought: 4, taken: 1, left: 3, limit: null } },
  });
  expect((await call(["usage:write"])).status).toBe(403);
  const nobody = await getForTenant(new Request("http://127.0.0.1/"), {
    params: Promise.resolve({ tenant: owner.tenantSlug }),
  });
  expect(nobody.status).toBe(401);
});

test("the platform's people see the same as the tenant", async () => {
  const owner = await office.company(2);
  const seen = await getTenantEntitlements(await newAdmin(office.system), owner.tenantId);
  const { asOf: _asOf, ...theirs } = await getEntitlements(owner);
  expect(seen).toMatchObject(theirs);
});

test("among ten thousand tenants it is one index scan, and nothing is read in sequence", async () => {
  const owner = await office.company(2);
  const superuser = new Client({ connectionString: office.database.superUrl });
  await superuser.connect();
  await superuser.query(`insert into entitlements (tenant_id, revision, plan_key)
    select 'ten_' || n, 1, 'pro' from generate_series(1, 10000) n`);
  await superuser.query("analyze entitlements");
  await superuser.end();
  const query = entitlementQuery(owner.tenantId);
  const nodes = await view(owner, async (tx) => {
    const [{ "QUERY PLAN": plan }] = await tx.$queryRawUnsafe<[{ "QUERY PLAN": [Explained] }]>(
      `explain (analyze, format json) ${query.text}`,
      ...query.values,
    );
    return nodesOf(plan[0].Plan);
  });
  const scans = nodes.filter((type) => type.includes("Scan"));
  expect(scans).toEqual(["Index Scan"]);
});

type Node = { "Node Type": string; Plans?: Node[] };
type Explained = { Plan: Node };

function nodesOf(node: Node): string[] {
  return [node["Node Type"], ...(node.Plans ?? []).flatMap(nodesOf)];
}
