import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { webhookSecret } from "#scripts/bench/delivery";
import type { Stage } from "#scripts/bench/stage";
import { buildWeb } from "#scripts/build";
import { frugal } from "#scripts/frugal";
import { freePort } from "#scripts/ports";

/** A web process of its own. */
export type Door = { port: number; pid: number; close(): void };

/** The web process as `npm start` runs it, Next's production build behind its front server. */
export async function startWeb(stage: Stage): Promise<Door> {
  await buildWeb();
  const port = await freePort(3900);
  const child = start("../../server/web.ts", { ...environmentOn(stage), PORT: String(port) });
  await lineOf(child, /^Web ready/);
  return { port, pid: child.pid!, close: () => child.kill() };
}

/** The front server's doors alone, without Next behind them. */
export function startFrontDoor(stage: Stage): Promise<Door> {
  return startAlone("front-door.ts", stage);
}

/** A door that only stores: what is left of ours when nothing is asked of a delivery. */
export function startBareDoor(stage: Stage): Promise<Door> {
  return startAlone("bare-door.ts", stage);
}

async function startAlone(script: string, stage: Stage): Promise<Door> {
  const child = start(script, environmentOn(stage));
  const [, port] = await lineOf(child, /^ready (\d+)$/);
  return { port: Number(port), pid: child.pid!, close: () => child.kill() };
}

function start(script: string, env: NodeJS.ProcessEnv): ChildProcess {
  const args = [...frugal.flags, join(import.meta.dirname, script)];
  const stdio = ["ignore", "pipe", "inherit"] as const;
  return spawn(process.execPath, args, { env: { ...frugal.env, ...env }, stdio: [...stdio] });
}

async function lineOf(child: ChildProcess, wanted: RegExp): Promise<RegExpExecArray> {
  const lines = createInterface({ input: child.stdout! });
  for await (const line of lines) {
    const found = wanted.exec(line);
    if (found) return found;
  }
  throw new Error("The web process did not start.");
}

function environmentOn(stage: Stage): NodeJS.ProcessEnv {
  return {
    ...process.env,
    NODE_ENV: "production",
    LOG_LEVEL: "error",
    LOCKSTEP_URL: "http://localhost",
    LOCKSTEP_SECRET: stage.secret,
    DATABASE_APP_URL: stage.appUrl,
    STRIPE_SECRET_KEY: "sk_test_bench",
    STRIPE_PUBLISHABLE_KEY: "pk_test_bench",
    STRIPE_WEBHOOK_SECRET_ACCOUNT: webhookSecret,
    STRIPE_WEBHOOK_SECRET_CONNECT: webhookSecret,
    // What is measured is the work, and not how much of it one key may ask for.
    USAGE_REQUESTS_PER_SECOND: "1000000",
  };
}
