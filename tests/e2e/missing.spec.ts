import { readdirSync } from "node:fs";
import { type APIRequestContext, type Browser, expect, test } from "@playwright/test";
import { pages, type Viewer } from "#scripts/shots/pages";
import { demo, signIn } from "#scripts/shots/sign-in";
import { appUrl } from "./support/visitor.ts";

/** Every page about one thing, by the address it has in the app folder; groups name no address. */
function detailPages(area: "[tenant]" | "admin"): string[] {
  return readdirSync(`app/${area}`, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith("page.tsx") && path.includes("["))
    .map((path) => path.replace(/\([^)]*\)\//g, "").replace("/page.tsx", ""))
    .sort();
}

/** What a page is asked for in place of its thing: well formed as well as not. */
const unknown = ["none", "9007199254740993", "%00", "..%2F..", "e".repeat(300)];

async function statusesOf(ask: APIRequestContext, paths: readonly string[]) {
  const answers: string[] = [];
  for (const path of paths) {
    const answer = await ask.get(path, { maxRedirects: 0 });
    answers.push(`${path} ${answer.status()}`);
  }
  return answers;
}

const notFound = (paths: readonly string[]) => paths.map((path) => `${path} 404`);

async function visitorOf(browser: Browser, viewer: Viewer) {
  const email = viewer === "visitor" ? demo.tenant : demo[viewer];
  const { state, home } = await signIn(browser, appUrl(), email);
  const context = await browser.newContext({ baseURL: appUrl(), storageState: state });
  return { context, home };
}

for (const [viewer, area] of [
  ["tenant", "[tenant]"],
  ["admin", "admin"],
] as const) {
  test(`a page of the ${viewer}'s about a thing that is not there answers 404`, async ({
    browser,
  }) => {
    test.setTimeout(120_000);
    const { context, home } = await visitorOf(browser, viewer);
    const places = detailPages(area);
    expect(places.length).toBeGreaterThan(10);
    const paths = places.flatMap((place) => {
      return unknown.map((id) => `/${home}/${place.replace(/\[[^\]]+\]/g, id)}`);
    });
    expect(await statusesOf(context.request, paths)).toEqual(notFound(paths));
    await context.close();
  });
}

/** The first thing of each list that a row of the shots leads to, as its owner finds it. */
async function thingsOf(browser: Browser, viewer: Viewer): Promise<string[]> {
  const { context, home } = await visitorOf(browser, viewer);
  const page = await context.newPage();
  const found = new Set<string>();
  for (const { path, follow } of pages[viewer]) {
    if (!follow?.startsWith("/{tenant}/")) continue;
    const at = (text: string) => text.replace("{tenant}", home);
    await page.goto(at(path));
    const link = page.locator(`main a[href^="${at(follow)}"]`).first();
    const href = (await link.getAttribute("href"))!;
    if (!href.includes("?")) found.add(href.slice(home.length + 1));
  }
  await context.close();
  return [...found];
}

test("what is another tenant's answers 404 like what is nobody's", async ({ browser }) => {
  test.setTimeout(120_000);
  const things = await thingsOf(browser, "tenant");
  expect(things.length).toBeGreaterThan(8);
  const owner = await visitorOf(browser, "tenant");
  const own = things.map((thing) => `/${owner.home}${thing}`);
  expect(await statusesOf(owner.context.request, own)).toEqual(own.map((path) => `${path} 200`));
  await owner.context.close();

  const { context, home } = await visitorOf(browser, "behind");
  const paths = [...things.map((thing) => `/${home}${thing}`), ...own];
  expect(await statusesOf(context.request, paths)).toEqual(notFound(paths));
  await context.close();
});
