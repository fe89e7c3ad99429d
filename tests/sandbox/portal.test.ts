import type Stripe from "stripe";
import { expect, test } from "vitest";
import { monthlyPrice, payingCustomer, withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();

async function opened(
  name: string,
  features: Partial<Stripe.BillingPortal.ConfigurationCreateParams.Features> = {},
  flow?: (subscription: string) => Stripe.BillingPortal.SessionCreateParams.FlowData,
) {
  const stripe = sandbox.client(name);
  const customer = await payingCustomer(stripe);
  const small = await monthlyPrice(stripe, 1000, "Small <plan>");
  const large = await monthlyPrice(stripe, 5000, "Large");
  const made = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: small.id }],
  });
  const configuration = await stripe.billingPortal.configurations.create({
    business_profile: { headline: "Acme billing" },
    features: {
      invoice_history: { enabled: true },
      payment_method_update: { enabled: true },
      customer_update: { enabled: true, allowed_updates: ["email", "name"] },
      subscription_cancel: {
        enabled: true,
        mode: "at_period_end",
        cancellation_reason: { enabled: true, options: ["unused", "other"] },
      },
      subscription_update: {
        enabled: true,
        default_allowed_updates: ["price", "quantity"],
        proration_behavior: "always_invoice",
        products: [{ product: String(large.product), prices: [large.id] }],
      },
      ...features,
    },
  });
  const session = await stripe.billingPortal.sessions.create({
    customer: customer.id,
    configuration: configuration.id,
    return_url: "http://shop.test/account",
    ...(flow === undefined ? {} : { flow_data: flow(made.id) }),
  });
  const [item] = made.items.data;
  const press = (action: string, form: Record<string, string>) =>
    fetch(`${session.url}/${action}`, {
      method: "POST",
      body: new URLSearchParams({ subscription: made.id, ...form }),
      redirect: "manual",
    });
  const read = () => stripe.subscriptions.retrieve(made.id);
  const page = async (path = "") => await (await fetch(`${session.url}${path}`)).text();
  return { stripe, customer, made, item: item?.id ?? "", small, large, session, press, read, page };
}

test("the portal shows the plan, the card and the invoices, and the way back", async () => {
  const { page, session } = await opened("phome");
  const text = await page();
  expect(text).toContain("Local Stripe · test data");
  expect(text).toContain("Acme billing");
  expect(text).toContain("Small &lt;plan&gt;");
  expect(text).toContain("$10.00 per month");
  expect(text).toContain("Visa ending in 4242");
  expect(text).toContain('href="http://shop.test/account"');
  expect(text).toContain("/i/acct_");
  expect(text).not.toContain("<script");
  const { headers } = await fetch(session.url);
  expect(headers.get("content-security-policy")).toContain("default-src 'none'");
});

test("another plan and quantity are chosen and billed by the configuration", async () => {
  const { press, read, large, item, stripe, page, made } = await opened("pplan");
  expect(await page(`/subscriptions/${made.id}/update`)).toContain("Large, $50.00 per month");
  const answer = await press("update", { item, price: large.id, quantity: "2" });
  expect(answer.headers.get("location")).toContain("said=update");
  expect((await read()).items.data[0]).toMatchObject({ quantity: 2, price: { id: large.id } });
  const [latest] = (await stripe.invoices.list()).data;
  expect(latest).toMatchObject({ billing_reason: "subscription_update", status: "paid" });
  const wrong = await (await press("update", { item, quantity: "none" })).text();
  expect(wrong).toContain("Enter a whole number above 0.");
});

test("canceling keeps the plan until its period ends, says why, and can be taken back", async () => {
  const { press, read, page } = await opened("pcancel");
  await press("cancel", { feedback: "unused" });
  expect(await read()).toMatchObject({
    cancel_at_period_end: true,
    cancellation_details: { feedback: "unused", reason: "cancellation_requested" },
  });
  expect(await page()).toContain("Keep plan");
  await press("keep", {});
  expect((await read()).cancel_at_period_end).toBe(false);
});

test("a portal can also end a plan at once", async () => {
  const { press, read } = await opened("pnow", {
    subscription_cancel: { enabled: true, mode: "immediately" },
  });
  await press("cancel", {});
  expect((await read()).status).toBe("canceled");
});

test("another card is saved as the default, and a wrong one is told why", async () => {
  const { press, stripe, customer } = await opened("pcard");
  const form = { number: "5555 5555 5555 4444", expiry: "12 / 34", cvc: "123" };
  const refused = await (await press("card", { ...form, number: "4242424242424241" })).text();
  expect(refused).toContain("Your card number is incorrect.");
  await press("card", form);
  const after = (await stripe.customers.retrieve(customer.id, {
    expand: ["invoice_settings.default_payment_method"],
  })) as Stripe.Customer;
  expect(after.invoice_settings.default_payment_method).toMatchObject({
    card: { brand: "mastercard", last4: "4444" },
  });
});

test("details are changed as far as they may be", async () => {
  const { press, stripe, customer } = await opened("pdetails");
  expect(await (await press("details", { name: "Ada", email: "no" })).text()).toContain(
    "Enter an email address",
  );
  await press("details", { name: "Ada L.", email: "ada@new.test" });
  expect(await stripe.customers.retrieve(customer.id)).toMatchObject({
    name: "Ada L.",
    email: "ada@new.test",
  });
});

test("what a configuration turns off is not on the page and cannot be pressed", async () => {
  const { press, read, page, item } = await opened("poff", {
    subscription_cancel: { enabled: false },
    subscription_update: { enabled: false },
    payment_method_update: { enabled: false },
  });
  const text = await page();
  for (const word of ["Change plan", "Cancel plan", "Change card"])
    expect(text).not.toContain(word);
  expect(await (await press("cancel", {})).text()).toContain("cannot be done");
  await press("update", { item, quantity: "5" });
  expect(await read()).toMatchObject({ status: "active", items: { data: [{ quantity: 1 }] } });
});

test("a flow opens on what it is for, and leads back when that is done", async () => {
  const { session, press, made } = await opened("pflow", {}, (subscription) => ({
    type: "subscription_cancel",
    subscription_cancel: { subscription },
    after_completion: { type: "redirect", redirect: { return_url: "http://shop.test/bye" } },
  }));
  const first = await fetch(session.url, { redirect: "manual" });
  expect(first.headers.get("location")).toContain(`/subscriptions/${made.id}/cancel`);
  const done = await press("cancel", { feedback: "other" });
  expect(done.headers.get("location")).toBe("http://shop.test/bye");
});

test("a session is over after an hour, and another customer's plan is out of reach", async () => {
  const { press, stripe, session, read, page } = await opened("plate");
  const other = await payingCustomer(stripe);
  const { id } = await stripe.billingPortal.sessions.create({ customer: other.id });
  expect(id).toMatch(/^bps_/);
  const theirs = await stripe.billingPortal.sessions.create({ customer: other.id });
  const stolen = await fetch(`${theirs.url}/cancel`, {
    method: "POST",
    body: new URLSearchParams({ subscription: (await read()).id }),
  });
  expect(await stolen.text()).toContain("No such page");
  expect((await read()).cancel_at_period_end).toBe(false);
  expect(await page()).toContain("Change plan");
  await sandbox.admin("/clock", { advance_seconds: 3600 }, "plate");
  expect((await fetch(session.url)).status).toBe(410);
  expect((await press("cancel", {})).status).toBe(410);
});
