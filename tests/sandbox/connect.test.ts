import type Stripe from "stripe";
import { expect, test } from "vitest";
import { readyAccount, withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();
const failure = (error: unknown) => error as Stripe.errors.StripeError;
const merchant = {
  display_name: "Acme",
  identity: { country: "us", entity_type: "company" },
  configuration: { merchant: { capabilities: { card_payments: { requested: true } } } },
} satisfies Stripe.V2.Core.AccountCreateParams;
const collectors = (by: "application" | "stripe") => ({
  responsibilities: { fees_collector: by, losses_collector: by },
});

const dueOf = async (stripe: Stripe, id: string) =>
  (
    (await stripe.v2.core.accounts.retrieve(id, { include: ["requirements"] })).requirements
      ?.entries ?? []
  ).map(({ description, minimum_deadline }) => `${description} ${minimum_deadline.status}`);
const eventsOf = async (stripe: Stripe, id: string) =>
  (await stripe.v2.core.events.list({ object_id: id, limit: 100 })).data.map(({ type }) => type);

test("64: each dashboard has one who collects fees and losses, and it is fixed at creation", async () => {
  const stripe = sandbox.client("n64");
  const create = (dashboard: "express" | "full" | "none", by: "application" | "stripe") =>
    stripe.v2.core.accounts.create({ ...merchant, dashboard, defaults: collectors(by) });
  for (const [dashboard, by] of [
    ["full", "stripe"],
    ["express", "application"],
    ["none", "application"],
  ] as const) {
    const { id } = await create(dashboard, by);
    const other = by === "stripe" ? "application" : "stripe";
    expect(await create(dashboard, other).catch(failure)).toMatchObject({
      ...{ statusCode: 400, param: "defaults.responsibilities" },
    });
    const moved = stripe.v2.core.accounts.update(id, { defaults: collectors(other) });
    expect(await moved.catch(failure)).toMatchObject({ statusCode: 400 });
  }
  const { id } = await create("none", "application");
  const view = await stripe.accounts.retrieve(id);
  expect(view.controller).toMatchObject({
    ...{ fees: { payer: "application" }, losses: { payments: "application" } },
    ...{ requirement_collection: "application", stripe_dashboard: { type: "none" } },
  });
  const turned = stripe.v2.core.accounts.update(id, { dashboard: "full" });
  expect(await turned.catch(failure)).toMatchObject({ statusCode: 400, param: "dashboard" });
});

test("64: an account with the full dashboard takes direct charges and receives no transfers", async () => {
  const stripe = sandbox.client("n64b");
  const recipient = { capabilities: { stripe_balance: { stripe_transfers: { requested: true } } } };
  const error = await stripe.v2.core.accounts
    .create({ ...merchant, dashboard: "full", configuration: { recipient } })
    .catch(failure);
  expect(error).toMatchObject({ statusCode: 400, param: "configuration.recipient" });
});

test("65: what is asked for restricts a capability until all of it is given, by the API alone", async () => {
  const stripe = sandbox.client("n65");
  const { id } = await stripe.v2.core.accounts.create({ ...merchant, dashboard: "none" });
  expect(await dueOf(stripe, id)).toEqual([
    "identity.business_details.registered_name currently_due",
    "person.representative currently_due",
    "configuration.merchant.mcc currently_due",
    "external_account currently_due",
    "identity.attestations.terms_of_service.account.date currently_due",
  ]);
  expect(await stripe.accounts.retrieve(id)).toMatchObject({
    ...{ charges_enabled: false, payouts_enabled: false, details_submitted: false },
    requirements: { disabled_reason: "requirements.past_due" },
  });
  await stripe.v2.core.accounts.update(id, {
    configuration: { merchant: { mcc: "5734" } },
    identity: {
      business_details: { registered_name: "Acme Ltd" },
      attestations: {
        terms_of_service: { account: { date: "2026-11-21T00:00:00Z", ip: "127.0.0.1" } },
      },
    },
  });
  await stripe.accounts.createExternalAccount(id, { external_account: "btok_us" });
  expect(await dueOf(stripe, id)).toEqual(["person.representative currently_due"]);
  const person = await stripe.v2.core.accounts.persons.create(id, {
    ...{ given_name: "Ada", surname: "Byron", relationship: { representative: true } },
  });
  expect(await dueOf(stripe, id)).toEqual([]);
  expect((await stripe.accounts.retrieve(id)).charges_enabled).toBe(true);
  const types = await eventsOf(stripe, id);
  expect(types).toContain("v2.core.account[requirements].updated");
  expect(types).toContain("v2.core.account[configuration.merchant].capability_status_updated");
  const there = { stripeAccount: id };
  const [updated] = (await stripe.events.list({ type: "capability.updated" }, there)).data;
  expect(updated).toMatchObject({
    ...{ account: id, data: { object: { id: "card_payments", status: "active", account: id } } },
  });

  await stripe.v2.core.accounts.persons.del(id, person.id);
  expect((await stripe.accounts.retrieve(id)).charges_enabled).toBe(false);
});

test("65: a requirement with a deadline restricts the account when the deadline has passed", async () => {
  const stripe = sandbox.client("n65d");
  const id = await readyAccount(sandbox, "n65d");
  const description = "person.verification.document";
  const week = 7 * 86_400;
  await sandbox.admin(
    `/accounts/${id}/requirements`,
    { description, deadline_seconds: week },
    "n65d",
  );
  expect(await dueOf(stripe, id)).toEqual([`${description} currently_due`]);
  const before = await stripe.accounts.retrieve(id);
  expect(before).toMatchObject({
    charges_enabled: true,
    requirements: { currently_due: [description], past_due: [], disabled_reason: null },
  });
  expect(before.requirements?.current_deadline).toBeGreaterThan(before.created ?? 0);
  await sandbox.admin("/clock", { advance_seconds: week + 1 }, "n65d");
  expect(await stripe.accounts.retrieve(id)).toMatchObject({
    ...{ charges_enabled: false, payouts_enabled: false },
    requirements: { past_due: [description], disabled_reason: "requirements.past_due" },
  });
  const pay = { amount: 1000, currency: "usd", payment_method: "pm_card_visa", confirm: true };
  const refused = await stripe.paymentIntents.create(pay, { stripeAccount: id }).catch(failure);
  expect(refused).toMatchObject({ statusCode: 400, code: "account_capability_required" });
  await sandbox.admin(`/accounts/${id}/requirements/satisfy`, { description }, "n65d");
  expect((await stripe.accounts.retrieve(id)).charges_enabled).toBe(true);
  await stripe.paymentIntents.create(pay, { stripeAccount: id });
});

test("65: what belongs to one account cannot be reached from another", async () => {
  const stripe = sandbox.client("n65i");
  const [mine, theirs] = [await readyAccount(sandbox, "n65i"), await readyAccount(sandbox, "n65i")];
  const pay = { amount: 1000, currency: "usd", payment_method: "pm_card_visa", confirm: true };
  const intent = await stripe.paymentIntents.create(pay, { stripeAccount: mine });
  const charge = String(intent.latest_charge);
  for (const options of [{}, { stripeAccount: theirs }]) {
    const error = await stripe.charges.retrieve(charge, {}, options).catch(failure);
    expect(error).toMatchObject({ statusCode: 404, code: "resource_missing" });
    const refund = await stripe.refunds.create({ charge }, options).catch(failure);
    expect(refund).toMatchObject({ code: "resource_missing", param: "charge" });
  }
  expect((await stripe.charges.list({}, { stripeContext: mine })).data).toHaveLength(1);
  const foreign = await stripe.accounts
    .listExternalAccounts(mine, {}, { stripeAccount: theirs })
    .catch(failure);
  expect(foreign).toMatchObject({ statusCode: 404 });
});

test("a person is kept with an account, changed, shown by v1 and removed", async () => {
  const stripe = sandbox.client("nper");
  const { id } = await stripe.v2.core.accounts.create(merchant);
  const person = await stripe.v2.core.accounts.persons.create(id, {
    ...{ given_name: "Ada", surname: "Byron", date_of_birth: { day: 10, month: 12, year: 1990 } },
    relationship: { owner: true, title: "CEO" },
  });
  expect(person).toMatchObject({ account: id, object: "v2.core.account_person" });
  const changed = await stripe.v2.core.accounts.persons.update(id, person.id, {
    relationship: { representative: true },
  });
  expect(changed.relationship).toMatchObject({ owner: true, representative: true, title: "CEO" });
  expect(await stripe.accounts.retrievePerson(id, person.id)).toMatchObject({
    ...{ object: "person", first_name: "Ada", dob: { year: 1990 } },
    relationship: { owner: true, title: "CEO" },
  });
  expect((await stripe.v2.core.accounts.persons.list(id)).data).toHaveLength(1);
  await stripe.v2.core.accounts.persons.del(id, person.id);
  expect((await stripe.v2.core.accounts.persons.list(id)).data).toEqual([]);
  expect(await eventsOf(stripe, person.id)).toEqual([
    "v2.core.account_person.deleted",
    "v2.core.account_person.updated",
    "v2.core.account_person.created",
  ]);
});

test("an account session enables components with their own features, for an hour", async () => {
  const stripe = sandbox.client("nses");
  const { id } = await stripe.v2.core.accounts.create({ ...merchant, dashboard: "none" });
  const session = await stripe.accountSessions.create({
    account: id,
    components: {
      payments: { enabled: true, features: { refund_management: false } },
      payouts: { enabled: true, features: { instant_payouts: true } },
      account_onboarding: {
        ...{ enabled: true, features: { disable_stripe_user_authentication: true } },
      },
    },
  });
  expect(session.components).toMatchObject({
    payments: {
      enabled: true,
      features: { refund_management: false, dispute_management: true, capture_payments: true },
    },
    payouts: { features: { instant_payouts: true, standard_payouts: true } },
    account_onboarding: { features: { disable_stripe_user_authentication: true } },
    balances: { enabled: false, features: { instant_payouts: false } },
  });
  expect(Object.keys(session.components)).toHaveLength(25);
  expect(session.expires_at).toBeGreaterThan(0);
});

test("an account session refuses what is no component, no feature of it, or not allowed", async () => {
  const stripe = sandbox.client("nsesb");
  const { id } = await stripe.v2.core.accounts.create({ ...merchant, dashboard: "express" });
  const create = (components: object) =>
    stripe.accountSessions.create({ account: id, components }).catch(failure);
  expect(await create({ chargebacks: { enabled: true } })).toMatchObject({
    ...{ code: "parameter_unknown", param: "components[chargebacks]" },
  });
  expect(
    await create({ documents: { enabled: true, features: { instant_payouts: true } } }),
  ).toMatchObject({
    code: "parameter_unknown",
  });
  expect(await create({ payments: { enabled: false } })).toMatchObject({ statusCode: 400 });
  expect(await create({ payments: {} })).toMatchObject({ code: "parameter_missing" });
  const features = { disable_stripe_user_authentication: true };
  expect(await create({ payouts: { enabled: true, features } })).toMatchObject({
    param: "components[payouts][features][disable_stripe_user_authentication]",
  });
});

test("an account closes only when nothing is left in it, and then does nothing more", async () => {
  const stripe = sandbox.client("ncls");
  const id = await readyAccount(sandbox, "ncls");
  const there = { stripeAccount: id };
  const pay = { amount: 1000, currency: "usd", confirm: true };
  await stripe.paymentIntents.create({ ...pay, payment_method: "pm_card_bypassPending" }, there);
  const early = await stripe.v2.core.accounts.close(id).catch(failure);
  expect(early).toMatchObject({ statusCode: 400, code: "account_has_balance" });
  await stripe.payouts.create({ amount: 941, currency: "usd" }, there);
  const closed = await stripe.v2.core.accounts.close(id, {
    applied_configurations: ["merchant", "recipient"],
  });
  expect(closed.closed).toBe(true);
  expect(await eventsOf(stripe, id)).toContain("v2.core.account.closed");
  const late = await stripe.paymentIntents
    .create({ ...pay, payment_method: "pm_card_visa" }, there)
    .catch(failure);
  expect(late).toMatchObject({ statusCode: 400 });
});

test("a disconnected account is out of the platform's reach, which hears of it once, until connected again", async () => {
  const stripe = sandbox.client("cut");
  const id = await readyAccount(sandbox, "cut");
  const cut = { statusCode: 403, code: "account_invalid" };
  await sandbox.admin(`/accounts/${id}/deauthorize`, {}, "cut");
  const calls = [
    () => stripe.accounts.retrieve(id),
    () => stripe.v2.core.accounts.retrieve(id),
    () => stripe.balance.retrieve({}, { stripeAccount: id }),
    () =>
      stripe.accountSessions.create({ account: id, components: { payments: { enabled: true } } }),
    () => stripe.accounts.listExternalAccounts(id),
  ];
  for (const call of calls) expect(await call().catch(failure)).toMatchObject(cut);
  const paid = stripe.transfers.create({ amount: 100, currency: "usd", destination: id });
  expect(await paid.catch(failure)).toMatchObject({ code: "resource_missing" });

  await sandbox.admin(`/accounts/${id}/authorize`, {}, "cut");
  for (const call of calls) await call();
  const { data } = await stripe.events.list({}, { stripeAccount: id });
  const told = data.filter(({ type }) => type.startsWith("account.application"));
  expect(told.map(({ type }) => type)).toEqual([
    ...["account.application.authorized", "account.application.deauthorized"],
  ]);
  expect(told[0]!.data.object).toMatchObject({ object: "application" });
});

test("a connected account shows its capabilities and where it is paid out to", async () => {
  const stripe = sandbox.client("ncap");
  const id = await readyAccount(sandbox, "ncap");
  const { data } = await stripe.accounts.listCapabilities(id);
  expect(data.map(({ id: name, status }) => [name, status])).toEqual([
    ["card_payments", "active"],
    ["transfers", "active"],
  ]);
  const account = await stripe.accounts.retrieve(id);
  expect(account.capabilities).toMatchObject({ card_payments: "active", transfers: "active" });
  expect(account.external_accounts?.data).toMatchObject([{ object: "bank_account" }]);
});

test("14: a thin event of an account leads to what it is about, by the SDK alone", async () => {
  const stripe = sandbox.client("nthin");
  await stripe.v2.core.eventDestinations.create({
    ...{ name: "All", type: "webhook_endpoint", event_payload: "thin" },
    ...{ events_from: ["@accounts"], enabled_events: ["*"] },
    webhook_endpoint: { url: "http://127.0.0.1:9/" },
  });
  const id = await readyAccount(sandbox, "nthin");
  const there = { stripeContext: id };
  const eventOf = async (type: string) => {
    const [event] = (await stripe.v2.core.events.list({ types: [type] }, there)).data;
    return event as { related_object?: { url: string }; context?: string };
  };
  const { related_object: related } = await eventOf("v1.capability.updated");
  const found = await stripe.rawRequest("GET", related?.url ?? "", undefined, there);
  expect(JSON.stringify(found)).toContain(id);
  // Of a bank account Stripe says only whose it is.
  const added = await eventOf("v1.account.external_account.created");
  expect(added).toMatchObject({ context: id });
  expect(added).not.toHaveProperty("related_object");
});

test("65: a link of v1 opens once too, and says what is still needed", async () => {
  const stripe = sandbox.client("nlink");
  const { id } = await stripe.v2.core.accounts.create({ ...merchant, dashboard: "express" });
  const link = await stripe.accountLinks.create({
    ...{ account: id, type: "account_onboarding" },
    ...{ refresh_url: "http://shop.test/again", return_url: "http://shop.test/back" },
  });
  expect(link.expires_at - link.created).toBe(300);
  const opened = await (await fetch(link.url)).text();
  expect(opened).toContain("configuration.merchant.mcc");
  const again = await fetch(link.url, { redirect: "manual" });
  expect(again.headers.get("location")).toBe("http://shop.test/again");
});
