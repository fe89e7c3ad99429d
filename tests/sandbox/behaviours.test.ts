import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript-api";
import { expect, test } from "vitest";

/** The behaviours of Stripe's that this server must have are numbered; each has tests that say so. */
const numbers = Array.from({ length: 67 }, (_, place) => place + 1);

/** What keeps a test from running, wherever it stands in `test.skip.each(…)(…)`. */
const idle = ["skip", "skipIf", "runIf", "todo", "fails"];

/** The numbers of the tests in a file that run and do something, as the parser sees them. */
function provedIn(text: string): number[] {
  const found: number[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const words = wordsOf(node.expression);
      const isTest = words[0] === "test" || words[0] === "it" || words[0] === "describe";
      // What is skipped is not looked into, so that nothing in it counts either.
      if (isTest && words.some((word) => idle.includes(word))) return;
      const [name, body] = node.arguments;
      const number = name && ts.isStringLiteralLike(name) && /^(\d+): /.exec(name.text)?.[1];
      if (isTest && words[0] !== "describe" && number && does(body)) found.push(Number(number));
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("a.test.ts", text, ts.ScriptTarget.ES2022));
  return found;
}

/** `test.each([…])` as its words: test, each. */
function wordsOf(callee: ts.Expression): string[] {
  if (ts.isIdentifier(callee)) return [callee.text];
  if (ts.isPropertyAccessExpression(callee)) {
    return [...wordsOf(callee.expression), callee.name.text];
  }
  return ts.isCallExpression(callee) ? wordsOf(callee.expression) : [];
}

function does(body: ts.Expression | undefined): boolean {
  if (body === undefined || !(ts.isArrowFunction(body) || ts.isFunctionExpression(body))) {
    return false;
  }
  return !ts.isBlock(body.body) || body.body.statements.length > 0;
}

function unproved(files: readonly string[]): number[] {
  const proved = new Set(files.flatMap(provedIn));
  return numbers.filter((number) => !proved.has(number));
}

test("every behaviour has a test named after it, and no test names another", () => {
  const folder = import.meta.dirname;
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".test.ts") && name !== "behaviours.test.ts")
    .map((name) => readFileSync(join(folder, name), "utf8"));
  expect(unproved(files)).toEqual([]);
  expect(files.flatMap(provedIn).filter((number) => !numbers.includes(number))).toEqual([]);
});

const all = numbers.map((number) => `test("${number}: it holds", () => { expect(1).toBe(1); });`);

test("a behaviour without a test is noticed", () => {
  expect(unproved(all)).toEqual([]);
  expect(unproved(all.toSpliced(11, 1))).toEqual([12]);
});

test.each([
  ["is spoken of", '// test("12: it holds", () => { expect(1).toBe(1); });'],
  ["is commented out", '/* test("12: it holds", () => { expect(1).toBe(1); }); */'],
  ["is only text", 'const text = `test("12: it holds", () => { expect(1).toBe(1); });`;'],
  ["is skipped", 'test.skip("12: it holds", () => { expect(1).toBe(1); });'],
  ["is skipped here", 'test.skipIf(isSlow)("12: it holds", () => { expect(1).toBe(1); });'],
  ["is skipped in rows", 'test.skip.each([1])("12: it holds", () => { expect(1).toBe(1); });'],
  ["is still to come", 'test.todo("12: it holds");'],
  ["is to fail", 'test.fails("12: it holds", () => { expect(1).toBe(1); });'],
  ["does nothing", 'test("12: it holds", () => {});'],
  ["stands in what is skipped", `describe.skip("x", () => { ${all[11]} });`],
])("a test that %s proves nothing", (_what, text) => {
  expect(unproved(all.with(11, text))).toEqual([12]);
});

test.each([
  ["of rows", 'test.each([1, 2])("12: it holds", (one) => { expect(one).toBe(1); });'],
  ["in a group", `describe("x", () => { ${all[11]} });`],
])("a test %s counts", (_what, text) => {
  expect(unproved(all.with(11, text))).toEqual([]);
});
