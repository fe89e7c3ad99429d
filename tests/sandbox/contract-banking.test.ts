import { beforeAll, expect, test } from "vitest";
import { loadSdkTypes, type SdkTypes } from "#tests/sandbox/sdk-types";
import { readyAccount, withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();
let types: SdkTypes;
beforeAll(() => {
  types = loadSdkTypes([...new Set(answers.map(([, name]) => name))]);
}, 120_000);

/** Where each object is read, and what the SDK says comes back. */
const answers = [
  ["/v1/issuing/cardholders", "Stripe.ApiList<Stripe.Issuing.Cardholder>"],
  ["/v1/issuing/cards", "Stripe.ApiList<Stripe.Issuing.Card>"],
  ["/v1/issuing/authorizations", "Stripe.ApiList<Stripe.Issuing.Authorization>"],
  ["/v1/issuing/transactions", "Stripe.ApiList<Stripe.Issuing.Transaction>"],
  ["/v1/treasury/financial_accounts", "Stripe.ApiList<Stripe.Treasury.FinancialAccount>"],
  ["/v1/treasury/transactions", "Stripe.ApiList<Stripe.Treasury.Transaction>"],
  ["/v1/treasury/received_credits", "Stripe.ApiList<Stripe.Treasury.ReceivedCredit>"],
  ["/v1/treasury/outbound_payments", "Stripe.ApiList<Stripe.Treasury.OutboundPayment>"],
] as const;

test("every answer of banking has every field the SDK declares, and no other", async () => {
  const account = await readyAccount(sandbox, "test");
  const savings = await fillBanking(account);
  for (const [path, type] of answers) {
    const where = path.startsWith("/v1/treasury/") && !path.endsWith("financial_accounts");
    const query = where ? `?financial_account=${savings}` : "";
    const response = await fetch(`${sandbox.url}${path}${query}`, {
      headers: { authorization: "Bearer sk_test_test", "stripe-account": account },
    });
    const body = (await response.json()) as { data: unknown[] };
    expect([path, body.data.length > 0]).toEqual([path, true]);
    expect([path, types.faultsIn(body, type)]).toEqual([path, []]);
  }
});

async function fillBanking(stripeAccount: string): Promise<string> {
  const stripe = sandbox.client();
  const there = { stripeAccount };
  const { id } = await stripe.treasury.financialAccounts.create(
    { supported_currencies: ["usd"] },
    there,
  );
  await stripe.testHelpers.treasury.receivedCredits.create(
    { amount: 9000, currency: "usd", financial_account: id, network: "ach" },
    there,
  );
  await stripe.treasury.outboundPayments.create(
    {
      ...{ amount: 2500, currency: "usd", financial_account: id },
      destination_payment_method_data: {
        type: "us_bank_account",
        us_bank_account: { account_number: "000123456789", routing_number: "110000000" },
      },
    },
    there,
  );
  const address = { line1: "1 Pine St", city: "Oakland", postal_code: "94607", country: "US" };
  const holder = await stripe.issuing.cardholders.create(
    { name: "Mei Lin", billing: { address } },
    there,
  );
  const of = { cardholder: holder.id, currency: "usd", type: "virtual" as const };
  const card = await stripe.issuing.cards.create(
    { ...of, status: "active", financial_account: id },
    there,
  );
  const { authorizations } = stripe.testHelpers.issuing;
  const asked = await authorizations.create({ card: card.id, amount: 1000 }, there);
  await authorizations.capture(asked.id, {}, there);
  await authorizations.create({ card: card.id, amount: 1000 }, there);
  await authorizations.create({ card: card.id, amount: 99_999 }, there);
  return id;
}
