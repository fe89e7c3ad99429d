import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

type Theme = "light" | "dark";

/** What is wrong with a page as it stands: axe's findings, and whether it scrolls sideways. */
export async function faultsOf(page: Page): Promise<string[]> {
  const { violations } = await axeOf(page).withTags(tags).analyze();
  const beyond = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  return [...wordsOf(violations), ...(beyond > 0 ? [`${beyond} px wider than the window`] : [])];
}

/** Turns a page to a theme and says which of its colours are too close there. */
export async function colourFaultsOf(page: Page, theme: Theme): Promise<string[]> {
  await turnTo(page, theme);
  const first = await colourWordsOf(page);
  if (first.length === 0) return [];
  // A busy page may still be on its way from one theme to the other. What is wrong stays wrong.
  await turnTo(page, theme);
  return colourWordsOf(page);
}

async function colourWordsOf(page: Page): Promise<string[]> {
  const { violations } = await axeOf(page).withRules(["color-contrast"]).analyze();
  return wordsOf(violations);
}

/** As another tab of the same person would: the page follows what is stored. */
export async function turnTo(page: Page, theme: Theme): Promise<void> {
  await page.evaluate((newValue) => {
    dispatchEvent(new StorageEvent("storage", { key: "theme", newValue }));
  }, theme);
  await expect(page.locator(`html[data-theme="${theme}"]`)).toHaveCount(1);
  // One that is cancelled is over too.
  await page.evaluate(() =>
    Promise.allSettled(document.getAnimations().map(({ finished }) => finished)),
  );
}

/** Collects what a page throws or says in its console as errors, until it is told to stop. */
export function listenTo(page: Page): { said: string[]; stop(): void } {
  const said: string[] = [];
  const listen = (message: { type(): string; text(): string }) => {
    // The browser repeats the status of the page, which is judged by itself.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) {
      said.push(message.text());
    }
  };
  // What React could not take over from the server is thrown, not said.
  const fail = ({ message }: Error) => said.push(message);
  page.on("console", listen);
  page.on("pageerror", fail);
  return { said, stop: () => page.off("console", listen).off("pageerror", fail) };
}

// None of our pages has a foreign frame, so axe may run in the page and needs no page of its own.
const axeOf = (page: Page) =>
  new AxeBuilder({ page })
    .setLegacyMode(true)
    // What React Aria announced a moment ago, by a name that has gone since.
    .exclude("[data-live-announcer]");

function wordsOf(violations: { id: string; nodes: { html: string }[] }[]): string[] {
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}
