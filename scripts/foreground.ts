import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { dataFolder } from "#scripts/local-state";
import { seed } from "#scripts/seed";
import { type StackOptions, startStack } from "#scripts/stack";

/** Runs the stack for a person at a terminal: says how far it is, and ends it all on Ctrl-C. */
export async function runInForeground(
  options: Pick<StackOptions, "mode" | "built">,
): Promise<void> {
  const began = Date.now();
  const log = join(dataFolder(), "lockstep.log");
  const isVerbose = options.mode === "development";
  const print = (line: string) => {
    appendFileSync(log, `${line}\n`);
    if (isVerbose || /error|warn|ended/i.test(line)) console.log(line);
  };
  console.log(isVerbose ? "Starting Lockstep for development…" : "Building and starting Lockstep…");
  // Before anything runs, so that a Ctrl-C during the start ends what has started so far.
  const asked = untilAskedToStop();
  const starting = startStack({ ...options, isDurable: true, say: console.log, print });

  try {
    const stack = await Promise.race([starting, asked.then(() => undefined)]);
    if (stack) {
      const signIns = await seed(stack);
      console.log(welcome(stack, signIns, (Date.now() - began) / 1000, log));
      await asked;
    }
    console.log("\nStopping…");
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    console.error(`The processes' own words are in ${log}.`);
    process.exitCode = 1;
  }
  await starting.then((stack) => stack.stop()).catch(() => {});
  process.exit();
}

function untilAskedToStop(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, resolve);
  });
}

type SignIn = { what: string; email: string; password: string };

function welcome(
  stack: { url: string; sandboxUrl: string | undefined },
  signIns: SignIn[],
  seconds: number,
  log: string,
): string {
  const rows: [string, string][] = [["Lockstep", stack.url]];
  for (const { what, email, password } of signIns) rows.push([what, `${email}  /  ${password}`]);
  if (stack.sandboxUrl) rows.push(["Local Stripe", stack.sandboxUrl]);
  if (stack.sandboxUrl && !process.env.SMTP_URL) rows.push(["Mailbox", `${stack.url}/mailbox`]);
  rows.push(["Log", log]);
  const width = Math.max(...rows.map(([name]) => name.length)) + 3;
  const body = rows.map(([name, value]) => `  ${name.padEnd(width)}${value}`).join("\n");
  return `\nReady in ${seconds.toFixed(1)} s. Ctrl-C stops everything.\n\n${body}\n`;
}
