import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, type Page } from "@playwright/test";
import type axe from "axe-core";
import type { RunOptions } from "axe-core";

/** The same axe without its comments: half as much to hand to every page and to read there. */
const axeSource = readFileSync(
  createRequire(import.meta.url).resolve("axe-core/axe.min.js"),
  "utf8",
);
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const everything: RunOptions = { runOnly: { type: "tag", values: tags } };
const colours: RunOptions = { runOnly: { type: "rule", values: ["color-contrast"] } };

declare global {
  interface Window {
    axe: typeof axe;
  }
}

type Theme = "light" | "dark";

/** What is wrong with a page as it stands: axe's findings, and whether it scrolls sideways. */
export async function faultsOf(page: Page): Promise<string[]> {
  await comeToRest(page);
  const violations = await settledViolationsOf(page);
  const beyond = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  return [...violations, ...(beyond > 0 ? [`${beyond} px wider than the window`] : [])];
}

/** A busy page may still be on its way from one theme to the other. What is wrong stays wrong. */
async function settledViolationsOf(page: Page): Promise<string[]> {
  const first = await violationsOf(page, everything);
  if (!first.some((fault) => fault.startsWith("color-contrast"))) return first;
  await comeToRest(page);
  return violationsOf(page, everything);
}

/** Turns a page to a theme and says which of its colours are too close there. */
export async function colourFaultsOf(page: Page, theme: Theme): Promise<string[]> {
  await turnTo(page, theme);
  const first = await violationsOf(page, colours);
  if (first.length === 0) return [];
  // A busy page may still be on its way from one theme to the other. What is wrong stays wrong.
  await turnTo(page, theme);
  return violationsOf(page, colours);
}

/**
 * As another tab of the same person would: the page follows what is stored. A page whose script has
 * not run yet hears nothing, so it is told again, every thirty frames.
 */
export async function turnTo(page: Page, theme: Theme): Promise<void> {
  const turn = async (newValue: Theme) => {
    const frame = () => new Promise((drawn) => requestAnimationFrame(drawn));
    const deadline = performance.now() + 10_000;
    const hasTurned = () => document.documentElement.dataset.theme === newValue;
    for (let frames = 0; frames === 0 || !hasTurned(); frames += 1) {
      if (performance.now() > deadline) throw new Error(`The page does not turn to ${newValue}.`);
      if (frames % 30 === 0) {
        dispatchEvent(new StorageEvent("storage", { key: "theme", newValue }));
      }
      await frame();
    }
  };
  await expect(() => page.evaluate(turn, theme)).toPass({ timeout: 15_000 });
  await comeToRest(page);
}

/**
 * Until a page has its one heading in the place of what stood for it, and nothing is on its way.
 * Asked in the page itself, because for a locator Playwright brings a script of its own to each; and
 * asked anew of the page that another leads to.
 */
export async function arrive(page: Page): Promise<void> {
  const hasArrived = async () => {
    const frame = () => new Promise((drawn) => requestAnimationFrame(drawn));
    const deadline = performance.now() + 10_000;
    for (;;) {
      const all = document.querySelectorAll('h1, [role="heading"][aria-level="1"]');
      const headings = [...all].filter((heading) => {
        const isSeen = heading.checkVisibility({ visibilityProperty: true });
        return isSeen && !heading.closest('[aria-hidden="true"]');
      });
      const busy = document.querySelectorAll('[aria-busy="true"]').length;
      if (headings.length === 1 && busy === 0) return;
      if (performance.now() > deadline) {
        const found = headings.map(({ textContent }) => `"${textContent}"`).join(", ") || "none";
        throw new Error(`A page has one first heading, this one ${found}; ${busy} parts are busy.`);
      }
      await frame();
    }
  };
  await expect(() => page.evaluate(hasArrived)).toPass({ timeout: 15_000 });
}

/**
 * Whatever fades or slides in is there; what turns for ever is not waited for. What inherits a
 * colour on its way to another sets out when that has arrived, so it is looked for again.
 */
async function comeToRest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frame = () => new Promise((drawn) => requestAnimationFrame(drawn));
    for (;;) {
      await frame().then(frame);
      const ending = document.getAnimations().filter(({ effect, playState }) => {
        const isEndless = effect?.getTiming().iterations === Number.POSITIVE_INFINITY;
        return playState === "running" && !isEndless;
      });
      if (ending.length === 0) return;
      // One that is cancelled is over too.
      await Promise.allSettled(ending.map(({ finished }) => finished));
    }
  });
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

/**
 * Axe runs in the page itself, and not in Stripe's frames, which are looked over where they are
 * made; only what it found comes back. To read its script takes as long as to judge a page, so that
 * is done once; and what a page does right is not described.
 */
async function violationsOf(page: Page, how: RunOptions): Promise<string[]> {
  if (await page.evaluate("!window.axe")) {
    await page.evaluate(axeSource);
    await page.evaluate(rememberColours);
  }
  return page.evaluate((options) => {
    // What React Aria announced a moment ago goes by a name that has gone since.
    const context = { exclude: [["[data-live-announcer]"]] };
    return window.axe
      .run(context, { ...options, iframes: false, resultTypes: ["violations"], selectors: false })
      .then(({ violations }) => violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`));
  }, how);
}

type Colour = { r: number; g: number; b: number; alpha: number };
type ColourClass = { prototype: Colour & { parseString(text: string): Colour } };

/**
 * Axe reads the same few colours anew for every element and everything behind it, a third of the
 * time it takes over contrast; here it reads each once a page.
 */
function rememberColours(): void {
  const { commons } = window.axe as unknown as { commons: { color: { Color: ColourClass } } };
  const { prototype } = commons.color.Color;
  const parse = prototype.parseString;
  const known = new Map<string, Colour>();
  prototype.parseString = function (text) {
    const { r, g, b, alpha } = known.get(text) ?? parse.call(this, text);
    if (!known.has(text)) known.set(text, { r, g, b, alpha });
    return Object.assign(this, { r, g, b, alpha });
  };
}
