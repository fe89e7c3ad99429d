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
