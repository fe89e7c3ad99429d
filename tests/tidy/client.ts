import { syntaxOf } from "#tests/tidy/syntax";
import { type Fault, type Rule, sources, type Tree } from "#tests/tidy/tree";

/** What crosses from the server to the browser. */
export const clientRules: Rule[] = [
  {
    name: "from a client module the server takes components and types alone",
    check: checkBorder,
    planted: {
      files: {
        "components/plans/words.tsx":
          '"use client";\n\nexport function sayPrice() {}\nexport function Price() {}\n',
        "components/plans/badge.tsx":
          '"use client";\n\nimport { sayPrice } from "#components/plans/words";\n',
        "app/plans/page.tsx":
          'import { Price } from "#components/plans/words";\n\nimport { sayPrice } from "#components/plans/words";\n',
      },
      at: "app/plans/page.tsx:3",
    },
  },
];

/** On the server a plain function of a client module is a reference, and calling it throws. */
function checkBorder(tree: Tree): Fault[] {
  const all = sources(tree);
  const clients = new Set(all.filter(([, text]) => isClient(text)).map(([path]) => moduleOf(path)));
  return all.flatMap(([path, text]) => {
    if (isClient(text) || path.startsWith("tests/")) return [];
    return syntaxOf(path, text).imports.flatMap(({ specifier, line, values }) => {
      if (!clients.has(specifier.replace(/^#/, ""))) return [];
      const plain = values.filter((name) => !/^[A-Z]/.test(name));
      if (plain.length === 0) return [];
      const mend = `${plain.join(", ")} of a client module cannot be called on the server: move it to a module of its own, or say "use client" here`;
      return [{ path, line, mend }];
    });
  });
}

function isClient(text: string): boolean {
  return text.startsWith('"use client"');
}

function moduleOf(path: string): string {
  return path.replace(/\.tsx?$/, "");
}
