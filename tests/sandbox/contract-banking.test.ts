import { expect, test } from "vitest";
import { faultsIn } from "#tests/sandbox/sdk/check-value";
import { readSdkTypes } from "#tests/sandbox/sdk/watch-answers";
import { readyAccount, withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();

/** Where each object is read. */
const answers = [
  "/v1/issuing/cardholders",
  "/v1/issuing/cards",
  "/v1/issuing/authorizations",
  "/v1/issuing/transactions",
  "/v1/treasury/financial_accounts",
  "/v1/treasury/transactions",
  "/v1/treasury/received_credits",
  "/v1/treasury/outbound_payments",
] as const;

test("every answer of banking has every field the SDK declares, and no other", async () => {
  const types = readSdkTypes();
  const account = await readyAccount(sandbox, "test");
  const savings = await fillBanking(account);
  for (const path of answers) {
    const where = path.startsWith("/v1/treasury/") && !path.endsWith("financial_accounts");
    const query = where ? `?financial_account=${savings}` : "";
    const response = await fetch(`${sandbox.url}${path}${query}`, {
      headers: { authorization: "Bearer sk_test_test", "stripe-account": account },
    });
    const body = (await response.json()) as { data: unknown[] };
    expect([path, body.data.length > 0]).toEqual([path, true]);
    expect(faultsIn(types, body, path)).toEqual([]);
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
