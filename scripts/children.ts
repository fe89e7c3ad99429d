import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export type Child = { stop(): Promise<void> };
export type Children = ReturnType<typeof createChildren>;
type Launch = {
  name: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  /** Recognises the line that says the program is ready for work. */
  isReady: (line: string) => boolean;
};

/**
 * Keeps child processes alive for one supervisor: each runs in a session of its own, so that
 * Ctrl-C ends them in order and not all at once, and is started again when it dies unasked.
 */
export function createChildren(folder: string, print: (line: string) => void) {
  const pidFile = join(folder, "pids.json");
  const pids = new Map<string, number>();
  const record = (name: string, pid: number | undefined) => {
    if (pid) pids.set(name, pid);
    else pids.delete(name);
    writeFileSync(pidFile, JSON.stringify([...pids.values()]));
  };

  return {
    /** Ends what a start that was killed left running. */
    sweep(): void {
      if (!existsSync(pidFile)) return;
      for (const pid of JSON.parse(readFileSync(pidFile, "utf8")) as number[]) {
        if (isOurs(pid)) process.kill(pid, "SIGKILL");
      }
    },

    start(launch: Launch): { child: Child; ready: Promise<void> } {
      return supervise(launch, print, record);
    },
  };
}

function supervise(
  launch: Launch,
  print: (line: string) => void,
  record: (name: string, pid: number | undefined) => void,
): { child: Child; ready: Promise<void> } {
  const { promise: ready, resolve: isReady, reject: isLost } = Promise.withResolvers<void>();
  let isStopping = false;
  let hasBeenReady = false;
  let lives = 0;
  let child: ChildProcess;

  const onLine = (line: string) => {
    print(`${launch.name.padEnd(7)}│ ${line}`);
    if (!launch.isReady(line)) return;
    hasBeenReady = true;
    lives = 0;
    isReady();
  };
  const run = () => {
    lives += 1;
    const options = { env: launch.env, detached: true } as const;
    child = spawn(process.execPath, launch.args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    record(launch.name, child.pid);
    for (const stream of [child.stdout!, child.stderr!]) readLines(stream, onLine);
    child.once("exit", (code, signal) => {
      if (isStopping) return;
      const how = `${launch.name} ended (${signal ?? `exit ${code}`})`;
      // A program that never got ready will not by trying again; its words are above.
      if (!hasBeenReady) return isLost(new Error(`${how} before it was ready.`));
      print(`${how}; starting it again.`);
      setTimeout(run, Math.min(250 * 2 ** lives, 10_000));
    });
  };
  run();

  const stop = () => {
    isStopping = true;
    return end(child).then(() => record(launch.name, undefined));
  };
  return { child: { stop }, ready };
}

/** Asks a process to end and waits; after ten seconds it is made to. */
function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const force = setTimeout(() => child.kill("SIGKILL"), 10_000);
    child.once("exit", () => {
      clearTimeout(force);
      resolve();
    });
    child.kill("SIGTERM");
  });
}

function readLines(stream: NodeJS.ReadableStream, onLine: (line: string) => void): void {
  let rest = "";
  stream.setEncoding("utf8");
  stream.on("data", (chunk: string) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line.trim()) onLine(line);
  });
}

/** A process id is used again by the system, so what runs there must be one of our programs. */
function isOurs(pid: number): boolean {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, "utf8");
    const isHere = readlinkSync(`/proc/${pid}/cwd`) === process.cwd();
    return isHere && /(server|sandbox)\/\w+\.ts/.test(command);
  } catch {
    return false;
  }
}
