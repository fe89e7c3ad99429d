import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { componentPages } from "#components/connect/component-pages";
import { type ComponentName, componentNames } from "#lib/connect/grants";

/** The source of a page and of every component it is made of. */
function sourceOf(path: string, seen: Set<string> = new Set()): string {
  if (seen.has(path) || !existsSync(path)) return "";
  seen.add(path);
  const source = readFileSync(path, "utf8");
  const parts = [...source.matchAll(/from "#components\/([^"]+)"/g)];
  return source + parts.map(([, name]) => sourceOf(`components/${name}.tsx`, seen)).join("");
}

/** A place's page; where pages about one thing lie below it, the list of them is in its own group. */
function pageOf(place: string): string {
  const folder = `app/[tenant]/${place}`;
  return existsSync(`${folder}/(list)`) ? `${folder}/(list)/page.tsx` : `${folder}/page.tsx`;
}

/** How a component is put into a page; of two the name stands in a choice. */
const isIn = (source: string, name: ComponentName) => {
  const tag = name.replaceAll("_", "-");
  return new RegExp(`tag=(\\{[^}]*)?"${tag}"`).test(source);
};

test("each of Stripe's components is on the page that is said", () => {
  const missing = componentNames.filter((name) => {
    return !isIn(sourceOf(pageOf(componentPages[name])), name);
  });
  expect(missing).toEqual([]);
  expect(componentNames).toHaveLength(21);
  // A page that has nothing of Stripe's is told apart.
  expect(isIn(sourceOf(pageOf("team")), "payments")).toBe(false);
});
