import { z } from "zod";
import type { Drift, Prisma } from "#lib/db/generated/client";
import { view } from "#lib/db/transaction";
import { env } from "#lib/env";
import { Refusal } from "#lib/errors";
import type { Difference } from "#lib/events/converger";
import type { DriftPolicy } from "#lib/events/find-drift";
import { decodeCursor, type Page, pageSize, toPage } from "#lib/keyset";
import type { PlatformContext } from "#lib/tenancy/context";
import { namesOf } from "#lib/tenancy/find-names";
import { requirePlatform } from "#lib/tenancy/permissions";

export const driftStatuses = ["proposed", "repairing", "settled", "dismissed"] as const;
export type DriftStatus = (typeof driftStatuses)[number];

export const driftQuery = z.object({
  cursor: z.string().max(200).optional(),
  status: z.enum(driftStatuses).optional(),
  /** The type of the object: "invoice". */
  type: z.string().trim().max(100).optional(),
  /** The object's id. */
  q: z.string().trim().max(100).optional(),
});
export type DriftQuery = z.infer<typeof driftQuery>;

export type DriftRow = Omit<Drift, "differences" | "decidedById"> & {
  differences: Difference[];
  /** Who decided; null where policy did, or nobody has. */
  decidedBy: string | null;
};

export type DriftPage = Page<DriftRow> & { policy: DriftPolicy; proposed: number };

/** Mirrors that were found to differ from Stripe's objects, the newest first, and what is done. */
export async function listDrifts(ctx: PlatformContext, query: DriftQuery = {}): Promise<DriftPage> {
  requirePlatform(ctx, "events:read");

  return view(ctx, async (tx) => {
    const found = await tx.drift.findMany({
      where: { AND: filtersOf(query) },
      orderBy: [{ foundAt: "desc" }, { id: "desc" }],
      take: pageSize + 1,
    });
    const page = toPage(found, pageSize, ({ foundAt, id }) => ({ at: foundAt, id }));
    const names = await namesOf(
      tx,
      page.rows.flatMap(({ decidedById }) => decidedById ?? []),
    );
    const proposed = await tx.drift.count({ where: { status: "proposed" }, take: 1_000 });
    const rows = page.rows.map((drift) => rowOf(drift, names));
    return { ...page, rows, policy: env().STRIPE_DRIFT_POLICY, proposed };
  });
}

/** One finding, field by field. */
export async function getDrift(ctx: PlatformContext, id: string): Promise<DriftRow> {
  requirePlatform(ctx, "events:read");

  return view(ctx, async (tx) => {
    const drift = await tx.drift.findUnique({ where: { id } });
    if (!drift) throw new Refusal("not_found", "There is no such finding.");
    return rowOf(drift, await namesOf(tx, drift.decidedById ? [drift.decidedById] : []));
  });
}

function rowOf({ decidedById, ...drift }: Drift, names: Map<string, string>): DriftRow {
  return {
    ...drift,
    differences: drift.differences as Difference[],
    decidedBy: decidedById && (names.get(decidedById) ?? decidedById),
  };
}

function filtersOf({ cursor, status, type, q }: DriftQuery): Prisma.DriftWhereInput[] {
  const filters: Prisma.DriftWhereInput[] = [];
  if (status) filters.push({ status });
  if (type) filters.push({ objectType: type });
  if (q) filters.push({ objectId: q });
  if (cursor) {
    const { at, id } = decodeCursor(cursor);
    filters.push({ foundAt: { lte: at } });
    filters.push({ OR: [{ foundAt: { lt: at } }, { foundAt: at, id: { lt: id } }] });
  }
  return filters;
}
