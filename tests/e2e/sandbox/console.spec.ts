import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import Stripe from "stripe";
import { type Sandbox, startSandbox } from "#sandbox/server";
import { populated } from "#tests/sandbox/console-world";

/** A person walks through the console of a world in which something of everything has happened. */
let sandbox: Sandbox;
let world: Awaited<ReturnType<typeof populated>>;

test.describe.configure({ mode: "serial" });

test.beforeAll(async () => {
  sandbox = await startSandbox({ memory: true, seed: 7 });
  world = await populated(reached(), "mine");
});
test.afterAll(async () => {
  world.close();
  await sandbox.close();
});

const faults: string[] = [];
test.beforeEach(({ page }) => {
  faults.length = 0;
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (said) => {
    if (said.type() === "error") faults.push(said.text());
  });
});
test.afterEach(() => expect(faults).toEqual([]));

function reached() {
  return {
    url: sandbox.url,
    client: clientOf,
    admin: async <Answer>(path: string, body?: object, name = "mine") => {
      const response = await fetch(`${sandbox.url}/_sandbox${path}`, {
        method: body === undefined ? "GET" : "POST",
        headers: { authorization: `Bearer sk_test_${name}` },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return (await response.json()) as Answer;
    },
  };
}

function clientOf(name = "mine", config = {}) {
  return new Stripe(`sk_test_${name}`, {
    ...{ host: "127.0.0.1", port: sandbox.port, protocol: "http" as const },
    ...{ maxNetworkRetries: 0, telemetry: false, ...config },
  });
}

/** A heading can be read before the keys are bound: the script runs when the document is whole. */
const bound = (page: Page) => page.waitForLoadState("domcontentloaded");

const at = (path: string) => `${sandbox.url}${path}`;

test("from the root into a world, to an id by a key, and on by its links", async ({ page }) => {
  await page.goto(at("/"));
  await page.getByRole("link", { name: "sk_test_mine" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("sk_test_mine");

  await bound(page);
  await page.keyboard.press("/");
  await page.keyboard.type(world.charge);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Charge");
  await page.getByRole("group", { name: "JSON" }).getByRole("link", { name: "cus_" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("<script>alert(1)</script>");

  await bound(page);
  await page.keyboard.press("g");
  await page.keyboard.press("c");
  await expect(page).toHaveURL(/\/clock$/);
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keys" })).toBeVisible();
});

test("an event appears as it happens, waits while paused, and can be filtered", async ({
  page,
}) => {
  await page.goto(at("/w/mine/events"));
  await expect(page.getByRole("status")).toHaveText(/Live/);
  const rows = page.locator("#event-rows tr");
  const before = await rows.count();

  const product = await clientOf().products.create({ name: "Live" });
  await expect(rows.first()).toContainText("product.created");
  await rows.first().getByRole("link", { name: "prod_" }).click();
  await expect(page).toHaveURL(new RegExp(product.id));

  await page.goBack();
  await expect(page.getByRole("status")).toHaveText(/Live/);
  await page.getByRole("button", { name: "Pause" }).click();
  await clientOf().coupons.create({ percent_off: 5, duration: "once" });
  await expect(page.getByRole("status")).toHaveText(/Paused, 1 new/);
  await page.getByRole("button", { name: "Resume" }).click();
  await expect(rows.first()).toContainText("coupon.created");
  expect(await rows.count()).toBeGreaterThanOrEqual(Math.min(before + 2, 52));

  await page.getByLabel("Type begins with").fill("invoice.");
  await page.getByRole("button", { name: "Filter" }).click();
  await expect(rows.first()).toContainText("invoice.");
  await expect(page.locator("#event-rows")).not.toContainText("coupon.created");
});

test("a failed delivery is read, tried again, and taken", async ({ page }) => {
  await page.goto(at("/w/mine/deliveries?state=failing"));
  await page.getByRole("group", { name: "Deliveries" }).getByRole("link").first().click();
  await expect(page.getByRole("group", { name: "Attempts" })).toContainText("answered 500");
  world.bad.answer(200);
  await page.getByRole("button", { name: "Try again now" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("delivered");
});

test("time is moved to what is due next", async ({ page }) => {
  await page.goto(at("/w/mine/clock"));
  await page.getByRole("button", { name: /To what is due next/ }).click();
  await expect(page.getByText(/thing.? happened on the/)).toBeVisible();
  await page.getByRole("button", { name: "A month" }).click();
  await expect(page.getByText(/happened on the/)).toBeVisible();
  const subscription = await clientOf().subscriptions.retrieve(world.subscription, {
    expand: ["latest_invoice"],
  });
  expect(subscription.latest_invoice).toMatchObject({ billing_reason: "subscription_cycle" });
});

test("a fault is set and bites the next request, which the log shows", async ({ page }) => {
  await page.goto(at("/w/mine/faults"));
  const form = page.getByRole("region", { name: "Break a request" });
  await form.getByLabel("Route").fill("POST /v1/customers");
  await form.getByLabel("How", { exact: true }).selectOption("500");
  await form.getByRole("button").click();
  await expect(page.getByRole("group", { name: "Active faults" })).toContainText(
    "POST /v1/customers",
  );

  await expect(clientOf().customers.create({})).rejects.toMatchObject({ statusCode: 500 });
  await page.goto(at("/w/mine/requests?only=failed"));
  const first = page.getByRole("row").nth(1);
  await expect(first).toContainText("POST /v1/customers");
  await expect(first).toContainText("500");
});

test("a refund is said before it is made, and made once", async ({ page }) => {
  await page.goto(at(`/w/mine/object/${world.charge}`));
  await page.getByText("Refund", { exact: true }).first().click();
  await expect(page.getByText(/Gives up to \$120.00 back/)).toBeVisible();
  await page
    .getByLabel(/Amount in minor units/)
    .first()
    .fill("700");
  await page.getByRole("button", { name: "Refund" }).click();
  await expect(page.getByRole("status")).toContainText("Done.");
  expect((await clientOf().charges.retrieve(world.charge)).amount_refunded).toBe(1200);
});

test("without a script a page still leads on and acts", async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(at(`/w/mine/object/${world.subscription}`));
  await page.getByText("Cancel at period end").first().click();
  await page.getByRole("button", { name: "Cancel at period end" }).click();
  await expect(page.getByRole("status")).toContainText("Done.");
  await page.getByLabel("Account", { exact: true }).selectOption({ label: "Corner shop" });
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page).toHaveURL(new RegExp(`account=${world.account}`));
  await context.close();
});

test("every page is accessible in light and dark, and fits a phone", async ({ browser }) => {
  test.slow(); // Every page of the console, walked by axe in light and dark.
  await clientOf("bare").balance.retrieve();
  const context = await browser.newContext({ reducedMotion: "reduce" });
  const page = await context.newPage();
  const found: string[] = [];
  for (const path of everyPage()) found.push(...(await faultsOf(page, path)));
  expect(found).toEqual([]);
  await context.close();
});

// No page of the console has a frame, so axe may run in the page and needs no page of its own.
// What a page does right is not described.
const axeOf = (page: Page) =>
  new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ["violations"] });

async function faultsOf(page: Page, path: string): Promise<string[]> {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto(at(path));
  const light = await axeOf(page).analyze();
  // A theme changes colours and nothing else.
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = await axeOf(page).withRules(["color-contrast"]).analyze();
  await page.setViewportSize({ width: 390, height: 900 });
  const beyond = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  const violations = [...light.violations, ...dark.violations];
  return [
    ...violations.map(({ id, nodes }) => `${path}: ${id} ${nodes[0]?.html}`),
    ...(beyond > 0 ? [`${path}: ${beyond} pixels wider than a phone`] : []),
  ];
}

function everyPage(): string[] {
  return [
    ...["/", "/w/mine", "/w/mine/accounts", `/w/mine/accounts/${world.account}`],
    ...["/w/mine/objects", "/w/mine/objects/invoice", `/w/mine/object/${world.charge}`],
    ...["/w/mine/events", "/w/mine/deliveries", "/w/mine/deliveries/3", "/w/mine/requests"],
    ...["/w/mine/clock", "/w/mine/faults", "/w/mine/jump?q=harbour", "/w/bare"],
    ...["/w/bare/events", "/w/bare/objects/invoice"],
    `/w/mine?account=${world.account}`,
  ];
}
