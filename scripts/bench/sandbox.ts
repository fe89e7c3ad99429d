import { Agent, request } from "node:http";
import type { Bench } from "#scripts/bench/bench";
import type { Figure } from "#scripts/bench/figure";
import { perSecond } from "#scripts/bench/load";
import { startEmptyServer, startLocalStripe } from "#scripts/bench/local-stripe";
import { playYear, type Year } from "#scripts/bench/platform-year";

const roundMs = 3000;
const clients = 32;

/** How fast the local Stripe answers, beside an HTTP server that does nothing. */
export const sandbox: Bench = {
  about: "the local Stripe: reads, writes, a fresh world, and a year of 1,000 subscriptions",
  open: async () => {
    const [stripe, empty] = await Promise.all([startLocalStripe(), startEmptyServer()]);
    const agent = new Agent({ keepAlive: true, maxSockets: clients });
    const ask = (port: number, method: string, path: string, key: string, body = "") =>
      send(agent, { port, method, path, key, body });
    const known = await ask(stripe.port, "POST", "/v1/customers", "bench", "email=a@b.test");
    const { id } = JSON.parse(known) as { id: string };
    const read = () => ask(stripe.port, "GET", `/v1/customers/${id}`, "bench");
    const write = (turn: number) =>
      ask(stripe.port, "POST", "/v1/customers", "bench", `email=c${turn}@b.test&name=Acme`);
    const rate = (work: (turn: number) => Promise<unknown>) => () =>
      perSecond(clients, roundMs, (_client, turn) => work(turn));
    let worlds = 0;
    const fresh = async () => {
      worlds += 1;
      const start = performance.now();
      await ask(stripe.port, "POST", "/v1/customers", `fresh${worlds}`, "email=a@b.test");
      return performance.now() - start;
    };
    return {
      figures: [
        ...againstGoals([
          { name: "reads", goal: 1500, subject: rate(read) },
          { name: "writes", goal: 600, subject: rate(write) },
        ]),
        {
          ...{ name: "reads, beside an empty server", unit: "per s", goal: { atLeast: 0.1 } },
          subject: rate(read),
          beside: { name: "empty server", run: rate(() => ask(empty.port, "GET", "/", "bench")) },
        },
        {
          ...{ name: "writes, beside an empty server", unit: "per s", goal: { atLeast: 0.04 } },
          subject: rate(write),
          beside: { name: "empty server", run: rate(() => ask(empty.port, "GET", "/", "bench")) },
        },
        {
          ...{ name: "a fresh world and its first write", unit: "ms", goal: { atMost: 50 } },
          subject: fresh,
        },
        {
          ...{ name: "a year of 1,000 subscriptions", unit: "s", goal: { atMost: 60 } },
          subject: oneYear,
        },
      ],
      close: async () => {
        agent.destroy();
        await Promise.all([stripe.close(), empty.close()]);
      },
    };
  },
};

function againstGoals(
  rates: { name: string; goal: number; subject: () => Promise<number> }[],
): Figure[] {
  return rates.map(({ name, goal, subject }) => ({
    ...{ name, unit: "per s", goal: { atLeast: goal }, subject },
  }));
}

// A process of its own, so that no year carries the state of another.
async function oneYear(): Promise<number> {
  const stripe = await startLocalStripe();
  try {
    const year = await playYear(stripe.port, "year");
    check(year);
    console.error(`  ${JSON.stringify(year)}`);
    return year.seconds;
  } finally {
    await stripe.close();
  }
}

/** A year in which nothing happened would be fast. */
function check({ invoices, paidPayouts, canceled }: Year): void {
  if (invoices < 11_000) throw new Error(`A year made only ${invoices} invoices.`);
  if (canceled < 40) throw new Error(`Dunning ended only ${canceled} subscriptions.`);
  if (paidPayouts < 100) throw new Error(`A year made only ${paidPayouts} payouts.`);
}

function send(
  agent: Agent,
  call: { port: number; method: string; path: string; key: string; body: string },
): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        ...{ host: "127.0.0.1", port: call.port, method: call.method, path: call.path, agent },
        headers: {
          authorization: `Bearer sk_test_${call.key}`,
          "content-type": "application/x-www-form-urlencoded",
          "content-length": Buffer.byteLength(call.body),
        },
      },
      (answer) => {
        let text = "";
        answer.setEncoding("utf8");
        answer.on("data", (part: string) => {
          text += part;
        });
        answer.once("end", () => {
          if (answer.statusCode === 200) resolve(text);
          else reject(new Error(`${call.method} ${call.path} was answered ${answer.statusCode}.`));
        });
      },
    );
    sent.once("error", reject);
    sent.end(call.body);
  });
}
