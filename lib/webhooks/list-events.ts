import { view } from "#lib/db/transaction";
import { decodeCursor, type Page, pageSize, toPage } from "#lib/keyset";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";
import { eventTypes } from "#lib/webhooks/event-types";
import type { EventQuery } from "#lib/webhooks/input";

/** Something that happened in the workspace, of a kind that endpoints can be told of. */
export type TenantEvent = {
  /** The fact's reference, which is its id: `invoice:in_1:paid`. */
  readonly reference: string;
  readonly type: string;
  readonly at: Date;
  /** Of Stripe's object it is about. */
  readonly objectId: string;
};

/** What happened, newest first, one page at a time. */
export async function listEvents(
  ctx: TenantContext,
  query: EventQuery = {},
): Promise<Page<TenantEvent>> {
  requirePermission(ctx, "developers:read");
  const after = query.cursor ? decodeCursor(query.cursor) : undefined;

  const rows = await view(ctx, (tx) =>
    tx.fact.findMany({
      where: {
        tenantId: ctx.tenantId,
        kind: query.type ?? { in: Object.keys(eventTypes) },
        ...(after && {
          OR: [{ at: { lt: after.at } }, { at: after.at, reference: { lt: after.id } }],
        }),
      },
      orderBy: [{ at: "desc" }, { reference: "desc" }],
      take: pageSize + 1,
      select: { reference: true, kind: true, at: true, objectId: true },
    }),
  );
  const page = toPage(rows, pageSize, ({ at, reference }) => ({ at, id: reference }));
  return { ...page, rows: page.rows.map(({ kind, ...event }) => ({ ...event, type: kind })) };
}
