import { afterAll, beforeAll, expect, test } from "vitest";
import { componentNames } from "#lib/connect/grants";
import { openOnboardingLink } from "#lib/connect/open-onboarding-link";
import { openSession } from "#lib/connect/open-session";
import { startOnboarding } from "#lib/connect/start-onboarding";
import type { Prisma } from "#lib/db/generated/client";
import { transact, view } from "#lib/db/transaction";
import { replaceEnv } from "#lib/env";
import type { Inbox } from "#lib/events/inbox-worker";
import type { TenantContext } from "#lib/tenancy/context";
import { enterTenant } from "#lib/tenancy/enter-tenant";
import { type TenantRole, tenantRoles } from "#lib/tenancy/permissions";
import { openWorld, type World } from "#tests/lib/billing/world";
import { newOwner, signedIn } from "#tests/support/people";

/**
 * What is meant, written out by hand and apart from the code: a row for each component and each of
 * its features, a column for each role; a member sees nothing at all. What a browser gets is read
 * off the local Stripe, which gives exactly what the account session it was asked for grants.
 */
const meant = `
                                                  owner  admin  finance  developer
  account_onboarding                              yes    yes    no       no
    external_account_collection                   yes    yes    no       no
  account_management                              yes    yes    no       no
    external_account_collection                   yes    yes    no       no
  notification_banner                             yes    yes    yes      no
    external_account_collection                   yes    yes    no       no
  payments                                        yes    yes    yes      yes
    capture_payments                              yes    yes    yes      no
    dispute_management                            yes    yes    yes      no
    refund_management                             yes    yes    yes      no
    smart_disputes_management                     yes    yes    yes      no
  payment_details                                 yes    yes    yes      yes
    capture_payments                              yes    yes    yes      no
    dispute_management                            yes    yes    yes      no
    refund_management                             yes    yes    yes      no
    smart_disputes_management                     yes    yes    yes      no
  payment_disputes                                yes    yes    yes      yes
    dispute_management                            yes    yes    yes      no
    refund_management                             yes    yes    yes      no
    smart_disputes_management                     yes    yes    yes      no
  disputes_list                                   yes    yes    yes      yes
    capture_payments                              yes    yes    yes      no
    dispute_management                            yes    yes    yes      no
    refund_management                             yes    yes    yes      no
    smart_disputes_management                     yes    yes    yes      no
  balances                                        yes    yes    yes      no
    edit_payout_schedule                          yes    yes    no       no
    external_account_collection                   yes    yes    no       no
    instant_payouts                               yes    yes    yes      no
    standard_payouts                              yes    yes    yes      no
  payouts                                         yes    yes    yes      no
    edit_payout_schedule                          yes    yes    no       no
    external_account_collection                   yes    yes    no       no
    instant_payouts                               yes    yes    yes      no
    standard_payouts                              yes    yes    yes      no
  payouts_list                                    yes    yes    yes      no
  payout_details                                  yes    yes    yes      no
  instant_payouts_promotion                       yes    yes    yes      no
    external_account_collection                   yes    yes    no       no
    instant_payouts                               yes    yes    yes      no
  balance_report                                  yes    yes    yes      no
  payout_reconciliation_report                    yes    yes    yes      no
  documents                                       yes    yes    yes      no
  tax_settings                                    yes    yes    yes      no
  tax_registrations                               yes    yes    yes      no
  issuing_card                                    yes    yes    yes      no
    card_management                               yes    yes    no       no
    card_spend_dispute_management                 yes    yes    no       no
    cardholder_management                         yes    yes    no       no
    spend_control_management                      yes    yes    no       no
  issuing_cards_list                              yes    yes    yes      no
    card_management                               yes    yes    no       no
    card_spend_dispute_management                 yes    yes    no       no
    cardholder_management                         yes    yes    no       no
    spend_control_management                      yes    yes    no       no
  financial_account                               yes    yes    yes      no
    external_account_collection                   yes    yes    no       no
    send_money                                    yes    yes    yes      no
    transfer_balance                              yes    yes    yes      no
  financial_account_transactions                  yes    yes    yes      no
    card_spend_dispute_management                 yes    yes    no       no
`;

/** What moves money out, or changes where it goes: gone while payouts are held. */
const movesMoney = [
  ...["edit_payout_schedule", "external_account_collection", "instant_payouts"],
  ...["standard_payouts", "send_money", "transfer_balance"],
];
const banking = [
  ...["issuing_card", "issuing_cards_list", "financial_account", "financial_account_transactions"],
];

type Granted = Record<string, string[]>;

/** What the table grants a role: features that are on, by the components that are. */
function meantFor(role: TenantRole): Granted {
  const [head, ...rows] = meant.trimEnd().split("\n").slice(1);
  const column = head!.trim().split(/\s+/).indexOf(role) + 1;
  const granted: Granted = {};
  let current = "";
  for (const row of rows) {
    const [name = "", ...answers] = row.trim().split(/\s+/);
    const isOn = column > 0 && answers[column - 1] === "yes";
    if (row.startsWith("    ")) {
      if (isOn) granted[current]?.push(name);
      continue;
    }
    current = name;
    if (isOn) granted[name] = [];
  }
  return granted;
}

let world: World;
let inbox: Inbox;
let owner: TenantContext;
let accountId: string;

beforeAll(async () => {
  world = await openWorld();
  inbox = world.startWorker();
  ({ owner, accountId } = await shop());
}, 60_000);
afterAll(() => world.close());

async function shop() {
  const { owner } = await newOwner(world.system);
  await startOnboarding(owner, world.gateway);
  const { stripeAccountId } = await view(owner, (tx) =>
    tx.tenant.findUniqueOrThrow({ where: { id: owner.tenantId } }),
  );
  await world.act(`accounts/${stripeAccountId}/onboard`);
  await world.settle(inbox);
  return { owner, accountId: stripeAccountId! };
}

type Claimed = {
  components: Record<string, { enabled: boolean; features?: Record<string, boolean> }>;
};

/** What the local Stripe grants a browser that comes with the secret. */
async function claim(ctx: TenantContext): Promise<{ account: string; granted: Granted }> {
  let account = "";
  const { clientSecret } = await openSession(ctx, {
    ...world.gateway,
    createAccountSession: (asked, components) => {
      account = asked;
      return world.gateway.createAccountSession(asked, components);
    },
  });
  const response = await fetch(`${world.sandbox.url}/embedded/claim`, {
    method: "POST",
    body: JSON.stringify({
      client_secret: clientSecret,
      publishable_key: world.sandbox.publishableKey,
    }),
  });
  const { components } = (await response.json()) as Claimed;
  const on = Object.entries(components).filter(([, { enabled }]) => enabled);
  const granted = on.map(([name, { features = {} }]) => {
    const names = Object.keys(features).filter((feature) => features[feature]);
    return [name, names.toSorted()] as const;
  });
  return { account, granted: Object.fromEntries(granted) };
}

const sorted = (granted: Granted) =>
  Object.fromEntries(Object.entries(granted).map(([name, on]) => [name, on.toSorted()]));
const hold = (held: Prisma.ConnectedAccountUpdateInput) =>
  transact(world.system, "test.hold", (tx) =>
    tx.connectedAccount.update({ where: { tenantId: owner.tenantId }, data: held }),
  );

test("the table names every component there is", () => {
  expect(Object.keys(meantFor("owner")).toSorted()).toEqual([...componentNames].toSorted());
  expect(componentNames).toHaveLength(21);
});

test.each(tenantRoles.filter((role) => role !== "member"))(
  "a browser of the role %s gets exactly what the table grants, of its own account",
  async (role) => {
    const { account, granted } = await claim({ ...owner, role });
    expect(granted).toEqual(sorted(meantFor(role)));
    expect(account).toBe(accountId);
  },
);

test("a member gets no session", async () => {
  const refused = openSession({ ...owner, role: "member" }, world.gateway);
  await expect(refused).rejects.toMatchObject({ code: "forbidden" });
});

test("while payouts are held nothing that moves money out is granted to anybody", async () => {
  await hold({ payoutsHeld: true });
  const { granted } = await claim(owner);
  const withoutThem = Object.entries(meantFor("owner")).map(([name, on]) => [
    name,
    on.filter((feature) => !movesMoney.includes(feature)),
  ]);
  const { instant_payouts_promotion: _gone, ...left } = Object.fromEntries(withoutThem);
  expect(granted).toEqual(sorted(left));
  await hold({ payoutsHeld: false });
});

test("while payments are held none is captured, and money can still be given back", async () => {
  await hold({ paymentsHeld: true });
  const { granted } = await claim(owner);
  const left = ["dispute_management", "refund_management", "smart_disputes_management"];
  expect(granted.payments).toEqual(left);
  await hold({ paymentsHeld: false });
});

test.each(tenantRoles.filter((role) => role !== "member"))(
  "a stopped account grants the role %s all it grants but what takes or moves money",
  async (role) => {
    const why = { suspension: "Goods were not sent.", suspendedAt: new Date() };
    await hold({ paymentsHeld: true, payoutsHeld: true, status: "suspended", ...why });
    const { granted } = await claim({ ...owner, role });
    const { instant_payouts_promotion: _gone, ...rest } = meantFor(role);
    const stopped = [...movesMoney, "capture_payments"];
    const left = Object.entries(rest).map(([name, on]) => [
      name,
      on.filter((feature) => !stopped.includes(feature)),
    ]);
    expect(granted).toEqual(sorted(Object.fromEntries(left)));
    const again = { status: "active", suspension: null, suspendedAt: null } as const;
    await hold({ paymentsHeld: false, payoutsHeld: false, ...again });
  },
);

test.each([
  ["closed", "gone"],
  ["disconnected", "conflict"],
] as const)("an account that is %s grants nobody anything", async (status, code) => {
  await hold({ status });
  for (const role of tenantRoles) {
    const refused = openSession({ ...owner, role }, world.gateway);
    await expect(refused).rejects.toMatchObject({ code });
  }
  await hold({ status: "active" });
});

test("where Stripe has not agreed to banking, no session names any of it", async () => {
  replaceEnv({ ...process.env, CONNECT_BANKING: "no" });
  const { granted } = await claim(owner);
  const rest = Object.entries(meantFor("owner")).filter(([name]) => !banking.includes(name));
  expect(granted).toEqual(sorted(Object.fromEntries(rest)));
  replaceEnv(process.env);
});

test("one workspace's session, link and status are never another's", async () => {
  const other = await shop();
  expect(await claim(other.owner)).toMatchObject({ account: other.accountId });
  expect(await claim(owner)).toMatchObject({ account: accountId });
  // Somebody who put another's id beside their own scope still gets nothing of it.
  const posing = { ...owner, tenantId: other.owner.tenantId };
  await expect(claim(posing)).rejects.toMatchObject({ code: "conflict" });
  await expect(openOnboardingLink(posing, world.gateway)).rejects.toMatchObject({
    code: "conflict",
  });
});

test("a session asked for at another workspace's address is of one that does not exist", async () => {
  const { owner: other } = await newOwner(world.system);
  const person = await signedIn(world.system, owner.userId);
  expect(await enterTenant(person, owner.tenantSlug)).toMatchObject({ tenantId: owner.tenantId });
  const refused = enterTenant(person, other.tenantSlug).then((ctx) =>
    openSession(ctx, world.gateway),
  );
  await expect(refused).rejects.toMatchObject({ code: "not_found" });
});

test("a closed account opens no session and no link", async () => {
  const { owner: third, accountId: id } = await shop();
  await world.stripe.v2.core.accounts.close(id);
  await world.settle(inbox);
  await expect(openSession(third, world.gateway)).rejects.toMatchObject({ code: "gone" });
  await expect(openOnboardingLink(third, world.gateway)).rejects.toMatchObject({ code: "gone" });
});
