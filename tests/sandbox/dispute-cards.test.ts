import type Stripe from "stripe";
import { expect, test } from "vitest";
import { pay, rowsOf, typeCard } from "#tests/sandbox/try-card";
import { withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();
const failure = (error: unknown) => error as Stripe.errors.StripeError;

/** https://docs.stripe.com/testing#disputes: what each card's dispute is, its number and its name. */
const cards = rowsOf(`
  fraudulent           | chargeback | needs_response         | 10.4 | 4000000000000259 | createDispute
  product_not_received | chargeback | needs_response         | 13.1 | 4000000000002685 | createDisputeProductNotReceived
  general              | inquiry    | warning_needs_response | 12.6 | 4000000000001976 | createDisputeInquiry
  fraudulent           | chargeback | needs_response         | 10.4 | 4000000404000038 | createCe3EligibleDispute
  noncompliant         | compliance | needs_response         |      | 4000008400000779 | createComplianceDispute
  noncompliant         | compliance | needs_response         |      | 5105008400000002 | createMastercardComplianceDispute
  fraudulent           | chargeback | needs_response         | 10.4 | 4000000001000043 | createAutoRepresentmentEligibleDispute
  fraudulent           | chargeback | needs_response         | 10.4 | 4000000404004816 | createRapidDisputeResolutionDispute
  fraudulent           | chargeback | needs_response         | 10.4 | 4000000404005649 | createCe3BlockDispute
  fraudulent           | chargeback | needs_response         | 4837 | 5105000300000018 | createEthocaAlert
`);
const prevented = rowsOf(`
  resolution | resolution | 4000000404004816 | createRapidDisputeResolutionDispute
  block      | deflection | 4000000404005649 | createCe3BlockDispute
  resolution | resolution | 5105000300000018 | createEthocaAlert
`);

async function methodsOf(stripe: Stripe, number: string, name: string): Promise<string[]> {
  const card = { token: `tok_${name}` };
  const ofToken = await stripe.paymentMethods.create({ type: "card", card });
  return [(await typeCard(stripe, number)).id, `pm_card_${name}`, ofToken.id];
}

async function disputesOf(stripe: Stripe, method: string): Promise<Stripe.Dispute[]> {
  const { charge, intent } = await pay(stripe, method);
  expect(intent.status, method).toBe("succeeded");
  return (await stripe.disputes.list({ charge: charge?.id ?? "" })).data;
}

async function disputed(name: string, card: string) {
  const stripe = sandbox.client(name);
  const [dispute] = await disputesOf(stripe, `pm_card_${card}`);
  if (dispute === undefined) throw new Error("The card disputes its charge.");
  const update = (params: Stripe.DisputeUpdateParams) => stripe.disputes.update(dispute.id, params);
  const after = async (seconds: number) => {
    await sandbox.admin("/clock", { advance_seconds: seconds }, name);
    return stripe.disputes.retrieve(dispute.id);
  };
  return { stripe, dispute, update, after };
}

const netOf = async (stripe: Stripe) =>
  (await stripe.balanceTransactions.list({ limit: 100 })).data.reduce(
    (sum, { net }) => sum + net,
    0,
  );

test("17: every card of a dispute pays and is disputed as its table says", async () => {
  const stripe = sandbox.client("table");
  for (const [reason, caseType, status, code, number = "", name = ""] of cards) {
    for (const method of await methodsOf(stripe, number, name)) {
      const found = await disputesOf(stripe, method);
      expect(found, method).toHaveLength(1);
      expect(found[0], method).toMatchObject({
        ...{ reason, status, amount: 10_000, network_reason_code: code || null },
        payment_method_details: {
          type: "card",
          card: {
            brand: number.startsWith("5") ? "mastercard" : "visa",
            ...{ case_type: caseType, network_reason_code: code || null },
          },
        },
      });
    }
  }
});

test("17: the card of a warning is warned of, and not disputed", async () => {
  const stripe = sandbox.client("warning");
  for (const method of await methodsOf(stripe, "4000000000005423", "createIssuerFraudRecord")) {
    expect(await disputesOf(stripe, method), method).toEqual([]);
    expect((await stripe.radar.earlyFraudWarnings.list({ limit: 1 })).data[0]).toMatchObject({
      actionable: true,
    });
  }
});

test("17: a charge may be disputed several times, and each is decided for itself", async () => {
  const stripe = sandbox.client("several");
  for (const method of await methodsOf(stripe, "4000000404000079", "createMultipleDisputes")) {
    const before = await netOf(stripe);
    const [second, first] = await disputesOf(stripe, method);
    expect([first?.amount, second?.amount], method).toEqual([5000, 5000]);
    expect(await netOf(stripe)).toBe(before + 9680 - 2 * (5000 + 1500));
    const evidence = { uncategorized_text: "winning_evidence" };
    await stripe.disputes.update(first?.id ?? "", { evidence });
    await sandbox.admin("/clock", { advance_seconds: 1 }, "several");
    expect((await stripe.disputes.retrieve(first?.id ?? "")).status).toBe("won");
    expect((await stripe.disputes.retrieve(second?.id ?? "")).status).toBe("needs_response");
    expect(await netOf(stripe)).toBe(before + 9680 - 5000 - 2 * 1500);
    const charge = String(second?.charge);
    expect(await stripe.refunds.create({ charge }).catch(failure)).toMatchObject({
      code: "charge_disputed",
    });
  }
  const odd = await pay(stripe, "pm_card_createMultipleDisputes", { amount: 9999 });
  const { data } = await stripe.disputes.list({ charge: odd.charge?.id ?? "" });
  expect(data.map(({ amount }) => amount)).toEqual([5000, 4999]);
});

const ip = "203.0.113.7";
const email = "ada@acme.test";
type Compelling = Stripe.DisputeUpdateParams.Evidence.EnhancedEvidence.VisaCompellingEvidence3;
const story = (visa_compelling_evidence_3: Compelling) => ({
  evidence: { enhanced_evidence: { visa_compelling_evidence_3 } },
});

test("Visa's compelling evidence says what it lacks until it qualifies", async () => {
  const { stripe, dispute, update, after } = await disputed("ce3", "createCe3EligibleDispute");
  const states = ({ evidence_details: details }: Stripe.Dispute) =>
    details.enhanced_eligibility.visa_compelling_evidence_3;
  expect(dispute.enhanced_eligibility_types).toEqual(["visa_compelling_evidence_3"]);
  expect(states(dispute)).toEqual({
    required_actions: [
      ...["missing_customer_identifiers", "missing_disputed_transaction_description"],
      ...["missing_merchandise_or_services", "missing_prior_undisputed_transactions"],
    ],
    status: "requires_action",
  });
  const earlier = [await pay(stripe, "pm_card_visa"), await pay(stripe, "pm_card_visa")];
  const prior = earlier.map(({ charge }) => ({
    ...{ charge: charge?.id ?? "", customer_purchase_ip: ip, customer_email_address: email },
  }));
  const draft = await update({
    ...story({
      disputed_transaction: {
        ...{ customer_purchase_ip: ip, customer_email_address: email },
        ...{ merchandise_or_services: "services", product_description: "A year of Team" },
      },
      prior_undisputed_transactions: prior,
    }),
    submit: false,
  });
  expect(states(draft)).toEqual({
    required_actions: ["missing_prior_undisputed_transaction_description"],
    status: "requires_action",
  });
  const described = prior.map((each) => ({ ...each, product_description: "A month of Team" }));
  const ready = await update({
    ...story({ prior_undisputed_transactions: described }),
    submit: false,
  });
  expect(states(ready)).toEqual({ required_actions: [], status: "qualified" });
  expect(ready.status).toBe("needs_response");
  const sent = await update({ evidence: { uncategorized_text: "winning_evidence" } });
  expect([sent.status, states(sent)?.status]).toEqual(["under_review", "qualified"]);
  expect((await after(1)).status).toBe("won");
});

test.each([
  ["two main elements", { customer_device_id: "0123456789abcde" }, "qualified"],
  [
    "a device told twice",
    {
      customer_purchase_ip: "",
      customer_device_id: "0123456789abcde",
      customer_device_fingerprint: "0123456789abcdef0123",
    },
    "not_qualified",
  ],
  ["one main element alone", {}, "not_qualified"],
  ["a device told too shortly", { customer_device_id: "short" }, "not_qualified"],
  [
    "an address beside the main one",
    { shipping_address: { line1: "Via Roma 1", city: "Turin" } },
    "qualified",
  ],
])("Visa's compelling evidence of %s", async (what, elements, status) => {
  const { stripe, update } = await disputed(
    `ce3 ${what}`.replaceAll(" ", "_"),
    "createCe3EligibleDispute",
  );
  const told = { customer_purchase_ip: ip, product_description: "A lamp", ...elements };
  const prior_undisputed_transactions = [];
  for (let count = 0; count < 2; count += 1) {
    const { charge } = await pay(stripe, "pm_card_visa");
    prior_undisputed_transactions.push({ ...told, charge: charge?.id ?? "" });
  }
  const disputed_transaction = { ...told, merchandise_or_services: "merchandise" as const };
  const sent = await update(story({ disputed_transaction, prior_undisputed_transactions }));
  expect(sent.status).toBe("under_review");
  expect(sent.evidence_details.enhanced_eligibility.visa_compelling_evidence_3?.status).toBe(
    status,
  );
});

test("evidence of a kind that a dispute is not eligible for is refused, and so is an unknown charge", async () => {
  const { dispute, update, stripe } = await disputed("ce3no", "createDispute");
  expect(dispute.enhanced_eligibility_types).toEqual([]);
  expect(
    await update(
      story({
        prior_undisputed_transactions: [] as never[],
        disputed_transaction: { product_description: "A lamp" },
      }),
    ).catch(failure),
  ).toMatchObject({
    ...{ statusCode: 400, param: "evidence[enhanced_evidence][visa_compelling_evidence_3]" },
  });
  const eligible = await disputed("ce3ch", "createCe3EligibleDispute");
  const unknown = story({ prior_undisputed_transactions: [{ charge: "ch_nobody" }] });
  expect(await eligible.update(unknown).catch(failure)).toMatchObject({ code: "resource_missing" });
  expect((await stripe.disputes.retrieve(dispute.id)).evidence_details.has_evidence).toBe(false);
});

test.each([
  ["visa_compliance", "createComplianceDispute"],
  ["mastercard_compliance", "createMastercardComplianceDispute"],
] as const)(
  "a case of %s is answered for the network's fee, which comes back with it",
  async (type, card) => {
    const { stripe, dispute, update, after } = await disputed(type, card);
    expect(dispute).toMatchObject({
      ...{ reason: "noncompliant", enhanced_eligibility_types: [type] },
      evidence: { enhanced_evidence: { [type]: { fee_acknowledged: false } } },
      evidence_details: {
        enhanced_eligibility: { [type]: { status: "requires_fee_acknowledgement" } },
      },
    });
    const evidence = { uncategorized_text: "winning_evidence" };
    expect(await update({ evidence }).catch(failure)).toMatchObject({
      ...{ statusCode: 400, param: "evidence[enhanced_evidence]" },
    });
    const untouched = await stripe.disputes.retrieve(dispute.id);
    expect(untouched).toMatchObject({
      status: "needs_response",
      evidence: { uncategorized_text: null },
    });
    const before = await netOf(stripe);
    const sent = await update({
      evidence: { ...evidence, enhanced_evidence: { [type]: { fee_acknowledged: true } } },
    });
    expect(sent).toMatchObject({
      status: "under_review",
      evidence_details: { enhanced_eligibility: { [type]: { status: "fee_acknowledged" } } },
    });
    expect(await netOf(stripe)).toBe(before - 50_000);
    expect((await after(1)).status).toBe("won");
    expect(await netOf(stripe)).toBe(before + 10_000);
  },
);

test("a case of compliance that is lost or closed costs what it did", async () => {
  const lost = await disputed("comp2", "createComplianceDispute");
  await lost.update({
    evidence: {
      uncategorized_text: "losing_evidence",
      enhanced_evidence: { visa_compliance: { fee_acknowledged: true } },
    },
  });
  await lost.after(1);
  expect(await netOf(lost.stripe)).toBe(9680 - 11_500 - 50_000);
  const closed = await disputed("comp3", "createComplianceDispute");
  await closed.stripe.disputes.close(closed.dispute.id);
  expect(await netOf(closed.stripe)).toBe(9680 - 11_500);
});

test.each([
  ["prefer_manual", {}, "under_review", "smart_disputes"],
  ["prefer_manual", { customer_name: "Ada" }, "lost", "not_submitted"],
  ["prefer_smart_disputes", { customer_name: "Ada" }, "under_review", "smart_disputes"],
  ["smart_disputes", {}, "under_review", "smart_disputes"],
  ["manual", {}, "lost", "not_submitted"],
] as const)(
  "a dispute Stripe can answer, meant to be answered by %s with %j, ends %s",
  async (method, evidence, status, submitted) => {
    const name = `smart_${method}_${Object.keys(evidence).length}`;
    const { dispute, update, after } = await disputed(
      name,
      "createAutoRepresentmentEligibleDispute",
    );
    expect(dispute).toMatchObject({
      ...{ intended_submission_method: "prefer_manual" },
      evidence_details: { submission_method: "not_submitted" },
    });
    await update({ intended_submission_method: method, evidence, submit: false });
    expect(await after(11 * 86_400)).toMatchObject({
      ...{ status, evidence_details: { submission_method: submitted } },
    });
  },
);

test("what Stripe has no evidence for is answered by hand alone", async () => {
  const { dispute, update } = await disputed("unsmart", "createDispute");
  expect(dispute.intended_submission_method).toBeNull();
  const left = { intended_submission_method: "smart_disputes" } as const;
  expect((await update(left)).intended_submission_method).toBe("smart_disputes");
  const error = await update({ evidence: { customer_name: "Ada" } }).catch(failure);
  expect(error).toMatchObject({ statusCode: 400, code: "smart_disputes_not_available" });
  const sent = await update({
    ...{ intended_submission_method: "manual", evidence: { customer_name: "Ada" } },
  });
  expect(sent.evidence_details.submission_method).toBe("manual");
});

test("17: an account that is enrolled has its disputes prevented, and no money moves", async () => {
  const stripe = sandbox.client("prevented");
  const enrol = { dispute_prevention: { deflection: true, resolution: true } };
  await sandbox.admin("/settings", enrol, "prevented");
  for (const [caseType, , number = "", name = ""] of prevented) {
    for (const method of await methodsOf(stripe, number, name)) {
      const before = await netOf(stripe);
      const [dispute] = await disputesOf(stripe, method);
      expect(dispute, method).toMatchObject({
        ...{ status: "prevented", balance_transactions: [] },
        payment_method_details: { card: { case_type: caseType } },
      });
      expect(await netOf(stripe)).toBe(before + 9680);
      const [closed, created] = (await stripe.events.list({ limit: 100 })).data.filter(({ type }) =>
        type.includes("dispute"),
      );
      expect([created?.type, closed?.type]).toEqual([
        ...["charge.dispute.created", "charge.dispute.closed"],
      ]);
      const late = await stripe.disputes.close(dispute?.id ?? "").catch(failure);
      expect(late).toMatchObject({ statusCode: 400 });
    }
  }
  await sandbox.admin("/settings", { dispute_prevention: { resolution: true } }, "prevented");
  const [dispute] = await disputesOf(stripe, "pm_card_createCe3BlockDispute");
  expect(dispute?.status).toBe("needs_response");
});

test("what was blocked may be given back, and what was resolved was", async () => {
  const stripe = sandbox.client("after");
  const enrol = { dispute_prevention: { deflection: true, resolution: true } };
  await sandbox.admin("/settings", enrol, "after");
  const blocked = await pay(stripe, "pm_card_createCe3BlockDispute");
  expect((await stripe.refunds.create({ charge: blocked.charge?.id ?? "" })).status).toBe(
    "succeeded",
  );
  const resolved = await pay(stripe, "pm_card_createEthocaAlert");
  const error = await stripe.refunds.create({ charge: resolved.charge?.id ?? "" }).catch(failure);
  expect(error).toMatchObject({ statusCode: 400, code: "charge_disputed" });
});
