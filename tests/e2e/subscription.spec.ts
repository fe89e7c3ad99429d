import { expect, type Page, test } from "@playwright/test";
import { appUrl, dialogOf, payWith, signUp, somebody } from "./support/visitor.ts";

const card = "4242424242424242";

/** The amount the page says is due now, as text. */
async function dueNow(page: Page): Promise<string> {
  const due = page.getByRole("region", { name: "Due now" });
  const amount = due.getByRole("heading").locator("xpath=following-sibling::*");
  return (await amount.textContent())?.trim() ?? "";
}

async function goTo(page: Page, slug: string, path = ""): Promise<void> {
  await page.goto(`${appUrl()}/${slug}/billing${path}`);
}

/** Answers the question that lies over the page. */
async function agree(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name, exact: true }).first().click();
  await dialogOf(page).getByRole("button", { name, exact: true }).click();
  await expect(dialogOf(page)).toHaveCount(0);
}

test("a plan is changed, put off, paused, canceled and bought again", async ({ page }) => {
  const slug = await signUp(page, somebody(), "?plan=starter");
  await page.getByRole("button", { name: "Subscribe to Starter" }).click();
  await payWith(page, card);
  await page.waitForURL(new RegExp(`/${slug}/billing`));
  await expect(page.getByText("Starter is active.")).toBeVisible();

  await page.getByRole("link", { name: "Change plan or seats" }).click();
  await page.getByRole("radio", { name: "Pro" }).check();
  const pay = page.getByRole("button", { name: /^Pay .* and change to Pro$/ });
  await expect(pay).toBeVisible();
  const due = await dueNow(page);
  await pay.click();
  await expect(page.getByText("The change is made")).toBeVisible();
  await expect(page.getByText("Pro", { exact: true }).first()).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: due }).first()).toBeVisible();

  await goTo(page, slug, "/plan?plan=starter&interval=month");
  await expect(page.getByText("Nothing is due now.")).toBeVisible();
  await page.getByRole("button", { name: "Plan the change to Starter" }).click();
  await expect(page.getByText(/Changes to Starter on/)).toBeVisible();
  await agree(page, "Undo");
  await expect(page.getByText(/Changes to Starter on/)).toHaveCount(0);

  await page.getByRole("link", { name: "Pause", exact: true }).click();
  await page.getByRole("button", { name: "Pause the plan" }).click();
  await expect(page.getByText("The plan is paused.")).toBeVisible();
  await page.getByRole("link", { name: "Resume the plan" }).first().click();
  await page.getByRole("button", { name: /resume/i }).click();
  await expect(page.getByText("The change is made")).toBeVisible();

  await page.getByRole("link", { name: "Cancel", exact: true }).click();
  await page.getByRole("radio", { name: "Something else", exact: true }).check();
  await page.getByRole("button", { name: "Go on" }).click();
  await page.getByRole("button", { name: /^Cancel for/ }).click();
  await expect(page.getByText(/The plan ends on/).first()).toBeVisible();
  await agree(page, "Keep the plan");
  await expect(page.getByText(/The plan ends on/)).toHaveCount(0);

  await goTo(page, slug, "/cancel?reason=other&when=now");
  await page.getByRole("button", { name: "Cancel now" }).click();
  await expect(page.getByText(/Your Pro plan ended/)).toBeVisible();
  await page.getByRole("link", { name: "Choose Pro again" }).click();
  await page.getByRole("button", { name: "Subscribe to Pro" }).click();
  await payWith(page, card);
  await page.waitForURL(new RegExp(`/${slug}/billing`));
  await expect(page.getByText("Pro is active.")).toBeVisible();
});
