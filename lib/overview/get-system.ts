import { view } from "#lib/db/transaction";
import { env } from "#lib/env";
import { type InboxState, readInboxState } from "#lib/overview/inbox-state";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

export type WorkerRow = { id: string; isAlive: boolean; until: Date; partitions: number };
export type JobRow = {
  name: string;
  waiting: number;
  failing: number;
  dead: number;
  oldestAt: Date | null;
  lastError: string | null;
};
export type SystemPage = {
  database: { version: string; sizeBytes: bigint; connections: number };
  stripe: { isLocal: boolean; isLive: boolean; apiBase: string | null };
  mail: { isSmtp: boolean };
  inbox: InboxState;
  workers: WorkerRow[];
  jobs: JobRow[];
};

/** How the machinery stands: database, Stripe, mail, inbox, workers and jobs. No secrets in it. */
export async function getSystem(ctx: PlatformContext): Promise<SystemPage> {
  requirePlatform(ctx, "system:read");
  const { STRIPE_API_BASE, STRIPE_SECRET_KEY, SMTP_URL } = env();

  return view(ctx, async (tx) => {
    const [database] = await tx.$queryRaw<[SystemPage["database"]]>`
      select current_setting('server_version') as version,
        pg_database_size(current_database()) as "sizeBytes",
        (select count(*)::integer from pg_stat_activity where datname = current_database())
          as connections`;
    const workers = await tx.$queryRaw<WorkerRow[]>`
      select w.id, w.until, w.until > now() as "isAlive", count(l.partition)::integer as partitions
      from inbox_workers w left join inbox_leases l on l.holder = w.id and l.until > now()
      group by w.id order by w.id`;
    const jobs = await tx.$queryRaw<JobRow[]>`
      select name, waiting::integer, failing::integer, dead::integer, oldest_at as "oldestAt",
        last_error as "lastError"
      from app.jobs_by_name() order by name`;
    return {
      database,
      stripe: {
        isLocal: STRIPE_API_BASE !== undefined,
        isLive: STRIPE_SECRET_KEY.includes("_live_"),
        apiBase: STRIPE_API_BASE ?? null,
      },
      mail: { isSmtp: SMTP_URL !== undefined },
      inbox: await readInboxState(tx, ctx.now()),
      workers,
      jobs,
    };
  });
}
