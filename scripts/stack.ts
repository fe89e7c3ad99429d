import { parseEnv } from "#lib/env";
import { createChildren } from "#scripts/children";
import { readSetup } from "#scripts/doctor/setup";
import { frugal } from "#scripts/frugal";
import { guardDatabase } from "#scripts/guard-database";
import { choosePort, startLocalDatabase, startLocalStripe } from "#scripts/local-services";
import { dataFolder, readState } from "#scripts/local-state";
import { appUrlOf, migrate } from "#scripts/migrations";

export type Stack = {
  url: string;
  /** Where the local Stripe is; undefined on a real one. */
  sandboxUrl: string | undefined;
  /** The environment every process of this stack was given. */
  env: NodeJS.ProcessEnv;
  /** Stops web, worker, local Stripe and PostgreSQL, in that order. */
  stop(): Promise<void>;
};

export type StackOptions = {
  mode: "production" | "development";
  /** Settles when the web app is built; the rest starts meanwhile. */
  built: Promise<unknown>;
  /** Keep what was acknowledged through a power cut. Tests do without. */
  isDurable: boolean;
  say: (line: string) => void;
  /** Takes the lines of the processes; silent where nobody reads them. */
  print: (line: string) => void;
};

/**
 * Starts everything Lockstep needs, with the real database and Stripe where the environment names
 * them and local ones where not. Resolves once web and worker say that they are ready.
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  // Before anything is started or migrated: what is wrong is named, and nothing is touched.
  parseEnv(readSetup(process.env).effective);
  if (process.env.DATABASE_APP_URL && !process.env.DATABASE_URL) {
    throw new Error("DATABASE_APP_URL is set without DATABASE_URL: set both, or neither.");
  }
  const folder = dataFolder();
  const children = createChildren(folder, options.print);
  const stops: (() => unknown)[] = [];
  const stop = async () => {
    for (const end of stops.splice(0).reverse()) await end();
  };
  children.sweep();

  try {
    const env = await prepare(folder, options, children, stops);
    await options.built;
    const worker = children.start({
      name: "worker",
      args: ["--import", "tsx", "server/worker.ts"],
      env,
      isReady: (line) => line.includes("Worker ready"),
    });
    stops.push(worker.child.stop);
    const web = children.start({
      name: "web",
      args: [...frugal.flags, "server/web.ts"],
      env: { ...frugal.env, ...env },
      isReady: (line) => line.includes("Web ready"),
    });
    stops.push(web.child.stop);
    await Promise.all([worker.ready, web.ready]);
    return { url: env.LOCKSTEP_URL!, sandboxUrl: env.STRIPE_API_BASE, env, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Database, migrations and Stripe; returns the environment that names them all. */
async function prepare(
  folder: string,
  options: StackOptions,
  children: ReturnType<typeof createChildren>,
  stops: (() => unknown)[],
): Promise<NodeJS.ProcessEnv> {
  const { say } = options;
  const state = readState(folder);
  const secret = process.env.LOCKSTEP_SECRET || state.secret;
  const port = await choosePort("PORT", 3000, say);

  let ownerUrl = process.env.DATABASE_URL;
  if (!ownerUrl) {
    const database = await startLocalDatabase(folder, secret, options);
    stops.push(database.stop);
    ownerUrl = database.ownerUrl;
  }
  const applied = await migrate(ownerUrl, secret);
  if (applied.length) say(`Database is up to date (${applied.length} migrations applied).`);

  let stripe: Record<string, string> = {};
  if (!process.env.STRIPE_SECRET_KEY) {
    const local = await startLocalStripe(folder, state, `http://127.0.0.1:${port}`, {
      children,
      say,
    });
    stops.push(local.stop);
    stripe = { ...local.variables, WEBHOOK_LOOPBACK: process.env.WEBHOOK_LOOPBACK || "yes" };
  }
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    ...stripe,
    NODE_ENV: options.mode,
    NEXT_TELEMETRY_DISABLED: "1",
    PORT: String(port),
    LOCKSTEP_URL: process.env.LOCKSTEP_URL || `http://localhost:${port}`,
    LOCKSTEP_SECRET: secret,
    DATABASE_URL: ownerUrl,
    DATABASE_APP_URL: process.env.DATABASE_APP_URL || appUrlOf(ownerUrl, secret),
  };
  parseEnv(env);
  await guardDatabase(env.DATABASE_APP_URL!, !process.env.STRIPE_SECRET_KEY);
  return env;
}
