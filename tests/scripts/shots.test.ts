import { expect, test } from "vitest";
import { contactSheet } from "#scripts/shots/contact-sheet";
import { pages, views } from "#scripts/shots/pages";
import { readTree } from "#tests/tidy/tree";

const shots = Object.values(pages).flat();
/** Every address the shots go to; a followed row stands for what lies below its list. */
const addresses = shots.map(({ path, follow, below = "" }) =>
  follow ? `${follow}one${below}` : path,
);

/** The address patterns of app/: `app/(auth)/sign-in/page.tsx` is `/sign-in`. */
function routes(): string[] {
  const files = [...readTree().keys()].filter((path) => /^app\/(.*\/)?page\.tsx$/.test(path));
  return files.map((path) => {
    const parts = path.split("/").slice(1, -1);
    return `/${parts.filter((part) => !part.startsWith("(")).join("/")}`;
  });
}

test("every page of the app is looked at", () => {
  const unseen = routes().filter((route) => {
    const pattern = new RegExp(`^${route.replace(/\[[^\]]+\]/g, "[^/]+")}$`);
    return !addresses.some((address) => pattern.test(address.split("?")[0]!));
  });
  expect(unseen, "give each a row in scripts/shots/pages.ts").toEqual([]);
});

test("no two pictures have one name", () => {
  const names = shots.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});

test("pages are looked at in two widths and two themes", () => {
  expect(views).toHaveLength(4);
});

test("the contact sheet shows every picture and what was wrong with it", () => {
  const view = views[0]!;
  const faults = ["<script> & more"];
  const sheet = contactSheet([{ name: "landing", view, file: "1440-light/landing.png", faults }]);
  expect(sheet).toContain('src="1440-light/landing.png"');
  expect(sheet).toContain("&#60;script&#62; &#38; more");
});
