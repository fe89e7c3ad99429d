import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Browser, Page } from "@playwright/test";
import { folderOf, type Shot, type View } from "#scripts/shots/pages";
import type { SignedIn } from "#scripts/shots/sign-in";

/** One page as it was seen: where its picture is, and what was wrong with it. */
export type Seen = { name: string; view: View; file: string; faults: string[] };

type Looking = {
  browser: Browser;
  url: string;
  folder: string;
  view: View;
  viewer: SignedIn | undefined;
};

/** Looks at pages one after another in one browser window of one size and theme. */
export async function lookAt(shots: Shot[], looking: Looking): Promise<Seen[]> {
  const { browser, url, view, viewer } = looking;
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width: view.width, height: view.width < 500 ? 844 : 900 },
    colorScheme: view.theme,
    reducedMotion: "reduce",
    hasTouch: view.width < 500,
    ...(viewer && { storageState: viewer.state }),
  });
  // In development the first look at a page compiles it.
  context.setDefaultNavigationTimeout(90_000);
  await context.addInitScript((theme) => {
    // Stripe's frames keep nothing.
    if (window === window.top) localStorage.setItem("theme", theme);
  }, view.theme);
  const seen: Seen[] = [];
  for (const shot of shots) {
    const page = await context.newPage();
    seen.push(await look(page, shot, looking));
    await page.close();
  }
  await context.close();
  return seen;
}

/** The browser repeats the page's own status, judged elsewhere; hot reload exists only in dev. */
const isExpected = /^Failed to load resource|_next\/hmr/;

async function look(page: Page, shot: Shot, { folder, view, viewer }: Looking): Promise<Seen> {
  const faults: string[] = [];
  page.on("pageerror", ({ message }) => faults.push(`error: ${firstLine(message)}`));
  page.on("console", (message) => {
    if (message.type() === "error" && !isExpected.test(message.text())) {
      faults.push(`console: ${firstLine(message.text())}`);
    }
  });
  const file = join(folderOf(view), `${shot.name}.png`);
  try {
    faults.push(...(await open(page, shot, viewer?.home ?? "")));
    await settle(page);
    if (shot.press) await pressUntilOpen(page, shot.press).then(() => atRest(page));
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    if (overflow > 0) faults.push(`${overflow} px wider than the window`);
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    // Hiding the caret would write into the page, which React may just be taking over.
    const path = join(folder, file);
    const seen = shot.element ? page.locator(shot.element).first() : page;
    await seen.screenshot({ path, fullPage: !shot.press, caret: "initial" });
  } catch (error) {
    faults.push(error instanceof Error ? firstLine(error.message) : String(error));
  }
  return { name: shot.name, view, file, faults };
}

/** Goes to the page, over a list where it is a row's, and says what its answer lacked. */
async function open(page: Page, shot: Shot, tenant: string): Promise<string[]> {
  const fill = (path: string) => path.replace("{tenant}", tenant);
  const answer = await page.goto(fill(shot.path));
  const wanted = shot.status ?? 200;
  const faults = answer?.status() === wanted ? [] : [`answered ${answer?.status()}`];
  if (!shot.follow) return faults;

  await settle(page);
  const start = fill(shot.follow);
  const hrefs = await page
    .locator("main a[href]")
    .evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""));
  const href = hrefs.find((candidate) => candidate.startsWith(start) && candidate !== start);
  if (!href) return [...faults, `no row leads to ${start}…`];
  const detail = await page.goto(href + (shot.below ?? ""));
  return detail?.status() === 200 ? faults : [...faults, `answered ${detail?.status()}`];
}

/** Keys are heard once the page's script runs, so they are pressed until a dialog answers. */
export async function pressUntilOpen(page: Page, keys: string): Promise<void> {
  const dialog = page.getByRole("dialog");
  for (let attempt = 1; attempt <= 10; attempt += 1) {
    await page.keyboard.press(keys);
    const isOpen = await dialog.waitFor({ timeout: 2_000 }).then(
      () => true,
      () => false,
    );
    if (isOpen) return;
  }
  throw new Error(`${keys} opened nothing`);
}

/** Until what moves into view has arrived. */
async function atRest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
  });
}

/** Until the page's own heading has taken its skeleton's place and nothing is still loading. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await page.getByRole("heading", { level: 1 }).first().waitFor({ timeout: 10_000 });
  const busy = page.locator('[aria-busy="true"]');
  await busy
    .first()
    .waitFor({ state: "detached", timeout: 5000 })
    .catch(() => {});
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );
}

/** The first line, and of React's comparisons what the server said and what the browser. */
function firstLine(text: string): string {
  const [first, ...rest] = text.split("\n");
  const differing = rest.filter((line) => /^[+-]\s{2,}/.test(line)).map((line) => line.trim());
  return [first!.slice(0, 120), ...differing.slice(0, 6)].join(" ").slice(0, 400);
}
