import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** A child process that serves HTTP on a port of its own. */
export interface Served {
  port: number;
  close(): Promise<void>;
}

/** Starts the local Stripe as `npm start` does: a process of its own, its state on disk. */
export async function startLocalStripe(): Promise<Served> {
  const folder = mkdtempSync(join(tmpdir(), "bench-sandbox-"));
  const main = join(import.meta.dirname, "../../sandbox/main.ts");
  const served = await serve([main, "--port", "0", "--data", folder, "--seed", "1"]);
  return {
    port: served.port,
    close: async () => {
      await served.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const emptyServer = `
const { createServer } = require("node:http");
const server = createServer((request, response) => {
  request.resume();
  request.on("end", () => response.end("{}"));
});
server.listen(0, "127.0.0.1", () => console.log("ready at :" + server.address().port));
`;

/** An HTTP server that does nothing: what the machine allows. */
export function startEmptyServer(): Promise<Served> {
  return serve(["-e", emptyServer]);
}

async function serve(args: string[]): Promise<Served> {
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const port = await portOf(child);
  return { port, close: () => ended(child) };
}

async function portOf(child: ChildProcess): Promise<number> {
  for await (const line of createInterface({ input: child.stdout! })) {
    const port = Number(/ready at .*:(\d+)$/.exec(line)?.[1]);
    if (port) return port;
  }
  throw new Error("The server under measure did not start.");
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill();
  });
}
