import { view } from "#lib/db/transaction";
import { decodeCursor, type Page, pageSize, toPage } from "#lib/keyset";
import type { EventQuery } from "#lib/webhooks/input";
import { type Listener, ownerOf, requireReader, tenantOfFacts, typesOf } from "#lib/webhooks/owner";

/** Something that happened, of a kind that endpoints can be told of. */
export type ListedEvent = {
  /** The fact's reference, which is its id: `invoice:in_1:paid`. */
  readonly reference: string;
  readonly type: string;
  readonly at: Date;
  /** Of Stripe's object it is about. */
  readonly objectId: string;
};

/** What happened, newest first, one page at a time. */
export async function listEvents(
  ctx: Listener,
  query: EventQuery = {},
): Promise<Page<ListedEvent>> {
  requireReader(ctx);
  const owner = ownerOf(ctx);
  const after = query.cursor ? decodeCursor(query.cursor) : undefined;

  const rows = await view(ctx, (tx) =>
    tx.fact.findMany({
      where: {
        tenantId: tenantOfFacts(owner),
        kind: query.type ?? { in: Object.keys(typesOf(owner)) },
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
