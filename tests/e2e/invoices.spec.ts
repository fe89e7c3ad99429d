import { expect, type Page, test } from "@playwright/test";
import { atStripe, localStripe } from "./support/local-stripe.ts";
import { appUrl, payWith, signIn, signUp, somebody } from "./support/visitor.ts";

/** Bills the plan anew now, as a renewal does, with a card that is refused. */
async function failRenewal(slug: string): Promise<void> {
  const { subscription, account } = await atStripe(slug);
  const stripe = localStripe();
  const card = await stripe.paymentMethods.attach("pm_card_chargeCustomerFail", {
    customer_account: account,
  });
  await stripe.subscriptions.update(subscription, {
    default_payment_method: card.id,
    billing_cycle_anchor: { type: "now" },
    proration_behavior: "none",
    payment_behavior: "allow_incomplete",
  });
}

/** Opens the invoice that is open, as soon as the page knows of it. */
async function openTheOpenOne(page: Page, slug: string): Promise<void> {
  const link = page.getByRole("table", { name: "Invoices" }).getByRole("link");
  await expect(async () => {
    await page.goto(`${appUrl()}/${slug}/invoices?status=open`);
    await expect(link).toHaveCount(1, { timeout: 500 });
  }).toPass();
  await link.click();
  await page.waitForURL(/\/invoices\/in_/);
}

test("a failed renewal is paid with another card, refunded in part and credited", async ({
  page,
  browser,
}) => {
  const slug = await signUp(page, somebody(), "?plan=starter");
  await page.getByRole("button", { name: "Subscribe to Starter" }).click();
  await payWith(page, "4242424242424242");
  await expect(page.getByText("Starter is active.")).toBeVisible();
  await failRenewal(slug);

  await openTheOpenOne(page, slug);
  await expect(page.getByText("The bank refused the payment and did not say why.")).toBeVisible();
  await page.getByRole("radio", { name: "Another card or account" }).check();
  const fields = page.frameLocator('iframe[title="Secure payment input"]');
  await fields.getByLabel("Card number").fill("4000002760003184");
  await fields.getByLabel("Expiration date").fill("12 / 34");
  await fields.getByLabel("Security code").fill("123");
  await fields.getByLabel("ZIP or postal code").fill("12345");
  await page.getByRole("button", { name: /^Pay \$/ }).click();
  const challenge = page.frameLocator("dialog iframe");
  await challenge.getByRole("button", { name: "Complete authentication" }).click();
  await expect(page.getByText("Paid on").first()).toBeVisible();
  await expect(page.getByText("ending in 3184")).toBeVisible();

  const id = page.url().split("/").at(-1);
  const console = await (await browser.newContext()).newPage();
  await signIn(console, "admin@lockstep.test", "lockstep-demo");
  await console.goto(`${appUrl()}/admin/invoices/${id}`);
  await refundPart(console);
  await creditPart(console);
  await page.reload();
  await expect(page.getByText("Credit notes and refunds")).toBeVisible();
  await expect(page.getByText(/^Credit note .+-CN-01$/)).toBeVisible();
  await expect(page.getByText("$10.00").first()).toBeVisible();
});

async function refundPart(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Refund a payment" }).click();
  await page.getByLabel("Amount (USD)").fill("10");
  await page.getByLabel("Why").fill("They could not use it for a week.");
  await page.getByRole("button", { name: "Refund $10.00" }).click();
  await expect(page.getByRole("heading", { name: "What we did about it" })).toBeVisible();
}

async function creditPart(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Credit note", exact: true }).click();
  await page.getByLabel("How much").selectOption("amount");
  await page.getByLabel("Sum, tax included (USD)").fill("5");
  await page.getByRole("button", { name: "Show what it does" }).click();
  await expect(page.getByText("Goes to their balance")).toBeVisible();
  await page.getByLabel("Why").fill("For their patience.");
  await page.getByRole("button", { name: "Make the credit note" }).click();
  await expect(page.getByText(/^Credit note .+-CN-01$/)).toBeVisible();
}
