import { afterAll, beforeAll, expect, test } from "vitest";
import { getAccount } from "#lib/connect/get-account";
import { openOnboardingLink } from "#lib/connect/open-onboarding-link";
import { openSession } from "#lib/connect/open-session";
import { profileNames, profiles } from "#lib/connect/profile";
import { phraseOf, wordOf } from "#lib/connect/requirement-words";
import { startOnboarding } from "#lib/connect/start-onboarding";
import { transact, view } from "#lib/db/transaction";
import { replaceEnv } from "#lib/env";
import { backfillEvents } from "#lib/events/backfill-events";
import type { Inbox } from "#lib/events/inbox-worker";
import type { TenantContext } from "#lib/tenancy/context";
import { openWorld, type World } from "#tests/lib/billing/world";
import { newMember, newOwner } from "#tests/support/people";

let world: World;
let inbox: Inbox;

beforeAll(async () => {
  world = await openWorld();
  inbox = world.startWorker();
}, 60_000);
afterAll(() => world.close());

async function started(): Promise<{ owner: TenantContext; accountId: string }> {
  const { owner } = await newOwner(world.system);
  await startOnboarding(owner, world.gateway);
  return { owner, accountId: await accountOf(owner) };
}

async function accountOf(owner: TenantContext): Promise<string> {
  const { stripeAccountId } = await view(owner, (tx) =>
    tx.tenant.findUniqueOrThrow({ where: { id: owner.tenantId } }),
  );
  return stripeAccountId!;
}

async function onboard(accountId: string): Promise<void> {
  await world.act(`accounts/${accountId}/onboard`);
  await world.settle(inbox);
}

const facts = (tenantId: string) =>
  view(world.system, async (tx) => {
    const rows = await tx.fact.findMany({ where: { tenantId, kind: { startsWith: "account." } } });
    return rows.map(({ kind }) => kind);
  });

const path = async (owner: TenantContext) => {
  const { timeline } = await getAccount(owner);
  return timeline.toReversed().map(({ from, to }) => `${from} > ${to}`);
};

test("a workspace begins, is asked, gives what is asked, and takes payments", async () => {
  const { owner } = await newOwner(world.system);
  expect((await getAccount(owner)).status).toBe("invited");

  expect(await startOnboarding(owner, world.gateway)).toEqual({ status: "onboarding" });
  const asked = await getAccount(owner);
  expect(asked.requirements.map(({ description }) => description)).toContain("external_account");
  expect(asked.capabilities).toMatchObject([{ name: "card_payments", status: "restricted" }]);

  await onboard(await accountOf(owner));
  const active = await getAccount(owner);
  expect(active).toMatchObject({ status: "active", requirements: [] });
  expect(active.activeAt).not.toBeNull();
  expect(await path(owner)).toEqual([
    "invited > created",
    "created > onboarding",
    "onboarding > active",
  ]);
  expect(await facts(owner.tenantId)).toEqual(["account.active"]);
});

test("begun twice, at once and later, it is one account with one first step", async () => {
  const { owner } = await newOwner(world.system);
  const run = () => startOnboarding(owner, world.gateway);
  await Promise.all([run(), run(), run()]);
  expect(await run()).toEqual({ status: "onboarding" });
  expect(await path(owner)).toEqual(["invited > created", "created > onboarding"]);
  const { data } = await world.stripe.v2.core.accounts.list({ limit: 100 });
  expect(data.filter(({ metadata }) => metadata?.tenant_id === owner.tenantId)).toHaveLength(1);
});

test("cut off after Stripe set the account up, the next run goes on", async () => {
  const { owner } = await newOwner(world.system);
  const cut = {
    ...world.gateway,
    setUpAccount: async (...args: Parameters<typeof world.gateway.setUpAccount>) => {
      await world.gateway.setUpAccount(...args);
      throw new Error("killed");
    },
  };
  await expect(startOnboarding(owner, cut)).rejects.toThrow("killed");
  expect(await startOnboarding(owner, world.gateway)).toEqual({ status: "onboarding" });
});

test("a requirement that is overdue stops the account, and given it takes payments again", async () => {
  const { owner, accountId } = await started();
  await onboard(accountId);
  const description = "identity.business_details.annual_revenue";
  await world.act(`accounts/${accountId}/requirements`, { description, deadline_seconds: 60 });
  await world.settle(inbox);
  const warned = await getAccount(owner);
  expect(warned.status).toBe("active");
  expect(warned.requirements).toMatchObject([{ description, due: "currently_due" }]);
  expect(warned.dueAt).not.toBeNull();

  await world.act("clock", { advance_seconds: 61 });
  await world.settle(inbox);
  const stopped = await getAccount(owner);
  expect(stopped.status).toBe("restricted");
  expect(stopped.requirements).toMatchObject([{ description, due: "past_due" }]);
  expect(stopped.timeline[0]!.cause).toContain(phraseOf(description));

  await world.act(`accounts/${accountId}/requirements/satisfy`, { description });
  await world.settle(inbox);
  expect((await getAccount(owner)).status).toBe("active");
  expect(await facts(owner.tenantId)).toEqual([
    ...["account.active", "account.restricted", "account.active"],
  ]);
});

test("a set-up that Stripe does not allow is refused in its words, and can be begun later", async () => {
  const { owner } = await newOwner(world.system);
  const forbidden = { ...profiles.saas, dashboard: "express" } as const;
  const refusing = {
    ...world.gateway,
    setUpAccount: (id: string, name: string) => world.gateway.setUpAccount(id, name, forbidden),
  };
  const refused = startOnboarding(owner, refusing);
  await expect(refused).rejects.toMatchObject({
    ...{ code: "unprocessable", message: expect.stringMatching(/in US.*It said: .*Nothing was/s) },
  });
  expect((await getAccount(owner)).status).toBe("invited");
  expect(await startOnboarding(owner, world.gateway)).toEqual({ status: "onboarding" });
});

test.each(profileNames)(
  "an account of the profile %s can do all its kinds of payment",
  async (name) => {
    replaceEnv({ ...process.env, CONNECT_PROFILE: name });
    const { owner, accountId } = await started();
    await onboard(accountId);
    replaceEnv(process.env);
    const { capabilities, status } = await getAccount(owner);
    const byKind = {
      direct: "card_payments",
      destination: "stripe_balance.stripe_transfers",
      separate: "stripe_balance.stripe_transfers",
    };
    const needed = new Set(profiles[name].charges.map((kind) => byKind[kind]));
    const active = capabilities.filter((one) => one.status === "active");
    expect(active.map((one) => one.name).toSorted()).toEqual([...needed].toSorted());
    expect(status).toBe("active");
  },
);

test("a country the profile forbids is refused by name, with those that are allowed", async () => {
  const { owner } = await newOwner(world.system);
  const move = (country: string) =>
    transact(owner, "test.move", (tx) =>
      tx.tenant.update({ where: { id: owner.tenantId }, data: { country } }),
    );
  await move("JP");
  replaceEnv({ ...process.env, CONNECT_PROFILE: "marketplace" });
  const refused = await startOnboarding(owner, world.gateway).catch(
    (error: Error) => error.message,
  );
  expect(refused).toMatch(/from United States to Japan.*can be in: .*Germany.*United States\./);
  expect((await getAccount(owner)).status).toBe("invited");
  // Paid directly it could be: a white-label account there is a merchant and no recipient.
  replaceEnv({ ...process.env, CONNECT_PROFILE: "white_label" });
  expect(await startOnboarding(owner, world.gateway)).toEqual({ status: "onboarding" });
  replaceEnv(process.env);
  const { capabilities } = await getAccount(owner);
  expect(capabilities.map(({ name }) => name)).toEqual(["card_payments"]);
});

test("a document that was refused and a question of Stripe's are told with what was wrong", async () => {
  const { owner, accountId } = await started();
  await onboard(accountId);
  const error = "The document could not be read; take the picture in more light.";
  const document = "person_1.identity.documents.primary_verification";
  const question = "interv_cmVxdWVzdA.other_supportability_inquiry.support";
  const week = 7 * 86_400;
  const ask = (body: object) => world.act(`accounts/${accountId}/requirements`, body);
  await ask({ description: document, deadline_seconds: week, error });
  await ask({ description: question, deadline_seconds: week });
  await world.settle(inbox);
  const { requirements, status } = await getAccount(owner);
  expect(status).toBe("active");
  expect(requirements).toMatchObject([
    {
      ...{ description: document, due: "currently_due" },
      errors: [{ code: "verification_document_not_readable", description: error }],
      stops: [{ capability: "card_payments" }],
    },
    { description: question, awaits: "user" },
  ]);
  expect(requirements.map(({ description }) => wordOf(description))).toEqual([
    ...["identityDocument", "inquiry"],
  ]);
});

test("what no webhook told of an account is found in Stripe's list", async () => {
  const { owner, accountId } = await started();
  await world.settle(inbox);
  await world.act("webhooks/hold");
  await world.act(`accounts/${accountId}/onboard`);
  await inbox.idle();
  expect((await getAccount(owner)).status).toBe("onboarding");
  const { missing } = await backfillEvents(world.system, world.gateway, "", false);
  expect(missing).toBeGreaterThan(0);
  await inbox.idle();
  expect((await getAccount(owner)).status).toBe("active");
  await world.act("webhooks/release");
  await world.settle(inbox);
  expect(await facts(owner.tenantId)).toEqual(["account.active"]);
});

test("a closed account is told of, and nothing is begun with it", async () => {
  const { owner, accountId } = await started();
  await onboard(accountId);
  await world.stripe.v2.core.accounts.close(accountId);
  await world.settle(inbox);
  expect((await getAccount(owner)).status).toBe("closed");
  await expect(startOnboarding(owner, world.gateway)).rejects.toMatchObject({ code: "gone" });
  await expect(openSession(owner, world.gateway)).rejects.toMatchObject({ code: "gone" });
});

test("a session is of the tenant's own account and grants what the role may", async () => {
  const { owner, accountId } = await started();
  const { member: finance } = await newMember(world.system, owner, "finance");
  const { member } = await newMember(world.system, owner, "member");
  const asked: [string, object][] = [];
  const listening = {
    ...world.gateway,
    createAccountSession: (account: string, components: object) => {
      asked.push([account, components]);
      return world.gateway.createAccountSession(account, components as never);
    },
  };
  expect((await openSession(owner, listening)).clientSecret).toMatch(/./);
  await openSession(finance, listening);
  expect(asked.map(([account]) => account)).toEqual([accountId, accountId]);
  const [ofOwner, ofFinance] = asked.map(([, components]) => components as Record<string, object>);
  expect(ofOwner).toMatchObject({
    account_onboarding: { enabled: true },
    payouts: { features: { edit_payout_schedule: true, external_account_collection: true } },
  });
  expect(ofFinance).not.toHaveProperty("account_onboarding");
  expect(ofFinance).toMatchObject({
    payouts: {
      features: {
        ...{ edit_payout_schedule: false, external_account_collection: false },
        standard_payouts: true,
      },
    },
  });
  await expect(openSession(member, listening)).rejects.toMatchObject({ code: "forbidden" });
});

test("before it begins a session and a link are refused with what to do", async () => {
  const { owner } = await newOwner(world.system);
  for (const open of [openSession, openOnboardingLink]) {
    await expect(open(owner, world.gateway)).rejects.toThrow(/Open Payments to begin/);
  }
});

test("Stripe's own page is the other way, and leads back", async () => {
  const { owner } = await started();
  const { url } = await openOnboardingLink(owner, world.gateway);
  const body = new URLSearchParams({ answer: "later" });
  const { status, headers } = await fetch(url, { method: "POST", body, redirect: "manual" });
  expect(status).toBe(303);
  expect(headers.get("location")).toContain(`/${owner.tenantSlug}/onboarding?`);
});
