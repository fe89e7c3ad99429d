import type { Tx } from "#lib/db/client";
import { Prisma } from "#lib/db/generated/client";
import { view } from "#lib/db/transaction";
import { type DisputeFacts, disputeOf } from "#lib/disputes/dispute";
import type { DisputeQuery } from "#lib/disputes/input";
import { isSale, type MirrorRow } from "#lib/disputes/store";
import { decodeCursor, type Page, pageSize, toPage } from "#lib/keyset";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";

/** How many disputes wait for an answer, and the soonest deadline among them. */
export type Waiting = { count: number; dueAt: Date | null };

/** What the tenant's customers had questioned by their banks, the newest first. */
export async function listDisputes(
  ctx: TenantContext,
  query: DisputeQuery = { state: "all" },
): Promise<Page<DisputeFacts>> {
  requirePermission(ctx, "payments:read");

  return view(ctx, async (tx) => {
    const after = query.cursor ? decodeCursor(query.cursor) : null;
    const beyond = after
      ? Prisma.sql`and (d.created_at, d.id) < (${after.at}, ${after.id})`
      : Prisma.empty;
    const rows = await tx.$queryRaw<MirrorRow[]>`
      select d.account, d.id, d.object from stripe_disputes d
      where d.tenant_id = ${ctx.tenantId} and not d.is_deleted and ${inState(query.state)}
        and ${isSale} ${beyond}
      order by d.created_at desc, d.id desc limit ${pageSize + 1}`;
    return toPage(rows.map(disputeOf), pageSize, ({ openedAt, id }) => ({ at: openedAt, id }));
  });
}

/** What waits for an answer now. */
export async function countWaiting(ctx: TenantContext): Promise<Waiting> {
  requirePermission(ctx, "payments:read");
  return view(ctx, (tx) => readWaiting(tx, ctx.tenantId));
}

/** The same inside a read that asked. */
export async function readWaiting(tx: Tx, tenantId: string): Promise<Waiting> {
  const [row] = await tx.$queryRaw<[Waiting]>`
    select count(*)::int as count, min(d.due_at) as "dueAt" from stripe_disputes d
    where d.tenant_id = ${tenantId} and not d.is_deleted and ${inState("open")} and ${isSale}`;
  return row;
}

/** The condition of a state, of a dispute's mirror called `d`. */
export function inState(state: DisputeQuery["state"]): Prisma.Sql {
  if (state === "all") return Prisma.sql`true`;
  if (state === "open") return Prisma.sql`d.status in ('needs_response', 'warning_needs_response')`;
  if (state === "waiting") return Prisma.sql`d.status in ('under_review', 'warning_under_review')`;
  return Prisma.sql`d.status in ('won', 'lost', 'warning_closed', 'prevented')`;
}
