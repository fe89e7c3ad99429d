import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { judge, type Report, type Verdict } from "#scripts/mutations/judge";

/** A file of tests has limits of its own; this one is for a run that hangs outside of them. */
const longestMs = 15 * 60_000;
/** Vitest's process idles a while after its last word; what it has to stop, it stops at once. */
const idleMs = 3_000;

/** Runs test files in a copy until one test fails, and says what that means for a mutant. */
export async function runTests(
  folder: string,
  files: readonly string[],
  signal: AbortSignal,
): Promise<Verdict> {
  const outputFile = join(folder, "report.json");
  rmSync(outputFile, { force: true });
  const vitest = join("node_modules", "vitest", "vitest.mjs");
  const ending = ["--bail=1", `--teardownTimeout=${idleMs}`];
  const flags = ["run", ...files, ...ending, "--reporter=json", `--outputFile=${outputFile}`];
  const { code, said } = await listenTo([vitest, ...flags], folder, signal);
  if (signal.aborted) return { outcome: "error", why: "It was stopped." };
  if (code === null) return { outcome: "error", why: "It did not end in time." };
  if (!existsSync(outputFile)) return { outcome: "error", why: `It did not run:\n${said}` };
  return judge(JSON.parse(readFileSync(outputFile, "utf8")) as Report, files.length, code);
}

function listenTo(args: string[], cwd: string, signal: AbortSignal) {
  return new Promise<{ code: number | null; said: string }>((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd, stdio: ["ignore", "pipe", "pipe"] });
    // Asked to end, Vitest stops the PostgreSQL it started.
    const end = () => child.kill("SIGTERM");
    const limit = setTimeout(end, longestMs);
    signal.addEventListener("abort", end);
    let said = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (piece: string) => {
        said = (said + piece).slice(-4_000);
      });
    }
    child.once("error", reject);
    child.once("close", (code) => {
      clearTimeout(limit);
      signal.removeEventListener("abort", end);
      resolve({ code, said });
    });
  });
}
