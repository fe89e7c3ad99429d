import type { Tx } from "#lib/db/client";
import type { PlanMigration } from "#lib/db/generated/client";
import { view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { decodeCursor, type Page, pageSize, toPage } from "#lib/keyset";
import type { MigratedQuery, MigrationsQuery } from "#lib/migrations/input";
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

/** Every migration there was, the newest first, a page at a time. */
export async function listMigrations(
  ctx: PlatformContext,
  { cursor }: MigrationsQuery = {},
): Promise<Page<MigrationView>> {
  requirePlatform(ctx, "plans:read");

  const after = cursor === undefined ? undefined : decodeCursor(cursor);
  return view(ctx, async (tx) => {
    const found = await tx.planMigration.findMany({
      ...(after && {
        where: {
          createdAt: { lte: after.at },
          OR: [{ createdAt: { lt: after.at } }, { id: { lt: after.id } }],
        },
      }),
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      include: named,
      take: pageSize + 1,
    });
    const { rows, next } = toPage(found, pageSize, ({ createdAt: at, id }) => ({ at, id }));
    return { rows: await viewsOf(tx, rows), next };
  });
}

/** One migration: how far it is, and what its subscribers pay before and after. */
export async function getMigration(
  ctx: PlatformContext,
  { migrationId }: { migrationId: string },
): Promise<MigrationView> {
  requirePlatform(ctx, "plans:read");
  return view(ctx, async (tx) => {
    const [one] = await viewsOf(tx, [await findMigration(tx, migrationId)]);
    return one!;
  });
}

/** Its subscribers in the order they are moved, a page at a time. */
export async function listMigrated(
  ctx: PlatformContext,
  { migrationId, cursor = -1, limit, status }: MigratedQuery & { migrationId: string },
): Promise<Page<MigratedView>> {
  requirePlatform(ctx, "plans:read");

  return view(ctx, async (tx) => {
    const found = await tx.migratedSubscriber.findMany({
      where: { migrationId, position: { gt: cursor }, ...(status && { status }) },
      orderBy: { position: "asc" },
      take: limit + 1,
    });
    const rows = found.slice(0, limit);
    const names = await namesOf(
      tx,
      rows.map(({ tenantId }) => tenantId),
    );
    const last = found.length > limit ? rows.at(-1) : undefined;
    return {
      rows: rows.map((row) => toMigrated(row, names.get(row.tenantId) ?? "")),
      next: last ? String(last.position) : null,
    };
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
  const { subscriptionId, tenantId, position, status, currency, interval, seats } = row;
  const { beforeMinor, afterMinor, previewMinor, effectiveAt, reason, settledAt } = row;
  return {
    ...{ subscriptionId, tenantId, tenantName, position, status, currency, interval, seats },
    ...{ beforeMinor, afterMinor, previewMinor, effectiveAt, reason, settledAt },
    ...{ soFarBeforeMinor: row.soFarBeforeMinor, soFarAfterMinor: row.soFarAfterMinor },
    warnings: row.warnings,
    usage: row.usage as MigratedView["usage"],
  };
}

/** Two statements for them all, however many there are. */
async function viewsOf(tx: Tx, rows: readonly Row[]): Promise<MigrationView[]> {
  const ids = rows.map(({ id }) => id);
  const grouped = await tx.migratedSubscriber.groupBy({
    by: ["migrationId", "status"],
    where: { migrationId: { in: ids } },
    _count: true,
  });
  const totals = Map.groupBy(await totalsOf(tx, ids), ({ migrationId }) => migrationId);
  return rows.map((row) => {
    const { id, status, timing, stagePercent, error, createdAt, startedAt, finishedAt } = row;
    const counts = { ...noCounts };
    for (const one of grouped) if (one.migrationId === id) counts[one.status] = one._count;
    return {
      ...{ id, status, timing, stagePercent, error, createdAt, startedAt, finishedAt, counts },
      ...{ from: nameOf(row.fromVersion), to: nameOf(row.toVersion) },
      total: Object.values(counts).reduce((sum, count) => sum + count, 0),
      totals: (totals.get(id) ?? []).map(({ migrationId: _, ...total }) => total),
    };
  });
}

const noCounts: Record<MigratedStatus, number> = {
  ...{ pending: 0, moving: 0, scheduled: 0, moved: 0 },
  ...{ skipped: 0, failed: 0, returning: 0, rolled_back: 0 },
};

function nameOf({ id, number, plan }: Version) {
  return { id, number, planKey: plan.key, planName: plan.name };
}

/** Grouped by the database: a migration has as many rows as subscribers. */
function totalsOf(
  tx: Tx,
  ids: readonly string[],
): Promise<(MigrationTotal & { migrationId: string })[]> {
  return tx.$queryRaw`
    select migration_id as "migrationId", currency, "interval", count(*)::int as subscribers,
      sum(before_minor)::bigint as "beforeMinor", sum(after_minor)::bigint as "afterMinor",
      count(*) filter (where after_minor > before_minor)::int as more,
      count(*) filter (where after_minor < before_minor)::int as less,
      count(*) filter (where after_minor = before_minor)::int as same
    from migrated_subscribers
    where migration_id = any(${ids}::text[])
      and before_minor is not null and after_minor is not null
    group by 1, 2, 3 order by 1, 2, 3`;
}
