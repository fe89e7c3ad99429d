import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, type Page, test } from "@playwright/test";
import { Webhook } from "standardwebhooks";
import { faultsOf } from "./support/look-over.ts";
import { appUrl, dialogOf, signUp, somebody } from "./support/visitor.ts";

type Heard = { headers: Record<string, string>; body: string };

/** A receiver of webhooks on this machine, as a tenant would write one. */
const heard: Heard[] = [];
let answer = 204;
let server: Server;
let url: string;

test.beforeAll(async () => {
  server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const headers = request.headers as Record<string, string>;
    heard.push({ headers, body: Buffer.concat(parts).toString() });
    response.writeHead(answer, { "x-receiver": "mine" }).end(answer === 500 ? "out of order" : "");
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`;
});
test.afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const secretOf = async (page: Page): Promise<string> =>
  (await page.getByRole("region", { name: "Signing secret" }).textContent()) ?? "";
const verify = (secret: string, { headers, body }: Heard) =>
  new Webhook(secret).verify(body, headers) as { type: string; test?: boolean };

/** Confirms what a button asks. */
async function confirm(page: Page, button: string, answerTo = button): Promise<void> {
  await page.getByRole("button", { name: button, exact: true }).click();
  await dialogOf(page).getByRole("button", { name: answerTo, exact: true }).click();
  await expect(dialogOf(page)).toHaveCount(0);
}

async function expectClean(page: Page): Promise<void> {
  expect(await faultsOf(page)).toEqual([]);
}

test("an endpoint is added, tried, rotated, mended and deleted, all by clicking", async ({
  page,
}) => {
  test.setTimeout(180_000);
  const slug = await signUp(page, somebody());
  await page.getByRole("link", { name: "Developers", exact: true }).click();
  await expect(page.getByText("Nothing is told of what happens here yet")).toBeVisible();
  await page.getByRole("link", { name: "Add endpoint" }).click();

  // What is wrong is said where it is wrong.
  await page.getByLabel("Address").fill("http://169.254.169.254/latest");
  await page.getByRole("button", { name: "Add endpoint" }).click();
  await expect(page.getByText("Choose at least one type of event.")).toBeVisible();
  await page.getByRole("checkbox", { name: "All of Payouts" }).check();
  await page.getByRole("checkbox", { name: /invoice\.paid/ }).check();
  await expect(page.getByText("6 types chosen")).toBeVisible();
  await page.getByRole("button", { name: "Add endpoint" }).click();
  await expect(page.getByText("The URL must begin with https://.")).toBeVisible();
  await page.getByLabel("Address").fill(url);
  await page.getByLabel("What it is for").fill("The shop's back office");
  await page.getByRole("button", { name: "Add endpoint" }).click();

  const heading = page.getByRole("heading", { name: /Keep its signing secret/ });
  await expect(heading).toBeFocused();
  await expectClean(page);
  const first = (await secretOf(page)).trim();
  expect(first).toMatch(/^whsec_/);
  await page.getByRole("link", { name: "I have stored it" }).click();
  await expect(page.getByRole("heading", { level: 1, name: new RegExp(url) })).toBeVisible();
  await expect(page.getByText(first)).toHaveCount(0);

  await page.getByRole("button", { name: "Send a test" }).click();
  await dialogOf(page).getByLabel("Type of event").selectOption("payout.paid");
  await dialogOf(page).getByRole("button", { name: "Send it" }).click();
  await expect(
    page.getByRole("row", { name: /payout\.paid · test.*delivered.*204/ }),
  ).toBeVisible();
  expect(verify(first, heard[0]!)).toMatchObject({ type: "payout.paid", test: true });

  // For a day both secrets sign.
  await page.getByRole("button", { name: "Rotate" }).click();
  await dialogOf(page).getByRole("button", { name: "Make a new secret" }).click();
  await expect(page.getByRole("heading", { name: "The new signing secret" })).toBeFocused();
  const second = (await secretOf(page)).trim();
  await page.getByRole("button", { name: "I have stored it" }).click();
  await expect(page.getByText("whsec_••••••••")).toHaveCount(2);

  answer = 500;
  await confirm(page, "Send a test", "Send it");
  const failing = page.getByRole("row", { name: /payout\.paid · test.*retrying.*500/ });
  await expect(failing).toBeVisible();
  for (const secret of [first, second]) verify(secret, heard.at(-1)!);
  await page.reload();
  await expect(page.getByText(/Nothing has arrived there since/)).toBeVisible();
  await expectClean(page);

  await failing.getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1, name: /payout\.paid/ })).toBeVisible();
  await expect(page.getByText("out of order").first()).toBeVisible();
  await expect(page.getByText("x-receiver: mine").first()).toBeVisible();
  // The schedule's second try comes by itself after five seconds; the third only after minutes.
  await expect(page.getByText("Try 2")).toBeVisible({ timeout: 30_000 });
  await expectClean(page);
  answer = 204;
  await confirm(page, "Try now");
  await expect(page.getByText("Answered 204")).toBeVisible();
  const [again, before] = [heard.at(-1)!, heard.at(-2)!];
  expect(again.headers["webhook-id"]).toBe(before.headers["webhook-id"]);

  await page.goto(`${appUrl()}/${slug}/developers`);
  await page.getByRole("link", { name: new RegExp(url) }).click();
  await confirm(page, "Turn off");
  await expect(page.getByText(/^Off since/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Send a test" })).toHaveCount(0);
  await confirm(page, "Turn on");
  await confirm(page, "Send again");
  await expect(page.getByText("Nothing was missing.")).toBeVisible();

  await page.getByRole("link", { name: "Edit" }).click();
  await page.getByLabel("What it is for").fill("The warehouse");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("The warehouse")).toBeVisible();
  await page.getByRole("link", { name: "Edit" }).click();
  await confirm(page, "Delete");
  await expect(page.getByText("Nothing is told of what happens here yet")).toBeVisible();
});

test("the keyboard alone chooses the types and adds an endpoint", async ({ page }) => {
  const slug = await signUp(page, somebody());
  await page.goto(`${appUrl()}/${slug}/developers/endpoints/new`);
  await page.getByLabel("Address").focus();
  await page.keyboard.type("https://hooks.example.com/in");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("checkbox", { name: "All of Your plan" })).toBeFocused();
  await page.keyboard.press("Space");
  await expect(page.getByText("8 types chosen")).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: /Keep its signing secret/ })).toBeFocused();
});

test("a member without the role is told whom to ask", async ({ page }) => {
  await page.goto(`${appUrl()}/sign-in`);
  await page.getByLabel("Work e-mail").fill("mei@northbeam.test");
  await page.getByLabel("Password", { exact: true }).fill("lockstep-demo");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL((there) => there.pathname !== "/sign-in");
  await page.goto(`${appUrl()}/northbeam/developers`);
  await expect(page.getByText("Developers is not part of your role")).toBeVisible();
  await expect(page.getByRole("link", { name: "Developers", exact: true })).toHaveCount(0);
});
