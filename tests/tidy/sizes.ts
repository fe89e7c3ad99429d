import { syntaxOf } from "#tests/tidy/syntax";
import { type Fault, isTest, type Rule, sources, type Tree } from "#tests/tidy/tree";

const longestFile = 250;
const longestFunction = 50;
/** Markup takes a line for what a call takes a word for. */
const longestComponent = 80;
const widestLine = 100;

export const sizeRules: Rule[] = [
  {
    name: "files stay small",
    check: checkFiles,
    planted: { files: { "lib/long.ts": "\n".repeat(longestFile + 1) }, at: "lib/long.ts:251" },
  },
  {
    name: "functions stay small",
    check: (tree) => checkFunctions(tree, false, longestFunction),
    planted: {
      files: { "lib/long.ts": `\nfunction long() {${"\n".repeat(longestFunction)}}\n` },
      at: "lib/long.ts:2",
    },
  },
  {
    name: "components stay small",
    check: (tree) => checkFunctions(tree, true, longestComponent),
    planted: {
      files: {
        "components/ui/long.tsx": `function Long() {\nreturn <p>${"\n".repeat(80)}</p>;\n}`,
      },
      at: "components/ui/long.tsx:1",
    },
  },
  {
    name: "lines stay narrow",
    check: checkLines,
    planted: {
      files: { "lib/wide.ts": `const short = 1;\nconst wide = ${"1 + ".repeat(30)}1;\n` },
      at: "lib/wide.ts:2",
    },
  },
];

function checkFiles(tree: Tree): Fault[] {
  const code = [...tree].filter(([path]) => /\.(tsx?|mjs|css|prisma)$/.test(path) && !isTest(path));
  return code.flatMap(([path, text]) => {
    const lines = text.trimEnd() === "" ? text.split("\n").length - 1 : lineCount(text);
    if (lines <= longestFile) return [];
    const mend = `${lines} lines, at most ${longestFile}; find the second idea in it, move it out`;
    return [{ path, line: longestFile + 1, mend }];
  });
}

function lineCount(text: string): number {
  return text.trimEnd().split("\n").length;
}

function checkFunctions(tree: Tree, isMarkup: boolean, limit: number): Fault[] {
  const code = sources(tree).filter(([path]) => !isTest(path));
  return code.flatMap(([path, text]) =>
    syntaxOf(path, text)
      .functions.filter((found) => found.isMarkup === isMarkup && found.lines > limit)
      .map(({ name, line, lines }) => ({
        path,
        line,
        mend: `${name} has ${lines} lines, at most ${limit}; name a part of it and take it out`,
      })),
  );
}

function checkLines(tree: Tree): Fault[] {
  const code = sources(tree).filter(([path]) => !isTest(path));
  return code.flatMap(([path, text]) =>
    text.split("\n").flatMap((content, index) => {
      const width = [...content.replace(unbroken, "")].length;
      if (width <= widestLine) return [];
      return [{ path, line: index + 1, mend: `${width} columns, at most ${widestLine}` }];
    }),
  );
}

/** What cannot be broken: an address, a list of style classes, a text alone on its line. */
const unbroken =
  /https?:\/\/\S+|(?<=className=)("[^"]*"|\{`[^`$]*)|^\s*([\w-]+[:=] ?)?\{?(["'`])((?!\3).)*\3[,;)}\]]*$/g;
