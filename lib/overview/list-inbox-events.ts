import { z } from "zod";
import type { Prisma } from "#lib/db/generated/client";
import { view } from "#lib/db/transaction";
import { decodeCursor, type Page, pageSize, toPage } from "#lib/keyset";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

export const inboxStatuses = ["waiting", "done", "ignored", "dead"] as const;
export type InboxStatus = (typeof inboxStatuses)[number];

export const inboxQuery = z.object({
  cursor: z.string().max(200).optional(),
  status: z.enum(inboxStatuses).optional(),
  /** An event's type, or the beginning of one: "invoice" finds invoice.paid. */
  type: z.string().trim().max(100).optional(),
  /** An event's or an object's id. */
  q: z.string().trim().max(100).optional(),
});
export type InboxQuery = z.infer<typeof inboxQuery>;

export type InboxRow = {
  id: string;
  type: string;
  endpoint: string;
  account: string;
  objectType: string;
  objectId: string;
  status: InboxStatus;
  attempts: number;
  error: string | null;
  receivedAt: Date;
  retryAt: Date | null;
  handledAt: Date | null;
  /** From arrival to done; null while it waits. */
  lagMs: number | null;
};

/** Stripe's events as they arrived, newest first, one page at a time. */
export async function listInboxEvents(
  ctx: PlatformContext,
  query: InboxQuery = {},
): Promise<Page<InboxRow>> {
  requirePlatform(ctx, "events:read");

  const rows = await view(ctx, (tx) =>
    tx.inboxEvent.findMany({
      where: { AND: filtersOf(query) },
      orderBy: [{ receivedAt: "desc" }, { id: "desc" }],
      take: pageSize + 1,
      omit: { body: true },
    }),
  );
  const page = toPage(rows, pageSize, ({ receivedAt, id }) => ({ at: receivedAt, id }));
  return { ...page, rows: page.rows.map(toInboxRow) };
}

export function toInboxRow(row: Prisma.InboxEventGetPayload<{ omit: { body: true } }>): InboxRow {
  const { partition: _, instant: _instant, traceId: _traceId, deadAt: _dead, ...event } = row;
  const { handledAt, receivedAt } = event;
  return { ...event, lagMs: handledAt && handledAt.getTime() - receivedAt.getTime() };
}

/** The few that wait or died are asked for as their partial indexes are made. */
const byStatus = {
  waiting: { handledAt: null },
  dead: { deadAt: { not: null } },
  done: { status: "done" },
  ignored: { status: "ignored" },
} satisfies Record<(typeof inboxStatuses)[number], Prisma.InboxEventWhereInput>;

function filtersOf({ cursor, status, type, q }: InboxQuery): Prisma.InboxEventWhereInput[] {
  const filters: Prisma.InboxEventWhereInput[] = [];
  if (status) filters.push(byStatus[status]);
  if (type) filters.push({ type: { startsWith: type } });
  if (q) filters.push({ OR: [{ id: q }, { objectId: q }] });
  if (cursor) {
    const { at, id } = decodeCursor(cursor);
    filters.push({ OR: [{ receivedAt: { lt: at } }, { receivedAt: at, id: { lt: id } }] });
  }
  return filters;
}
