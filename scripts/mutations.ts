import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Verdict } from "#scripts/mutations/judge";
import type { Mutant } from "#scripts/mutations/mutant";
import { mutants } from "#scripts/mutations/mutants";
import { type Mutated, mutate } from "#scripts/mutations/mutate";
import { runTests } from "#scripts/mutations/run-tests";
import { makeWorkingCopy } from "#scripts/mutations/working-copy";

/**
 * `npm run mutations [-- --only <text>] [--shard 1/4]`: what keeps the books right is broken in one
 * place at a time, in a copy of the code, and its tests have to say so. Prints what nobody noticed,
 * and the mutation score; fails below 90 %, and where a mutant could not be judged.
 */
const { values } = parseArgs({
  options: { only: { type: "string", default: "" }, shard: { type: "string", default: "1/1" } },
});
const goalPercent = 90;

const chosen = choose(values.only, values.shard);
const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());
const copy = makeWorkingCopy();
try {
  const files = [...new Set(chosen.flatMap(({ mutant }) => mutant.tests))];
  console.log(`${chosen.length} mutants, ${files.length} test files. First as it is…`);
  const whole = await runTests(copy.folder, files, stop.signal);
  if (whole.outcome !== "survived") throw new Error(`Unchanged it fails: ${JSON.stringify(whole)}`);
  conclude(await judgeAll());
} finally {
  copy.remove();
}

type Chosen = { mutant: Mutant; mutated: Mutated; name: string };

function choose(only: string, shard: string): Chosen[] {
  const [, part, parts] = /^(\d+)\/(\d+)$/.exec(shard)?.map(Number) ?? [];
  if (!part || !parts || part > parts) throw new Error(`A shard is 1/4, and not "${shard}".`);
  const named = mutants.map((mutant) => {
    const mutated = mutate(mutant);
    const { where, operator, place } = mutant;
    const name = `${mutated.file}:${mutated.line} ${where} ${operator} ${place}`;
    return { mutant, mutated, name };
  });
  const asked = named.filter(({ name }) => name.includes(only));
  if (asked.length === 0) throw new Error(`No mutant has "${only}" in it.`);
  return asked.filter((_, place) => place % parts === part - 1);
}

async function judgeAll(): Promise<{ name: string; verdict: Verdict }[]> {
  const judged: { name: string; verdict: Verdict }[] = [];
  for (const { mutant, mutated, name } of chosen) {
    const began = Date.now();
    writeFileSync(join(copy.folder, mutated.file), mutated.after);
    const verdict = await runTests(copy.folder, mutant.tests, stop.signal);
    writeFileSync(join(copy.folder, mutated.file), mutated.before);
    if (stop.signal.aborted) break;
    judged.push({ name, verdict });
    const seconds = ((Date.now() - began) / 1000).toFixed(1);
    console.log(`${verdict.outcome.padEnd(8)} ${seconds.padStart(6)} s  ${name}${sayWhy(verdict)}`);
  }
  return judged;
}

function sayWhy(verdict: Verdict): string {
  if (verdict.outcome === "survived") return "";
  return `\n${" ".repeat(19)}${verdict.outcome === "killed" ? `by «${verdict.by}»` : verdict.why}`;
}

function conclude(judged: { name: string; verdict: Verdict }[]): void {
  const of = (outcome: Verdict["outcome"]) =>
    judged.filter(({ verdict }) => verdict.outcome === outcome);
  const [killed, survived, errors] = [of("killed"), of("survived"), of("error")];
  for (const { name } of survived) console.log(`\nNobody noticed: ${name}`);
  for (const { name } of errors) console.log(`\nNot judged: ${name}`);
  const percent = (100 * killed.length) / chosen.length;
  console.log(
    `\nmutation score ${killed.length} of ${chosen.length} = ${percent.toFixed(1)} %` +
      ` (goal ${goalPercent} %, not judged ${chosen.length - killed.length - survived.length})`,
  );
  const isWhole = errors.length === 0 && judged.length === chosen.length;
  if (percent < goalPercent || !isWhole) process.exitCode = 1;
}
