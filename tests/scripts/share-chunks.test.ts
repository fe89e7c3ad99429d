import { lstatSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { shareChunks } from "#scripts/share-chunks";

const require = createRequire(import.meta.url);
let folder: string;
let chunks: string;

const put = (name: string, text: string) =>
  writeFileSync(join(chunks, name), `${text}\n//# sourceMappingURL=${name}.map`);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "share-chunks-"));
  chunks = join(folder, "server/chunks");
  mkdirSync(join(chunks, "ssr"), { recursive: true });
  for (const name of ["a.js", "b.js", "c.js"]) put(name, "module.exports=[1,()=>1]");
  put("other.js", "module.exports=[2,()=>2]");
  for (const name of ["runtime.js", "runtime-too.js"]) put(name, "var loaded = [];");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("chunks of one content are loaded once, under each of their names", () => {
  expect(shareChunks(folder)).toBe(2);
  const [first, second, third] = ["a.js", "b.js", "c.js"].map((name) =>
    require(join(chunks, name)),
  );
  expect(first).toEqual([1, expect.any(Function)]);
  expect(second).toBe(first);
  expect(third).toBe(first);
  expect(require(join(chunks, "other.js"))).not.toEqual(first);
});

test("what has a state of its own stays apart, and a second time there is nothing to do", () => {
  expect(lstatSync(join(chunks, "runtime.js")).isFile()).toBe(true);
  expect(lstatSync(join(chunks, "runtime-too.js")).isFile()).toBe(true);
  expect(shareChunks(folder)).toBe(0);
});
