import { expect, test } from "vitest";
import { faultsIn } from "#tests/sandbox/sdk/check-value";
import { readSdkTypes } from "#tests/sandbox/sdk/watch-answers";
import { liveALittle } from "#tests/sandbox/sdk/worlds";
import { withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();

/** Where each object is read. */
const answers = [
  "/v1/customers",
  "/v1/products",
  "/v1/prices",
  "/v1/prices?expand[]=data.tiers&expand[]=data.product",
  "/v1/billing/meters",
  "/v1/subscriptions?status=all",
  "/v1/subscriptions?expand[]=data.latest_invoice.payments&expand[]=data.customer",
  "/v1/invoices",
  "/v1/invoices?expand[]=data.confirmation_secret",
  "/v1/invoice_payments",
  "/v1/payment_intents?expand[]=data.latest_charge",
  "/v1/payment_methods",
  "/v1/charges",
  "/v1/charges?expand[]=data.refunds",
  "/v1/refunds",
  "/v1/application_fees",
  "/v1/balance",
  "/v1/balance_transactions",
  "/v1/transfers",
  "/v1/transfers?expand[]=data.source_transaction",
  "/v1/payouts?expand[]=data.destination",
  "/v1/topups",
  "/v1/disputes?expand[]=data.charge",
  "/v1/reviews",
  "/v1/radar/early_fraud_warnings",
  "/v1/radar/value_lists",
  "/v1/balance_settings",
  "/v1/reporting/report_types",
  "/v1/reporting/report_runs",
  "/v1/files",
  "/v1/balance_transactions?expand[]=data.source",
  "/v1/checkout/sessions",
  "/v1/checkout/sessions?expand[]=data.line_items",
  "/v1/webhook_endpoints",
  "/v1/accounts",
  "/v2/core/accounts",
] as const;

test("5: every field is there, decimals are text, and nothing the SDK does not know", async () => {
  const types = readSdkTypes();
  await liveALittle(sandbox, "contract");
  const wrong: string[] = [];
  for (const path of answers) {
    const response = await fetch(`${sandbox.url}${path}`, {
      headers: { authorization: "Bearer sk_test_contract" },
    });
    const body = (await response.json()) as { data?: unknown[] };
    expect(response.status, path).toBe(200);
    if (Array.isArray(body.data)) expect(body.data.length, path).toBeGreaterThan(0);
    wrong.push(...faultsIn(types, body, path, `GET ${path.split("?")[0]}`));
  }
  expect([...new Set(wrong)].slice(0, 40)).toEqual([]);
}, 60_000);
