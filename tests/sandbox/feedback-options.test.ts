import type Stripe from "stripe";
import { expect, test } from "vitest";
import { monthlyPrice, payingCustomer, withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();
const failure = (error: unknown) => error as Stripe.errors.StripeError;
const param = "cancellation_details[feedback_option]";

async function subscribed(name: string) {
  const stripe = sandbox.client(name);
  const { id: customer } = await payingCustomer(stripe);
  const price = await monthlyPrice(stripe, 1_000);
  const { id } = await stripe.subscriptions.create({ customer, items: [{ price: price.id }] });
  const option = await stripe.billing.feedbackOptions.create({ description: "Moved away" });
  return { stripe, id, option: option.id };
}

test("a subscription ends for a reason of the account's own", async () => {
  const { stripe, id, option } = await subscribed("own");
  const ending = await stripe.subscriptions.update(id, {
    ...{ cancel_at_period_end: true, expand: ["cancellation_details.feedback_option"] },
    cancellation_details: { feedback_option: option, comment: "Bye" },
  });
  expect(ending.cancellation_details).toMatchObject({
    ...{ comment: "Bye", feedback: null, reason: "cancellation_requested" },
    feedback_option: { id: option, object: "billing.feedback_option", description: "Moved away" },
  });
  const canceled = await stripe.subscriptions.cancel(id, {
    cancellation_details: { feedback: "unused", feedback_option: "" },
  });
  expect(canceled.cancellation_details).toMatchObject({
    ...{ feedback: "unused", feedback_option: null, comment: "Bye" },
  });
});

test("an option is renamed, listed by its state and put out of use", async () => {
  const { stripe, id, option } = await subscribed("used");
  const { feedbackOptions } = stripe.billing;
  expect((await feedbackOptions.update(option, { description: "Moved" })).description).toBe(
    "Moved",
  );
  const over = await feedbackOptions.deactivate(option);
  expect(over.status).toBe("inactive");
  expect(over.status_transitions.deactivated_at).not.toBeNull();
  expect((await feedbackOptions.list({ status: "active" })).data).toEqual([]);
  expect((await feedbackOptions.list({ status: "inactive" })).data).toHaveLength(1);
  expect(await feedbackOptions.deactivate(option).catch(failure)).toMatchObject({
    ...{ statusCode: 400, rawType: "invalid_request_error" },
  });
  const cancellation_details = { feedback_option: option };
  const late = stripe.subscriptions.cancel(id, { cancellation_details });
  expect(await late.catch(failure)).toMatchObject({ statusCode: 400, param });
});

test("reasons nobody knows are refused", async () => {
  const { stripe, id } = await subscribed("unknown");
  const cancel = (cancellation_details: Stripe.SubscriptionCancelParams.CancellationDetails) =>
    stripe.subscriptions.cancel(id, { cancellation_details }).catch(failure);
  expect(await cancel({ feedback_option: "fdbkopt_none" })).toMatchObject({
    ...{ statusCode: 400, code: "resource_missing", param },
  });
  expect(await cancel({ feedback: "boredom" })).toMatchObject({
    ...{ statusCode: 400, param: "cancellation_details[feedback]" },
  });
  expect(
    await stripe.billing.feedbackOptions.retrieve("fdbkopt_none").catch(failure),
  ).toMatchObject({ statusCode: 404, code: "resource_missing" });
  expect((await stripe.subscriptions.retrieve(id)).status).toBe("active");
});
