import { expect, test } from "vitest";
import { monthlyPrice, withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();

/** A request as the Stripe CLI sends it: without a version. */
async function send(path: string, body: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${sandbox.url}${path}`, {
    method: "POST",
    headers: { authorization: "Bearer sk_test_older", ...headers },
    body: new URLSearchParams(body),
  });
  return (await response.json()) as Record<string, unknown> & { error?: { message: string } };
}

test("who names no version may use the older names of parameters", async () => {
  const stripe = sandbox.client("older");
  const intent = "amount=2000&currency=usd&payment_method_types[]=card";
  expect(await send("/v1/payment_intents", intent)).toMatchObject({
    allowed_payment_method_types: ["card"],
  });
  const customer = await send("/v1/customers", "source=tok_visa");
  expect((await stripe.paymentMethods.list({ customer: String(customer.id) })).data).toHaveLength(
    1,
  );

  const coupon = await stripe.coupons.create({ percent_off: 20 });
  expect(await send("/v1/promotion_codes", `coupon=${coupon.id}`)).toMatchObject({
    promotion: { type: "coupon", coupon: coupon.id },
  });
  const price = await monthlyPrice(stripe, 2000);
  const phase = `phases[0][iterations]=2&phases[0][items][0][price]=${price.id}`;
  const schedule = `customer=${customer.id}&start_date=now&${phase}`;
  const { phases } = (await send("/v1/subscription_schedules", schedule)) as {
    phases?: { start_date: number; end_date: number }[];
  };
  const days = ((phases?.[0]?.end_date ?? 0) - (phases?.[0]?.start_date ?? 0)) / 86_400;
  expect(days).toBeGreaterThan(58);
  expect(days).toBeLessThan(63);
});

test("who names our version is held to it, and a version that is none is refused", async () => {
  const intent = "amount=2000&currency=usd&payment_method_types[]=card";
  const ours = { "stripe-version": "2026-10-28.endive" };
  expect((await send("/v1/payment_intents", intent, ours)).error?.message).toContain(
    "Received unknown parameter: payment_method_types",
  );
  const wrong = { "stripe-version": "yesterday" };
  expect((await send("/v1/customers", "", wrong)).error?.message).toBe(
    "Invalid Stripe API version: yesterday",
  );
});

test("a session is completed with a payment method, as Stripe's CLI does", async () => {
  const stripe = sandbox.client("older");
  const session = await stripe.checkout.sessions.create({
    ...{ mode: "payment", success_url: "https://shop.test/done" },
    line_items: [
      {
        price_data: { currency: "usd", unit_amount: 5000, product_data: { name: "Lamp" } },
        quantity: 1,
      },
    ],
  });
  const path = `/v1/payment_pages/${session.id}/confirm`;
  const wrong = await send(path, "payment_method=pm_card_visa&expected_amount=1");
  expect(wrong.error?.message).toBe("The amount is 5000, not 1.");
  expect(await send(path, "payment_method=pm_card_visa&expected_amount=5000")).toMatchObject({
    ...{ status: "complete", payment_status: "paid" },
  });
});
