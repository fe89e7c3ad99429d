import type Stripe from "stripe";
import { expect, test } from "vitest";
import { pay, rowsOf, typeCard } from "#tests/sandbox/try-card";
import { withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();

/** https://docs.stripe.com/testing#declined-payments, its three tables beside each other. */
const declined = rowsOf(`
  card_declined    | generic_decline        | 4000000000000002 | pm_card_visa_chargeDeclined                      | tok_visa_chargeDeclined
  card_declined    | insufficient_funds     | 4000000000009995 | pm_card_visa_chargeDeclinedInsufficientFunds     | tok_visa_chargeDeclinedInsufficientFunds
  card_declined    | insufficient_funds     |                  |                                                  | tok_visa_debit_chargeDeclinedInsufficientFunds
  card_declined    | lost_card              | 4000000000009987 | pm_card_visa_chargeDeclinedLostCard              | tok_visa_chargeDeclinedLostCard
  card_declined    | stolen_card            | 4000000000009979 | pm_card_visa_chargeDeclinedStolenCard            | tok_visa_chargeDeclinedStolenCard
  expired_card     |                        | 4000000000000069 | pm_card_chargeDeclinedExpiredCard                | tok_chargeDeclinedExpiredCard
  expired_card     |                        |                  |                                                  | tok_visa_chargeDeclinedExpiredCard
  incorrect_cvc    |                        | 4000000000000127 | pm_card_chargeDeclinedIncorrectCvc               | tok_chargeDeclinedIncorrectCvc
  incorrect_cvc    |                        |                  |                                                  | tok_visa_chargeDeclinedIncorrectCvc
  processing_error |                        | 4000000000000119 | pm_card_chargeDeclinedProcessingError            | tok_chargeDeclinedProcessingError
  processing_error |                        |                  |                                                  | tok_visa_chargeDeclinedProcessingError
  card_declined    | card_velocity_exceeded | 4000000000006975 | pm_card_visa_chargeDeclinedVelocityLimitExceeded | tok_visa_chargeDeclinedVelocityLimitExceeded
`);
/** The page gives this token the code of an expired card, which its own name contradicts. */
const fraudulentToken = "tok_visa_chargeDeclinedFraudulent";

const declinedLater = rowsOf(`
  generic_decline | 4000000000000341 | pm_card_chargeCustomerFail | tok_chargeCustomerFail
  generic_decline |                  |                            | tok_visa_chargeCustomerFail
  lost_card       |                  |                            | tok_visa_chargeCustomerFailLostCard
  stolen_card     |                  |                            | tok_visa_chargeCustomerFailStolenCard
`);

const failure = (error: unknown) => error as Stripe.errors.StripeCardError;
const ofToken = async (stripe: Stripe, token: string) =>
  (await stripe.paymentMethods.create({ type: "card", card: { token } })).id;

// Every payment method a row names: its number typed, its ready-made one, and its token's.
async function methodsOf(stripe: Stripe, [number, method, token]: string[]): Promise<string[]> {
  return [
    ...(number ? [(await typeCard(stripe, number)).id] : []),
    ...(method ? [method] : []),
    ...(token ? [await ofToken(stripe, token)] : []),
  ];
}

test("17: every card a bank refuses is refused with its codes, and cannot be saved", async () => {
  const stripe = sandbox.client("declines");
  const customer = (await stripe.customers.create({})).id;
  for (const [code, declineCode, ...names] of declined) {
    for (const method of await methodsOf(stripe, names)) {
      const { charge, error, intent } = await pay(stripe, method);
      const refused = { statusCode: 402, code, decline_code: declineCode };
      expect(error, method).toMatchObject(refused);
      expect(intent.status).toBe("requires_payment_method");
      expect(charge).toMatchObject({ status: "failed", failure_code: code });
      expect(charge?.outcome).toMatchObject({
        ...{ type: "issuer_declined", network_status: "declined_by_network" },
        reason: declineCode || code,
      });
    }
    for (const method of await methodsOf(stripe, names)) {
      const kept = await stripe.paymentMethods.attach(method, { customer }).catch(failure);
      expect(kept, method).toMatchObject({ statusCode: 402, code });
    }
    const [, , source = ""] = names;
    const direct = stripe.charges.create({ amount: 900, currency: "usd", source });
    expect(await direct.catch(failure), source).toMatchObject({ statusCode: 402, code });
  }
});

test("17: every card that is declined after attaching is saved, and then declined", async () => {
  const stripe = sandbox.client("later");
  const customer = (await stripe.customers.create({})).id;
  for (const [declineCode, ...names] of declinedLater) {
    for (const method of await methodsOf(stripe, names)) {
      const { id } = await stripe.paymentMethods.attach(method, { customer });
      const { error } = await pay(stripe, id, { customer, off_session: true });
      expect(error, method).toMatchObject({ code: "card_declined", decline_code: declineCode });
    }
  }
});

test("17: a code that was not typed cannot be incorrect", async () => {
  const stripe = sandbox.client("nocode");
  const bare = await typeCard(stripe, "4000000000000127", { isBare: true });
  expect(bare.card?.checks?.cvc_check).toBeNull();
  expect((await pay(stripe, bare.id)).intent.status).toBe("succeeded");
});

test.each([
  ["incorrect_number", { number: "4242424242424241" }],
  ["invalid_expiry_month", { exp_month: 13 }],
  ["invalid_expiry_year", { exp_year: 1995 }],
  ["invalid_cvc", { cvc: "99" }],
])("17: what is wrong in itself is refused as %s", async (code, wrong) => {
  const card = { number: "4242424242424242", exp_month: 12, exp_year: 2040, cvc: "123", ...wrong };
  const made = sandbox.client("invalid").paymentMethods.create({ type: "card", card });
  expect(await made.catch(failure)).toMatchObject({ statusCode: 402, code });
});

/** https://docs.stripe.com/testing#fraud-prevention and /radar/testing, by numbers and names. */
const blockedCards = rowsOf(`
  4100000000000019 | radarBlock
  4100000000000019 | chargeDeclinedFraudulent
  4000000000004954 | riskLevelHighest
`);
const ruledCards = rowsOf(`
  4000008400000407 | highFraudDisputeScore     | block_high_fraud_dispute_score
  4000008400000159 | highEfwScore              | block_high_early_fraud_warning_score
  4000008400001017 | radarDynamicRiskThreshold | block_dynamic_risk_threshold
  4001858821843804 | freeTrialAbuseBlock       | block_free_trial_abuse
  4000000000000101 | cvcCheckFail              | block_failed_cvc
  4000058400307872 | cvcCheckFailElevatedRisk  | block_failed_cvc
`);
const checkedCards = rowsOf(`
  normal   | fail | pass        | pass        | 4000000000000101 | cvcCheckFail
  normal   | pass | fail        | pass        | 4000000000000036 | avsZipFail
  elevated | fail | pass        | pass        | 4000058400307872 | cvcCheckFailElevatedRisk
  elevated | pass | fail        | pass        | 4000058400306072 | avsZipFailElevatedRisk
  normal   | pass | pass        | fail        | 4000000000000028 | avsLine1Fail
  normal   | pass | fail        | fail        | 4000000000000010 | avsFail
  normal   | pass | unavailable | unavailable | 4000000000000044 | avsUnchecked
  elevated | pass | pass        | pass        | 4000000000009235 | riskLevelElevated
`);

const namesOf = (number: string, name: string) => [number, `pm_card_${name}`, `tok_${name}`];

test("17: what is too risky is blocked before a bank hears of it", async () => {
  const stripe = sandbox.client("blocked");
  const rows = blockedCards.map(([number = "", name = ""]) => namesOf(number, name));
  for (const method of (
    await Promise.all([...rows, ["", "", fraudulentToken]].map((row) => methodsOf(stripe, row)))
  ).flat()) {
    const { charge, error } = await pay(stripe, method);
    expect(error, method).toMatchObject({ code: "card_declined", decline_code: "fraudulent" });
    expect(charge?.outcome, method).toMatchObject({
      ...{ type: "blocked", reason: "highest_risk_level", risk_level: "highest" },
      network_status: "not_sent_to_network",
    });
  }
});

test("17: Radar's controls block their cards where they are on, and no others", async () => {
  const stripe = sandbox.client("rules");
  const setRules = (rules: string[]) =>
    sandbox.admin<{ error?: unknown }>("/settings", { radar: { rules } }, "rules");
  for (const [number = "", name = "", rule = ""] of ruledCards) {
    for (const method of await methodsOf(stripe, namesOf(number, name))) {
      expect((await pay(stripe, method)).intent.status, method).toBe("succeeded");
    }
    await setRules([rule]);
    for (const method of await methodsOf(stripe, namesOf(number, name))) {
      const { charge, error } = await pay(stripe, method);
      expect(error, method).toMatchObject({ decline_code: "fraudulent" });
      expect(charge?.outcome, method).toMatchObject({ type: "blocked", reason: "rule", rule });
    }
    expect((await pay(stripe, "pm_card_visa")).intent.status).toBe("succeeded");
    await setRules([]);
  }
  await setRules(["block_failed_postal_code"]);
  const typed = await typeCard(stripe, "4000000000000036");
  expect((await pay(stripe, typed.id)).charge?.outcome).toMatchObject({ reason: "rule" });
  expect(await setRules(["block_everything"])).toMatchObject({
    error: { param: "radar[rules][0]" },
  });
});

test("17: every card that a check fails of says so, if it was given what is checked", async () => {
  const stripe = sandbox.client("checks");
  for (const [risk, cvc, zip, line1, number = "", name = ""] of checkedCards) {
    const typed = await typeCard(stripe, number);
    expect(typed.card?.checks, number).toEqual({
      ...{ cvc_check: cvc, address_postal_code_check: zip, address_line1_check: line1 },
    });
    const bare = await typeCard(stripe, number, { isBare: true });
    expect(bare.card?.checks, number).toEqual({
      ...{ cvc_check: null, address_postal_code_check: null, address_line1_check: null },
    });
    for (const method of await methodsOf(stripe, namesOf(number, name))) {
      const { charge, intent } = await pay(stripe, method);
      expect(intent.status, method).toBe("succeeded");
      expect(charge?.outcome, method).toMatchObject({ type: "authorized", risk_level: risk });
      expect(charge?.payment_method_details?.card?.checks?.cvc_check, method).toBe(cvc);
    }
  }
});
