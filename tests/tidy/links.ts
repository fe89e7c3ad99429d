import { existsSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import type { Fault, Rule, Tree } from "#tests/tidy/tree";

export const linkRules: Rule[] = [
  {
    name: "links lead somewhere",
    check: checkLinks,
    planted: {
      files: {
        "docs/a.md": "[fine](b.md#part) [web](https://example.com)\n[gone](../c.md)\n",
        "docs/b.md": "## Part\n",
      },
      at: "docs/a.md:2",
    },
  },
];

/** Links between our own pages, down to the heading they name. */
function checkLinks(tree: Tree): Fault[] {
  const pages = [...tree].filter(([path]) => path.endsWith(".md"));
  return pages.flatMap(([path, text]) =>
    text
      .split("\n")
      .flatMap((content, index) =>
        [...content.matchAll(/\]\((?![a-z]+:)([^)#\s]*)(?:#([^)\s]+))?\)/g)]
          .filter(([, to, heading]) => !leads(tree, path, to!, heading))
          .map(([link]) => ({ path, line: index + 1, mend: `${link.slice(2, -1)} is not there` })),
      ),
  );
}

function leads(tree: Tree, path: string, to: string, heading: string | undefined): boolean {
  const target = to === "" ? path : normalize(join(dirname(path), to)).replace(/\/$/, "");
  const page = tree.get(target);
  if (heading) return page !== undefined && headings(page).includes(heading);
  // Pictures and folders are no part of the tree of texts.
  const isThere = [...tree.keys()].some(
    (known) => known === target || known.startsWith(`${target}/`),
  );
  return isThere || (/\.(png|svg)$/.test(target) && existsSync(target));
}

function headings(page: string): string[] {
  return [...page.matchAll(/^#+ (.*)$/gm)].map(([, title]) =>
    title!
      .toLowerCase()
      .replace(/[^\w\s-]/g, "")
      .replace(/\s/g, "-"),
  );
}
