import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { listAlerts } from "#lib/alerts/list-alerts";
import { actOnMany, previewMany } from "#lib/connect/act-on-many";
import { appealHold } from "#lib/connect/appeal-hold";
import { applyHolds } from "#lib/connect/apply-holds";
import { askToReconnect } from "#lib/connect/ask-to-reconnect";
import { confirmDetails } from "#lib/connect/confirm-details";
import { decideAppeal } from "#lib/connect/decide-appeal";
import { findAccount } from "#lib/connect/find-account";
import { getAccount } from "#lib/connect/get-account";
import { judgeAccount } from "#lib/connect/judge-account";
import { keepAccounts } from "#lib/connect/keep-accounts";
import { openSession } from "#lib/connect/open-session";
import { placeHold } from "#lib/connect/place-hold";
import { changePolicy } from "#lib/connect/policy";
import { releaseHold } from "#lib/connect/release-hold";
import { remindOne } from "#lib/connect/remind-one";
import { wordOf } from "#lib/connect/requirement-words";
import { startOnboarding } from "#lib/connect/start-onboarding";
import { tellDeadlines } from "#lib/connect/tell-deadlines";
import { tellReconnect } from "#lib/connect/tell-reconnect";
import type { Context } from "#lib/context";
import { view } from "#lib/db/transaction";
import { effects } from "#lib/dispatch/effects";
import { samplers } from "#lib/dispatch/stripe-objects";
import { backfillEvents } from "#lib/events/backfill-events";
import { findDrift } from "#lib/events/find-drift";
import type { Inbox } from "#lib/events/inbox-worker";
import { resyncObject } from "#lib/events/resync-object";
import { getTenantBalance } from "#lib/overview/get-tenant-balance";
import { getTenantConnect } from "#lib/overview/get-tenant-connect";
import { getTenantOverview } from "#lib/overview/get-tenant-overview";
import { listAttention } from "#lib/overview/list-attention";
import { simulateRequirements } from "#lib/overview/simulate-requirements";
import { checkBalance } from "#lib/reconciliation/check-balance";
import { whyNotSelling } from "#lib/selling/find-seller";
import type { StripeGateway } from "#lib/stripe/gateway";
import type { PlatformContext, TenantContext } from "#lib/tenancy/context";
import { openWorld, type World } from "#tests/lib/billing/world";
import { newAdmin, newMember, newOwner } from "#tests/support/people";

let world: World;
let inbox: Inbox;
let admin: PlatformContext;
let other: PlatformContext;

beforeAll(async () => {
  world = await openWorld();
  inbox = world.startWorker();
  admin = await newAdmin(world.system);
  other = await newAdmin(world.system, "finance");
}, 60_000);
afterAll(() => world.close());

type Tenant = { owner: TenantContext; accountId: string };

async function active(): Promise<Tenant> {
  const { owner } = await newOwner(world.system);
  await startOnboarding(owner, world.gateway);
  const { accountId } = await findAccount(owner);
  await world.act(`accounts/${accountId}/onboard`);
  await world.settle(inbox);
  return { owner, accountId };
}

async function apply({ owner }: Tenant, gateway: StripeGateway = world.gateway): Promise<void> {
  await applyHolds(world.system, { tenantId: owner.tenantId }, gateway, effects);
  await world.settle(inbox);
}

const hold = ({ owner }: Tenant, over: object = {}, by = admin) =>
  placeHold(by, {
    ...{ tenantId: owner.tenantId, payments: false, payouts: true },
    ...{ reason: "Goods of last week were not sent.", ...over },
  });

const note = "Looked into; all is well.";
const scheduleOf = async (stripeAccount: string) =>
  (await world.stripe.balanceSettings.retrieve({}, { stripeAccount })).payments.payouts?.schedule;

const pay = (stripeAccount: string, payment_method = "pm_card_visa") =>
  world.stripe.paymentIntents.create(
    {
      ...{ amount: 5_000, currency: "usd", payment_method, confirm: true },
      automatic_payment_methods: { enabled: true, allow_redirects: "never" },
    },
    { stripeAccount },
  );

const factsOf = ({ owner }: Tenant) =>
  view(world.system, async (tx) => {
    const rows = await tx.fact.findMany({
      where: { tenantId: owner.tenantId, kind: { startsWith: "account." } },
      orderBy: { at: "asc" },
    });
    return rows.map(({ kind }) => kind);
  });

const mailsOf = ({ owner }: Tenant) =>
  view(world.system, async (tx) => {
    const { email } = await tx.user.findUniqueOrThrow({ where: { id: owner.userId } });
    const rows = await tx.mail.findMany({ where: { to: email, template: "payments-account" } });
    return rows.map(({ data }) => data as { heading: string; lines: string[] });
  });

const later = (days: number): Context => {
  const now = () => new Date(Date.now() + days * 86_400_000);
  return { ...world.system, now };
};

test("payouts stop at Stripe, payments go on, and the schedule there was comes back", async () => {
  const tenant = await active();
  const weekly = { interval: "weekly", weekly_payout_days: ["friday"] } as const;
  await world.stripe.balanceSettings.update(
    { payments: { payouts: { schedule: { ...weekly, weekly_payout_days: ["friday"] } } } },
    { stripeAccount: tenant.accountId },
  );
  const { id } = await hold(tenant);
  await apply(tenant);
  expect(await scheduleOf(tenant.accountId)).toMatchObject({ interval: "manual" });
  expect((await pay(tenant.accountId)).status).toBe("succeeded");
  expect(await getAccount(tenant.owner)).toMatchObject({
    ...{ status: "active", payoutsHeld: true, paymentsHeld: false },
    holds: [{ id, reason: "Goods of last week were not sent.", endedAt: null }],
  });
  await expect(findAccount(tenant.owner, "payouts")).rejects.toThrow(/stopped the payouts/);
  await findAccount(tenant.owner, "payments");

  await releaseHold(other, { id, note });
  await apply(tenant);
  expect(await scheduleOf(tenant.accountId)).toMatchObject(weekly);
  expect(await findAccount(tenant.owner, "payouts")).toMatchObject({
    ...{ payoutsHeld: false, heldSchedule: null, holdsError: null },
  });
  expect(await factsOf(tenant)).toEqual(["account.active", "account.held", "account.released"]);
  const mails = await mailsOf(tenant);
  expect(mails.map(({ heading }) => heading)).toEqual([
    ...[expect.stringContaining("takes payments"), expect.stringContaining("stopped payouts")],
    expect.stringContaining("a hold of payouts ended"),
  ]);
  expect(mails[1]!.lines[0]).toContain("Goods of last week were not sent.");
});

test("payments stop at Stripe and payouts go on; released it takes payments as before", async () => {
  const tenant = await active();
  const { id } = await hold(tenant, { payments: true, payouts: false });
  expect(await getAccount(tenant.owner)).toMatchObject({
    ...{ status: "suspended", suspension: "Goods of last week were not sent." },
  });
  await apply(tenant);
  await expect(pay(tenant.accountId)).rejects.toThrow(/cannot currently make charges/);
  expect((await world.stripe.accounts.retrieve(tenant.accountId)).payouts_enabled).toBe(true);
  expect(await scheduleOf(tenant.accountId)).toMatchObject({ interval: "daily" });
  await expect(findAccount(tenant.owner, "payments")).rejects.toThrow(/stopped the payments/);

  await releaseHold(admin, { id, note });
  await apply(tenant);
  expect((await pay(tenant.accountId)).status).toBe("succeeded");
  const { status, suspension, timeline } = await getAccount(tenant.owner);
  expect({ status, suspension }).toEqual({ status: "active", suspension: null });
  const steps = timeline.toReversed().map(({ from, to }) => `${from} > ${to}`);
  expect(steps.slice(3)).toEqual([
    ...["active > suspended", "suspended > restricted", "restricted > active"],
  ]);
  expect(timeline[2]!.cause).toContain("Goods of last week were not sent.");
});

test("two admins at once place two holds, one request twice is one, and both must end", async () => {
  const tenant = await active();
  const [first, second] = await Promise.all([
    hold(tenant, { payments: true }),
    hold(tenant, { payments: true, reason: "Many disputes came in at once." }, other),
  ]);
  const twice = await Promise.all([hold(tenant, { key: "k1" }), hold(tenant, { key: "k1" })]);
  expect(twice[0]).toEqual(twice[1]);
  await releaseHold(admin, { id: first.id, note });
  await releaseHold(admin, { id: twice[0].id, note });
  expect(await getAccount(tenant.owner)).toMatchObject({ status: "suspended", payoutsHeld: true });
  const both = await Promise.allSettled([
    releaseHold(admin, { id: second.id, note }),
    releaseHold(other, { id: second.id, note }),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(await getAccount(tenant.owner)).toMatchObject({
    ...{ status: "restricted", payoutsHeld: false, paymentsHeld: false },
  });
});

test("cut off at Stripe the next run goes on, and what was before is not forgotten", async () => {
  const tenant = await active();
  const { tenantId } = tenant.owner;
  const { id } = await hold(tenant, { payments: true });
  const reached = Promise.withResolvers<void>();
  // As one whose process died there: it never comes to an end.
  void applyHolds(world.system, { tenantId }, stoppedBy(reached.resolve), effects);
  await reached.promise;
  // Who comes meanwhile has nothing to do and fails at nothing; somebody looks again later.
  await apply(tenant);
  expect((await getTenantConnect(admin, tenantId))?.atStripe.state).toBe("pending");
  const kept = await view(world.system, (tx) =>
    tx.connectedAccount.findUniqueOrThrow({ where: { tenantId } }),
  );
  expect(await laterOf(tenantId)).toEqual(kept.holdsClaimed);
  const inSixMinutes = later(6 / 1_440);
  await applyHolds(inSixMinutes, { tenantId }, world.gateway, effects);
  await world.settle(inbox);
  expect(await scheduleOf(tenant.accountId)).toMatchObject({ interval: "manual" });
  await releaseHold(admin, { id, note });
  await apply(tenant);
  expect(await scheduleOf(tenant.accountId)).toMatchObject({ interval: "daily" });
  expect((await getAccount(tenant.owner)).status).toBe("active");
});

test("where Stripe is out of reach the next try may begin at once", async () => {
  const tenant = await active();
  await hold(tenant, { payments: true });
  const out = () => {
    throw new Error("no answer");
  };
  await expect(apply(tenant, stoppedBy(out))).rejects.toThrow("no answer");
  await apply(tenant);
  const { atStripe } = (await getTenantConnect(admin, tenant.owner.tenantId))!;
  expect(atStripe).toEqual({ state: "known", error: null });
});

/** Stripe as it is for one who gets no further than its answer to the first thing asked. */
function stoppedBy(then: () => void): StripeGateway {
  return {
    ...world.gateway,
    setPayoutSchedule: async (...sent: Parameters<StripeGateway["setPayoutSchedule"]>) => {
      await world.gateway.setPayoutSchedule(...sent);
      then();
      return new Promise<never>(() => {});
    },
  };
}

/** When somebody will look again at what is stopped. */
async function laterOf(tenantId: string): Promise<Date | undefined> {
  const queue = new pg.Client({ connectionString: world.database.superUrl });
  await queue.connect();
  const { rows } = await queue.query<{ at: Date }>(
    "select run_at as at from graphile_worker.jobs where key = $1",
    [`connect.apply-holds:${tenantId}:later`],
  );
  await queue.end();
  return rows[0]?.at;
}

test("a session leaves out what is stopped, and money can still be given back", async () => {
  const tenant = await active();
  await hold(tenant, { payments: true });
  let granted: Record<string, { features?: Record<string, boolean> }> = {};
  await openSession(tenant.owner, {
    ...world.gateway,
    createAccountSession: async (_account, components) => {
      granted = components;
      return { clientSecret: "x" };
    },
  });
  expect(granted.payouts?.features).toMatchObject({
    ...{ instant_payouts: false, standard_payouts: false, edit_payout_schedule: false },
  });
  expect(granted.payments?.features).toMatchObject({
    ...{ capture_payments: false, refund_management: true, dispute_management: true },
  });
});

test("a hold is appealed, answered, appealed again and granted", async () => {
  const tenant = await active();
  const { id: holdId } = await hold(tenant, { payments: true });
  const text = "We sent every parcel; the numbers are in the mail of Monday.";
  const { member: finance } = await newMember(world.system, tenant.owner, "finance");
  await expect(appealHold(finance, { holdId, text })).rejects.toMatchObject({ code: "forbidden" });
  const { owner: stranger } = await newOwner(world.system);
  await expect(appealHold(stranger, { holdId, text })).rejects.toMatchObject({ code: "not_found" });
  const { id } = await appealHold(tenant.owner, { holdId, text });
  await expect(appealHold(tenant.owner, { holdId, text })).rejects.toThrow(/with us already/);
  await apply(tenant);
  const { rows } = await listAlerts(admin, { state: "open", kind: "account.appealed" });
  expect(rows).toMatchObject([{ tenantId: tenant.owner.tenantId }]);

  await decideAppeal(admin, { id, decision: "upheld", answer: "Three parcels have no number." });
  const answer = "All three were found. Thank you.";
  await expect(decideAppeal(other, { id, decision: "granted", answer })).rejects.toThrow(/already/);
  const again = await appealHold(tenant.owner, { holdId, text });
  await decideAppeal(other, { id: again.id, decision: "granted", answer });
  await apply(tenant);
  const { status, holds } = await getAccount(tenant.owner);
  expect(status).toBe("active");
  expect(holds).toMatchObject([
    { ending: "appealed", appeals: [{ decision: "upheld" }, { decision: "granted", answer }] },
  ]);
  expect(await factsOf(tenant)).toEqual(
    expect.arrayContaining(["account.appealed", "account.appeal_decided", "account.released"]),
  );
});

test("a hold ends on its day, and one of the past is refused", async () => {
  const tenant = await active();
  const until = new Date(Date.now() + 86_400_000);
  await expect(hold(tenant, { until: new Date(0) })).rejects.toMatchObject({ field: "until" });
  await hold(tenant, { until });
  await keepAccounts(world.system, effects);
  expect((await getAccount(tenant.owner)).payoutsHeld).toBe(true);
  await keepAccounts(later(1.1), effects);
  expect(await getAccount(tenant.owner)).toMatchObject({
    ...{ payoutsHeld: false, holds: [{ ending: "expired" }] },
  });
});

test("there is nothing to stop of who has no account", async () => {
  const { owner } = await newOwner(world.system);
  await expect(hold({ owner, accountId: "" })).rejects.toThrow(/no payments account/);
});

test("a rule holds the first payout, says why and what would change it, and ends by itself", async () => {
  const off = { identityFirst: false, payoutPayments: 0, payoutDays: 0 };
  const rules = { ...off, confirmMonths: 0, confirmGraceDays: 14 };
  const tenant = await active();
  const { tenantId } = tenant.owner;
  const judge = (ctx: Context = world.system) => judgeAccount(ctx, { tenantId });
  await changePolicy(admin, { ...rules, payoutPayments: 2 });
  await judge();
  await judge();
  expect((await getAccount(tenant.owner)).holds).toMatchObject([
    {
      ...{ payouts: true, payments: false, endedAt: null },
      rule: { name: "first_payout", version: 1, mend: expect.stringContaining("2 more payments") },
    },
  ]);
  await pay(tenant.accountId);
  await pay(tenant.accountId);
  await world.settle(inbox);
  await judge();
  expect((await getAccount(tenant.owner)).holds).toMatchObject([{ ending: "resolved" }]);

  await changePolicy(admin, { ...rules, confirmMonths: 12 });
  await keepAccounts(later(370), effects);
  await judge(later(370));
  expect((await getAccount(tenant.owner)).payoutsHeld).toBe(false);
  await judge(later(390));
  expect(await getAccount(tenant.owner)).toMatchObject({
    ...{ payoutsHeld: true, holds: [{ rule: { name: "confirmation" } }, { ending: "resolved" }] },
  });
  await confirmDetails({ ...tenant.owner, now: later(391).now });
  await judge(later(391));
  expect((await getAccount(tenant.owner)).payoutsHeld).toBe(false);
  expect(await factsOf(tenant)).toContain("account.confirm_due");
  await changePolicy(admin, rules);
});

test("of a deadline four reminders are sent, each once, and none after what was asked came", async () => {
  const tenant = await active();
  const description = "identity.business_details.annual_revenue";
  const twentyDays = 20 * 86_400;
  const demand = { description, deadline_seconds: twentyDays };
  await world.act(`accounts/${tenant.accountId}/requirements`, demand);
  await world.settle(inbox);
  const reminders = async () =>
    (await mailsOf(tenant)).filter(({ heading }) => heading.includes("Stripe asks by"));
  for (const [day, sent] of [
    ...([
      [1, 0],
      [6.5, 1],
      [7, 1],
      [13.5, 2],
      [17.5, 3],
      [18, 3],
    ] as const),
  ]) {
    await keepAccounts(later(day), effects);
    expect(await reminders()).toHaveLength(sent);
  }
  expect((await reminders())[1]!.lines.join(" ")).toMatch(
    /how large the business is.*in 7 days: card payments/,
  );
  await world.act(`accounts/${tenant.accountId}/requirements/satisfy`, { description });
  await world.settle(inbox);
  await keepAccounts(later(19.5), effects);
  expect(await reminders()).toHaveLength(3);
});

test("the platform's people are told once of each deadline, a week and a day before, in one mail", async () => {
  const [near, far, calm] = [await active(), await active(), await active()];
  const description = "identity.business_details.annual_revenue";
  const demand = (tenant: Tenant, days: number) =>
    world.act(`accounts/${tenant.accountId}/requirements`, {
      ...{ description, deadline_seconds: days * 86_400 },
    });
  await demand(near, 6);
  await demand(far, 8);
  await world.settle(inbox);
  const digests = () =>
    view(world.system, (tx) =>
      tx.mail.findMany({ where: { template: "deadline-digest" }, orderBy: { id: "asc" } }),
    );
  const before = await digests();
  const mailsOfRun = async (days: number) => {
    const known = new Set((await digests()).map(({ id }) => id));
    // Two processes ask at the same moment.
    await Promise.all([tellDeadlines(later(days), effects), tellDeadlines(later(days), effects)]);
    return (await digests()).filter(({ id }) => !known.has(id));
  };
  expect(before).toEqual([]);

  const people = await view(world.system, (tx) =>
    tx.user.count({ where: { platformRole: { in: ["admin", "finance", "support"] } } }),
  );
  const first = await mailsOfRun(0);
  expect(first).toHaveLength(people);
  const { heading, lines } = first[0]!.data as { heading: string; lines: string[] };
  const nameOf = ({ owner }: Tenant) =>
    view(owner, (tx) => tx.tenant.findUniqueOrThrow({ where: { id: owner.tenantId } }));
  const [ours, theirs] = [await nameOf(near), await nameOf(far)];
  expect(heading).toMatch(/near at Stripe$/);
  const said = lines.filter((line) => line.startsWith(`${ours.name}:`));
  expect(said).toEqual([
    expect.stringMatching(/: card payments stop on .*\. Missing: how large the business is/),
  ]);
  expect(lines.filter((line) => line.startsWith(`${theirs.name}:`))).toEqual([]);

  expect(await mailsOfRun(0.5)).toEqual([]);
  const second = (await mailsOfRun(2))[0]!.data as { lines: string[] };
  expect(second.lines.some((line) => line.startsWith(`${theirs.name}:`))).toBe(true);
  expect(second.lines.some((line) => line.startsWith(`${ours.name}:`))).toBe(false);
  expect(await mailsOfRun(5.5)).toHaveLength(people);
  expect(await mailsOfRun(5.6)).toEqual([]);

  const raised = async ({ owner }: Tenant) => {
    const { rows } = await listAlerts(admin, { state: "all", tenantId: owner.tenantId });
    return rows.filter(({ kind }) => kind === "account.deadline_near").length;
  };
  expect([await raised(near), await raised(far), await raised(calm)]).toEqual([2, 1, 0]);
  await world.act(`accounts/${near.accountId}/requirements/satisfy`, { description });
  await world.act(`accounts/${far.accountId}/requirements/satisfy`, { description });
  await world.settle(inbox);
});

test("what needs attention is found with what is at stake, and what would stop is foretold", async () => {
  const [due, held, calm] = [await active(), await active(), await active()];
  const description = "identity.business_details.annual_revenue";
  const demand = { description, deadline_seconds: 2 * 86_400 };
  await world.act(`accounts/${due.accountId}/requirements`, demand);
  await pay(due.accountId);
  const { id: holdId } = await hold(held);
  const text = "We sent every parcel; the numbers are in the mail of Monday.";
  await appealHold(held.owner, { holdId, text });
  await world.settle(inbox);
  const ids = [due, held, calm].map(({ owner }) => owner.tenantId);
  const ours = ({ tenant }: { tenant: { id: string } }) => ids.includes(tenant.id);
  const found = (await listAttention(admin)).items.filter(ours);
  expect(
    found.map(({ kind, objectId, amounts }) => [kind, objectId.split("_")[0], amounts]),
  ).toEqual([
    ["requirements_due", "acct", [{ minor: 5_000n, currency: "usd" }]],
    ["appeal", "apl", []],
  ]);

  const simulate = async (days: number, requirement?: string) => {
    const by = later(days).now().toISOString();
    const { rows } = await simulateRequirements(admin, { by, requirement });
    return rows.filter(ours);
  };
  expect(await simulate(1)).toEqual([]);
  expect(await simulate(3)).toMatchObject([
    {
      ...{ tenant: { id: due.owner.tenantId }, stops: ["card payments"] },
      ...{ missing: [{ description }], amounts: [{ minor: 5_000n, currency: "usd" }] },
    },
  ]);
  expect(await simulate(3, "external_account")).toEqual([]);

  await world.act("clock", { advance_seconds: 3 * 86_400 });
  await world.settle(inbox);
  const overdue = (await listAttention(admin, { kind: "requirements_overdue" })).items;
  expect(overdue.filter(ours)).toMatchObject([{ tenant: { id: due.owner.tenantId } }]);
  const { needs, payments } = await getTenantOverview(due.owner);
  expect(payments).toBe("restricted");
  expect(needs[0]).toMatchObject({ kind: "payments_restricted", tone: "danger" });
});

test("many are acted on at once: a preview first, and a request sent twice is one", async () => {
  const [one, two] = [await active(), await active()];
  const { owner: none } = await newOwner(world.system);
  const tenantIds = [one, two].map(({ owner }) => owner.tenantId).concat(none.tenantId);
  const preview = await previewMany(admin, { act: "hold", tenantIds });
  expect(preview.rows.map(({ isTouched }) => isTouched).sort()).toEqual([false, true, true]);
  expect((await getAccount(one.owner)).holds).toEqual([]);
  const reason = "The industry is looked into as a whole.";
  const act = { act: "hold", tenantIds, text: reason, key: "k-bulk-1" } as const;
  await Promise.all([
    actOnMany(admin, { ...act, stops: ["payouts"] }),
    actOnMany(admin, { ...act, stops: ["payouts"] }),
  ]);
  for (const { owner } of [one, two]) {
    expect((await getAccount(owner)).holds).toMatchObject([{ reason, endedAt: null }]);
  }
  const remind = await previewMany(admin, { act: "remind", tenantIds });
  expect(remind.rows.some(({ isTouched }) => isTouched)).toBe(false);
  await actOnMany(admin, { act: "release", tenantIds, text: note, key: "k-bulk-2" });
  expect((await getAccount(two.owner)).payoutsHeld).toBe(false);
  const support = await newAdmin(world.system, "support");
  await expect(previewMany(support, { act: "hold", tenantIds })).rejects.toMatchObject({
    code: "forbidden",
  });
});

test("a company that stopped half-way is reminded when somebody asks, once for each time", async () => {
  const { owner } = await newOwner(world.system);
  await startOnboarding(owner, world.gateway);
  await world.settle(inbox);
  const { tenantId } = owner;
  const wish = { tenantId, key: "k-1" };
  await remindOne(world.system, wish, effects);
  await remindOne(world.system, wish, effects);
  const mails = await mailsOf({ owner, accountId: "" });
  expect(mails).toMatchObject([{ heading: expect.stringContaining("waits for what it asked") }]);
  expect(mails[0]!.lines[1]).toContain("card payments");
  const page = await getTenantConnect(admin, tenantId);
  expect(page).toMatchObject({ status: "onboarding", atStripe: { state: "known" }, holds: [] });
});

test("a disconnected account refuses with the mend, and goes on as it was once connected again", async () => {
  const tenant = await active();
  const { owner, accountId } = tenant;
  await hold(tenant);
  await apply(tenant);
  await world.act(`accounts/${accountId}/deauthorize`);
  await world.settle(inbox);
  const cut = await getAccount(owner);
  expect(cut).toMatchObject({ status: "disconnected", requirements: [], capabilities: [] });
  expect(cut.timeline[0]!.cause).toContain("taken away at Stripe");
  await expect(pay(accountId)).rejects.toMatchObject({ code: "account_invalid" });
  const mend = /Connect it again/;
  await expect(findAccount(owner, "payments")).rejects.toThrow(mend);
  await expect(startOnboarding(owner, world.gateway)).rejects.toThrow(mend);
  await expect(openSession(owner, world.gateway)).rejects.toThrow(mend);
  await expect(hold(tenant)).rejects.toThrow(/disconnected at Stripe/);
  // The console's page stands without it.
  await expect(getTenantBalance(admin, owner.tenantId, world.gateway)).rejects.toThrow(/no access/);
  const kept = await view(owner, (tx) =>
    tx.connectedAccount.findUnique({ where: { tenantId: owner.tenantId } }),
  );
  expect(whyNotSelling(kept)).toContain("disconnected");
  const { items } = await listAttention(admin, { kind: "disconnected" });
  expect(items.map(({ objectId }) => objectId)).toEqual([accountId]);
  const headings = (await mailsOf(tenant)).map(({ heading }) => heading);
  expect(headings).toContainEqual(expect.stringContaining("disconnected from us"));
  expect((await getTenantOverview(owner)).needs[0]).toMatchObject({
    kind: "payments_disconnected",
  });
  // The tenant's one next step: the platform is told of it once, and the page says so.
  await askToReconnect(owner);
  const wish = { tenantId: owner.tenantId, askedById: owner.userId };
  await Promise.all([
    tellReconnect(world.system, wish, effects),
    tellReconnect(world.system, wish, effects),
  ]);
  expect((await getAccount(owner)).reconnectAskedAt).toBeInstanceOf(Date);
  const alerts = await listAlerts(admin, { state: "open", tenantId: owner.tenantId });
  expect(alerts.rows.map(({ kind }) => kind).sort()).toEqual([
    ...["account.disconnected", "account.reconnect_asked"],
  ]);

  // The hold ends while Stripe cannot be told; what it had comes back with the connection.
  const [open] = cut.holds;
  await releaseHold(admin, { id: open!.id, note });
  await apply(tenant);
  await world.act(`accounts/${accountId}/authorize`);
  await world.settle(inbox);
  await apply(tenant);
  expect(await scheduleOf(accountId)).toMatchObject({ interval: "daily" });
  expect((await pay(accountId)).status).toBe("succeeded");
  const { status, timeline, reconnectAskedAt } = await getAccount(owner);
  expect({ status, reconnectAskedAt }).toEqual({ status: "active", reconnectAskedAt: null });
  await expect(askToReconnect(owner)).rejects.toMatchObject({ code: "conflict" });
  await expect(askToReconnect({ ...owner, role: "member" })).rejects.toMatchObject({
    code: "forbidden",
  });
  expect(timeline.slice(0, 3).map(({ from, to }) => `${from} > ${to}`)).toEqual([
    ...["created > active", "disconnected > created", "active > disconnected"],
  ]);
});

test("a disconnection no webhook told of is found by who asks, and spoils nothing of others", async () => {
  const tenant = await active();
  await pay(tenant.accountId);
  await world.settle(inbox);
  await world.act("webhooks/hold");
  await world.act(`accounts/${tenant.accountId}/deauthorize`);
  const looked = await findDrift(world.system, world.gateway, samplers, { count: 200 });
  expect(looked.compared).toBeGreaterThan(0);
  const asked = { objectType: "charge", account: tenant.accountId };
  const charge = await view(tenant.owner, (tx) => tx.stripeCharge.findFirstOrThrow());
  await resyncObject(world.system, { ...asked, objectId: charge.id });
  const balance = await checkBalance(world.system, world.gateway, tenant.accountId);
  expect(balance.balances).toBeNull();
  await backfillEvents(world.system, world.gateway, tenant.accountId, false);
  await inbox.idle();
  expect((await getAccount(tenant.owner)).status).toBe("disconnected");
  // The word of it comes after all, and later than its undoing.
  await world.act(`accounts/${tenant.accountId}/authorize`);
  await world.act("webhooks/release", { order: "reverse" });
  await world.settle(inbox);
  expect((await getAccount(tenant.owner)).status).toBe("active");
  expect((await factsOf(tenant)).toSorted()).toEqual([
    ...["account.active", "account.active", "account.disconnected"],
  ]);
  const dead = await view(world.system, (tx) => tx.inboxEvent.count({ where: { status: "dead" } }));
  expect(dead).toBe(0);
});

test("a bank account that fails is asked for anew, told of with its mend, and replaced", async () => {
  const tenant = await active();
  const { owner, accountId } = tenant;
  const on = { stripeAccount: accountId };
  const payOut = () => world.stripe.payouts.create({ amount: 2_000, currency: "usd" }, on);
  await pay(accountId, "pm_card_bypassPending");
  const { id } = await payOut();
  await world.act(`payouts/${id}/fail`, { code: "account_closed" });
  await world.settle(inbox);
  const failed = await getAccount(owner);
  expect(failed.status).toBe("active");
  expect(failed.requirements).toMatchObject([
    {
      ...{ description: "external_account", due: "currently_due", awaits: "user" },
      stops: [{ capability: "stripe_balance.payouts", due: "currently_due" }],
      errors: [{ description: expect.stringMatching(/ending in 6789 failed. Add another/) }],
    },
  ]);
  expect(wordOf(failed.requirements[0]!.description)).toBe("bankAccount");
  expect((await getTenantOverview(owner)).needs.map(({ kind }) => kind)).toContain(
    "requirements_due",
  );
  const ofTenant = async () => {
    const { items } = await listAttention(admin);
    return items.filter(({ tenant: { id } }) => id === owner.tenantId);
  };
  expect(await ofTenant()).toMatchObject([
    { kind: "payout_failed", objectId: id, detail: "account_closed" },
  ]);
  const mail = (await mailsOf(tenant)).find(({ heading }) => heading.includes("failed"));
  expect(mail!.lines.join(" ")).toMatch(/balance. Nothing is lost.*add another account/);

  await world.stripe.accounts.createExternalAccount(accountId, {
    ...{ external_account: "btok_us_verified", default_for_currency: true },
  });
  await payOut();
  await world.act("clock", { advance_seconds: 4 * 86_400 });
  await world.settle(inbox);
  expect(await getAccount(owner)).toMatchObject({ status: "active", requirements: [] });
  expect(await ofTenant()).toEqual([]);
});
