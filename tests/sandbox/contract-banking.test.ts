import { expect, test } from "vitest";
import { faultsIn } from "#tests/sandbox/sdk/check-value";
import { readSdkTypes } from "#tests/sandbox/sdk/watch-answers";
import { fillBanking } from "#tests/sandbox/sdk/worlds";
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
  const savings = await fillBanking(sandbox.client(), account);
  for (const path of answers) {
    const where = path.startsWith("/v1/treasury/") && !path.endsWith("financial_accounts");
    const query = where ? `?financial_account=${savings}` : "";
    const response = await fetch(`${sandbox.url}${path}${query}`, {
      headers: { authorization: "Bearer sk_test_test", "stripe-account": account },
    });
    const body = (await response.json()) as { data: unknown[] };
    expect([path, body.data.length > 0]).toEqual([path, true]);
    expect(faultsIn(types, body, path, `GET ${path.split("?")[0]}`)).toEqual([]);
  }
});
