import { globSync, readFileSync } from "node:fs";

/** What a test does with what its process has once: its environment, its clock, its children. */
const own =
  /process\.(env|on|chdir)|setEnvironment|replaceEnv|vi\.|spawn|Timers|before(All|Each)|after(All|Each)/;
/** What a test is given by others, who may do the same. */
const given = /from "#(tests|scripts\/(chaos|bench))\/|\bopen[A-Z]\w*\(|"\.\.?\//;

/**
 * The test files that only call what they import: no server, database, environment or clock. They
 * leave nothing behind, so a worker reads the modules of all of them once, which takes longer than
 * the tests do.
 */
export function filesOfPureTests(): string[] {
  return globSync("tests/{lib,components}/**/*.test.{ts,tsx}").filter((path) => {
    const text = readFileSync(path, "utf8");
    return !own.test(text) && !given.test(text);
  });
}
