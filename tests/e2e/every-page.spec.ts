import { type Browser, expect, type Page, test } from "@playwright/test";
import { pressUntilOpen } from "#scripts/shots/look";
import { pages, type Viewer } from "#scripts/shots/pages";
import { demo, signIn } from "#scripts/shots/sign-in";
import { colourFaultsOf, faultsOf, listenTo } from "./support/look-over.ts";
import { appUrl } from "./support/visitor.ts";

/** A wide page is opened in one theme and then turned to the other, whose colours alone differ. */
const views = [
  { width: 1440, height: 900, theme: "light", turnsTo: "dark" },
  { width: 390, height: 844, theme: "dark", turnsTo: undefined },
] as const;
type View = (typeof views)[number];

test.describe.configure({ mode: "parallel" });

for (const viewer of Object.keys(pages) as Viewer[]) {
  for (const view of views) {
    const themes = view.turnsTo ? "light and dark" : view.theme;
    const seen = `${viewer} at ${view.width} px, ${themes}`;
    test(`every page of the ${seen}: axe clean, fits, says nothing in the console`, async ({
      browser,
    }) => {
      test.setTimeout(180_000);
      const { page, home } = await open(browser, viewer, view);
      for (const shot of pages[viewer]) {
        await test.step(shot.name, () => visit(page, shot, home, view));
      }
      await page.context().close();
    });
  }
}

async function open(browser: Browser, viewer: Viewer, view: View) {
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

async function visit(page: Page, shot: Shot, home: string, { turnsTo }: View) {
  const { said, stop } = listenTo(page);
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

  expect.soft(await faultsOf(page), shot.name).toEqual([]);
  if (turnsTo) {
    expect.soft(await colourFaultsOf(page, turnsTo), `${shot.name}, ${turnsTo}`).toEqual([]);
  }
  expect.soft(said, `console of ${shot.name}`).toEqual([]);
  stop();
}
