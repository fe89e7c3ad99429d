import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** What is generated is in no commit, and no test runs without it. */
const generated = "lib/db/generated";

/** The tracked files as they stand, in a folder of their own, with the packages of this one. */
export function makeWorkingCopy(): { folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), "lockstep-mutations-"));
  const listed = execFileSync("git", ["ls-files", "-z"], { encoding: "utf8", maxBuffer: 2 ** 26 });
  const files = listed.split("\0").filter((path) => path !== "" && existsSync(path));
  for (const path of [...files, generated]) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    cpSync(path, join(folder, path), { recursive: true });
  }
  symlinkSync(join(process.cwd(), "node_modules"), join(folder, "node_modules"), "junction");
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
