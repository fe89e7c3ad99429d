import type { Tx } from "#lib/db/client";
import type { PlanMigration } from "#lib/db/generated/client";
import { view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import type { MigratedQuery } from "#lib/migrations/input";
import type {
  MigratedStatus,
  MigratedView,
  MigrationTotal,
  MigrationView,
} from "#lib/migrations/migration";
import { findMigration } from "#lib/migrations/store";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

const named = {
  fromVersion: { include: { plan: true } },
  toVersion: { include: { plan: true } },
} as const;
type Version = { id: string; number: number; plan: { key: string; name: string } };
type Row = PlanMigration & { fromVersion: Version; toVersion: Version };

/** Every migration there was, the newest first. */
export async function listMigrations(ctx: PlatformContext): Promise<MigrationView[]> {
  requirePlatform(ctx, "plans:read");

  return view(ctx, async (tx) => {
    const rows = await tx.planMigration.findMany({
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      include: named,
      take: 100,
    });
    const views: MigrationView[] = [];
    for (const row of rows) views.push(await viewOf(tx, row));
    return views;
  });
}

/** One migration: how far it is, and what its subscribers pay before and after. */
export async function getMigration(
  ctx: PlatformContext,
  { migrationId }: { migrationId: string },
): Promise<MigrationView> {
  requirePlatform(ctx, "plans:read");
  return view(ctx, async (tx) => viewOf(tx, await findMigration(tx, migrationId)));
}

/** Its subscribers in the order they are moved, a page at a time. */
export async function listMigrated(
  ctx: PlatformContext,
  { migrationId, after, limit, status }: MigratedQuery & { migrationId: string },
): Promise<{ rows: MigratedView[]; next: number | null }> {
  requirePlatform(ctx, "plans:read");

  return view(ctx, async (tx) => {
    const found = await tx.migratedSubscriber.findMany({
      where: { migrationId, position: { gt: after }, ...(status && { status }) },
      orderBy: { position: "asc" },
      take: limit + 1,
    });
    const rows = found.slice(0, limit);
    const names = await namesOf(
      tx,
      rows.map(({ tenantId }) => tenantId),
    );
    const next = found.length > limit ? (rows.at(-1)?.position ?? null) : null;
    return { rows: rows.map((row) => toMigrated(row, names.get(row.tenantId) ?? "")), next };
  });
}

/** The names of tenants by their ids. */
export async function namesOf(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const tenants = await tx.tenant.findMany({ where: { id: { in: [...new Set(ids)] } } });
  return new Map(tenants.map(({ id, name }) => [id, name]));
}

/** One subscriber of a migration, or a refusal. */
export async function findMigrated(tx: Tx, migrationId: string, subscriptionId: string) {
  const where = { migrationId_subscriptionId: { migrationId, subscriptionId } };
  const row = await tx.migratedSubscriber.findUnique({ where });
  if (!row) throw new Refusal("not_found", "That subscription is not part of this migration.");
  return row;
}

type Subscriber = Awaited<ReturnType<typeof findMigrated>>;

export function toMigrated(row: Subscriber, tenantName: string): MigratedView {
  const { itemsBefore: _, scheduleId: __, tries: ___, migrationId: ____, usage, ...plain } = row;
  return { ...plain, tenantName, usage: usage as MigratedView["usage"] };
}

async function viewOf(tx: Tx, row: Row): Promise<MigrationView> {
  const { id, status, timing, stagePercent, error, createdAt, startedAt, finishedAt } = row;
  const grouped = await tx.migratedSubscriber.groupBy({
    by: ["status"],
    where: { migrationId: id },
    _count: true,
  });
  const counts = { ...noCounts };
  for (const one of grouped) counts[one.status] = one._count;
  return {
    ...{ id, status, timing, stagePercent, error, createdAt, startedAt, finishedAt, counts },
    ...{ from: nameOf(row.fromVersion), to: nameOf(row.toVersion) },
    total: grouped.reduce((sum, one) => sum + one._count, 0),
    totals: await totalsOf(tx, id),
  };
}

const noCounts: Record<MigratedStatus, number> = {
  ...{ pending: 0, moving: 0, scheduled: 0, moved: 0 },
  ...{ skipped: 0, failed: 0, returning: 0, rolled_back: 0 },
};

function nameOf({ id, number, plan }: Version) {
  return { id, number, planKey: plan.key, planName: plan.name };
}

/** Grouped by the database: a migration has as many rows as subscribers. */
async function totalsOf(tx: Tx, migrationId: string): Promise<MigrationTotal[]> {
  return tx.$queryRaw<MigrationTotal[]>`
    select currency, "interval", count(*)::int as subscribers,
      sum(before_minor)::bigint as "beforeMinor", sum(after_minor)::bigint as "afterMinor",
      count(*) filter (where after_minor > before_minor)::int as more,
      count(*) filter (where after_minor < before_minor)::int as less,
      count(*) filter (where after_minor = before_minor)::int as same
    from migrated_subscribers
    where migration_id = ${migrationId} and before_minor is not null and after_minor is not null
    group by currency, "interval" order by currency, "interval"`;
}
