import { type ChildProcess, spawn } from "node:child_process";
import { Agent, request } from "node:http";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { webhookSecret } from "#scripts/bench/delivery";
import type { Stage } from "#scripts/bench/stage";

/** What the web process reads, on a stage. */
export function webEnvironment(stage: Stage): NodeJS.ProcessEnv {
  return {
    ...process.env,
    NODE_ENV: "production",
    LOCKSTEP_URL: "http://localhost",
    LOCKSTEP_SECRET: stage.secret,
    DATABASE_APP_URL: stage.appUrl,
    STRIPE_SECRET_KEY: "sk_test_bench",
    STRIPE_PUBLISHABLE_KEY: "pk_test_bench",
    STRIPE_WEBHOOK_SECRET_ACCOUNT: webhookSecret,
    STRIPE_WEBHOOK_SECRET_CONNECT: webhookSecret,
  };
}

/** The front server's webhook door in a process of its own. */
export async function startFrontDoor(
  stage: Stage,
): Promise<{ process: ChildProcess; port: number }> {
  const path = join(import.meta.dirname, "front-door.ts");
  const child = spawn(process.execPath, [path], {
    ...{ env: webEnvironment(stage), stdio: ["ignore", "pipe", "inherit"] },
  });
  for await (const line of createInterface({ input: child.stdout! })) {
    const port = Number(/^ready (\d+)$/.exec(line)?.[1]);
    if (port) return { process: child, port };
  }
  throw new Error("The front door did not open.");
}

export type Poster = {
  send(path: string, delivery: { body: string; signature: string }): Promise<void>;
  close(): Promise<void>;
};

/** Posts signed deliveries over so many connections that stay open. A refusal is thrown. */
export function createPoster(port: number, connections: number): Poster {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  return {
    send: (path, { body, signature }) =>
      new Promise((resolve, reject) => {
        const headers = {
          "content-type": "application/json",
          "content-length": Buffer.byteLength(body),
          "stripe-signature": signature,
        };
        const options = { host: "127.0.0.1", port, method: "POST", path, agent, headers };
        const sent = request(options, (answer) => {
          answer.resume();
          answer.once("end", () => {
            if (answer.statusCode === 200) resolve();
            else reject(new Error(`A delivery was answered ${answer.statusCode}.`));
          });
        });
        sent.once("error", reject);
        sent.end(body);
      }),
    close: async () => agent.destroy(),
  };
}
