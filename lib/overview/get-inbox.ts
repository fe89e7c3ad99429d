import { view } from "#lib/db/transaction";
import { type InboxState, readInboxState } from "#lib/overview/inbox-state";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

export type InboxWorkerRow = {
  id: string;
  isAlive: boolean;
  since: Date | null;
  until: Date;
  /** How many of the inbox's partitions it leases. */
  partitions: number;
  /** Events since it began, and a second at its last sign of life. */
  handled: bigint;
  perSecond: number;
};

/** How the inbox keeps up, and who works it, for the page of its events. */
export async function getInbox(
  ctx: PlatformContext,
): Promise<InboxState & { crew: InboxWorkerRow[] }> {
  requirePlatform(ctx, "events:read");
  return view(ctx, async (tx) => {
    const state = await readInboxState(tx, ctx.now());
    const crew = await tx.$queryRaw<InboxWorkerRow[]>`
      select w.id, w.until, w.since, w.handled, w.per_second as "perSecond",
        w.until > now() as "isAlive", count(l.partition)::integer as partitions
      from inbox_workers w left join inbox_leases l on l.holder = w.id and l.until > now()
      group by w.id order by w.until > now() desc, w.id limit 50`;
    return { ...state, crew };
  });
}
