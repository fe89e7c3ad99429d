import AxeBuilder from "@axe-core/playwright";
import { expect, type FrameLocator, type Page, test } from "@playwright/test";
import type { StripeConnectInstance } from "@stripe/connect-js";
import type { RunOptions } from "axe-core";
import Stripe from "stripe";
import { type Sandbox, startSandbox } from "#sandbox/server";
import { type Host, startHost } from "#tests/e2e/sandbox/host-page";

/** What a component does right is not described. */
const foundAlone: RunOptions = { resultTypes: ["violations"] };

let sandbox: Sandbox;
let host: Host;
let stripe: Stripe;
let account: string;
const there = () => ({ stripeAccount: account });

test.describe.configure({ mode: "serial" });

test.beforeAll(async () => {
  sandbox = await startSandbox({ memory: true, seed: 3 });
  stripe = new Stripe("sk_test_shop", {
    ...{ host: "127.0.0.1", port: sandbox.port, protocol: "http" as const, telemetry: false },
  });
  host = await startHost(sandbox.url, { "/account-session": createSession });
  account = await openShop();
});

test.afterAll(async () => {
  await host.close();
  await sandbox.close();
});

async function createSession() {
  const all = { refund_management: true, dispute_management: true, capture_payments: true };
  const money = { instant_payouts: true, standard_payouts: true, edit_payout_schedule: true };
  const features: Record<string, object> = {
    ...{ payments: all, payment_details: all, disputes_list: all },
    payment_disputes: { refund_management: true, dispute_management: true },
    ...{ balances: money, payouts: money },
    instant_payouts_promotion: { instant_payouts: true },
    issuing_card: { card_management: true, spend_control_management: true },
    issuing_cards_list: { card_management: true, spend_control_management: true },
    financial_account: { send_money: true },
  };
  const components = Object.fromEntries(
    names.map((name) => {
      const key = name.replaceAll("-", "_");
      return [key, { enabled: true, ...(features[key] ? { features: features[key] } : {}) }];
    }),
  ) as Stripe.AccountSessionCreateParams["components"];
  const { client_secret } = await stripe.accountSessions.create({ account, components });
  return { client_secret };
}

/** A shop in which something of everything has happened. */
async function openShop(): Promise<string> {
  const { id } = await stripe.v2.core.accounts.create({
    ...{ display_name: "Corner Shop", dashboard: "none", identity: { country: "us" } },
    configuration: {
      merchant: { capabilities: { card_payments: { requested: true } } },
      recipient: { capabilities: { stripe_balance: { stripe_transfers: { requested: true } } } },
    },
  });
  await admin(`/accounts/${id}/onboard`, {});
  account = id;
  const cards = ["pm_card_bypassPending", "pm_card_visa", "pm_card_createDispute"];
  for (const payment_method of cards) {
    await stripe.paymentIntents.create(
      { amount: 12_345, currency: "usd", payment_method, confirm: true },
      there(),
    );
  }
  await stripe.accounts.createExternalAccount(id, { external_account: "tok_visa_debit" });
  const holder = await stripe.issuing.cardholders.create(
    {
      ...{ name: "Mei Lin", type: "individual" },
      billing: {
        address: { line1: "1 Pine St", city: "Oakland", postal_code: "94607", country: "US" },
      },
    },
    there(),
  );
  await stripe.issuing.cards.create(
    { cardholder: holder.id, currency: "usd", type: "virtual", status: "active" },
    there(),
  );
  const treasury = await stripe.treasury.financialAccounts.create(
    { supported_currencies: ["usd"] },
    there(),
  );
  await stripe.testHelpers.treasury.receivedCredits.create(
    { amount: 90_000, currency: "usd", financial_account: treasury.id, network: "ach" },
    there(),
  );
  return id;
}

async function admin(path: string, body: object): Promise<void> {
  await fetch(`${sandbox.url}/_sandbox${path}`, {
    ...{ method: "POST", headers: { authorization: "Bearer sk_test_shop" } },
    body: JSON.stringify(body),
  });
}

const names = [
  ...["account-management", "account-onboarding", "balance-report", "balances", "disputes-list"],
  ...["documents", "financial-account", "financial-account-transactions"],
  ...["instant-payouts-promotion", "issuing-card", "issuing-cards-list", "notification-banner"],
  ...["payment-details", "payment-disputes", "payments", "payout-details"],
  ...["payout-reconciliation-report", "payouts", "payouts-list", "tax-registrations"],
  "tax-settings",
];

/** Puts a component into the host's page with Stripe's own loader, and waits until it shows. */
async function show(
  page: Page,
  name: string,
  told: Record<string, unknown> = {},
): Promise<FrameLocator> {
  await page.goto(host.url);
  await page.evaluate(
    async ([tag, setters]) => {
      const { loadConnectAndInitialize } = await import("/connect-js.mjs" as string);
      const heard: unknown[] = [];
      Object.assign(window, { heard });
      const instance = loadConnectAndInitialize({
        publishableKey: "pk_test_shop",
        fetchClientSecret: async () =>
          (await (await fetch("/account-session")).json()).client_secret,
      });
      const element = instance.create(tag);
      element.setOnLoaderStart((start: unknown) => heard.push(["LoaderStart", start]));
      element.setOnLoadError((error: unknown) => heard.push(["LoadError", error]));
      for (const [setter, value] of Object.entries(setters)) {
        const isListener = setter.startsWith("setOn");
        element[setter](isListener ? (detail: unknown) => heard.push([setter, detail]) : value);
      }
      document.getElementById("place")?.replaceChildren(element);
      Object.assign(window, { instance });
    },
    [name, told] as const,
  );
  const frame = page.frameLocator("#place iframe");
  await expect(frame.locator("h1")).toBeAttached();
  return frame;
}

const heard = (page: Page) =>
  page.evaluate(() => (window as unknown as { heard: [string, unknown][] }).heard);

test("Stripe's own loader finds the stand-in, and every component loads without a fault", async ({
  page,
}) => {
  test.slow(); // Twenty-one components, each loaded and walked by axe.
  const faults: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(message.text());
  });
  page.on("pageerror", (error) => faults.push(error.message));
  const [charge] = (await stripe.charges.list({ limit: 1 }, there())).data;
  for (const name of names) {
    const told = /^payment-d/.test(name) ? { setPayment: charge?.id } : {};
    const frame = await show(page, name, told);
    await expect(frame.locator("h1")).toHaveCount(1);
    const { violations } = await new AxeBuilder({ page }).options(foundAlone).analyze();
    expect([name, violations.map(({ id, nodes }) => [id, nodes[0]?.html])]).toEqual([name, []]);
    const started = ["LoaderStart", { elementTagName: `stripe-connect-${name}` }];
    await expect.poll(() => heard(page)).toEqual([started]);
  }
  expect(faults).toEqual([]);
});

test("a payment is opened and refunded by keyboard alone", async ({ page }) => {
  const frame = await show(page, "payments");
  await frame.getByRole("link", { name: "$123.45 USD" }).last().focus();
  await page.keyboard.press("Enter");
  await frame.locator("summary", { hasText: "Refund…" }).focus();
  await page.keyboard.press("Enter");
  await frame.getByLabel("Amount in USD").fill("23.45");
  await page.keyboard.press("Enter");
  await expect(frame.getByRole("status")).toHaveText("Refunded 23.45 USD.");
  expect((await stripe.refunds.list({}, there())).data[0]?.amount).toBe(2345);
});

test("evidence is submitted, with a document", async ({ page }) => {
  const frame = await show(page, "disputes-list");
  await frame.getByRole("link", { name: "$123.45 USD" }).click();
  await frame.getByText("Answer…").click();
  await frame.getByLabel("What was sold (optional)").fill("A lamp");
  const receipt = { name: "receipt.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF") };
  await frame.getByLabel("Receipt (optional)").setInputFiles(receipt);
  await frame.getByRole("button", { name: "Submit evidence" }).click();
  await expect(frame.getByRole("status")).toContainText("The bank decides now");
  const [dispute] = (await stripe.disputes.list({}, there())).data;
  expect(dispute).toMatchObject({
    status: "under_review",
    evidence_details: { has_evidence: true },
  });
});

test("money is paid out, and the host hears of an instant payout", async ({ page }) => {
  const frame = await show(page, "instant-payouts-promotion", {
    ...{ setOnInstantPayoutCreated: true, setOnInstantPayoutsPromotionLoaded: true },
  });
  await frame.getByText("Pay out now…").click();
  await frame.getByLabel("Amount in USD").fill("20.00");
  await frame.getByRole("button", { name: "Pay out now" }).click();
  await expect(frame.getByRole("status")).toContainText("20.00 USD is on its way");
  const [payout] = (await stripe.payouts.list({ limit: 1 }, there())).data;
  expect(payout).toMatchObject({ amount: 2000, method: "instant" });
  await expect
    .poll(() => heard(page))
    .toContainEqual(["setOnInstantPayoutCreated", { payoutId: payout?.id }]);
});

test("a requirement is shown with its deadline, met, and the host hears of both", async ({
  page,
}) => {
  const asked = { description: "identity.verification.document", deadline_seconds: 86_400 };
  await admin(`/accounts/${account}/requirements`, asked);
  const frame = await show(page, "notification-banner", { setOnNotificationsChange: true });
  await frame.getByRole("link", { name: "Provide" }).click();
  const scan = { name: "passport.png", mimeType: "image/png", buffer: Buffer.from("scan") };
  await frame.getByLabel("Document").setInputFiles(scan);
  await frame.getByRole("button", { name: "Submit" }).click();
  await expect(frame.getByText("passport.png is submitted.")).toBeVisible();
  const changes = async () =>
    (await heard(page)).filter(([name]) => name === "setOnNotificationsChange");
  await expect
    .poll(async () => (await changes()).at(-1))
    .toEqual(["setOnNotificationsChange", { total: 0, actionRequired: 0 }]);
  expect((await changes())[0]).toEqual([
    ...["setOnNotificationsChange", { total: 1, actionRequired: 1 }],
  ]);
});

test("the host's colours are worn, and a sign-out empties every component", async ({ page }) => {
  const frame = await show(page, "balances");
  await page.evaluate(() => {
    const { instance } = window as unknown as {
      instance: StripeConnectInstance;
    };
    instance.update({ appearance: { variables: { colorBackground: "#102030" } } });
  });
  await expect(frame.locator("body")).toHaveCSS("background-color", "rgb(16, 32, 48)");
  await page.evaluate(() =>
    (window as unknown as { instance: StripeConnectInstance }).instance.logout(),
  );
  await expect(page.locator("#place iframe")).toHaveCount(0);
});
