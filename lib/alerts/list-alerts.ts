import { z } from "zod";
import { alertKindNames } from "#lib/alerts/alert";
import type { Alert, Prisma } from "#lib/db/generated/client";
import { view } from "#lib/db/transaction";
import { decodeCursor, type Page, pageSize, toPage } from "#lib/keyset";
import type { PlatformContext } from "#lib/tenancy/context";
import { namesOf } from "#lib/tenancy/find-names";
import { requirePlatform } from "#lib/tenancy/permissions";

export const alertQuery = z.object({
  cursor: z.string().max(200).optional(),
  state: z.enum(["open", "acknowledged", "all"]).default("open"),
  kind: z.enum(alertKindNames).optional(),
  tenantId: z.string().trim().max(100).optional(),
});
export type AlertQuery = z.output<typeof alertQuery>;

export type AlertRow = Omit<Alert, "data" | "acknowledgedById"> & {
  data: Record<string, string | null>;
  tenant: { id: string; name: string } | null;
  acknowledgedBy: string | null;
};

/** What wants a person, or did; the newest first. */
export async function listAlerts(
  ctx: PlatformContext,
  query: AlertQuery = { state: "open" },
): Promise<Page<AlertRow>> {
  requirePlatform(ctx, "alerts:read");

  return view(ctx, async (tx) => {
    const found = await tx.alert.findMany({
      where: { AND: filtersOf(query) },
      ...{ orderBy: [{ raisedAt: "desc" }, { id: "desc" }], take: pageSize + 1 },
    });
    const page = toPage(found, pageSize, ({ raisedAt, id }) => ({ at: raisedAt, id }));
    const tenants = await tx.tenant.findMany({
      where: { id: { in: page.rows.flatMap(({ tenantId }) => tenantId ?? []) } },
      select: { id: true, name: true },
    });
    const byId = new Map(tenants.map((tenant) => [tenant.id, tenant]));
    const names = await namesOf(
      tx,
      page.rows.flatMap(({ acknowledgedById }) => acknowledgedById ?? []),
    );
    const rows = page.rows.map(({ acknowledgedById: by, data, ...alert }) => ({
      ...{ ...alert, data: data as AlertRow["data"] },
      tenant: byId.get(alert.tenantId ?? "") ?? null,
      acknowledgedBy: by && (names.get(by) ?? by),
    }));
    return { ...page, rows };
  });
}

function filtersOf({ state, kind, tenantId, cursor }: AlertQuery): Prisma.AlertWhereInput[] {
  const filters: Prisma.AlertWhereInput[] = [];
  if (state !== "all") filters.push({ acknowledgedAt: state === "open" ? null : { not: null } });
  if (kind) filters.push({ kind });
  if (tenantId) filters.push({ tenantId });
  if (cursor) {
    const { at, id } = decodeCursor(cursor);
    filters.push({ raisedAt: { lte: at } });
    filters.push({ OR: [{ raisedAt: { lt: at } }, { raisedAt: at, id: { lt: id } }] });
  }
  return filters;
}
