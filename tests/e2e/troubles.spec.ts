import { expect, type Page, test } from "@playwright/test";
import { appUrl, payWith, sandboxUrl, signUp, somebody } from "./support/visitor.ts";

const good = "4242424242424242";

/** A new workspace on the way to pay for Starter. */
async function startStarter(page: Page): Promise<string> {
  const slug = await signUp(page, somebody(), "?plan=starter");
  await page.getByRole("button", { name: "Subscribe to Starter" }).click();
  await page.waitForURL(/\/c\/pay\//);
  return slug;
}

async function expectActive(page: Page, slug: string): Promise<void> {
  await page.waitForURL(new RegExp(`/${slug}/billing`));
  await expect(page.getByText("Starter is active.")).toBeVisible();
}

/** Speaks to the local Stripe's admin plane. */
async function sandbox(page: Page, path: string, data: object = {}): Promise<void> {
  const headers = { authorization: "Bearer sk_test_lockstep" };
  const response = await page.request.post(`${sandboxUrl()}/_sandbox/${path}`, { headers, data });
  expect(response.ok(), await response.text()).toBe(true);
}

test("a declined card says so, and another one pays", async ({ page }) => {
  const slug = await startStarter(page);
  await payWith(page, "4000000000000002");
  await expect(page.getByText("Your card was declined.").first()).toBeVisible();
  await payWith(page, good);
  await expectActive(page, slug);
});

test("a card that asks its holder pays once they agree", async ({ page }) => {
  const slug = await startStarter(page);
  await payWith(page, "4000002760003184");
  await page.getByRole("button", { name: /complete|approve|agree/i }).click();
  await expectActive(page, slug);
});

test("a tab closed in the middle of Checkout can be taken up again", async ({ page }) => {
  const slug = await startStarter(page);
  await page.goto(`${appUrl()}/${slug}/billing`);
  await expect(page.getByText("Your checkout of Starter is not finished.")).toBeVisible();
  await page.locator("a, button", { hasText: "Continue to payment" }).first().click();
  await payWith(page, good);
  await expectActive(page, slug);
});

test("two clicks on Subscribe, in two tabs, are one checkout and one bill", async ({ page }) => {
  const slug = await signUp(page, somebody(), "?plan=starter");
  const tab = await page.context().newPage();
  await tab.goto(page.url());
  await Promise.all([
    page.getByRole("button", { name: "Subscribe to Starter" }).dblclick(),
    tab.getByRole("button", { name: "Subscribe to Starter" }).click(),
  ]);
  await Promise.all([page.waitForURL(/\/c\/pay\//), tab.waitForURL(/\/c\/pay\//)]);
  expect(new URL(tab.url()).pathname).toBe(new URL(page.url()).pathname);

  await payWith(page, good);
  await expectActive(page, slug);
  await tab.reload();
  await expect(tab.getByText(/already|complete|paid/i).first()).toBeVisible();
  await page.goto(`${appUrl()}/${slug}/invoices`);
  await expect(page.getByRole("row", { name: /paid/ })).toHaveCount(1);
});

test("webhooks that arrive twice and in reverse order end in the same state", async ({ page }) => {
  const slug = await startStarter(page);
  await sandbox(page, "webhooks/hold");
  await payWith(page, good);
  await page.waitForURL(new RegExp(`/${slug}/billing`));
  await expect(page.getByText("Waiting for Stripe to confirm")).toBeVisible();
  await sandbox(page, "webhooks/release", { order: "reverse", duplicate: true });
  await expectActive(page, slug);
  await page.goto(`${appUrl()}/${slug}/invoices`);
  await expect(page.getByRole("row", { name: /paid/ })).toHaveCount(1);
});

test("who comes back without paying is told that nothing was charged", async ({ page }) => {
  const slug = await startStarter(page);
  await page.getByRole("link", { name: "Back" }).click();
  await page.waitForURL(new RegExp(`/${slug}/billing`));
  await expect(page.getByText("Nothing was charged.").first()).toBeVisible();
});
