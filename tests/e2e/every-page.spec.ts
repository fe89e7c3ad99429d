import AxeBuilder from "@axe-core/playwright";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { pressUntilOpen } from "#scripts/shots/look";
import { pages, type Viewer } from "#scripts/shots/pages";
import { demo, signIn } from "#scripts/shots/sign-in";
import { appUrl } from "./support/visitor.ts";

/** Each page is opened in one theme and then turned to the other, whose colours alone differ. */
const views = [
  { width: 1440, height: 900, theme: "light", other: "dark" },
  { width: 390, height: 844, theme: "dark", other: "light" },
] as const;
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

test.describe.configure({ mode: "parallel" });

for (const viewer of Object.keys(pages) as Viewer[]) {
  for (const view of views) {
    test(`every page of the ${viewer} at ${view.width} px, light and dark: axe clean, fits, says nothing in the console`, async ({
      browser,
    }) => {
      test.setTimeout(180_000);
      const { page, home } = await open(browser, viewer, view);
      for (const shot of pages[viewer]) {
        await test.step(shot.name, () => visit(page, shot, home, view.other));
      }
      await page.context().close();
    });
  }
}

async function open(browser: Browser, viewer: Viewer, view: (typeof views)[number]) {
  const signedIn = viewer === "visitor" ? undefined : await signIn(browser, appUrl(), demo[viewer]);
  const context = await browser.newContext({
    baseURL: appUrl(),
    viewport: { width: view.width, height: view.height },
    colorScheme: view.theme,
    reducedMotion: "reduce",
    ...(signedIn ? { storageState: signedIn.state } : {}),
  });
  await context.addInitScript((theme) => localStorage.setItem("theme", theme), view.theme);
  return { page: await context.newPage(), home: signedIn?.home ?? "" };
}

type Shot = (typeof pages)[Viewer][number];

async function visit(page: Page, shot: Shot, home: string, other: "light" | "dark") {
  const said: string[] = [];
  const listen = (message: { type(): string; text(): string }) => {
    // The browser repeats the status of the page, which is judged by itself.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) {
      said.push(message.text());
    }
  };
  page.on("console", listen);
  const path = (text: string) => text.replace("{tenant}", home);
  const answer = await page.goto(path(shot.path));
  expect(answer?.status(), shot.name).toBe(shot.status ?? 200);
  if (shot.follow)
    await page
      .locator(`main a[href^="${path(shot.follow)}"]`)
      .first()
      .click();
  if (shot.follow) await page.waitForURL((url) => url.pathname.startsWith(path(shot.follow!)));
  if (shot.below) await page.goto(new URL(page.url()).pathname + shot.below);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  if (shot.press) await pressUntilOpen(page, shot.press);

  const whole = await new AxeBuilder({ page }).withTags(tags).analyze();
  expect.soft(wordsOf(whole), `axe on ${shot.name}`).toEqual([]);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect.soft(overflow, `${shot.name} is wider than the window`).toBeLessThanOrEqual(0);
  await turnTo(page, other);
  const colours = await new AxeBuilder({ page }).withRules(["color-contrast"]).analyze();
  expect.soft(wordsOf(colours), `axe on ${shot.name}, ${other}`).toEqual([]);
  expect.soft(said, `console of ${shot.name}`).toEqual([]);
  page.off("console", listen);
}

function wordsOf({ violations }: Awaited<ReturnType<AxeBuilder["analyze"]>>): string[] {
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

/** As another tab of the same person would: the page follows what is stored. */
async function turnTo(page: Page, theme: "light" | "dark"): Promise<void> {
  await page.evaluate((newValue) => {
    dispatchEvent(new StorageEvent("storage", { key: "theme", newValue }));
  }, theme);
  await expect(page.locator(`html[data-theme="${theme}"]`)).toHaveCount(1);
  await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)));
}
