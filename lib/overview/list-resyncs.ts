import { z } from "zod";
import type { Resync } from "#lib/db/generated/client";
import { view } from "#lib/db/transaction";
import { type Page, pageSize, toPage } from "#lib/keyset";
import { startedBefore } from "#lib/overview/started-before";
import type { PlatformContext } from "#lib/tenancy/context";
import { namesOf } from "#lib/tenancy/find-names";
import { requirePlatform } from "#lib/tenancy/permissions";

export const resyncQuery = z.object({ cursor: z.string().max(200).optional() });

/** One comparison of everything Stripe has with our mirrors, and how far it is. */
export type ResyncRow = Omit<Resync, "cursor" | "startedById"> & {
  startedBy: string | null;
  tenant: { id: string; name: string } | null;
  /** It has not got on for some minutes. It is resumed by itself. */
  isStill: boolean;
};

const stillMs = 5 * 60_000;

/** Comparisons of a tenant or of everything, the newest first. */
export async function listResyncs(
  ctx: PlatformContext,
  { cursor }: z.infer<typeof resyncQuery> = {},
): Promise<Page<ResyncRow>> {
  requirePlatform(ctx, "events:read");

  return view(ctx, async (tx) => {
    const found = await tx.resync.findMany({
      where: cursor ? startedBefore(cursor) : {},
      ...{ orderBy: [{ startedAt: "desc" }, { id: "desc" }], take: pageSize + 1 },
    });
    const page = toPage(found, pageSize, ({ startedAt, id }) => ({ at: startedAt, id }));
    const tenants = await tx.tenant.findMany({
      where: { id: { in: page.rows.flatMap(({ onlyTenantId }) => onlyTenantId ?? []) } },
      select: { id: true, name: true },
    });
    const names = await namesOf(
      tx,
      page.rows.flatMap(({ startedById }) => startedById ?? []),
    );
    const now = ctx.now().getTime();
    const rows = page.rows.map(({ cursor: _, startedById, ...run }) => ({
      ...run,
      startedBy: startedById && (names.get(startedById) ?? startedById),
      tenant: tenants.find(({ id }) => id === run.onlyTenantId) ?? null,
      isStill: run.status === "running" && now - run.progressedAt.getTime() > stillMs,
    }));
    return { ...page, rows };
  });
}
