import { setTimeout as pause } from "node:timers/promises";
import Stripe from "stripe";
import { openTestSandbox } from "#tests/support/sandbox";

/** Which Stripe the scenarios run against. */
export type Target = {
  name: "local" | "real";
  stripe: Stripe;
  /** Asks again until the answer satisfies; throws, naming what was waited for, after a minute. */
  until<T>(what: string, ask: () => Promise<T>, isSo: (answer: T) => boolean): Promise<T>;
  close(): Promise<void>;
};

const patienceMs = 60_000;

/**
 * The local Stripe, or with a key the real one in test mode. A live key is refused: the scenarios
 * make customers and move money.
 */
export async function openTarget(key = process.env.STRIPE_SCENARIO_KEY): Promise<Target> {
  if (key)
    return { name: "real", stripe: clientOf(key), until: waiting(500), close: async () => {} };
  const sandbox = await openTestSandbox();
  const stripe = new Stripe(sandbox.secretKey, {
    ...{ host: "127.0.0.1", port: sandbox.port, protocol: "http" as const, telemetry: false },
  });
  return { name: "local", stripe, until: waiting(20), close: () => sandbox.close() };
}

/** A client of the real Stripe in test mode. */
export function clientOf(key: string): Stripe {
  if (!/^(sk|rk)_test_\w+$/.test(key)) {
    throw new Error(
      "STRIPE_SCENARIO_KEY is no test key (sk_test_… or rk_test_…). " +
        "The scenarios make customers and move money, so they run in test mode alone.",
    );
  }
  return new Stripe(key, { telemetry: false, maxNetworkRetries: 2 });
}

/** Stripe tells of an end by its state alone, so it is asked again every so often. */
function waiting(everyMs: number): Target["until"] {
  return async (what, ask, isSo) => {
    const end = Date.now() + patienceMs;
    for (;;) {
      const answer = await ask();
      if (isSo(answer)) return answer;
      if (Date.now() > end) throw new Error(`It never came: ${what}`);
      await pause(everyMs);
    }
  };
}
