import { execFile } from "node:child_process";

/** How the CLI is reached, and the local Stripe by it. */
export interface Cli {
  binary: string;
  apiBase: string;
  /** A home of its own: nothing of whoever runs this is read or written. */
  home: string;
}

/** Runs the CLI as a world of its own, and answers what it said. */
export function runCli(
  { binary, apiBase, home }: Cli,
  world: string,
  args: string[],
): Promise<{ isDone: boolean; said: string }> {
  const all = [...args, "--api-base", apiBase, "--api-key", `sk_test_${world}`];
  const env = {
    ...process.env,
    HOME: home,
    XDG_CONFIG_HOME: home,
    STRIPE_CLI_TELEMETRY_OPTOUT: "1",
  };
  return new Promise((resolve) => {
    execFile(binary, all, { env, timeout: 60_000 }, (error, stdout, stderr) => {
      resolve({ isDone: error === null, said: `${stdout}${stderr}` });
    });
  });
}

/** Every event the CLI says it can trigger. */
export async function triggersOf(cli: Cli): Promise<string[]> {
  const { said } = await runCli(cli, "list", ["trigger", "--help"]);
  const list = said.slice(said.indexOf("Supported events:"), said.indexOf("Usage:"));
  return [...list.matchAll(/^ {2}([a-z][\w.]+)$/gm)].map(([, name = ""]) => name);
}

/** Whether an event of a type is there, or comes within some seconds. */
export async function hasEvent(apiBase: string, world: string, type: string): Promise<boolean> {
  const until = Date.now() + 5000;
  while (Date.now() < until) {
    const answer = await fetch(`${apiBase}/v1/events?limit=1&type=${type}`, {
      headers: { authorization: `Bearer sk_test_${world}` },
    });
    const { data } = (await answer.json()) as { data: unknown[] };
    if (data.length > 0) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}
