import { syntaxOf } from "#tests/tidy/syntax";
import { type Fault, isTest, type Rule, sources, type Tree } from "#tests/tidy/tree";

type Banned = {
  name: string;
  text: RegExp;
  where(path: string): boolean;
  mend: string;
  planted: { path: string; text: string };
};

const everywhere = (path: string) => !path.startsWith("tests/tidy");
const inHouse = (path: string) => /^(lib|app|components|server|sandbox)\//.test(path);

/** Words that are never the answer, each with what is. */
const banned: Banned[] = [
  {
    name: "types are not silenced",
    text: /@ts-(ignore|nocheck)/,
    where: everywhere,
    mend: "say the type; where a library's is wrong, @ts-expect-error with the reason",
    planted: { path: "lib/ids.ts", text: "\n// @ts-ignore\nconst id = 1;" },
  },
  {
    name: "nothing left to do",
    text: /\b(TODO|FIXME|XXX|HACK)\b/,
    where: everywhere,
    mend: "do it now, or open an issue and leave the code whole",
    planted: { path: "lib/ids.ts", text: "\n// TODO: later" },
  },
  {
    name: "no console in the product",
    text: /\bconsole\.(log|info|debug)\(/,
    where: (path) => /^(lib|app|components)\//.test(path),
    mend: "log through the process's logger, or say it to the person",
    planted: { path: "lib/ids.ts", text: '\nconsole.log("here");' },
  },
  {
    name: "money is never a float",
    // Asking whether a decimal is above zero loses nothing.
    text: /\b(parseFloat|Number)\([^)\n]*[mM]inor[^)\n]*\)(?! (>|===|!==) 0\b)/,
    where: (path) => /^(lib|app|components)\//.test(path) && !path.startsWith("lib/stripe/"),
    mend: "keep minor units a bigint; only lib/stripe turns them into numbers",
    planted: { path: "lib/ids.ts", text: "\nconst total = Number(row.totalMinor);" },
  },
  {
    name: "settings come from env()",
    text: /\bprocess\.env\b/,
    where: (path) => inHouse(path) && path !== "lib/env.ts",
    mend: "add the variable to lib/env.ts and read env(), so that a bad one is named at start-up",
    planted: { path: "lib/ids.ts", text: "\nconst url = process.env.DATABASE_URL;" },
  },
  {
    name: "no steps by number",
    text: /\/\/ (Step )?\d+[.:)] /,
    where: everywhere,
    mend: "name the part as a function instead of numbering it in a comment",
    planted: { path: "lib/ids.ts", text: "\n// 1. Make it" },
  },
];

export const textRules: Rule[] = [
  ...banned.map(
    (rule): Rule => ({
      name: rule.name,
      check: (tree) => checkBanned(tree, rule),
      planted: { files: { [rule.planted.path]: rule.planted.text }, at: `${rule.planted.path}:2` },
    }),
  ),
  {
    name: "no any",
    check: checkAny,
    planted: {
      files: { "lib/ids.ts": "// Not: any\nconst id = {} as any;\n" },
      at: "lib/ids.ts:2",
    },
  },
  {
    name: "no test runs alone",
    check: (tree) => checkCalls(tree, /\.only$/, () => true, "remove .only, so that all tests run"),
    planted: {
      files: { "tests/lib/ids.test.ts": 'expect(1);\ntest.only("an id", () => {});\n' },
      at: "tests/lib/ids.test.ts:2",
    },
  },
  {
    name: "no test is skipped without a reason",
    check: (tree) =>
      checkCalls(
        tree,
        /^(test|it|describe)\.(skip|todo|fixme)$/,
        // Playwright's test.skip(condition, reason) says why.
        ({ first, arguments: count }) => first === "StringLiteral" || count < 2,
        "mend the test, delete it, or skip under a condition with its reason",
      ),
    planted: {
      files: { "tests/lib/ids.test.ts": 'expect(1);\ntest.skip("an id", () => {});\n' },
      at: "tests/lib/ids.test.ts:2",
    },
  },
  {
    name: "every test file asserts",
    check: checkAssertions,
    planted: {
      files: { "tests/lib/ids.test.ts": 'test("an id", () => {});\n' },
      at: "tests/lib/ids.test.ts:1",
    },
  },
  {
    name: "every verb of lib says its guarantee",
    check: checkDocs,
    planted: {
      files: {
        "lib/money/add.ts": "export function add() {}\n",
        "lib/mail/read-mail.ts": "/** The mail. */\nexport async function readMail() {}\n",
        "lib/mail/send-mail.ts": "\nexport function sendMail(ctx: Context) {}\n",
      },
      at: "lib/mail/send-mail.ts:2",
    },
  },
];

function checkBanned(tree: Tree, { text: word, where, mend }: Banned): Fault[] {
  return sources(tree)
    .filter(([path]) => where(path))
    .flatMap(([path, text]) =>
      text
        .split("\n")
        .flatMap((content, index) => (word.test(content) ? [{ path, line: index + 1, mend }] : [])),
    );
}

function checkAny(tree: Tree): Fault[] {
  const mend = "use unknown and narrow it, or the type itself";
  return sources(tree).flatMap(([path, text]) =>
    syntaxOf(path, text).anys.map((line) => ({ path, line, mend })),
  );
}

function checkCalls(
  tree: Tree,
  callee: RegExp,
  isWrong: (call: { first: string; arguments: number }) => boolean,
  mend: string,
): Fault[] {
  return sources(tree)
    .filter(([path]) => isTest(path))
    .flatMap(([path, text]) =>
      syntaxOf(path, text)
        .calls.filter((call) => callee.test(call.callee) && isWrong(call))
        .map(({ line }) => ({ path, line, mend })),
    );
}

function checkAssertions(tree: Tree): Fault[] {
  const silent = sources(tree).filter(
    ([path, text]) => /\.test\.tsx?$/.test(path) && !/\b(expect|assert)\b/.test(text),
  );
  return silent.map(([path]) => ({ path, line: 1, mend: "say what must hold with expect(…)" }));
}

function checkDocs(tree: Tree): Fault[] {
  const lib = sources(tree).filter(([path]) => /^lib\/.*\.ts$/.test(path));
  return lib.flatMap(([path, text]) =>
    syntaxOf(path, text)
      .exported.filter(({ isVerb, isDocumented }) => isVerb && !isDocumented)
      .map(({ name, line }) => ({
        path,
        line,
        mend: `write one line above ${name} that states what it guarantees`,
      })),
  );
}
