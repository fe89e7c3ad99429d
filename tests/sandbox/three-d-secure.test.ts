import type Stripe from "stripe";
import { expect, test } from "vitest";
import { pay, rowsOf, type Tried, typeCard } from "#tests/sandbox/try-card";
import { withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();

type Request = "any" | "automatic" | "challenge";
const asking = (request_three_d_secure: Request) => ({
  payment_method_options: { card: { request_three_d_secure } },
});

/**
 * The three tables of https://docs.stripe.com/testing#regulatory-cards and the cards it refers to:
 * what comes of a payment by default, when 3D Secure is asked for, and when nobody is there; what
 * comes of setting the card up; its country, its number and its name. A word of two parts is what
 * comes of it, and what the charge then says of 3D Secure.
 */
const cards = rowsOf(`
  challenge:paid    | challenge:paid              | asked                   | challenge | FR | 4000002500003155 | pm_card_authenticationRequiredOnSetup
  challenge:paid    | challenge:paid              | asked                   | challenge | DE | 4000002760003184 | pm_card_authenticationRequired
  challenge:paid    | challenge:paid              | paid                    | saved     | IT | 4000003800000446 | pm_card_authenticationRequiredSetupForOffSession
  challenge:poor    | challenge:poor              | poor                    | challenge | GB | 4000008260003178 | pm_card_authenticationRequiredChargeDeclinedInsufficientFunds
  challenge:paid    | challenge:paid              | asked                   | challenge | IE | 4000000000003220 | pm_card_threeDSecure2Required
  challenge:paid    | challenge:paid              | asked                   | challenge | IE | 4000000000003220 | tok_threeDSecure2Required
  challenge:paid    | challenge:paid              | asked                   | challenge | US | 4000008400000027 |
  challenge:refused | challenge:refused           | asked                   | challenge | US | 4000008400001629 | pm_card_threeDSecureRequiredChargeDeclined
  challenge:refused | challenge:refused           | asked                   | challenge | US | 4000008400001629 | tok_threeDSecureRequiredChargeDeclined
  refused           | refused                     | refused                 | refused   | US | 4000008400001280 | pm_card_threeDSecureRequiredProcessingError
  refused           | refused                     | refused                 | refused   | US | 4000008400001280 | tok_threeDSecureRequiredProcessingError
  paid              | challenge:paid              | paid                    | saved     | US | 4000000000003055 | pm_card_threeDSecureOptional
  paid              | challenge:paid              | paid                    | saved     | US | 4000000000003055 | tok_threeDSecureOptional
  paid              | paid:processing_error       | paid                    | saved     | US | 4000000000003097 | pm_card_threeDSecureOptionalProcessingError
  paid              | paid:processing_error       | paid                    | saved     | US | 4000000000003097 | tok_threeDSecureOptionalProcessingError
  paid              | paid:attempt_acknowledged   | paid                    | saved     | US | 4242424242424242 | pm_card_visa
  paid              | paid:attempt_acknowledged   | paid                    | saved     | US | 4242424242424242 | tok_visa
  paid              | paid:not_supported          | paid                    | saved     | US | 378282246310005  | pm_card_amex_threeDSecureNotSupported
  paid              | paid:not_supported          | paid                    | saved     | US | 378282246310005  | tok_amex_threeDSecureNotSupported
  paid:frictionless | paid:frictionless           | paid:frictionless       | saved     | US | 4000000032200000 |
  challenge:paid    | challenge:paid              | asked                   | challenge | US | 4000582600000094 |
  challenge:paid    | challenge:paid              | asked                   | challenge | US | 4000582600000045 |
  challenge:paid    | challenge:paid              | asked                   | challenge | US | 4000582600000102 |
  challenge:paid    | challenge:paid              | asked                   | challenge | US | 4000582600000110 |
`);

async function methodsOf(stripe: Stripe, number: string, name: string): Promise<string[]> {
  const typed = (await typeCard(stripe, number)).id;
  if (name === "") return [typed];
  if (!name.startsWith("tok_")) return [typed, name];
  const card = { token: name };
  return [(await stripe.paymentMethods.create({ type: "card", card })).id];
}

async function answer(url: string | null | undefined, said = "complete"): Promise<void> {
  await fetch(url ?? "", { method: "POST", body: new URLSearchParams({ answer: said }) });
}

// What came of it in a word, and what the charge says of 3D Secure in another.
function wordsOf({ charge, intent, error }: Tried): string {
  const secure = charge?.payment_method_details?.card?.three_d_secure;
  if (error?.code === "authentication_required") return "asked";
  const failed = error?.decline_code ?? intent.last_payment_error?.decline_code;
  if (failed !== undefined) return failed === "insufficient_funds" ? "poor" : "refused";
  const how = secure?.authentication_flow ?? secure?.result;
  return how === undefined || how === null ? "paid" : `paid:${how}`;
}

async function afterwards(stripe: Stripe, tried: Tried): Promise<string> {
  if (tried.intent.status !== "requires_action") return wordsOf(tried);
  await answer(tried.intent.next_action?.redirect_to_url?.url);
  const expand = ["latest_charge"];
  const intent = await stripe.paymentIntents.retrieve(tried.intent.id, { expand });
  const charge = intent.latest_charge as Stripe.Charge;
  expect(charge.payment_method_details?.card?.three_d_secure).toMatchObject({
    ...{ authentication_flow: "challenge", result: "authenticated", version: "2.2.0" },
    electronic_commerce_indicator: "05",
  });
  return `challenge:${wordsOf({ intent, charge, error: undefined }).replace(":challenge", "")}`;
}

test.each(
  cards.map(([unasked, asked, , , country, number = "", name = ""]) => ({
    ...{ unasked, asked, country, number, name },
  })),
)("18: $number $name does what Stripe's page says, unasked and asked", async (row) => {
  const { unasked, asked, country, number, name } = row;
  const stripe = sandbox.client(`secure_${number}_${name}`);
  for (const [request, expected] of [
    ["automatic", unasked],
    ["any", asked],
    ["challenge", asked],
  ] as const) {
    for (const method of await methodsOf(stripe, number, name)) {
      const tried = await pay(stripe, method, asking(request));
      const what = `${request} of ${number} as ${method}`;
      expect(tried.intent.payment_method_options?.card?.request_three_d_secure).toBe(request);
      expect(await afterwards(stripe, tried), what).toBe(expected);
      const [charge] = (await stripe.charges.list({ payment_intent: tried.intent.id })).data;
      expect(charge?.payment_method_details?.card?.country, what).toBe(country);
    }
  }
});

test("18: off session nobody can be asked, so such a payment is declined", async () => {
  const stripe = sandbox.client("off");
  for (const [, , off, , , number = "", name = ""] of cards) {
    for (const method of await methodsOf(stripe, number, name)) {
      const tried = await pay(stripe, method, { off_session: true });
      expect(wordsOf(tried), `${number} as ${method}`).toBe(off);
    }
  }
});

test("18: setting a card up asks its holder where the card wants it, or where it is asked", async () => {
  const stripe = sandbox.client("setup");
  const customer = (await stripe.customers.create({})).id;
  const setUp = (payment_method: string, request: Request) =>
    stripe.setupIntents
      .create({ customer, payment_method, confirm: true, ...asking(request) })
      .then(
        ({ status }) => ({ requires_action: "challenge", succeeded: "saved" })[String(status)],
        ({ code }: Stripe.errors.StripeError) => (code === "card_declined" ? "refused" : code),
      );
  for (const [, , , expected, , number = "", name = ""] of cards) {
    for (const method of await methodsOf(stripe, number, name)) {
      expect(await setUp(method, "automatic"), `${number} as ${method}`).toBe(expected);
    }
  }
  expect(await setUp("pm_card_threeDSecureOptional", "any")).toBe("challenge");
  expect(await setUp("pm_card_visa", "challenge")).toBe("saved");
});

test("18: once it is set up, a card is charged without its holder if it lets itself be", async () => {
  const stripe = sandbox.client("once");
  const customer = (await stripe.customers.create({})).id;
  const later = async (card: string) => {
    const made = await stripe.setupIntents.create({
      customer,
      payment_method: card,
      confirm: true,
    });
    await answer(made.next_action?.redirect_to_url?.url);
    const method = String((await stripe.setupIntents.retrieve(made.id)).payment_method);
    return wordsOf(await pay(stripe, method, { customer, off_session: true }));
  };
  expect(await later("pm_card_authenticationRequiredOnSetup")).toBe("paid");
  expect(await later("pm_card_authenticationRequired")).toBe("asked");
  expect(await later("pm_card_authenticationRequiredChargeDeclinedInsufficientFunds")).toBe("poor");
});

test("18: what an intent asks of 3D Secure can be changed until it is confirmed", async () => {
  const stripe = sandbox.client("change");
  const bare = await stripe.paymentIntents.create({ amount: 900, currency: "usd" });
  expect(bare.payment_method_options?.card).toEqual({
    ...{ installments: null, mandate_options: null, network: null },
    request_three_d_secure: "automatic",
  });
  await stripe.paymentIntents.update(bare.id, asking("any"));
  const asked = await stripe.paymentIntents.confirm(bare.id, {
    payment_method: "pm_card_threeDSecureOptional",
  });
  expect(asked.status).toBe("requires_action");
  const setup = await stripe.setupIntents.create({});
  await stripe.setupIntents.update(setup.id, asking("challenge"));
  const waits = await stripe.setupIntents.confirm(setup.id, {
    payment_method: "pm_card_threeDSecureOptional",
  });
  expect(waits).toMatchObject({
    status: "requires_action",
    payment_method_options: { card: { request_three_d_secure: "challenge" } },
  });
  const wrong = asking("never" as Request);
  await expect(stripe.paymentIntents.update(bare.id, wrong)).rejects.toMatchObject({
    ...{ statusCode: 400, param: "payment_method_options[card][request_three_d_secure]" },
  });
  await expect(
    stripe.paymentIntents.update(bare.id, { payment_method_options: { card: { moto: true } } }),
  ).rejects.toMatchObject({ statusCode: 501, param: "payment_method_options[card][moto]" });
});

test("17: Adaptive 3DS asks the holder of its card where Radar has it on", async () => {
  const stripe = sandbox.client("adaptive");
  const names = ["pm_card_adaptive3dsChallenge", (await typeCard(stripe, "4000008405600003")).id];
  for (const name of names) expect((await pay(stripe, name)).intent.status).toBe("succeeded");
  await sandbox.admin("/settings", { radar: { rules: ["request_adaptive_3ds"] } }, "adaptive");
  const card = { token: "tok_adaptive3dsChallenge" };
  const method = await stripe.paymentMethods.create({ type: "card", card });
  expect((await pay(stripe, method.id)).intent.status).toBe("requires_action");
});

test.each(["4000000000001208", "4000000000003725"])(
  "17: the card %s is asked for pictures on a page, and not by the API",
  async (number) => {
    const stripe = sandbox.client("captcha");
    const method = async () => (await typeCard(stripe, number)).id;
    expect((await pay(stripe, await method())).intent.status).toBe("succeeded");

    const open = await stripe.paymentIntents.create({ amount: 900, currency: "usd" });
    const inBrowser = async () =>
      stripe.paymentIntents.confirm(open.id, {
        ...{ payment_method: await method(), use_stripe_sdk: true },
        client_secret: open.client_secret ?? "",
      } as Stripe.PaymentIntentConfirmParams);
    const wrong = (await inBrowser()).next_action?.redirect_to_url?.url;
    expect(await (await fetch(wrong ?? "")).text()).toContain("Are you a person?");
    await answer(wrong, "fail");
    expect((await stripe.paymentIntents.retrieve(open.id)).status).toBe("requires_payment_method");
    await answer((await inBrowser()).next_action?.redirect_to_url?.url);
    const paid = await stripe.paymentIntents.retrieve(open.id, { expand: ["latest_charge"] });
    expect(paid).toMatchObject({
      status: "succeeded",
      latest_charge: { payment_method_details: { card: { three_d_secure: null } } },
    });
  },
);
