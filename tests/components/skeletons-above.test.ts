import { readdirSync } from "node:fs";
import { dirname } from "node:path";
import { expect, test } from "vitest";

/**
 * Pages about one thing that have a skeleton above them. It is sent with status 200 before the page
 * can say that there is no such thing, so lists keep theirs in a group of their own.
 * node_modules/next/dist/docs/01-app/03-api-reference/03-file-conventions/loading.md
 */
function skeletonsAbove(files: readonly string[]): string[] {
  const covered = files.filter((file) => file.endsWith("/loading.tsx")).map(dirname);
  const pages = files.filter((file) => file.endsWith("/page.tsx"));
  return pages.filter((page) => {
    const isOfOne = page.replace(/^\[tenant\]/, "").includes("[");
    return isOfOne && covered.some((folder) => page.startsWith(`${folder}/`));
  });
}

test("what is not there can be answered with 404: no skeleton is above a page about one thing", () => {
  const files = readdirSync("app", { recursive: true, encoding: "utf8" });
  expect(
    files.filter((file) => file.includes("[") && file.endsWith("page.tsx")).length,
  ).toBeGreaterThan(30);
  expect(skeletonsAbove(files)).toEqual([]);
});

test("one that is above it is found, in its folder or further up", () => {
  const page = "admin/plans/[key]/page.tsx";
  const list = ["admin/plans/(list)/page.tsx", "admin/plans/(list)/loading.tsx"];
  expect(skeletonsAbove([page, ...list])).toEqual([]);
  for (const place of ["admin", "admin/plans", "admin/plans/[key]"]) {
    expect(skeletonsAbove([page, ...list, `${place}/loading.tsx`])).toEqual([page]);
  }
});
