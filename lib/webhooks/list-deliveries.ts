import { view } from "#lib/db/transaction";
import { decodeCursor, type Page, pageSize, toPage } from "#lib/keyset";
import { type Delivery, toDelivery, withLast } from "#lib/webhooks/delivery";
import type { DeliveryQuery } from "#lib/webhooks/input";
import { type Listener, ownerOf, requireReader } from "#lib/webhooks/owner";

/** Asked so that an index answers, whichever is rare. */
const ofStatus = {
  queued: { dueAt: { not: null } },
  delivered: { status: "delivered" },
  failed: { failedAt: { not: null } },
} as const;

/** What was sent and what waits, newest first, one page at a time. */
export async function listDeliveries(
  ctx: Listener,
  query: DeliveryQuery = {},
): Promise<Page<Delivery>> {
  requireReader(ctx);
  const { endpoint, status, type } = query;
  const after = query.cursor ? decodeCursor(query.cursor) : undefined;

  const rows = await view(ctx, (tx) =>
    tx.webhookDelivery.findMany({
      where: {
        tenantId: ownerOf(ctx),
        ...(endpoint && { endpointId: endpoint }),
        ...(status && ofStatus[status]),
        ...(type && { type }),
        ...(after && {
          OR: [{ createdAt: { lt: after.at } }, { createdAt: after.at, id: { lt: after.id } }],
        }),
      },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: pageSize + 1,
      omit: { data: true },
      include: withLast,
    }),
  );
  const page = toPage(rows, pageSize, ({ createdAt, id }) => ({ at: createdAt, id }));
  return { ...page, rows: page.rows.map(toDelivery) };
}
