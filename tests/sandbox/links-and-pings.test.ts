import type Stripe from "stripe";
import { expect, test } from "vitest";
import { listen, readyAccount, withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();
const failure = (error: unknown) => error as Stripe.errors.StripeError;

test("a ping reaches its destination alone, signed, and can be read", async () => {
  const stripe = sandbox.client("ping");
  const [wanted, other] = [await listen(), await listen()];
  const make = (url: string) =>
    stripe.v2.core.eventDestinations.create({
      ...{ name: "Mine", type: "webhook_endpoint", event_payload: "thin" },
      ...{ enabled_events: ["v1.customer.created"], webhook_endpoint: { url } },
      include: ["webhook_endpoint.signing_secret"],
    });
  const [mine] = [await make(wanted.url), await make(other.url)];
  const event = await stripe.v2.core.eventDestinations.ping(mine.id);
  expect(event).toMatchObject({
    ...{ object: "v2.core.event", type: "v2.core.event_destination.ping", livemode: false },
    related_object: { id: mine.id, type: "v2.core.event_destination" },
  });
  await sandbox.admin("/settle", {}, "ping");
  expect([wanted.received.length, other.received.length]).toEqual([1, 0]);
  const [delivery] = wanted.received;
  const secret = mine.webhook_endpoint?.signing_secret ?? "";
  const told = stripe.parseEventNotification(
    ...[delivery?.body ?? "", delivery?.signature ?? "", secret],
  );
  expect(told.id).toBe(event.id);
  expect((await stripe.v2.core.events.retrieve(event.id)).type).toBe(event.type);
  wanted.close();
  other.close();

  await stripe.v2.core.eventDestinations.disable(mine.id);
  const refused = stripe.v2.core.eventDestinations.ping(mine.id);
  expect(await refused.catch(failure)).toMatchObject({
    ...{ statusCode: 400, code: "event_destination_disabled" },
  });
  expect(await stripe.v2.core.eventDestinations.ping("ed_test_none").catch(failure)).toMatchObject({
    ...{ statusCode: 404, code: "resource_missing" },
  });
});

/** An account with the Express Dashboard that has gone through its onboarding. */
function expressAccount(name: string) {
  return readyAccount(sandbox, name, {
    dashboard: "express",
    defaults: {
      responsibilities: { fees_collector: "application", losses_collector: "application" },
    },
  });
}

test("a login link opens an account's own page, once", async () => {
  const stripe = sandbox.client("login");
  const id = await expressAccount("login");
  await stripe.paymentIntents.create({
    ...{ amount: 10_000, currency: "usd", payment_method: "pm_card_visa", confirm: true },
    ...{ application_fee_amount: 1_000, transfer_data: { destination: id } },
  });
  const link = await stripe.accounts.createLoginLink(id);
  expect(link).toMatchObject({ object: "login_link" });
  expect(link).not.toHaveProperty("id");
  const opened = await fetch(link.url);
  const text = await opened.text();
  expect(opened.status).toBe(200);
  for (const words of ["Shop", "On its way", "$90.00", "$100.00", "Succeeded"]) {
    expect(text).toContain(words);
  }
  const again = await fetch(link.url);
  expect([again.status, await again.text()]).toEqual([404, expect.stringContaining("is over")]);
});

test("a login link is for onboarded Express accounts", async () => {
  const stripe = sandbox.client("nologin");
  const bare = await readyAccount(sandbox, "nologin");
  const refused = { statusCode: 400, rawType: "invalid_request_error" };
  expect(await stripe.accounts.createLoginLink(bare).catch(failure)).toMatchObject(refused);
  const fresh = await stripe.v2.core.accounts.create({
    ...{ display_name: "Fresh", dashboard: "express", identity: { country: "us" } },
    configuration: { merchant: { capabilities: { card_payments: { requested: true } } } },
    defaults: {
      responsibilities: { fees_collector: "application", losses_collector: "application" },
    },
  });
  const early = await stripe.accounts.createLoginLink(fresh.id).catch(failure);
  expect(early).toMatchObject(refused);
  expect((early as Error).message).toContain("onboarding");
  expect(await stripe.accounts.createLoginLink("acct_none").catch(failure)).toMatchObject({
    ...{ statusCode: 404, code: "resource_missing" },
  });
});
