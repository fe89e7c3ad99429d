import { expect, type Page, test } from "@playwright/test";
import { atStripe, localStripe } from "./support/local-stripe.ts";
import { faultsOf, listenTo } from "./support/look-over.ts";
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

/** From now on the tenant's bank asks for its payer every time. */
async function askAlways(slug: string): Promise<void> {
  const { subscription, account } = await atStripe(slug);
  const stripe = localStripe();
  const card = await stripe.paymentMethods.attach("pm_card_authenticationRequired", {
    customer_account: account,
  });
  await stripe.subscriptions.update(subscription, { default_payment_method: card.id });
}

async function answerBank(page: Page, name: string): Promise<void> {
  await page.frameLocator("dialog iframe").getByRole("button", { name }).click();
}

test("a plan is changed through a bank that asks, put off, canceled and bought again", async ({
  page,
}) => {
  const slug = await signUp(page, somebody(), "?plan=starter");
  await page.getByRole("button", { name: "Subscribe to Starter" }).click();
  await payWith(page, card);
  await page.waitForURL(new RegExp(`/${slug}/billing`));
  await expect(page.getByText("Starter is active.")).toBeVisible();

  await askAlways(slug);
  await page.getByRole("link", { name: "Change plan or seats" }).click();
  await page.getByRole("radio", { name: "Pro" }).check();
  const pay = page.getByRole("button", { name: /^Pay .* and change to Pro$/ });
  await expect(pay).toBeVisible();
  const due = await dueNow(page);
  await pay.click();
  await answerBank(page, "Fail authentication");
  await expect(page.getByText("Pay to finish the change to Pro.")).toBeVisible();
  await expect(page.getByText(/Your plan stays as it is until the invoice is paid/)).toBeVisible();
  await page.getByRole("button", { name: "Pay and finish" }).click();
  await answerBank(page, "Complete authentication");
  await expect(page.getByText("The change is made")).toBeVisible();
  await expect(page.getByText("Pro", { exact: true }).first()).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: due }).first()).toBeVisible();

  await goTo(page, slug, "/plan?plan=starter&interval=month");
  await expect(page.getByText("Nothing is due now.")).toBeVisible();
  await page.getByRole("button", { name: "Plan the change to Starter" }).click();
  await expect(page.getByText(/Changes to Starter on/)).toBeVisible();
  await agree(page, "Undo");
  await expect(page.getByText(/Changes to Starter on/)).toHaveCount(0);

  await page.getByRole("link", { name: "Cancel", exact: true }).click();
  await page.getByRole("radio", { name: "Something else", exact: true }).check();
  await page.getByRole("button", { name: "Go on" }).click();
  await page.getByLabel(/^Anything we should know/).fill("We move abroad.");
  await page.getByRole("link", { name: "Now", exact: true }).click();
  await page.getByRole("link", { name: "When the period ends" }).click();
  await page.getByRole("button", { name: /^Cancel for/ }).click();
  await expect(page.getByText(/The plan ends on/).first()).toBeVisible();
  expect(page.url()).not.toContain("abroad");
  const { subscription } = await atStripe(slug);
  const { cancellation_details: said } = await localStripe().subscriptions.retrieve(subscription);
  expect(said?.comment).toBe("We move abroad.");
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

  await page.getByRole("link", { name: "All changes of the plan" }).click();
  const history = page.getByRole("table", { name: "Changes of the plan" });
  await expect(history.getByRole("row").filter({ hasText: "→ Pro" })).toContainText(due);
  await expect(history.getByRole("row").filter({ hasText: "Canceled at once" })).toContainText(
    "Robin Vale",
  );
});

test("a plan is paid for on this site, in Stripe's page inside ours", async ({ page }) => {
  const slug = await signUp(page, somebody(), "?plan=starter");
  const console = listenTo(page);
  await page.getByRole("button", { name: "Pay on this site instead" }).click();
  await page.waitForURL(new RegExp(`/${slug}/billing/checkout`));
  const inside = page.frameLocator("main iframe");
  await expect(inside.getByLabel("Card number")).toBeVisible();
  expect(await faultsOf(page)).toEqual([]);
  await inside.getByLabel("Card number").fill(card);
  await inside.getByLabel("Expiry").fill("12 / 34");
  await inside.getByLabel("Security code").fill("123");
  await inside.getByLabel(/^Name( on card)?$/).fill("Robin Vale");
  await inside.getByRole("button", { name: "Subscribe" }).click();
  await page.waitForURL(new RegExp(`/${slug}/billing$|/${slug}/billing\\?`));
  await expect(page.getByText("Starter is active.")).toBeVisible();
  console.stop();
  expect(console.said).toEqual([]);
});
