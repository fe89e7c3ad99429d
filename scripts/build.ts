import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { shareChunks } from "#scripts/share-chunks";
import { stepBack } from "#scripts/step-back";

/** What a build is made of. A change anywhere here makes a new one. */
const sources = ["app", "components", "lib", "public", "next.config.ts", "proxy.ts"];
const folder = ".next";
const settings = ["tsconfig.json", "package-lock.json", "package.json"];

/**
 * Builds the web app unless the last build is of exactly these sources. A patient build leaves the
 * processor to whatever else runs.
 */
export async function buildWeb({ isPatient = false } = {}): Promise<"built" | "current"> {
  const stamp = join(folder, "lockstep-build");
  const wanted = sourceFingerprint();
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return "current";
  await run(["node_modules/next/dist/bin/next", "build"], isPatient);
  shareChunks(folder);
  writeFileSync(stamp, wanted);
  return "built";
}

function run(args: string[], isPatient: boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, NODE_ENV: "production" as const, NEXT_TELEMETRY_DISABLED: "1" };
    const child = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "pipe"] });
    if (isPatient) stepBack(child);
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (chunk: string) => {
        output += chunk;
      });
    }
    child.once("exit", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`The build failed:\n${output}`));
    });
  });
}

function sourceFingerprint(): string {
  const hash = createHash("sha256").update(process.version);
  for (const path of [...settings, ...listSources()]) {
    if (existsSync(path) && statSync(path).isFile()) hash.update(path).update(readFileSync(path));
  }
  return hash.digest("hex");
}

function listSources(): string[] {
  return sources
    .filter((source) => existsSync(source))
    .flatMap((source) =>
      statSync(source).isFile()
        ? [source]
        : readdirSync(source, { recursive: true, encoding: "utf8" }).map((name) =>
            join(source, name),
          ),
    )
    .filter((path) => !path.includes(join("db", "generated")))
    .sort();
}
