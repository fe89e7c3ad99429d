import { randomBytes } from "node:crypto";
import { expect, type Locator, type Page } from "@playwright/test";

/** Where the stack under test answers; global set-up started it. */
export const appUrl = () => process.env.E2E_URL ?? "";
export const sandboxUrl = () => process.env.E2E_SANDBOX_URL ?? "";

export const password = "correct horse battery";

/** Somebody new, with a company nobody else has, whichever worker asks in the same moment. */
export function somebody(company = "Harbor Freight") {
  const tag = randomBytes(6).toString("hex");
  return { name: "Robin Vale", email: `robin.${tag}@example.test`, company: `${company} ${tag}` };
}

type Person = ReturnType<typeof somebody>;

/** Signs up through the page and ends in the new workspace. Returns its slug. */
export async function signUp(page: Page, person: Person, search = ""): Promise<string> {
  await page.goto(`${appUrl()}/sign-up${search}`);
  await page.getByLabel("Your name").fill(person.name);
  await page.getByLabel("Work e-mail").fill(person.email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByLabel("Company").fill(person.company);
  await page.getByRole("button", { name: "Create workspace" }).click();
  await page.waitForURL(({ pathname }) => pathname !== "/sign-up");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  return new URL(page.url()).pathname.split("/")[1] ?? "";
}

export async function signIn(page: Page, email: string, secret = password): Promise<void> {
  await page.goto(`${appUrl()}/sign-in`);
  await page.getByLabel("Work e-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(secret);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL((url) => url.pathname !== "/sign-in");
}

/** The question or form that lies over the page. */
export function dialogOf(page: Page): Locator {
  return page.locator('[role="dialog"], [role="alertdialog"]');
}

/** Fills the local Stripe's payment page and pays. */
export async function payWith(page: Page, card: string): Promise<void> {
  await page.waitForURL(/\/c\/pay\//);
  await page.getByLabel("Card number").fill(card);
  await page.getByLabel("Expiry").fill("12 / 34");
  await page.getByLabel("Security code").fill("123");
  await page.getByLabel(/^Name( on card)?$/).fill("Robin Vale");
  await page
    .getByRole("button", { name: /subscribe|pay/i })
    .first()
    .click();
}

/** The newest mail of the local mailbox to an address: its plain text. */
export async function latestMail(page: Page, to: string): Promise<string> {
  await expect
    .poll(async () => (await mails(page)).some((mail) => mail.to === to), { timeout: 10_000 })
    .toBe(true);
  const mail = (await mails(page)).find((candidate) => candidate.to === to);
  const response = await page.request.get(`${appUrl()}/api/v1/mails/${mail?.id}`);
  return ((await response.json()) as { text: string }).text;
}

async function mails(page: Page): Promise<{ id: string; to: string }[]> {
  const response = await page.request.get(`${appUrl()}/api/v1/mails`);
  return ((await response.json()) as { rows: { id: string; to: string }[] }).rows;
}

/** The first link in a mail's text. */
export function linkIn(text: string): string {
  return /https?:\/\/\S+/.exec(text)?.[0] ?? "";
}
