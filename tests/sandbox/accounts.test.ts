import type Stripe from "stripe";
import { expect, test } from "vitest";
import { withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();
const failure = (error: unknown) => error as Stripe.errors.StripeError;

const tenant = {
  contact_email: "ada@acme.test",
  dashboard: "full",
  display_name: "Acme",
  identity: { country: "us", entity_type: "company" },
  configuration: {
    customer: {},
    merchant: { capabilities: { card_payments: { requested: true } } },
  },
  defaults: { responsibilities: { fees_collector: "stripe", losses_collector: "stripe" } },
} satisfies Stripe.V2.Core.AccountCreateParams;

test("an account can be a merchant and a customer, and shows only what is asked for", async () => {
  const stripe = sandbox.client("both");
  const account = await stripe.v2.core.accounts.create(tenant);
  expect(account.applied_configurations).toEqual(["customer", "merchant"]);
  expect(account).not.toHaveProperty("configuration");
  const whole = await stripe.v2.core.accounts.retrieve(account.id, {
    include: ["configuration.merchant", "identity", "defaults"],
  });
  expect(whole).toMatchObject({
    configuration: { merchant: { capabilities: { card_payments: { status: "restricted" } } } },
    identity: { country: "us" },
    defaults: { responsibilities: { fees_collector: "stripe" } },
  });
  expect(whole.configuration).not.toHaveProperty("customer");
});

test("an account that is a customer has a v1 customer, found by either id", async () => {
  const stripe = sandbox.client("interop");
  const account = await stripe.v2.core.accounts.create(tenant);
  const customer = await stripe.customers.retrieve(account.id);
  expect(customer).toMatchObject({
    object: "customer",
    customer_account: account.id,
    email: "ada@acme.test",
    name: "Acme",
  });
  expect(customer.id).toMatch(/^cus_/);
  const renamed = await stripe.customers.update(account.id, { name: "Acme Ltd" });
  expect(renamed.id).toBe(customer.id);
});

test("64: the express and none dashboards need the application to carry fees and losses", async () => {
  const stripe = sandbox.client("profile");
  const error = await stripe.v2.core.accounts
    .create({ ...tenant, dashboard: "express" })
    .catch(failure);
  expect(error).toMatchObject({ statusCode: 400 });
});

test("an account is updated, listed by what it is, and closed", async () => {
  const stripe = sandbox.client("updated");
  const { id } = await stripe.v2.core.accounts.create({ display_name: "Shop" });
  const updated = await stripe.v2.core.accounts.update(id, {
    display_name: "Shop Ltd",
    metadata: { tenant: "t1" },
    configuration: { customer: {} },
  });
  expect(updated).toMatchObject({
    display_name: "Shop Ltd",
    metadata: { tenant: "t1" },
    applied_configurations: ["customer"],
  });
  const customers = await stripe.v2.core.accounts.list({ applied_configurations: ["customer"] });
  expect(customers.data.map((account) => account.id)).toEqual([id]);
  const merchants = await stripe.v2.core.accounts.list({ applied_configurations: ["merchant"] });
  expect(merchants.data).toEqual([]);
  expect((await stripe.v2.core.accounts.close(id)).closed).toBe(true);
  expect((await stripe.v2.core.accounts.list()).data).toEqual([]);
});

test("completing its onboarding turns an account's capabilities on and announces it", async () => {
  const stripe = sandbox.client("onboard");
  const { id } = await stripe.v2.core.accounts.create(tenant);
  expect((await stripe.accounts.retrieve(id)).charges_enabled).toBe(false);
  await sandbox.admin(`/accounts/${id}/onboard`, {}, "onboard");
  const account = await stripe.v2.core.accounts.retrieve(id, {
    include: ["configuration.merchant", "requirements"],
  });
  expect(account.configuration?.merchant?.capabilities?.card_payments?.status).toBe("active");
  expect(await stripe.accounts.retrieve(id)).toMatchObject({
    charges_enabled: true,
    payouts_enabled: true,
    details_submitted: true,
  });
  const types = (await stripe.v2.core.events.list({ object_id: id })).data.map(({ type }) => type);
  expect(types).toContain("v2.core.account[configuration.merchant].capability_status_updated");
});

test("65: an account link opens once, completes onboarding and leads back", async () => {
  const stripe = sandbox.client("link");
  const { id } = await stripe.v2.core.accounts.create(tenant);
  const link = await stripe.v2.core.accountLinks.create({
    account: id,
    use_case: {
      type: "account_onboarding",
      account_onboarding: {
        refresh_url: "http://shop.test/again",
        return_url: "http://shop.test/back",
      },
    },
  });
  const opened = await fetch(link.url, { redirect: "manual" });
  expect(await opened.text()).toContain("Tell Stripe about Acme");
  const again = await fetch(link.url, { redirect: "manual" });
  expect(again.headers.get("location")).toBe("http://shop.test/again");
  const body = new URLSearchParams({ answer: "complete" });
  const done = await fetch(link.url, { method: "POST", body, redirect: "manual" });
  expect(done.headers.get("location")).toBe("http://shop.test/back");
  expect((await stripe.accounts.retrieve(id)).charges_enabled).toBe(true);
  const [returned] = (
    await stripe.v2.core.events.list({ types: ["v2.core.account_link.returned"] })
  ).data;
  expect(returned).toMatchObject({ data: { account_id: id, use_case: "account_onboarding" } });
});

test("65: an account link that is opened too late leads to where a new one is made", async () => {
  const stripe = sandbox.client("late");
  const { id } = await stripe.v2.core.accounts.create(tenant);
  const { url } = await stripe.v2.core.accountLinks.create({
    account: id,
    use_case: {
      type: "account_update",
      account_update: { refresh_url: "http://shop.test/again" },
    },
  });
  await sandbox.admin("/clock", { advance_seconds: 301 }, "late");
  const late = await fetch(url, { redirect: "manual" });
  expect(late.headers.get("location")).toBe("http://shop.test/again");
});
