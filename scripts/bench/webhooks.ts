import { type ChildProcess, spawn } from "node:child_process";
import { Agent, request } from "node:http";
import { join } from "node:path";
import { createInterface } from "node:readline";
import pg from "pg";
import { openDb } from "#lib/db/client";
import { receiveDelivery } from "#lib/events/receive-delivery";
import type { Bench } from "#scripts/bench/bench";
import { type SignedDelivery, signedDeliveries, webhookSecret } from "#scripts/bench/delivery";
import { drain } from "#scripts/bench/load";
import { contextOn, openStage, type Stage } from "#scripts/bench/stage";

const perRound = 4000;
const settings = {
  secrets: { account: [webhookSecret], connect: [webhookSecret] },
  isLive: false,
};

/** How fast a webhook is verified, stored and acknowledged, beside only storing its row. */
export const webhooks: Bench = {
  about: "webhooks verified, stored and acknowledged, beside a bare insert of the same rows",
  open: async () => {
    const stage = await openStage();
    const db = openDb(stage.appUrl, 32);
    const bare = new pg.Pool({ connectionString: stage.superUrl, max: 32 });
    bare.on("error", () => {}); // A connection may still be closing when the server stops.
    const front = await startFrontDoor(stage);
    const agents = [32, 64].map((maxSockets) => new Agent({ keepAlive: true, maxSockets }));
    const [agent32, agent64] = agents as [Agent, Agent];

    const context = contextOn(db, { kind: "system" });
    const receive = ({ body, signature }: SignedDelivery) =>
      receiveDelivery(
        context,
        { endpoint: "account", rawBody: body, signatureHeader: signature },
        settings,
      ).then(({ status }) => expectOk(status));
    const rate = (work: (delivery: SignedDelivery) => Promise<unknown>) => async () =>
      (await drain(signedDeliveries(perRound), 32, work)).perSecond;
    const beside = { name: "bare insert", run: rate((delivery) => insertBare(bare, delivery)) };
    const goal = { atLeast: 0.75 };
    const post = (agent: Agent) => (delivery: SignedDelivery) => send(front.port, agent, delivery);
    const slowest = async () => (await drain(signedDeliveries(perRound), 64, post(agent64))).p99Ms;
    return {
      figures: [
        { name: "the function, 32 at once", unit: "per s", goal, subject: rate(receive), beside },
        {
          name: "over HTTP, 32 at once",
          unit: "per s",
          goal,
          subject: rate(post(agent32)),
          beside,
        },
        { name: "p99 over HTTP, 64 at once", unit: "ms", goal: { atMost: 20 }, subject: slowest },
      ],
      close: async () => {
        for (const agent of agents) agent.destroy();
        front.process.kill();
        await Promise.all([db.close(), bare.end()]);
        await stage.close();
      },
    };
  },
};

/** What pgbench would do: the row and its commit, nothing verified, nothing read, nobody told. */
function insertBare(pool: pg.Pool, { id, body }: SignedDelivery): Promise<unknown> {
  return pool.query({
    name: "bare-insert",
    text: `insert into inbox_events (id, endpoint, type, object_type, object_id, partition,
        instant, received_at, status, trace_id, body)
      values ($1, 'account', 'invoice.paid', 'invoice', $1, 0, now(), now(), 'waiting', '', $2)`,
    values: [id, body],
  });
}

function send(port: number, agent: Agent, { body, signature }: SignedDelivery): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = {
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body),
      "stripe-signature": signature,
    };
    const path = "/api/webhooks/stripe/account";
    const options = { host: "127.0.0.1", port, method: "POST", path, agent, headers };
    const sent = request(options, (answer) => {
      answer.resume();
      answer.once("end", () => {
        try {
          resolve(expectOk(answer.statusCode));
        } catch (error) {
          reject(error);
        }
      });
    });
    sent.once("error", reject);
    sent.end(body);
  });
}

/** A refusal is fast; it must never pass for speed. */
function expectOk(status: number | undefined): void {
  if (status !== 200) throw new Error(`A delivery was answered ${status}.`);
}

async function startFrontDoor(stage: Stage): Promise<{ process: ChildProcess; port: number }> {
  const env = {
    ...process.env,
    NODE_ENV: "production" as const,
    LOCKSTEP_URL: "http://localhost",
    LOCKSTEP_SECRET: stage.secret,
    DATABASE_APP_URL: stage.appUrl,
    STRIPE_SECRET_KEY: "sk_test_bench",
    STRIPE_PUBLISHABLE_KEY: "pk_test_bench",
    STRIPE_WEBHOOK_SECRET_ACCOUNT: webhookSecret,
    STRIPE_WEBHOOK_SECRET_CONNECT: webhookSecret,
  };
  const path = join(import.meta.dirname, "front-door.ts");
  const child = spawn(process.execPath, [path], { env, stdio: ["ignore", "pipe", "inherit"] });
  for await (const line of createInterface({ input: child.stdout })) {
    const port = Number(/^ready (\d+)$/.exec(line)?.[1]);
    if (port) return { process: child, port };
  }
  throw new Error("The front door did not open.");
}
