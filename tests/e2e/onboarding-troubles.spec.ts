import { expect, test } from "@playwright/test";
import { giveAll, giveOne } from "./support/give-stripe.ts";
import { appUrl, sandboxUrl, signIn, signUp, somebody } from "./support/visitor.ts";

const script = "**/_js/connect.js";

test("onboarding left half-way goes on where it stopped, on another device", async ({
  browser,
}) => {
  test.setTimeout(120_000);
  const person = somebody("Halfway");
  const desk = await browser.newContext();
  const page = await desk.newPage();
  const slug = await signUp(page, person);
  const place = `${appUrl()}/${slug}/onboarding`;
  await page.goto(place);
  await page.getByRole("button", { name: "Begin" }).click();
  const first = await giveOne(page);
  // The browser is closed with the next form open.
  await desk.close();

  const phone = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const there = await phone.newPage();
  await signIn(there, person.email);
  await there.goto(place);
  await expect(there.getByRole("button", { name: "Begin" })).toHaveCount(0);
  const frame = there.frameLocator('iframe[title="account onboarding"]');
  await expect(frame.getByRole("heading", { level: 2 })).toBeVisible({ timeout: 20_000 });
  await expect(frame.getByRole("heading", { level: 2 })).not.toHaveText(first);
  await giveAll(there);
  await expect(async () => {
    await there.reload();
    await expect(there.getByText("You can be paid")).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 30_000 });
  await phone.close();
});

test("where the browser blocks Stripe's scripts it says so, and there is another way", async ({
  page,
}) => {
  test.setTimeout(90_000);
  const slug = await signUp(page, somebody("Blocker"));
  const place = `${appUrl()}/${slug}/onboarding`;
  await page.route(script, (route) => route.abort("blockedbyclient"));
  await page.goto(place);
  await page.getByRole("button", { name: "Begin" }).click();
  await expect(page.getByText("What Stripe asks could not be loaded")).toBeVisible();

  await page.getByRole("button", { name: "Open Stripe's page instead" }).first().click();
  await page.waitForURL((url) => url.href.startsWith(sandboxUrl()));
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();

  // Still blocked it can be tried again, and once it is allowed it loads.
  await page.goto(place);
  const again = page.getByRole("button", { name: "Try again" }).first();
  await again.click();
  await expect(again).toBeVisible();
  await page.unroute(script);
  await again.click();
  const frame = page.frameLocator('iframe[title="account onboarding"]');
  await expect(frame.getByRole("heading", { level: 2 })).toBeVisible({ timeout: 20_000 });
});
