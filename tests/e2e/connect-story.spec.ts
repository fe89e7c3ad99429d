import { expect, type Locator, type Page, test } from "@playwright/test";
import { giveAll, type Steps } from "./support/give-stripe.ts";
import { atHome, tellStripe } from "./support/local-stripe.ts";
import { appUrl, dialogOf, payWith, signIn, signUp, somebody } from "./support/visitor.ts";

/** Paid with this, money can be paid out at once; with the other the payer's bank takes it back. */
const atOnce = "4000000000000077";
const disputing = "4000000000002685";

/** Somebody else, in a browser of their own, pays at the link. */
async function payAt(page: Page, address: string, card: string): Promise<void> {
  await page.goto(address);
  await page.getByRole("button", { name: "Go on to payment" }).click();
  await page.waitForURL(/\/c\/pay\//);
  const email = page.getByLabel("Email");
  if (await email.count()) await email.fill("bea.buyer@example.test");
  await payWith(page, card);
  await page.waitForURL(/\/thanks/);
}

/** Looks again until it is there: what Stripe tells of comes in its own time. */
async function eventually(page: Page, what: Locator): Promise<void> {
  await expect(async () => {
    await page.reload();
    await expect(what).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 30_000 });
}

/** Answers the question that lies over the page. */
async function agree(page: Page, name: string | RegExp, words?: string): Promise<void> {
  const dialog = dialogOf(page);
  if (words) await dialog.getByRole("textbox").first().fill(words);
  await dialog.getByRole("button", { name }).click();
  await expect(dialog).toHaveCount(0);
}

test("a company is paid, pays out, refunds, answers a dispute and mends a requirement", async ({
  page,
  browser,
}) => {
  test.setTimeout(150_000);
  const steps: Steps = [];
  const slug = await signUp(page, somebody("Vale"));
  steps.push("signs up");
  const at = (path: string) => `${appUrl()}/${slug}${path}`;

  await page.goto(at("/onboarding"));
  await page.getByRole("button", { name: "Begin" }).click();
  steps.push("begins");
  await giveAll(page, steps);
  await eventually(page, page.getByText("You can be paid"));

  await page.goto(at("/links/new"));
  await page.getByLabel("What is paid for").fill("A blue vase");
  await page.getByLabel("Price", { exact: true }).last().fill("100.00");
  await page.getByRole("button", { name: "Make the link" }).click();
  const link = page.getByRole("link", { name: /\/pay\// });
  await expect(link).toBeVisible();
  const address = (await link.getAttribute("href")) ?? "";
  steps.push("makes a payment link");
  const payer = await (await browser.newContext()).newPage();
  await payAt(payer, address, atOnce);
  console.log(`To the first payment: ${steps.length} steps: ${steps.join("; ")}.`);
  expect(steps.length).toBeLessThanOrEqual(8);

  await payOutOnceReleased(page, slug, await browser.newPage());
  await refund(page, slug);
  await payAt(payer, address, disputing);
  await answerDispute(page, slug);
  await mendRequirement(page, slug);
});

/** What is available goes to the bank: not while an admin holds it, and again once released. */
async function payOutOnceReleased(page: Page, slug: string, admin: Page): Promise<void> {
  await signIn(admin, "admin@lockstep.test", "lockstep-demo");
  await admin.goto(`${appUrl()}/admin/tenants/${(await atHome(slug)).id}`);
  await admin.getByRole("button", { name: "Stop payments or payouts" }).click();
  await agree(admin, "Stop", "We look at the first sales.");
  await page.goto(`${appUrl()}/${slug}/payouts/new?amount=20.00&currency=usd`);
  await expect(page.getByText("We stopped the payouts of this workspace")).toBeVisible();
  await admin.getByRole("button", { name: "Release", exact: true }).first().click();
  await agree(admin, "Release", "All is well.");
  await eventually(page, page.getByRole("button", { name: "Pay out $20.00" }));
  await page.getByRole("button", { name: "Pay out $20.00" }).click();
  await agree(page, "Pay out $20.00");
  await page.waitForURL(/\/payouts$/);
  await eventually(page, page.getByRole("row", { name: /\$20\.00/ }));
}

/** A payment is given back in part, after who bears what was seen. */
async function refund(page: Page, slug: string): Promise<void> {
  await page.goto(`${appUrl()}/${slug}/payments`);
  await page.getByRole("row", { name: /paid/ }).getByRole("link").first().click();
  await page.getByLabel("Amount in USD").fill("30.00");
  await page.getByRole("button", { name: "Show who bears what" }).click();
  await page.getByRole("button", { name: "Give $30.00 back" }).click();
  await eventually(page, page.getByText("partly given back").first());
}

/** What Stripe asks late stops the account, until it is given in the component on the page. */
async function mendRequirement(page: Page, slug: string): Promise<void> {
  const description = "interv_1.other_supportability_inquiry.support";
  const { account } = await atHome(slug);
  await tellStripe(`accounts/${account}/requirements`, { description, deadline_seconds: 1 });
  await page.goto(`${appUrl()}/${slug}/onboarding`);
  await eventually(page, page.getByText("overdue").last());
  const frame = page.frameLocator('iframe[title="account onboarding"]');
  const buffer = Buffer.from("%PDF-1.7");
  const proof = { name: "answer.pdf", mimeType: "application/pdf", buffer };
  await frame.locator('input[type="file"]').setInputFiles(proof);
  await frame.getByRole("button", { name: "Submit" }).click();
  await eventually(page, page.getByText("You can be paid"));
}

/** The dispute is in view with its deadline; what is written is seen before it goes out, once. */
async function answerDispute(page: Page, slug: string): Promise<void> {
  await page.goto(`${appUrl()}/${slug}/disputes`);
  const row = page.getByRole("row", { name: /needs your answer/ });
  await eventually(page, row);
  await row.getByRole("link").first().click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("$100.00 disputed");
  await page.getByLabel("Tracking number").fill("1Z 999 AA1");
  await page.getByRole("button", { name: "Save the draft" }).click();
  await expect(page.getByText("1Z 999 AA1").last()).toBeVisible();
  await page.getByRole("button", { name: "Hand it in" }).click();
  await dialogOf(page).getByRole("button", { name: "Hand in" }).click();
  await expect(page.getByText(/^Handed in/)).toBeVisible();
}
