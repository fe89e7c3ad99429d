import { expect, type Page, test } from "@playwright/test";
import { faultsOf } from "./support/look-over.ts";
import { appUrl, dialogOf, payWith, signUp, somebody } from "./support/visitor.ts";

/** A new workspace that pays for so many seats of Pro, at its team page. */
async function teamOf(page: Page, seats: number): Promise<string> {
  const slug = await signUp(page, somebody("Seat Works"), `?plan=pro&seats=${seats}`);
  await page.getByRole("button", { name: "Subscribe to Pro" }).click();
  await payWith(page, "4242424242424242");
  await page.waitForURL(new RegExp(`/${slug}/billing`));
  await expect(page.getByText("Pro is active.")).toBeVisible();
  await page.goto(`${appUrl()}/${slug}/team`);
  return slug;
}

async function invite(page: Page, addresses: string[]): Promise<void> {
  await page.getByRole("button", { name: "Invite people" }).click();
  await dialogOf(page).getByLabel("E-mail addresses").fill(addresses.join(", "));
  await dialogOf(page).getByRole("button", { name: /^Send/ }).click();
  await dialogOf(page).getByRole("button", { name: "Done" }).click();
}

const seats = (page: Page) => page.getByRole("meter", { name: "Seats" });

test("seats are given, one more is bought with its price in view, and freed", async ({ page }) => {
  const slug = await teamOf(page, 2);
  await expect(seats(page)).toHaveAttribute("aria-valuetext", "1 of 2 taken");
  const [first, second] = ["kim@example.test", "lee@example.test"];
  await invite(page, [first, second]);

  await page.getByRole("button", { name: `Give a seat to ${first}` }).click();
  await expect(dialogOf(page)).toContainText("What you pay stays the same");
  await dialogOf(page).getByRole("button", { name: "Give a seat" }).click();
  await expect(seats(page)).toHaveAttribute("aria-valuetext", "2 of 2 taken");

  await page.getByRole("button", { name: `Give a seat to ${second}` }).click();
  await expect(dialogOf(page)).toContainText("$12.00 more every month");
  expect(await faultsOf(page)).toEqual([]);
  await dialogOf(page).getByRole("button", { name: "Add and give the seat" }).click();
  await expect(seats(page)).toHaveAttribute("aria-valuetext", "3 of 3 taken");

  await page.getByRole("button", { name: `Free the seat of ${first}` }).click();
  await dialogOf(page).getByRole("button", { name: "Free the seat" }).click();
  await expect(seats(page)).toHaveAttribute("aria-valuetext", "2 of 3 taken");

  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole("button", { name: "Change seats" }).click();
  await dialogOf(page).getByRole("textbox", { name: "Seats" }).fill("2");
  await dialogOf(page).getByRole("textbox", { name: "Seats" }).press("Tab");
  await expect(dialogOf(page)).toContainText("$12.00 less every month");
  expect(await faultsOf(page)).toEqual([]);
  await dialogOf(page).getByRole("button", { name: "Change to 2 seats" }).click();
  await expect(seats(page)).toHaveAttribute("aria-valuetext", "2 of 2 taken");

  await page.goto(`${appUrl()}/${slug}/billing/entitlements`);
  await expect(page.getByText("Pro is paid for.")).toBeVisible();
  await expect(seats(page)).toHaveAttribute("aria-valuetext", "2 of 2 taken");
});
