import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { rowsOf } from "#scripts/chaos/rows";

/**
 * Kills a PostgreSQL of this machine with all its processes, as a power cut would end them: nothing
 * is flushed, nobody is told. What its processes had handed to the system is still on the disk
 * afterwards, what only their memory held is gone. Answers with how to start it again.
 */
export async function hardStop(superUrl: string): Promise<() => Promise<void>> {
  const [row] = await rowsOf<{ folder: string }>(
    superUrl,
    "select current_setting('data_directory') as folder",
  );
  const folder = row!.folder;
  const pid = Number(readFileSync(join(folder, "postmaster.pid"), "utf8").split("\n")[0]);
  process.kill(pid, "SIGSTOP"); // So that it starts nobody anew.
  const all = [...processes().filter(({ parent }) => parent === pid), { pid }];
  for (const one of all) kill(one.pid);
  const ours = new Set(all.map((one) => one.pid));
  while (processes().some((one) => ours.has(one.pid) && !one.isGone));
  const free = await holdPort(Number(new URL(superUrl).port));
  return async () => {
    // It would take an ended process that nobody has buried for one that runs.
    rmSync(join(folder, "postmaster.pid"));
    await free();
    start(folder);
  };
}

/** Keeps a port from others until its owner is back; whoever knocks meanwhile is turned away. */
async function holdPort(port: number): Promise<() => Promise<void>> {
  const server = createServer((socket) => socket.destroy());
  await once(server.listen(port, "127.0.0.1"), "listening");
  return () => new Promise((resolve) => server.close(() => resolve()));
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}

function processes(): { pid: number; parent: number; isGone: boolean }[] {
  const { stdout } = spawnSync("ps", ["-A", "-o", "pid=,ppid=,stat="], { encoding: "utf8" });
  return stdout.split("\n").map((line) => {
    const [pid, parent, state = ""] = line.trim().split(/\s+/);
    return { pid: Number(pid), parent: Number(parent), isGone: state.startsWith("Z") };
  });
}

/** As it was started last, on the same port, and through its recovery. */
function start(folder: string): void {
  const opts = readFileSync(join(folder, "postmaster.opts"), "utf8");
  const [binary = ""] = opts.split(" ", 1);
  const [, , ...args] = [...opts.matchAll(/"([^"]*)"/g)].map(([, arg]) => `'${arg}'`);
  const { uid, gid } = statSync(folder);
  const log = join(folder, "server.log");
  const how = ["-D", folder, "-w", "-t", "60", "-l", log, "-o", args.join(" "), "start"];
  const as = process.getuid?.() === 0 ? { uid, gid } : {};
  const options = { ...as, cwd: "/", stdio: "ignore" } as const;
  const { status } = spawnSync(join(dirname(binary), "pg_ctl"), how, options);
  if (status !== 0) throw new Error(`PostgreSQL did not start again; ${log} says why`);
}
