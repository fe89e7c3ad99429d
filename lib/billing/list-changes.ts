import { z } from "zod";
import { type ChangeView, toChange } from "#lib/billing/change-view";
import { view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { decodeCursor, type Page, pageSize, toPage } from "#lib/keyset";
import type { TenantContext } from "#lib/tenancy/context";
import { findNames } from "#lib/tenancy/find-names";
import { requirePermission } from "#lib/tenancy/permissions";

export const changeQuery = z.object({ cursor: z.string().max(200).optional() });

/** A change with who asked for it, by name. */
export type ListedChange = ChangeView & { requestedBy: string | null };

/** The changes of a tenant's plan, newest first, one page at a time. */
export async function listChanges(
  ctx: TenantContext,
  { cursor }: z.infer<typeof changeQuery> = {},
): Promise<Page<ListedChange>> {
  requirePermission(ctx, "billing:read");
  const after = cursor ? decodeCursor(cursor) : undefined;

  const rows = await view(ctx, (tx) =>
    tx.subscriptionChange.findMany({
      where: {
        tenantId: ctx.tenantId,
        ...(after && {
          OR: [{ createdAt: { lt: after.at } }, { createdAt: after.at, id: { lt: after.id } }],
        }),
      },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: pageSize + 1,
    }),
  );
  const page = toPage(rows, pageSize, ({ createdAt, id }) => ({ at: createdAt, id }));
  const names = await findNames(
    ctx,
    page.rows.flatMap(({ requestedById }) => requestedById ?? []),
  );
  const requestedBy = ({ requestedById: id }: ChangeView) => id && (names.get(id) ?? id);
  return {
    ...page,
    rows: page.rows.map(toChange).map((row) => ({ ...row, requestedBy: requestedBy(row) })),
  };
}

/** One change, or a refusal that tells nothing of another workspace's. */
export async function getChange(ctx: TenantContext, id: string): Promise<ChangeView> {
  requirePermission(ctx, "billing:read");

  const row = await view(ctx, (tx) =>
    tx.subscriptionChange.findFirst({ where: { id, tenantId: ctx.tenantId } }),
  );
  if (!row) throw new Refusal("not_found", "There is no such change.");
  return toChange(row);
}
