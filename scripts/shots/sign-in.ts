import type { Browser, BrowserContext } from "@playwright/test";

export type SignedIn = {
  state: Awaited<ReturnType<BrowserContext["storageState"]>>;
  /** The first part of the address one lands on: a tenant's slug, or `admin`. */
  home: string;
};

/** The demo's people; seeded by `npm start` beside the local Stripe. */
export const demo = {
  tenant: "ada@northbeam.test",
  newcomer: "nadia@mosswood.test",
  undecided: "owen@fable.test",
  behind: "marcus@tidewater.test",
  metered: "imogen@kestrel.test",
  member: "mei@northbeam.test",
  admin: "admin@lockstep.test",
  password: "lockstep-demo",
} as const;

/** Signs in as a person does, through the form, and keeps the cookies for every later look. */
export async function signIn(browser: Browser, url: string, email: string): Promise<SignedIn> {
  const context = await browser.newContext({ baseURL: url });
  try {
    const page = await context.newPage();
    await page.goto("/sign-in");
    await page.getByRole("textbox", { name: /e-?mail/i }).fill(email);
    await page.locator('input[type="password"]').fill(demo.password);
    await page.getByRole("button", { name: /^sign in$/i }).click();
    await page.waitForURL(({ pathname }) => pathname !== "/sign-in", { timeout: 20_000 });
    const home = new URL(page.url()).pathname.split("/")[1] ?? "";
    return { state: await context.storageState(), home };
  } catch (error) {
    const reason = error instanceof Error ? error.message.split("\n")[0] : error;
    throw new Error(`Could not sign in as ${email} at ${url}/sign-in: ${reason}`);
  } finally {
    await context.close();
  }
}
