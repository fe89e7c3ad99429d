// The one door of every npm script. Runs on the machine's own Node (20.19 or newer) with nothing
// but built-ins, makes the install and the generated code current, then hands over to Node 24.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";

const root = join(import.meta.dirname, "..");
const bin = join(root, "node_modules", ".bin");
const [command, ...args] = process.argv.slice(2);

/** Scripts that load mail templates, which are TSX; Node strips types but does not know JSX. */
const needsJsx = new Set(["start", "dev", "bench"]);

process.chdir(root);
requireNode(20, 19);
// Tests bring their own databases and Stripe; nobody's real ones are theirs to touch.
if (!["test", "histories", "mutations"].includes(command) && existsSync(".env"))
  process.loadEnvFile(".env");
install();
generate();
handOver();

function requireNode(major, minor) {
  const [hasMajor, hasMinor] = process.versions.node.split(".").map(Number);
  if (hasMajor > major || (hasMajor === major && hasMinor >= minor)) return;
  fail(`Lockstep needs Node ${major}.${minor} or newer; this is ${process.versions.node}.`);
}

function install() {
  const stamp = join("node_modules", ".lockstep-install");
  const wanted = fingerprint(["package.json", "package-lock.json"], process.platform, process.arch);
  if (isCurrent(stamp, wanted)) return;

  console.log("Installing packages…");
  const npm = process.env.npm_execpath;
  // Not `npm ci`: it refuses a lock that names no binaries of other systems, and a registry that
  // carries none makes such a lock. This takes the lock's versions too, and leaves it as it is.
  const flags = ["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"];
  const ran = npm
    ? spawnSync(process.execPath, [npm, ...flags], { stdio: "inherit" })
    : spawnSync("npm", flags, { stdio: "inherit", shell: process.platform === "win32" });
  if (ran.status !== 0) fail("The install failed; npm's words are above. Mend that, run again.");
  writeFileSync(stamp, wanted);
}

/** Prisma's client is generated, so it is never in git. */
function generate() {
  const stamp = join("node_modules", ".lockstep-generated");
  const files = readdirSync("prisma/schema").map((name) => join("prisma/schema", name));
  const wanted = fingerprint([...files, "package-lock.json"]);
  if (isCurrent(stamp, wanted) && existsSync("lib/db/generated/client.ts")) return;

  // The CLI would download a native engine that generating does not use; any file satisfies it.
  const env = { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: join(root, "package.json") };
  const prisma = join("node_modules", "prisma", "build", "index.js");
  const ran = spawnSync(join(bin, "node"), [prisma, "generate"], { env, encoding: "utf8" });
  if (ran.status !== 0) fail(`prisma generate failed:\n${ran.stdout}${ran.stderr}`);
  writeFileSync(stamp, wanted);
}

function handOver() {
  const script = command === "sandbox" ? "sandbox/main.ts" : `scripts/${command}.ts`;
  if (!existsSync(script)) fail(`There is no ${script}.`);
  const flags = ["--disable-warning=ExperimentalWarning"];
  if (needsJsx.has(command)) flags.push("--import", "tsx");
  const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ""}` };
  const child = spawn(join(bin, "node"), [...flags, script, ...args], { stdio: "inherit", env });

  // Ctrl-C reaches the child by itself; this process only waits for it to end in its own time.
  process.on("SIGINT", () => {});
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 1)));
}

function isCurrent(stamp, wanted) {
  return existsSync(stamp) && readFileSync(stamp, "utf8") === wanted;
}

function fingerprint(files, ...more) {
  const hash = createHash("sha256").update(more.join("\n"));
  for (const file of files) hash.update(file).update(readFileSync(file));
  return hash.digest("hex");
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
