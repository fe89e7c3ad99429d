import { readFileSync } from "node:fs";
import AxeBuilder from "@axe-core/playwright";
import { expect, type FrameLocator, type Page, test } from "@playwright/test";
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
  sandbox = await startSandbox({ memory: true, seed: 5 });
  stripe = new Stripe("sk_test_money", {
    ...{ host: "127.0.0.1", port: sandbox.port, protocol: "http" as const, telemetry: false },
  });
  host = await startHost(sandbox.url, { "/account-session": createSession });
  account = await openShop();
});

test.afterAll(async () => {
  await host.close();
  await sandbox.close();
});

const payouts = { instant_payouts: true, standard_payouts: true, edit_payout_schedule: true };
const cards = {
  ...{ card_management: true, cardholder_management: true, spend_control_management: true },
};
const features = {
  balance_report: {},
  balances: payouts,
  documents: {},
  financial_account: { send_money: true },
  financial_account_transactions: {},
  instant_payouts_promotion: { instant_payouts: true },
  issuing_card: cards,
  issuing_cards_list: cards,
  payout_details: {},
  payout_reconciliation_report: {},
  payouts,
  payouts_list: {},
  tax_registrations: {},
  tax_settings: {},
};

async function createSession() {
  const components = Object.fromEntries(
    Object.entries(features).map(([name, on]) => [name, { enabled: true, features: on }]),
  ) as Stripe.AccountSessionCreateParams["components"];
  const { client_secret } = await stripe.accountSessions.create({ account, components });
  return { client_secret };
}

/** A shop with a balance, a bank, a holder with a card, and a financial account. */
async function openShop(): Promise<string> {
  const { id } = await stripe.v2.core.accounts.create({
    ...{ display_name: "Corner Shop", dashboard: "none", identity: { country: "us" } },
    configuration: { merchant: { capabilities: { card_payments: { requested: true } } } },
  });
  await fetch(`${sandbox.url}/_sandbox/accounts/${id}/onboard`, {
    ...{ method: "POST", headers: { authorization: "Bearer sk_test_money" }, body: "{}" },
  });
  const own = { stripeAccount: id };
  await stripe.paymentIntents.create(
    {
      ...{ amount: 200_000, currency: "usd", confirm: true },
      payment_method: "pm_card_bypassPending",
    },
    own,
  );
  await stripe.payouts.create({ amount: 500, currency: "usd" }, own);
  const address = { line1: "1 Pine St", city: "Oakland", postal_code: "94607", country: "US" };
  const holder = await stripe.issuing.cardholders.create(
    { name: "Mei Lin", billing: { address } },
    own,
  );
  await stripe.issuing.cards.create(
    { cardholder: holder.id, currency: "usd", type: "virtual", status: "active" },
    own,
  );
  const savings = await stripe.treasury.financialAccounts.create(
    { supported_currencies: ["usd"], nickname: "Savings" },
    own,
  );
  await stripe.testHelpers.treasury.receivedCredits.create(
    { amount: 90_000, currency: "usd", financial_account: savings.id, network: "ach" },
    own,
  );
  return id;
}

/** Puts components into the host's page with Stripe's own loader, and waits for the first. */
async function show(
  page: Page,
  names: readonly string[],
  told: Record<string, unknown> = {},
): Promise<FrameLocator> {
  await page.goto(host.url);
  await page.evaluate(
    async ([tags, setters]) => {
      const { loadConnectAndInitialize } = await import("/connect-js.mjs" as string);
      const instance = loadConnectAndInitialize({
        publishableKey: "pk_test_money",
        fetchClientSecret: async () =>
          (await (await fetch("/account-session")).json()).client_secret,
      });
      const elements = tags.map((tag) => {
        const element = instance.create(tag);
        for (const [setter, value] of Object.entries(setters)) element[setter]?.(value);
        return element;
      });
      document.getElementById("place")?.replaceChildren(...elements);
    },
    [names, told] as const,
  );
  const frame = page.frameLocator("#place iframe").first();
  await expect(frame.locator("h1")).toBeAttached();
  return frame;
}

test("all fourteen are clear of faults, in the light and the dark, wide and narrow", async ({
  page,
}) => {
  const names = Object.keys(features).map((name) => name.replaceAll("_", "-"));
  const [payout] = (await stripe.payouts.list({ limit: 1 }, there())).data;
  const looks = [
    { width: 1440, colorScheme: "light" as const },
    { width: 390, colorScheme: "dark" as const },
  ];
  for (const { width, colorScheme } of looks) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    await show(page, names, { setPayout: payout?.id });
    for (const place of names.keys()) {
      const frame = page.frameLocator("#place iframe").nth(place);
      await expect(frame.locator("h1")).toBeAttached();
      for (const summary of await frame.locator("summary").all()) await summary.click();
    }
    const { violations } = await new AxeBuilder({ page }).options(foundAlone).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
  }
});

test("a balance is paid out, the list shows it, and it is taken back before it leaves", async ({
  page,
}) => {
  const frame = await show(page, ["payouts"]);
  await frame.getByText("Pay out…").click();
  await frame.getByLabel("Amount in USD").first().fill("120.00");
  await frame.getByRole("button", { name: "Pay out", exact: true }).click();
  await expect(frame.getByRole("status")).toContainText("120.00 USD is on its way");
  await frame.getByRole("link", { name: "$120.00 USD" }).click();
  await expect(frame.getByText("Expected to arrive")).toBeVisible();
  await frame.getByText("Cancel…").click();
  await frame.getByRole("button", { name: "Cancel the payout" }).click();
  await expect(frame.getByRole("status")).toHaveText("$120.00 USD stays in your balance.");
  const [payout] = (await stripe.payouts.list({ limit: 1 }, there())).data;
  expect(payout).toMatchObject({ amount: 12_000, status: "canceled" });
});

test("more than there is cannot be paid out, and it says so", async ({ page }) => {
  const frame = await show(page, ["balances"]);
  await frame.getByText("Pay out…").click();
  await frame.getByLabel("Amount in USD").first().fill("99999.00");
  await page.keyboard.press("Enter");
  await expect(frame.getByRole("alert")).toContainText("You have insufficient funds");
});

test("the schedule is changed by keyboard alone", async ({ page }) => {
  const frame = await show(page, ["balances"]);
  await frame.locator("summary", { hasText: "Change schedule…" }).focus();
  await page.keyboard.press("Enter");
  await frame.getByLabel("How often").focus();
  await page.keyboard.type("Weekly");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Friday");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(frame.getByRole("status")).toHaveText("Payouts are weekly now.");
  const { payments } = await stripe.balanceSettings.retrieve({}, there());
  expect(payments.payouts?.schedule).toMatchObject({
    ...{ interval: "weekly", weekly_payout_days: ["friday"] },
  });
});

test("a card is frozen, limited, and a second holder has one", async ({ page }) => {
  const frame = await show(page, ["issuing-card"]);
  await frame.getByRole("button", { name: "Freeze" }).click();
  await expect(frame.getByRole("status")).toContainText("The card is frozen");
  const [card] = (await stripe.issuing.cards.list({}, there())).data;
  expect(card?.status).toBe("inactive");
  await frame.getByRole("button", { name: "Unfreeze" }).click();
  await expect(frame.getByRole("status")).toHaveText("The card works again.");
  await frame.getByText("Change limit…").click();
  await frame.getByLabel("At most, in USD (optional)").fill("75.00");
  await frame.getByLabel("Per").selectOption("month");
  await frame.getByRole("button", { name: "Save limit" }).click();
  await expect(frame.getByText("$75.00 USD monthly, $75.00 USD left")).toBeVisible();

  const list = await show(page, ["issuing-cards-list"]);
  await list.getByText("New cardholder…").click();
  await list.getByLabel("Holder's name").fill("Ada Moreau");
  await list.getByLabel("Street").fill("2 Oak St");
  await list.getByLabel("City").fill("Oakland");
  await list.getByLabel("Postal code").fill("94607");
  await list.getByRole("button", { name: "Make the card" }).last().click();
  await expect(list.getByRole("status")).toContainText("Ada Moreau has a card");
});

test("money is sent from a financial account, and its transactions show it", async ({ page }) => {
  const frame = await show(page, ["financial-account"]);
  await frame.getByText("Send money…").click();
  await frame.getByLabel("Amount in USD").fill("250.00");
  await frame.getByLabel("To", { exact: true }).fill("Landlord");
  await frame.getByLabel("Account number").fill("000123456789");
  await frame.getByRole("button", { name: "Send" }).click();
  await expect(frame.getByRole("status")).toHaveText("250.00 USD is sent to Landlord.");
  await expect(frame.getByText("$650.00 USD")).toBeVisible();
  const rows = await show(page, ["financial-account-transactions"]);
  await expect(rows.getByRole("cell", { name: "-$250.00 USD" })).toBeVisible();
});

test("a registration is added and ended", async ({ page }) => {
  const frame = await show(page, ["tax-registrations"]);
  await frame.getByText("Add a registration…").click();
  await frame.getByLabel("Country").selectOption("Germany");
  await frame.getByRole("button", { name: "Start collecting" }).click();
  await expect(frame.getByRole("status")).toHaveText("You are registered in DE.");
  await frame.getByText("End…").click();
  await frame.getByRole("button", { name: "Stop collecting now" }).click();
  await expect(frame.getByRole("cell", { name: "Expired" })).toBeVisible();
});

test("a report and a statement are downloaded", async ({ page }) => {
  const frame = await show(page, ["balance-report"]);
  const [csv] = await Promise.all([
    page.waitForEvent("download"),
    frame.getByRole("link", { name: "Download every transaction" }).click(),
  ]);
  expect(csv.suggestedFilename()).toBe("balance-change-from-activity-itemized.csv");
  expect(readFileSync(await csv.path(), "utf8")).toContain("balance_transaction_id");
  const documents = await show(page, ["documents"]);
  const [pdf] = await Promise.all([
    page.waitForEvent("download"),
    documents.getByRole("link", { name: /^Download PDF/ }).click(),
  ]);
  expect(readFileSync(await pdf.path(), "latin1").startsWith("%PDF-1.4")).toBe(true);
});
