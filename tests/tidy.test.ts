import { expect, test } from "vitest";
import { mayImport } from "#tests/tidy/may-import";
import { rules } from "#tests/tidy/rules";
import { print, readTree } from "#tests/tidy/tree";

const tree = readTree();

test.each(rules)("$name", ({ name, check }) => {
  const faults = check(tree).map((fault) => print(name, fault));
  expect(faults, `\n${faults.join("\n")}\n`).toEqual([]);
});

test.each(rules)("the rule «$name» catches its planted violation", ({ check, planted }) => {
  const faults = check(new Map(Object.entries(planted.files)));
  expect(faults.map(({ path, line }) => `${path}:${line}`)).toEqual([planted.at]);
  expect(faults[0]!.mend).not.toBe("");
});

test("the rules have names of their own", () => {
  const names = rules.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});

test("no folder reaches itself through the folders it imports", () => {
  const cycles = Object.keys(mayImport).filter((row) => reachable(row).has(row));
  expect(cycles).toEqual([]);
});

function reachable(row: string): Set<string> {
  const seen = new Set<string>();
  const walk = (from: string) => {
    for (const to of mayImport[from] ?? []) {
      if (seen.has(to)) continue;
      seen.add(to);
      walk(to);
    }
  };
  walk(row);
  return seen;
}
