import { randomBytes } from "node:crypto";
import { startSandbox } from "#sandbox/server";

export type TestSandbox = {
  url: string;
  port: number;
  secretKey: string;
  publishableKey: string;
  close(): Promise<void>;
};

/** A local Stripe in memory, with a world of its own behind its key. */
export async function openTestSandbox(): Promise<TestSandbox> {
  const sandbox = await startSandbox({ memory: true });
  const world = randomBytes(6).toString("hex");
  return {
    url: sandbox.url,
    port: sandbox.port,
    secretKey: `sk_test_${world}`,
    publishableKey: `pk_test_${world}`,
    close: () => sandbox.close(),
  };
}
