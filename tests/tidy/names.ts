import { syntaxOf } from "#tests/tidy/syntax";
import { type Fault, type Rule, sources, type Tree } from "#tests/tidy/tree";

const bannedWords = /^(utils?|helpers?|common|misc|managers?)$/;
const kebab = /^[a-z0-9]+(-[a-z0-9]+)*$/;

export const nameRules: Rule[] = [
  {
    name: "names are kebab-case",
    check: checkKebab,
    planted: { files: { "components/ui/DataTable.tsx": "" }, at: "components/ui/DataTable.tsx:1" },
  },
  {
    name: "names say what is inside",
    check: checkBanned,
    planted: { files: { "lib/money/money-utils.ts": "" }, at: "lib/money/money-utils.ts:1" },
  },
  {
    name: "no barrels",
    check: checkBarrels,
    planted: {
      files: { "lib/money/index.ts": 'export * from "#lib/money/money";\n' },
      at: "lib/money/index.ts:1",
    },
  },
  {
    name: "no default exports",
    check: checkDefaults,
    planted: {
      files: {
        "app/page.tsx": "export default function Page() {}\n",
        "lib/money/money.ts": "export default {};\n",
      },
      at: "lib/money/money.ts:1",
    },
  },
];

/** Names that a tool decides, not we. */
const isDecidedElsewhere =
  /^(README|LICENSE|DIFFERENCES|CONTRIBUTING|SECURITY)(\.md)?$|^\d{14}_[a-z0-9_]+$/;

function checkKebab(tree: Tree): Fault[] {
  return onNames(tree, (name) => {
    // A route folder of Next wears brackets: [tenant], (auth), [...path], @modal.
    const bare = name.replace(/^[[(@_.]*(\.\.\.)?/, "").replace(/[\])]*$/, "");
    const isKebab = bare.split(".").every((part) => kebab.test(part));
    if (isKebab || isDecidedElsewhere.test(name) || name === "migration_lock.toml")
      return undefined;
    return `rename ${name} to kebab-case`;
  });
}

function checkBanned(tree: Tree): Fault[] {
  const code = new Map(sources(tree));
  return onNames(code, (name) => {
    const word = name.split(/[-.]/).find((part) => bannedWords.test(part));
    return word && `"${word}" says nothing; name ${name} for the one idea in it`;
  });
}

function onNames(tree: Tree, judge: (name: string) => string | undefined): Fault[] {
  return [...tree.keys()].flatMap((path) => {
    const mend = path.split("/").map(judge).find(Boolean);
    return mend ? [{ path, line: 1, mend }] : [];
  });
}

function checkBarrels(tree: Tree): Fault[] {
  const barrels = [...tree.keys()].filter((path) => /(^|\/)index\.(tsx?|m?js)$/.test(path));
  return barrels.map((path) => ({
    path,
    line: 1,
    mend: "import each file by its name instead of through an index",
  }));
}

const nextFiles =
  "page layout template default loading error global-error not-found unauthorized forbidden " +
  "sitemap robots manifest icon apple-icon opengraph-image";

/** Files whose default export the tool that loads them asks for. */
const defaultExports: { path: RegExp; by: string }[] = [
  {
    path: new RegExp(`^app/.*(${nextFiles.replaceAll(" ", "|")})\\.tsx?$`),
    by: "Next's files of the app folder",
  },
  { path: /^(proxy|[\w-]+\.config)\.ts$/, by: "configuration at the root" },
  { path: /^tests\/(support|e2e)\/[\w-]*set-?up[\w-]*\.ts$/, by: "Vitest's, Playwright's set-up" },
  { path: /^tests\/e2e\/[\w-]+\.config\.ts$/, by: "Playwright" },
  { path: /^scripts\/outside-errors\.ts$/, by: "Vitest, of a reporter" },
  { path: /^lib\/web\/(i18n|messages|request)[\w-]*\.ts$/, by: "next-intl" },
];

function checkDefaults(tree: Tree): Fault[] {
  return sources(tree).flatMap(([path, text]) => {
    const line = syntaxOf(path, text).defaultExport;
    const isAsked = defaultExports.some((allowed) => allowed.path.test(path));
    if (line === undefined || isAsked) return [];
    return [{ path, line, mend: "export it by name, so that it has one name everywhere" }];
  });
}
