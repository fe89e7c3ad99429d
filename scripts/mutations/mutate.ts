import { globSync, readFileSync } from "node:fs";
import type { Mutant } from "#scripts/mutations/mutant";
import { operators } from "#scripts/mutations/operators";

/** A file as a mutant has it, and where in it the mutant is. */
export type Mutated = { file: string; line: number; before: string; after: string };

/**
 * The file of a mutant with its one change. A place that is not there, or is there twice, is an
 * error of the table: the code has moved on, and the table has to follow.
 */
export function mutate({ where, place, operator }: Mutant): Mutated {
  const file = where.startsWith("app.") ? newestFileOf(where) : where;
  const before = readFileSync(file, "utf8");
  const [start, end] = where.startsWith("app.") ? spanOf(before, where) : [0, before.length];
  const [lead, marked, tail, ...rest] = place.split(/[«»]/);
  if (marked === undefined || tail === undefined || rest.length > 0) {
    throw new Error(`${where}: mark one part of "${place}" by « and ».`);
  }
  const text = `${lead}${marked}${tail}`;
  const at = before.indexOf(text, start);
  const again = before.indexOf(text, at + 1);
  if (at < 0 || at >= end) throw new Error(`${where}: "${text}" is not there.`);
  if (again >= 0 && again < end) throw new Error(`${where}: "${text}" is there twice.`);
  const from = at + lead!.length;
  const turned = operators[operator](marked);
  return {
    ...{ file, before, line: before.slice(0, from).split("\n").length },
    after: `${before.slice(0, from)}${turned}${before.slice(from + marked.length)}`,
  };
}

/** Migrations are never edited: what counts of a function is how it was last defined. */
function newestFileOf(routine: string): string {
  const files = globSync("prisma/migrations/*/migration.sql").sort().reverse();
  const file = files.find((path) => definitionOf(routine).test(readFileSync(path, "utf8")));
  if (!file) throw new Error(`No migration defines ${routine}.`);
  return file.replaceAll("\\", "/");
}

function spanOf(sql: string, routine: string): [number, number] {
  const { index, 0: text } = definitionOf(routine).exec(sql)!;
  return [index, index + text.length];
}

function definitionOf(routine: string): RegExp {
  const name = routine.replaceAll(".", "\\.");
  return new RegExp(`CREATE (OR REPLACE )?FUNCTION ${name}\\([\\s\\S]*?\\n(END )?\\$\\$;?(\\n|$)`);
}
