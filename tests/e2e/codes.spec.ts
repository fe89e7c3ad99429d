import { expect, type Page, test } from "@playwright/test";
import { atStripe, localStripe } from "./support/local-stripe.ts";
import { appUrl, payWith, signUp, somebody } from "./support/visitor.ts";

const card = "4242424242424242";
const plan = "?plan=pro&interval=month&seats=2";

/** A workspace on Starter, paid by card. */
async function onStarter(page: Page): Promise<string> {
  const slug = await signUp(page, somebody(), "?plan=starter");
  await page.getByRole("button", { name: "Subscribe to Starter" }).click();
  await payWith(page, card);
  await page.waitForURL(new RegExp(`/${slug}/billing`));
  await expect(page.getByText("Starter is active.")).toBeVisible();
  return slug;
}

async function makeCode(code: string, percent: number): Promise<void> {
  const terms = { duration: "repeating", duration_in_months: 3 } as const;
  const coupon = await localStripe().coupons.create({ percent_off: percent, ...terms });
  await localStripe().promotionCodes.create({
    ...{ promotion: { type: "coupon", coupon: coupon.id }, code, max_redemptions: 1 },
  });
}

/** Types a code beside the change, as a person would. */
async function type(page: Page, code: string): Promise<void> {
  await page.getByLabel("Promotion code, if you have one").fill(code);
  await page.getByRole("button", { name: "Apply" }).click();
  await page.waitForURL(({ searchParams }) => searchParams.get("code") === code);
}

/** What a part of the page says it comes to, in cents. */
async function centsOf(page: Page, part: string | RegExp): Promise<number> {
  const heading = page.getByRole("region", { name: part }).getByRole("heading");
  const text = await heading.locator("xpath=following-sibling::*").textContent();
  return Math.round(Number(text?.replace(/[^\d.]/g, "")) * 100);
}

test("a code comes with a change of the plan; one that does nothing is said at its field", async ({
  page,
  browser,
}) => {
  const code = `HALF${Date.now().toString(36)}`.toUpperCase();
  await makeCode(code, 50);
  const slug = await onStarter(page);
  await page.goto(`${appUrl()}/${slug}/billing/plan${plan}`);
  await expect(page.getByRole("region", { name: "Due now" })).toBeVisible();
  const [fullNow, fullNext] = [await centsOf(page, "Due now"), await centsOf(page, /^Next/)];

  await type(page, "NOSUCHCODE");
  const field = page.getByLabel("Promotion code, if you have one");
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByRole("alert").filter({ hasText: "There is no code" })).toHaveText(
    "There is no code NOSUCHCODE. Look at its spelling.",
  );
  expect(await centsOf(page, /^Next/)).toBe(fullNext);
  await expect(page.getByRole("button", { name: /^Pay .* and change to Pro$/ })).toBeVisible();

  await type(page, code);
  await expect(field).toHaveAttribute("aria-invalid", "false");
  const discount = page.getByRole("region", { name: "Discount" });
  await expect(discount).toContainText("50 % off for 3 months");
  await expect(discount).toContainText("3 months left");
  const [now, next] = [await centsOf(page, "Due now"), await centsOf(page, /^Next/)];
  expect(next).toBe(fullNext / 2);
  expect(now).toBeLessThan(fullNow);
  await page.getByRole("button", { name: /^Pay .* and change to Pro$/ }).click();
  await expect(page.getByText("The change is made")).toBeVisible();

  const { subscription } = await atStripe(slug);
  const drawn = await localStripe().invoices.createPreview({ subscription });
  const [billed] = (await localStripe().invoices.list({ subscription, limit: 1 })).data;
  expect([billed?.total, drawn.total]).toEqual([now, next]);
  await page.goto(`${appUrl()}/${slug}/billing`);
  const card = page.locator("section", {
    has: page.getByRole("heading", { name: "Next invoice", exact: true }),
  });
  await expect(card).toContainText("Discounts");
  await expect(card).toContainText(`$${(next / 100).toFixed(2)}`);
  await page.getByRole("link", { name: "All changes of the plan" }).click();
  await expect(page.getByRole("row").filter({ hasText: "→ Pro" })).toContainText(code);

  const other = await (await browser.newContext()).newPage();
  const late = await onStarter(other);
  await other.goto(`${appUrl()}/${late}/billing/plan${plan}`);
  await type(other, code);
  await expect(other.getByRole("alert").filter({ hasText: code })).toHaveText(
    `The code ${code} was used up. It cannot be used again.`,
  );
  await other.context().close();
});
