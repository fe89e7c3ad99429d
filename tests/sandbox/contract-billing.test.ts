import { expect, test } from "vitest";
import { faultsIn } from "#tests/sandbox/sdk/check-value";
import { readSdkTypes } from "#tests/sandbox/sdk/watch-answers";
import { billALittle } from "#tests/sandbox/sdk/worlds";
import { withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();

const now = Math.floor(Date.now() / 3_600_000) * 3600;

/** Where each object of billing is read, and what the SDK says comes back. */
const answers = [
  "/v1/coupons",
  "/v1/coupons?expand[]=data.applies_to",
  "/v1/promotion_codes",
  "/v1/customers?expand[]=data.tax_ids",
  "/v1/customers/CUSTOMER/balance_transactions",
  "/v1/customers/CUSTOMER/tax_ids",
  "/v1/invoiceitems",
  "/v1/invoices?expand[]=data.discounts",
  "/v1/subscriptions?status=all&expand[]=data.discounts",
  "/v1/credit_notes",
  "/v1/setup_intents",
  "/v1/setup_intents?expand[]=data.mandate",
  "/v1/subscription_schedules",
  "/v1/billing_portal/configurations",
  "/v1/payment_links",
  "/v1/payment_links?expand[]=data.line_items",
  "/v1/billing/alerts",
  "/v1/billing/credit_grants",
  "/v1/billing/credit_balance_transactions?customer=CUSTOMER",
  "/v1/billing/credit_balance_summary?customer=CUSTOMER&filter[type]=applicability_scope",
  "/v1/billing/meters/METER/event_summaries?customer=CUSTOMER" +
    `&start_time=${now - 3600}&end_time=${now + 7200}`,
  "/v1/entitlements/features",
  "/v1/entitlements/active_entitlements?customer=CUSTOMER&expand[]=data.feature",
  "/v1/products/PRODUCT/features",
  "/v1/tax_rates",
  "/v1/tax/registrations",
  "/v1/tax/settings",
  "/v1/tax/calculations/CALCULATION?expand[]=line_items",
  "/v1/test_helpers/test_clocks",
  "/v1/checkout/sessions?expand[]=data.line_items",
] as const;

test("every answer of billing has every field the SDK declares, and no other", async () => {
  const types = readSdkTypes();
  const stripe = sandbox.client("billing");
  const made = await billALittle(stripe);
  const wrong: string[] = [];
  for (const template of answers) {
    const path = template.replace(/[A-Z]{5,}/g, (word) => made[word] ?? word);
    const response = await fetch(`${sandbox.url}${path}`, {
      headers: { authorization: "Bearer sk_test_billing" },
    });
    const body = (await response.json()) as { data?: unknown[] };
    expect(response.status, path).toBe(200);
    if (Array.isArray(body.data)) expect(body.data.length, path).toBeGreaterThan(0);
    wrong.push(...faultsIn(types, body, path, `GET ${path.split("?")[0]}`));
  }
  expect([...new Set(wrong)].slice(0, 40)).toEqual([]);
}, 60_000);
