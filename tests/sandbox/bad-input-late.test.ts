import type Stripe from "stripe";
import { expect, test } from "vitest";
import { readWorld } from "#tests/sandbox/refusal-world";
import { monthlyPrice, payingCustomer, withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();
const day = 86_400;

const advance = (name: string, seconds: number) =>
  sandbox.admin("/clock", { advance_seconds: seconds }, name);

/** What a call is refused with; it must leave every letter of its world. */
async function refusal(name: string, call: () => Promise<unknown>) {
  const before = await readWorld(sandbox, name);
  const error = await call().then(
    () => undefined,
    (thrown: unknown) => thrown as Stripe.errors.StripeError,
  );
  expect(await readWorld(sandbox, name)).toBe(before);
  if (error === undefined) throw new Error("It was expected to be refused.");
  const { statusCode: status, code, param, message } = error;
  return { status, code, param, message };
}

test("a key that was rolled or revoked is a 401, and the world's other keys go on", async () => {
  const name = "rolled";
  const { id } = await sandbox.client(name).customers.create({ name: "Ada" });
  const get = (key: string) =>
    fetch(`${sandbox.url}/v1/customers/${id}`, { headers: { authorization: `Bearer ${key}` } });
  await sandbox.admin("/keys", { key: "rk_test_rolled", expired: true }, name);
  const refused = await get("rk_test_rolled");
  expect(refused.status).toBe(401);
  expect(await refused.json()).toMatchObject({
    error: {
      ...{ type: "invalid_request_error", code: "api_key_expired" },
      message: "Expired API Key provided: rk_test_**lled",
    },
  });
  expect((await get("sk_test_rolled")).status).toBe(200);
  await sandbox.admin("/keys", { key: "rk_test_rolled", expired: false }, name);
  expect((await get("rk_test_rolled")).status).toBe(200);
  const foreign = await sandbox.admin("/keys", { key: "sk_test_other", expired: true }, name);
  expect(foreign).toMatchObject({ error: { param: "key" } });
});

test("evidence that comes after its deadline is refused", async () => {
  const stripe = sandbox.client("evidence");
  await stripe.paymentIntents.create({
    ...{ amount: 2000, currency: "usd", payment_method: "pm_card_createDispute", confirm: true },
  });
  const [dispute] = (await stripe.disputes.list()).data;
  const due = dispute?.evidence_details.due_by ?? 0;
  await advance("evidence", due - Math.floor(Date.now() / 1000) + day);
  const late = () =>
    stripe.disputes.update(dispute?.id ?? "", { evidence: { product_description: "A chair" } });
  expect(await refusal("evidence", late)).toMatchObject({
    ...{ status: 400, message: expect.stringContaining("lost") },
  });
});

test("a coupon and a code that are used up, or past their day, take nothing off any more", async () => {
  const name = "usedup";
  const stripe = sandbox.client(name);
  const { id: customer } = await payingCustomer(stripe);
  const items = [{ price: (await monthlyPrice(stripe, 2000)).id }];
  const now = (await sandbox.admin<{ now: number }>("/clock", undefined, name)).now;
  const coupon = await stripe.coupons.create({ percent_off: 10, max_redemptions: 1 });
  const brief = await stripe.coupons.create({ percent_off: 10, redeem_by: now + day });
  const lasting = await stripe.coupons.create({ percent_off: 10 });
  const promotion = { type: "coupon" as const, coupon: lasting.id };
  const code = await stripe.promotionCodes.create({ promotion, max_redemptions: 1 });
  const passing = await stripe.promotionCodes.create({ promotion, expires_at: now + day });
  const withOne = (discount: Stripe.SubscriptionCreateParams.Discount) =>
    stripe.subscriptions.create({ customer, items, discounts: [discount] });
  await withOne({ coupon: coupon.id });
  await withOne({ promotion_code: code.id });
  await advance(name, 2 * day);

  const couponOver = { status: 400, code: "coupon_expired", param: "discounts[0][coupon]" };
  expect(await refusal(name, () => withOne({ coupon: coupon.id }))).toMatchObject(couponOver);
  expect(await refusal(name, () => withOne({ coupon: brief.id }))).toMatchObject(couponOver);
  const codeOver = { status: 400, param: "discounts[0][promotion_code]" };
  for (const over of [code, passing]) {
    const refused = await refusal(name, () => withOne({ promotion_code: over.id }));
    expect(refused).toMatchObject({ ...codeOver, message: "This promotion code is expired." });
  }
});

test("a portal session that is over shows nothing and does nothing", async () => {
  const stripe = sandbox.client("portal");
  const { id: customer } = await payingCustomer(stripe);
  const items = [{ price: (await monthlyPrice(stripe, 2000)).id }];
  await stripe.subscriptions.create({ customer, items });
  const { url } = await stripe.billingPortal.sessions.create({ customer });
  expect((await fetch(url)).status).toBe(200);
  await advance("portal", 2 * 3600);
  const before = await readWorld(sandbox, "portal");
  for (const method of ["GET", "POST"]) {
    const page = await fetch(url, {
      ...{ method, redirect: "manual" },
      ...(method === "POST" ? { body: new URLSearchParams({ act: "cancel" }) } : {}),
    });
    expect(page.status).toBeGreaterThanOrEqual(400);
    expect(await page.text()).not.toContain("ada@acme.test");
  }
  expect(await readWorld(sandbox, "portal")).toBe(before);
});

test("a key for idempotency may be used anew after a day, and not before", async () => {
  const stripe = sandbox.client("dayold");
  const options = { idempotencyKey: "order-1" };
  const first = await stripe.customers.create({ name: "A" }, options);
  await advance("dayold", day - 60);
  expect((await stripe.customers.create({ name: "A" }, options)).id).toBe(first.id);
  const other = await refusal("dayold", () => stripe.customers.create({ name: "B" }, options));
  expect(other).toMatchObject({ status: 400 });
  await advance("dayold", 120);
  const anew = await stripe.customers.create({ name: "B" }, options);
  expect(anew.id).not.toBe(first.id);
  expect(anew.lastResponse.headers["idempotent-replayed"]).toBeUndefined();
  expect((await stripe.customers.create({ name: "B" }, options)).id).toBe(anew.id);
});

test("an empty key for idempotency is none", async () => {
  const make = async () => {
    const response = await fetch(`${sandbox.url}/v1/customers`, {
      method: "POST",
      headers: { authorization: "Bearer sk_test_emptykey", "idempotency-key": "" },
      body: new URLSearchParams({ name: "A" }),
    });
    return (await response.json()) as { id: string };
  };
  expect((await make()).id).not.toBe((await make()).id);
});

test("metadata that grows beyond fifty keys is refused, however it comes", async () => {
  const stripe = sandbox.client("grown");
  const keys = (from: number, count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, place) => [`k${from + place}`, "x"]));
  const { id } = await stripe.customers.create({ metadata: keys(0, 50) });
  const more = () => stripe.customers.update(id, { metadata: keys(50, 1) });
  expect(await refusal("grown", more)).toMatchObject({
    ...{ status: 400, param: "metadata" },
    message: expect.stringContaining("Metadata can have up to 50 keys, but you've set 51."),
  });
  await stripe.customers.update(id, { metadata: { k0: "", k50: "x" } });
});

test.each([
  ["beyond any calendar", 99_999_999_999_999],
  ["before there were clocks", -1],
])("a test clock cannot stand %s", async (_where, frozen_time) => {
  const stripe = sandbox.client("farclock");
  const make = () => stripe.testHelpers.testClocks.create({ frozen_time });
  expect(await refusal("farclock", make)).toMatchObject({ status: 400, param: "frozen_time" });
});

test("the time machine goes nowhere that no calendar reaches", async () => {
  const far = await sandbox.admin("/clock", { to: 99_999_999_999_999 }, "farworld");
  expect(far).toMatchObject({ error: { param: "to" } });
  const long = await sandbox.admin("/clock", { advance_seconds: 99_999_999_999_999 }, "farworld");
  expect(long).toMatchObject({ error: { param: "advance_seconds" } });
});

test("of a parameter sent twice the last counts, and a list's items end where a name comes again", async () => {
  const post = async (path: string, body: string) => {
    const response = await fetch(`${sandbox.url}/v1/${path}`, {
      method: "POST",
      headers: {
        authorization: "Bearer sk_test_twice",
        "content-type": "application/x-www-form-urlencoded",
      },
      body,
    });
    return (await response.json()) as { name?: string; items?: { data: { quantity: number }[] } };
  };
  expect((await post("customers", "name=Ada&name=Mei")).name).toBe("Mei");
  const stripe = sandbox.client("twice");
  const { id: customer } = await payingCustomer(stripe);
  const [one, two] = [await monthlyPrice(stripe, 100), await monthlyPrice(stripe, 200)];
  const items = [one, two].map(({ id }, at) => `items[][price]=${id}&items[][quantity]=${at + 2}`);
  const made = await post("subscriptions", `customer=${customer}&${items.join("&")}`);
  expect(made.items?.data.map(({ quantity }) => quantity).sort()).toEqual([2, 3]);
});
