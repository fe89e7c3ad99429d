import { type Browser, expect, type Page, test } from "@playwright/test";
import { pressUntilOpen } from "#scripts/shots/look";
import { pages, type Viewer } from "#scripts/shots/pages";
import { demo, signIn } from "#scripts/shots/sign-in";
import { arrive, faultsOf, listenTo, turnTo } from "./support/look-over.ts";
import { appUrl } from "./support/visitor.ts";

/**
 * A page is judged twice: light in one width and dark in the other. The next page opens in the width
 * the last one was left in, so it has them the other way round: what pages are made of is on many of
 * them, so each part is seen in all four, and no page is laid out again only to be left.
 */
const themes = ["light", "dark"] as const;
const wide = { width: 1440, height: 900 };
const narrow = { width: 390, height: 844 };
/** So many pages are a test, and as many tests run at once as there are browsers. */
const atOnce = 20;

test.describe.configure({ mode: "parallel" });

for (const viewer of Object.keys(pages) as Viewer[]) {
  for (let from = 0; from < pages[viewer].length; from += atOnce) {
    const some = pages[viewer].slice(from, from + atOnce);
    const which = `${from + 1} to ${from + some.length} of the ${viewer}`;
    test(`pages ${which}: axe clean, fit, say nothing in the console`, async ({ browser }) => {
      test.setTimeout(180_000);
      const { page, home } = await open(browser, viewer);
      for (const [place, shot] of some.entries()) {
        await test.step(shot.name, () =>
          visit(page, shot, home, place % 2 ? [narrow, wide] : [wide, narrow]),
        );
      }
      await page.context().close();
    });
  }
}

async function open(browser: Browser, viewer: Viewer) {
  const signedIn = viewer === "visitor" ? undefined : await signIn(browser, appUrl(), demo[viewer]);
  const context = await browser.newContext({
    baseURL: appUrl(),
    viewport: wide,
    colorScheme: "light",
    reducedMotion: "reduce",
    ...(signedIn ? { storageState: signedIn.state } : {}),
  });
  await context.addInitScript(() => {
    // Stripe's frames keep nothing.
    if (window === window.top) localStorage.setItem("theme", "light");
  });
  await context.addInitScript(fetchNothingAhead);
  return { page: await context.newPage(), home: signedIn?.home ?? "" };
}

/**
 * A page fetches ahead whatever its links in view lead to, thirty answers of the server's at times.
 * They say nothing of the page itself, and those pages are opened here too. Refused in the page,
 * because a request that Playwright looks at goes past the browser's cache.
 */
function fetchNothingAhead(): void {
  const ask = window.fetch;
  window.fetch = (input, init) => {
    const { headers } = init ?? (input instanceof Request ? input : {});
    const isAhead = new Headers(headers).has("next-router-prefetch");
    return isAhead ? Promise.resolve(new Response(null, { status: 404 })) : ask(input, init);
  };
}

type Shot = (typeof pages)[Viewer][number];

async function visit(page: Page, shot: Shot, home: string, sizes: (typeof wide)[]) {
  await page.setViewportSize(sizes[0]!);
  const { said, stop } = listenTo(page);
  const path = (text: string) => text.replace("{tenant}", home);
  const answer = await page.goto(path(shot.path));
  expect(answer?.status(), shot.name).toBe(shot.status ?? 200);
  if (shot.follow)
    await page
      .locator(`main a[href^="${path(shot.follow)}"]`)
      .filter({ visible: true })
      .first()
      .click();
  if (shot.follow) await page.waitForURL((url) => url.pathname.startsWith(path(shot.follow!)));
  if (shot.below) await page.goto(new URL(page.url()).pathname + shot.below);
  await arrive(page);
  if (shot.press) await pressUntilOpen(page, shot.press);

  for (const [place, theme] of themes.entries()) {
    const size = sizes[place]!;
    await page.setViewportSize(size);
    await turnTo(page, theme);
    expect.soft(await faultsOf(page), `${shot.name}, ${size.width} px, ${theme}`).toEqual([]);
  }
  expect.soft(said, `console of ${shot.name}`).toEqual([]);
  stop();
}
