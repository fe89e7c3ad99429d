import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

/** The files of the repository by path. Rules read this and nothing else, so one can be planted. */
export type Tree = ReadonlyMap<string, string>;

/** A broken rule at a place, with what mends it. */
export type Fault = { path: string; line: number; mend: string };

/** A rule, and a violation of it that it must catch at `path:line`. */
export type Rule = {
  name: string;
  check(tree: Tree): Fault[];
  planted: { files: Record<string, string>; at: string };
};

const isText = /\.(tsx?|m?js|css|json|md|prisma|sql|ya?ml|toml)$|^[^.]+$/;
const isGenerated = /^package-lock\.json$|^sandbox\/protocol\/stripe-routes\.json$/;

/** What git knows of the work tree: tracked files and new ones it does not ignore. */
export function readTree(): Tree {
  const list = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "-z"], {
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  const paths = list.split("\0").filter((path) => isText.test(path) && !isGenerated.test(path));
  // A file that was deleted and not yet committed is still listed.
  return new Map(paths.filter(existsSync).map((path) => [path, readFileSync(path, "utf8")]));
}

/** TypeScript that people write: not generated, not a configuration of a tool. */
export function sources(tree: Tree): [path: string, text: string][] {
  return [...tree].filter(([path]) => /\.tsx?$/.test(path) && !path.endsWith(".d.ts"));
}

export function isTest(path: string): boolean {
  return path.startsWith("tests/");
}

/** The fault as one line that an editor can jump to. */
export function print(rule: string, { path, line, mend }: Fault): string {
  return `${path}:${line}  ${rule}: ${mend}`;
}
