import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { variableNames } from "#lib/env";
import { buildWeb } from "#scripts/build";
import { seed } from "#scripts/seed";
import { startStack } from "#scripts/stack";

/** The whole product on ports and data of its own, as `npm start` runs it, for the browser tests. */
export default async function setUp(): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), "lockstep-e2e-"));
  for (const name of variableNames) delete process.env[name];
  Object.assign(process.env, { LOCKSTEP_DATA: folder, PORT: "3400", SANDBOX_PORT: "12400" });

  const lines: string[] = [];
  const stack = await startStack({
    mode: "production",
    built: buildWeb(),
    isDurable: false,
    say: (line) => lines.push(line),
    print: (line) => lines.push(line),
  }).catch((error: unknown) => {
    throw new Error(`${error instanceof Error ? error.message : error}\n${lines.join("\n")}`);
  });
  await seed(stack);
  process.env.E2E_URL = stack.url;
  process.env.E2E_SANDBOX_URL = stack.sandboxUrl ?? "";
  // For what only a bad night brings about, such as a dead letter.
  process.env.E2E_DATABASE_URL = stack.env.DATABASE_URL ?? "";

  return async () => {
    await stack.stop();
    rmSync(folder, { recursive: true, force: true });
    if (process.env.E2E_LOG) console.log(lines.join("\n"));
  };
}
