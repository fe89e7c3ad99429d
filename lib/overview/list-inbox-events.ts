import { z } from "zod";
import { Prisma } from "#lib/db/generated/client";
import { view } from "#lib/db/transaction";
import {
  type InboxFilter,
  type InboxStatus,
  inboxFilter,
  inboxText,
  plain,
} from "#lib/events/inbox-filter";
import { scanInbox } from "#lib/events/scan-inbox";
import { decodeCursor, encodeCursor, type Page, pageSize } from "#lib/keyset";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

export const inboxQuery = inboxFilter.extend({
  cursor: z.string().max(200).optional(),
  text: inboxText,
});
export type InboxQuery = InboxFilter & { cursor?: string | undefined; text?: string | undefined };

export type InboxRow = {
  id: string;
  type: string;
  /** How it came: account, connect, backfill or resync. */
  endpoint: string;
  account: string;
  objectType: string;
  objectId: string;
  status: InboxStatus;
  attempts: number;
  error: string | null;
  /** Why it was given up. */
  reason: string | null;
  receivedAt: Date;
  retryAt: Date | null;
  handledAt: Date | null;
  handledBy: string | null;
  /** From arrival to done; null while it waits. */
  lagMs: number | null;
};

export type InboxPage = Page<InboxRow> & {
  /** So many events were looked at that the search stopped here; it goes on at `next`. */
  lookedBackTo: Date | null;
};

const textLookedAt = 4_000;

/** Stripe's events as they arrived, newest first, one page at a time. */
export async function listInboxEvents(
  ctx: PlatformContext,
  query: InboxQuery = {},
): Promise<InboxPage> {
  requirePlatform(ctx, "events:read");

  const { cursor, text, ...filter } = query;
  const scan = await view(ctx, (tx) =>
    scanInbox<Omit<InboxRow, "lagMs">>(tx, {
      filter,
      ...(text && { also: [contains(text)], withBody: true, look: textLookedAt }),
      columns: rowColumns,
      after: cursor ? decodeCursor(cursor) : null,
      ...{ order: "newest" as const, limit: pageSize },
    }),
  );
  const { rows, next, isCut } = scan;
  return {
    rows: rows.map(withLag),
    next: next && encodeCursor(next),
    lookedBackTo: isCut && next ? next.at : null,
  };
}

/** What a list says of an event, in the words of `InboxRow`. */
export const rowColumns = Prisma.sql`e.type, e.endpoint, e.account, e.object_type as "objectType",
  e.object_id as "objectId", e.status::text as status, e.attempts, e.error, e.reason,
  e.received_at as "receivedAt", e.retry_at as "retryAt", e.handled_at as "handledAt",
  e.handled_by as "handledBy"`;

type Raw = Omit<InboxRow, "lagMs"> & { received_at?: Date };

/** How long it took from its arrival, where it is handled. */
export function withLag({ received_at: _, ...row }: Raw): InboxRow {
  const { handledAt, receivedAt, status } = row;
  const isDone = status === "done" && handledAt !== null;
  return { ...row, lagMs: isDone ? handledAt.getTime() - receivedAt.getTime() : null };
}

function contains(text: string) {
  const pattern = `%${text.replaceAll(/[\\%_]/g, "\\$&")}%`;
  return plain(Prisma.sql`(e.error ilike ${pattern} or e.body::text ilike ${pattern})`);
}
