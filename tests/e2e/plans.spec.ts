import { expect, type Page, test } from "@playwright/test";
import { demo } from "#scripts/shots/sign-in";
import { faultsOf, listenTo } from "./support/look-over.ts";
import { appUrl, dialogOf, signIn } from "./support/visitor.ts";

/** A component's card by its name, and a field within it by its label. */
const cardOf = (page: Page, name: string) => page.getByRole("region", { name, exact: true });

async function fillTiers(page: Page): Promise<void> {
  const usage = cardOf(page, "Page views");
  await usage.getByLabel("Priced").selectOption("graduated");
  await usage.getByLabel("Counted by the meter").selectOption("api_calls");
  await usage.getByLabel("Tier 1: up to").fill("1000");
  await usage.getByLabel("Tier 1: price of each").fill("0.01");
  await usage.getByLabel("Tier 2: price of each").fill("0.004");
}

test("an admin makes a plan, sees its price as a curve, publishes it, and a visitor finds it", async ({
  page,
  browser,
}) => {
  test.setTimeout(90_000);
  const { said } = listenTo(page);
  const name = `Observer ${Date.now().toString(36)}`;
  await signIn(page, demo.admin, demo.password);
  await page.goto(`${appUrl()}/admin/plans`);
  await page.getByRole("link", { name: "New plan" }).click();
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("One sentence about it").fill("For a team that watches.");
  await page.getByRole("button", { name: "Make the draft" }).click();
  await page.waitForURL(/\/versions\/plv_.*\/edit$/);
  const draftUrl = page.url();

  await page.getByRole("button", { name: "Flat fee" }).click();
  await cardOf(page, "Base fee").getByLabel("USD / month").fill("forty");
  await page.getByRole("button", { name: "Save draft" }).click();
  const fee = cardOf(page, "Base fee").getByLabel("USD / month");
  await expect(fee).toBeFocused();
  await expect(page.getByText("“forty” is no amount: write it like 12.50.").first()).toBeVisible();
  await expect(fee).toHaveValue("forty");
  await fee.fill("40");

  await page.getByRole("button", { name: "By usage" }).click();
  await cardOf(page, "Usage").getByLabel("Name on the invoice").fill("Page views");
  await fillTiers(page);
  const views = page.getByRole("textbox", { name: /^Page views/ });
  await views.fill("2000");
  // 40.00 + 1,000 × 0.01 + 1,000 × 0.004.
  await expect(page.getByText("$54.00").first()).toBeVisible();
  await expect(page.locator(".recharts-area-curve")).toHaveCount(1);
  await page.getByText("The curve as a table").click();
  await expect(page.getByRole("table", { name: /along Page views/ })).toContainText("$50.00");

  // Who leaves with something unsaved finds it again.
  page.once("dialog", (dialog) => void dialog.accept());
  await page.reload();
  await page.getByRole("button", { name: "Bring them back" }).click();
  await expect(cardOf(page, "Base fee").getByLabel("USD / month")).toHaveValue("40");
  await page.getByRole("button", { name: "Save draft" }).click();
  await expect(page.getByText("Everything is saved")).toBeVisible();
  expect(await faultsOf(page)).toEqual([]);

  // A second editor who read what is now old is told, and loses nothing.
  const second = await page.context().newPage();
  await second.goto(draftUrl);
  await second.getByLabel("Days").fill("7");
  await page.getByLabel("Days").fill("14");
  await page.getByRole("button", { name: "Save draft" }).click();
  await expect(page.getByText("Everything is saved")).toBeVisible();
  await second.getByRole("button", { name: "Save draft" }).click();
  await expect(second.getByText("Somebody else saved this draft")).toBeVisible();
  await expect(second.getByLabel("Days")).toHaveValue("7");
  await second.close();

  await page.getByRole("button", { name: /^Publish version 1/ }).click();
  await dialogOf(page).getByRole("button", { name: "Publish" }).click();
  await page.waitForURL(/\/versions\/plv_[^/]*$/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("published", {
    timeout: 30_000,
  });
  expect(said).toEqual([]);

  const visitor = await browser.newPage();
  await visitor.goto(`${appUrl()}/pricing`);
  const plan = visitor.getByRole("region", { name });
  await expect(plan).toContainText("$40.00");
  await expect(plan).toContainText("First 1,000");
  await expect(plan).toContainText("14 days free");
  await visitor.close();
});
