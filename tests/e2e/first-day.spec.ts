import { expect, test } from "@playwright/test";
import {
  appUrl,
  dialogOf,
  latestMail,
  linkIn,
  password,
  payWith,
  signUp,
  somebody,
} from "./support/visitor.ts";

test("a visitor signs up, subscribes to Pro with three seats, and a colleague joins", async ({
  page,
  browser,
}) => {
  const person = somebody("Orchard and Pine");
  await page.goto(appUrl());
  await page.getByRole("link", { name: "See the prices" }).first().click();
  await page.waitForURL(/\/pricing/);
  await page.getByRole("link", { name: "Choose Pro" }).click();
  await page.waitForURL(/\/sign-up\?.*plan=pro/);
  const search = new URL(page.url()).search;

  const slug = await signUp(page, person, search);
  await expect(page).toHaveURL(new RegExp(`/${slug}/billing`));
  const seats = page.getByRole("textbox", { name: "Seats" });
  await seats.fill("3");
  await seats.blur();
  await expect(page.getByText("$85.00").first()).toBeVisible();
  await page.getByRole("button", { name: "Subscribe to Pro" }).click();
  await payWith(page, "4242424242424242");

  await page.waitForURL(new RegExp(`/${slug}/billing`));
  const arrived = Date.now();
  await expect(page.getByText("Pro is active.")).toBeVisible();
  test.info().annotations.push({ type: "active after", description: `${Date.now() - arrived} ms` });

  await page.getByRole("link", { name: "Invoices", exact: true }).first().click();
  await page.waitForURL(new RegExp(`/${slug}/invoices`));
  await expect(page.getByRole("row", { name: /paid/ })).toContainText("$85.00");
  await page.getByRole("row", { name: /paid/ }).getByRole("link").first().click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("-0001");

  await page.goto(`${appUrl()}/${slug}/team`);
  await page.getByRole("button", { name: "Invite people" }).click();
  const colleague = somebody();
  await dialogOf(page).getByRole("textbox").first().fill(colleague.email);
  await dialogOf(page)
    .getByRole("button", { name: /invit|send/i })
    .first()
    .click();
  await expect(page.getByText(colleague.email).first()).toBeVisible();

  const mail = await latestMail(page, colleague.email);
  const other = await (await browser.newContext()).newPage();
  await other.goto(linkIn(mail));
  await other.getByLabel("Your name").fill("Jo Bell");
  await other.getByLabel("Password", { exact: true }).fill(password);
  await other.getByRole("button", { name: /^Join/ }).click();
  await other.waitForURL(new RegExp(`/${slug}`));
  await expect(other.getByRole("heading", { level: 1 })).toBeVisible();

  await page.goto(`${appUrl()}/${slug}/team`);
  await expect(page.getByRole("row", { name: /Jo Bell/ })).toBeVisible();
});
