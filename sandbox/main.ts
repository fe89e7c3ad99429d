import { parseArgs } from "node:util";
import { startSandbox } from "#sandbox/server";

/** The command line: `node sandbox/main.ts --port 12111 --data .data/sandbox`. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: "12111" },
      host: { type: "string", default: "127.0.0.1" },
      data: { type: "string", default: ".data/sandbox" },
      memory: { type: "boolean", default: false },
      seed: { type: "string" },
    },
  });
  const port = wholeNumber("--port", values.port);
  const seed = values.seed === undefined ? {} : { seed: wholeNumber("--seed", values.seed) };
  const { host, memory, data: dataFolder } = values;
  const sandbox = await startSandbox({ port, host, memory, dataFolder, ...seed });
  const end = () => void sandbox.close().then(() => process.exit(0));
  process.once("SIGINT", end);
  process.once("SIGTERM", end);
  console.log(`Local Stripe ready at ${sandbox.url}`);
}

function wholeNumber(option: string, value: string): number {
  if (/^\d+$/.test(value)) return Number(value);
  throw new Error(`${option} takes a whole number, not '${value}'.`);
}

main().catch((error: NodeJS.ErrnoException) => {
  const isTaken = error.code === "EADDRINUSE";
  console.error(
    isTaken
      ? "The local Stripe cannot start: its port is taken. Choose another with --port."
      : `The local Stripe cannot start: ${error.message}`,
  );
  process.exit(1);
});
