import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Context } from "#lib/context";
import { view } from "#lib/db/transaction";
import { asSystem } from "#lib/tenancy/as-system";

/** Ready: works. Degraded: the product works, something needs a look. Down: it cannot serve. */
export type HealthState = "ready" | "degraded" | "down";
export type HealthPart = { state: HealthState; says: string };

export const healthParts = ["database", "migrations", "stripe", "worker", "inbox", "mail"] as const;
export type PartName = (typeof healthParts)[number];
export type Health = { status: HealthState; parts: Record<PartName, HealthPart> };

/** What surrounds the process, so that a test can put something else there. */
export type Surroundings = {
  /** Where the local Stripe answers. Unset: the real one, which a probe must not spend calls on. */
  stripeApiBase: string | undefined;
  /** Where the migrations this code expects lie. */
  migrations?: string;
  /** How long the database and the local Stripe may take. */
  patienceMs?: number;
};

const behindMs = 30_000;

/** How each part stands, from a few cheap questions. Never throws, and tells no secret. */
export async function getHealth(ctx: Context, around: Surroundings): Promise<Health> {
  const patienceMs = around.patienceMs ?? 2_000;
  const [facts, stripe] = await Promise.all([
    within(patienceMs, readFacts(ctx, around)),
    stripePart(around.stripeApiBase, patienceMs),
  ]);
  const parts = facts ? { ...partsOf(facts), stripe } : { ...withoutDatabase, stripe };
  return { status: statusOf(parts), parts };
}

/** Only the database and its migrations are needed to serve; the rest catches up by itself. */
function statusOf(parts: Health["parts"]): HealthState {
  if (parts.database.state === "down" || parts.migrations.state === "down") return "down";
  return Object.values(parts).every(({ state }) => state === "ready") ? "ready" : "degraded";
}

type Facts = {
  workers: number;
  dead: number;
  /** Failed and tried again later; each holds up its own object only. */
  retrying: number;
  oldestMs: number | null;
  failedMails: number;
  missing: string[];
};
type Row = Omit<Facts, "missing" | "oldestMs"> & { oldest: Date | null };

async function readFacts(ctx: Context, { migrations }: Surroundings): Promise<Facts> {
  const expected = await readMigrationNames(migrations);
  const now = ctx.now();
  const dayAgo = new Date(now.getTime() - 86_400_000);
  return view(asSystem(ctx), async (tx) => {
    const known = await tx.$queryRaw<{ name: string; isApplied: boolean }[]>`
      select name, is_applied as "isApplied" from app.migrations()`;
    const applied = new Set(known.filter(({ isApplied }) => isApplied).map(({ name }) => name));
    const started = known.map(({ name }) => name);
    const missing = [...new Set([...expected, ...started])].filter((name) => !applied.has(name));

    const [row] = await tx.$queryRaw<[Row]>`
      select (select count(*)::integer from inbox_workers where until > now()) as workers,
        (select count(*)::integer from (select from inbox_events
          where dead_at is not null limit 10000) seen) as dead,
        (select received_at from inbox_waiting where due_at = '-infinity'
          order by received_at limit 1) as oldest,
        (select count(*)::integer from (select from inbox_waiting
          where due_at > '-infinity' limit 10000) seen) as retrying,
        (select count(*)::integer from mails where status = 'failed' and created_at > ${dayAgo})
          as "failedMails"`;
    const { oldest, ...counts } = row;
    return { ...counts, missing, oldestMs: oldest && now.getTime() - oldest.getTime() };
  });
}

/** The migrations this code was written for; none where they were not shipped with it. */
async function readMigrationNames(folder: string | undefined): Promise<string[]> {
  const path = folder ?? join(process.cwd(), "prisma", "migrations");
  const names = await readdir(/* turbopackIgnore: true */ path).catch(() => []);
  return names.filter((name) => /^\d{14}_/.test(name));
}

function partsOf(facts: Facts) {
  const { workers, failedMails, missing } = facts;
  return {
    database: { state: "ready", says: "Answers." },
    migrations: missing.length
      ? { state: "down", says: `Not applied: ${missing.join(", ")}.` }
      : { state: "ready", says: "All applied." },
    worker: workers
      ? { state: "ready", says: `${workers} alive.` }
      : { state: "degraded", says: "None is alive, so events and jobs wait." },
    inbox: inboxPart(facts),
    mail: failedMails
      ? { state: "degraded", says: `${counted(failedMails, "mail")} failed in the last day.` }
      : { state: "ready", says: "None failed in the last day." },
  } satisfies Omit<Health["parts"], "stripe">;
}

function inboxPart({ dead, retrying, oldestMs }: Facts): HealthPart {
  if (dead) {
    return { state: "degraded", says: `${counted(dead, "event")} died and can be replayed.` };
  }
  if (oldestMs !== null && oldestMs > behindMs) {
    return { state: "degraded", says: `Behind by ${Math.round(oldestMs / 1000)} s.` };
  }
  const again = retrying ? `${counted(retrying, "event")} to be tried again` : "no dead letters";
  return { state: "ready", says: `Keeps up, ${again}.` };
}

const unknown: HealthPart = { state: "down", says: "Not known while the database is away." };
const withoutDatabase = {
  database: { state: "down", says: "Does not answer." },
  migrations: unknown,
  worker: unknown,
  inbox: unknown,
  mail: unknown,
} satisfies Omit<Health["parts"], "stripe">;

async function stripePart(base: string | undefined, patienceMs: number): Promise<HealthPart> {
  if (!base) return { state: "ready", says: "Stripe itself; not asked by this check." };
  const answered = await within(patienceMs, fetch(new URL("/_sandbox/health", base)));
  if (answered?.ok) return { state: "ready", says: "The local Stripe answers." };
  return { state: "down", says: "The local Stripe does not answer." };
}

/** What a promise brings, or undefined where it fails or takes too long. */
async function within<T>(ms: number, promise: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, ms, undefined);
  });
  const value = await Promise.race([promise.catch(() => undefined), late]);
  clearTimeout(timer);
  return value;
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}
