import { expect, test } from "@playwright/test";
import { pressUntilOpen } from "#scripts/shots/look";
import {
  appUrl,
  dialogOf,
  latestMail,
  linkIn,
  password,
  signIn,
  signUp,
  somebody,
} from "./support/visitor.ts";

test("the keyboard alone finds a page and goes there", async ({ page }) => {
  const slug = await signUp(page, somebody());
  await pressUntilOpen(page, "Control+k");
  await page.keyboard.type("team");
  await expect(page.getByRole("dialog").getByText("Team").first()).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/${slug}/team`));
  await expect(page.getByRole("heading", { level: 1, name: "Team" })).toBeVisible();
});

test("a second sign-up with the same e-mail is told to sign in", async ({ page, browser }) => {
  const person = somebody();
  await signUp(page, person);
  const again = await (await browser.newContext()).newPage();
  await again.goto(`${appUrl()}/sign-up`);
  await again.getByLabel("Your name").fill("Somebody Else");
  await again.getByLabel("Work e-mail").fill(person.email.toUpperCase());
  await again.getByLabel("Password", { exact: true }).fill(password);
  await again.getByLabel("Company").fill("Another Company");
  await again.getByRole("button", { name: "Create workspace" }).click();
  await expect(again.getByText(/sign in instead/i)).toBeVisible();
  await expect(again.getByLabel("Work e-mail")).toBeFocused();
});

test("an address that is taken is refused with one that is free", async ({ page, browser }) => {
  const taken = await signUp(page, somebody());
  const other = await (await browser.newContext()).newPage();
  const slug = await signUp(other, somebody());
  await other.goto(`${appUrl()}/${slug}/settings`);
  await other.getByLabel("Address").fill(taken);
  await other.getByRole("button", { name: "Change the address" }).first().click();
  await dialogOf(other).getByRole("button", { name: "Change the address" }).click();
  await expect(other.getByText(/taken/i).first()).toBeVisible();
});

test("an invitation opens once", async ({ page, browser }) => {
  const slug = await signUp(page, somebody());
  const colleague = somebody();
  await page.goto(`${appUrl()}/${slug}/team`);
  await page.getByRole("button", { name: "Invite people" }).click();
  const dialog = dialogOf(page);
  await dialog.getByLabel("E-mail addresses").fill(colleague.email);
  await dialog.getByRole("button", { name: /^Send/ }).click();
  await expect(dialog.getByText(/on the way/)).toBeVisible();
  const link = linkIn(await latestMail(page, colleague.email));

  const first = await (await browser.newContext()).newPage();
  await first.goto(link);
  await first.getByLabel("Your name").fill(colleague.name);
  await first.getByLabel("Password", { exact: true }).fill(password);
  await first.getByRole("button", { name: /^Join/ }).click();
  await first.waitForURL(new RegExp(`/${slug}`));
  await first.goto(`${appUrl()}/${slug}/billing`);
  await expect(first.getByText("Billing is not part of your role")).toBeVisible();

  const second = await (await browser.newContext()).newPage();
  await second.goto(link);
  await expect(second.getByText("This invitation opens nothing any more")).toBeVisible();
});

test("another tenant's address leads nowhere, on pages and in the API", async ({
  page,
  browser,
}) => {
  const theirs = await signUp(page, somebody());
  const stranger = await (await browser.newContext()).newPage();
  await signUp(stranger, somebody());
  for (const path of ["", "/billing", "/invoices", "/team", "/audit", "/settings"]) {
    const answer = await stranger.goto(`${appUrl()}/${theirs}${path}`);
    expect(answer?.status(), path).toBe(404);
  }
  for (const path of ["billing", "invoices", "members", "audit", "search?q=a", "subscription"]) {
    const answer = await stranger.request.get(`${appUrl()}/api/v1/tenants/${theirs}/${path}`);
    expect(answer.status(), path).toBe(404);
  }
  expect((await stranger.goto(`${appUrl()}/admin`))?.status()).toBe(404);
});

test("signing out everywhere ends the other browser's session at once", async ({
  page,
  browser,
}) => {
  const person = somebody();
  const slug = await signUp(page, person);
  const other = await (await browser.newContext()).newPage();
  await signIn(other, person.email);
  await other.goto(`${appUrl()}/account`);
  await other.getByRole("button", { name: "Sign out everywhere" }).click();
  await dialogOf(other).getByRole("button", { name: "Sign out everywhere" }).click();
  await other.waitForURL(/\/sign-in/);
  await page.goto(`${appUrl()}/${slug}`);
  await expect(page).toHaveURL(/\/sign-in\?next=/);
});

test("a forgotten password is set anew by mail, once", async ({ page, browser }) => {
  const person = somebody();
  await signUp(page, person);
  const fresh = await (await browser.newContext()).newPage();
  await fresh.goto(`${appUrl()}/forgot-password`);
  await fresh.getByLabel(/e-mail/i).fill(person.email);
  await fresh.getByRole("button", { name: "Send the link" }).click();
  await expect(fresh.getByText("Look in your mailbox")).toBeVisible();
  await expect
    .poll(async () => latestMail(fresh, person.email), { timeout: 10_000 })
    .toContain("/reset-password");
  const link = linkIn(await latestMail(fresh, person.email));
  await fresh.goto(link);
  await fresh.getByLabel("New password").fill("a whole new passphrase");
  await fresh.getByRole("button", { name: "Set the password" }).click();
  await expect(fresh.getByText("Your password is changed")).toBeVisible();
  await signIn(fresh, person.email, "a whole new passphrase");

  await page.goto(link);
  await page.getByLabel("New password").fill("yet another passphrase");
  await page.getByRole("button", { name: "Set the password" }).click();
  await expect(page.getByText(/used|expired|ask for a new/i).first()).toBeVisible();
});

test("too many wrong passwords are told how long to wait", async ({ page }) => {
  const { email } = somebody();
  await page.goto(`${appUrl()}/sign-in`);
  await page.getByLabel("Work e-mail").fill(email);
  for (let attempt = 0; attempt < 12; attempt += 1) {
    await page.getByLabel("Password", { exact: true }).fill(`wrong ${attempt} password`);
    const answered = page.waitForResponse(/callback\/credentials/);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await answered;
  }
  await expect(page.getByText(/Too many tries. Wait/)).toBeVisible();
});

test("the console of the platform is closed to writes from another site", async ({ page }) => {
  const slug = await signUp(page, somebody());
  const answer = await page.request.patch(`${appUrl()}/api/v1/tenants/${slug}`, {
    headers: { origin: "https://evil.example" },
    data: { name: "Taken over" },
  });
  expect(answer.status()).toBe(403);
});
