import { crossings, leaves, mayImport, packageOwners } from "#tests/tidy/may-import";
import { syntaxOf } from "#tests/tidy/syntax";
import { type Fault, type Rule, sources, type Tree } from "#tests/tidy/tree";

export const importRules: Rule[] = [
  {
    name: "imports go downward",
    check: checkDirection,
    planted: {
      files: {
        "lib/billing/invoice.ts": 'import { isCurrency } from "#lib/money/currency";\n',
        "lib/billing/pay.ts": '\nimport { payout } from "#lib/connect/payout";\n',
      },
      at: "lib/billing/pay.ts:2",
    },
  },
  {
    name: "the local Stripe knows nothing of the house",
    check: (tree) => checkDirection(tree).filter(({ path }) => path.startsWith("sandbox/")),
    planted: {
      files: { "sandbox/clock.ts": 'import { systemClock } from "#lib/clock";\n' },
      at: "sandbox/clock.ts:1",
    },
  },
  {
    name: "the house knows nothing of the local Stripe",
    check: checkDirection,
    planted: {
      files: { "lib/stripe/gateway.ts": 'const x = import("#sandbox/server");\n' },
      at: "lib/stripe/gateway.ts:1",
    },
  },
  {
    name: "every folder has its row",
    check: checkRows,
    planted: {
      files: { "lib/stuff/thing.ts": "export const thing = 1;\n" },
      at: "lib/stuff/thing.ts:1",
    },
  },
  {
    name: "packages have owners",
    check: checkPackages,
    planted: {
      files: {
        "lib/stripe/gateway.ts": 'import Stripe from "stripe";\n',
        "lib/billing/price.ts": 'import type Stripe from "stripe";\n',
      },
      at: "lib/billing/price.ts:1",
    },
  },
  {
    name: "no import climbs out of its folder",
    check: checkRelative,
    planted: {
      files: { "lib/billing/price.ts": 'import { money } from "../money/money";\n' },
      at: "lib/billing/price.ts:1",
    },
  },
];

/** The row of the table a module belongs to: a file of its own, or the folder it lies in. */
export function rowOf(path: string): string {
  const module = path.replace(/\.tsx?$/, "");
  const parts = module.split("/");
  if (parts.length === 1) return ".";
  if (parts[0] === "lib" && parts.length > 2) return parts.slice(0, 2).join("/");
  const deepest = parts.map((_, depth) => parts.slice(0, parts.length - depth).join("/"));
  return deepest.find((candidate) => candidate in mayImport) ?? parts[0]!;
}

function checkDirection(tree: Tree): Fault[] {
  return each(tree, (path, specifier) => {
    if (!specifier.startsWith("#")) return undefined;
    const from = rowOf(path);
    const to = rowOf(specifier.slice(1));
    const allowed = mayImport[from] ?? [];
    const isLeaf = from !== "sandbox" && from !== "tests/sandbox" && leaves.includes(to);
    if (from === to || isLeaf || allowed.includes(to) || isCrossing(path, to)) return undefined;
    const sees = allowed.join(", ") || "nothing but the leaves";
    return `${from} must not know ${to}; it sees ${sees} (tests/tidy/may-import.ts)`;
  });
}

function isCrossing(path: string, to: string): boolean {
  return crossings.some((crossing) => path.startsWith(crossing.from) && crossing.to === to);
}

function checkRows(tree: Tree): Fault[] {
  const rowless = sources(tree).filter(([path]) => !(rowOf(path) in mayImport));
  return rowless.map(([path]) => ({
    path,
    line: 1,
    mend: `give ${rowOf(path)} a row in tests/tidy/may-import.ts, or move the file to its folder`,
  }));
}

function checkPackages(tree: Tree): Fault[] {
  return each(tree, (path, specifier) => {
    const owned = packageOwners.find(({ packages }) => packages.test(specifier));
    if (!owned || owned.owners.some((owner) => lies(path, owner))) return undefined;
    return `only ${owned.owners.join(", ")} may import ${specifier}; ${owned.why}`;
  });
}

function lies(path: string, owner: string): boolean {
  return path.startsWith(`${owner}/`) || path.startsWith(`${owner}.ts`);
}

function checkRelative(tree: Tree): Fault[] {
  return each(tree, (path, specifier) => {
    // The app folder has no name of its own, as nothing outside imports it.
    if (!specifier.startsWith("../") || path.startsWith("app/")) return undefined;
    return `import ${specifier} by its whole name: #lib/…, #components/…`;
  });
}

function each(tree: Tree, judge: (path: string, specifier: string) => string | undefined): Fault[] {
  return sources(tree).flatMap(([path, text]) =>
    syntaxOf(path, text).imports.flatMap(({ specifier, line }) => {
      const mend = judge(path, specifier);
      return mend ? [{ path, line, mend }] : [];
    }),
  );
}
