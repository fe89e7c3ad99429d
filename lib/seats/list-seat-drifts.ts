import { z } from "zod";
import type { SeatDrift } from "#lib/db/generated/client";
import { view } from "#lib/db/transaction";
import { decodeCursor, type Page, pageSize, toPage } from "#lib/keyset";
import type { PlatformContext } from "#lib/tenancy/context";
import { namesOf } from "#lib/tenancy/find-names";
import { requirePlatform } from "#lib/tenancy/permissions";

export const seatDriftQuery = z.object({ cursor: z.string().max(200).optional() });
export type SeatDriftQuery = z.output<typeof seatDriftQuery>;

export type SeatDriftRow = Omit<SeatDrift, "decidedById"> & {
  tenantName: string;
  /** Who decided; null where a rule did, or nobody has. */
  decidedBy: string | null;
};

/** What is to be known of all seats at once. */
export type SeatHealth = {
  pools: number;
  /** Whose latest decision Stripe has not been told of, and of whom the last try failed. */
  pending: number;
  failing: number;
  /** With more seats taken than bought. */
  over: number;
  proposed: number;
};
export type SeatDriftPage = Page<SeatDriftRow> & { health: SeatHealth };

/** Where Stripe billed other quantities than were decided, the newest first. */
export async function listSeatDrifts(
  ctx: PlatformContext,
  { cursor }: SeatDriftQuery = {},
): Promise<SeatDriftPage> {
  requirePlatform(ctx, "tenants:read");
  const from = cursor ? decodeCursor(cursor) : null;

  return view(ctx, async (tx) => {
    const found = await tx.seatDrift.findMany({
      where: from
        ? { OR: [{ foundAt: { lt: from.at } }, { foundAt: from.at, id: { lt: from.id } }] }
        : {},
      orderBy: [{ foundAt: "desc" }, { id: "desc" }],
      take: pageSize + 1,
    });
    const page = toPage(found, pageSize, ({ foundAt, id }) => ({ at: foundAt, id }));
    const tenants = await tx.tenant.findMany({
      where: { id: { in: page.rows.map(({ tenantId }) => tenantId) } },
      select: { id: true, name: true },
    });
    const byId = new Map(tenants.map(({ id, name }) => [id, name]));
    const names = await namesOf(
      tx,
      page.rows.flatMap(({ decidedById }) => decidedById ?? []),
    );
    const [health] = await tx.$queryRaw<[SeatHealth]>`
      select count(*)::int as pools,
        count(*) filter (where s.sent_revision < p.revision)::int as pending,
        count(s.error)::int as failing, count(s.over_since)::int as over,
        (select count(*)::int from seat_drifts where status = 'proposed') as proposed
      from seat_pools p join seat_syncs s on s.pool_id = p.id`;
    const rows = page.rows.map(({ decidedById, ...drift }) => ({
      ...drift,
      tenantName: byId.get(drift.tenantId) ?? drift.tenantId,
      decidedBy: decidedById && (names.get(decidedById) ?? decidedById),
    }));
    return { ...page, rows, health };
  });
}
