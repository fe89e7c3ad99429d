import type { Context } from "#lib/context";
import { transact } from "#lib/db/transaction";
import { isLiveMode } from "#lib/env";
import { messageOf } from "#lib/errors";
import { readDelivery } from "#lib/events/delivery";
import { inboxRowOf, storableBytes } from "#lib/events/inbox-row";
import { resyncObject } from "#lib/events/resync-object";
import { storeDelivery } from "#lib/events/store-delivery";
import { enqueue } from "#lib/jobs/enqueue";
import { isOutOfReach } from "#lib/stripe/ask";
import type { StripeGateway } from "#lib/stripe/gateway";
import type { EventPage } from "#lib/stripe/gateway-events";

const hourMs = 3_600_000;
/** As long as Stripe lists its events. */
const keptMs = 30 * 24 * hourMs;

/** Asks for a reading of the events of the platform and of every connected account. */
export async function backfillEveryone(ctx: Context): Promise<void> {
  await transact(ctx, "events.backfill-everyone", async (tx) => {
    const tenants = await tx.tenant.findMany({
      where: { stripeAccountId: { not: null } },
      select: { stripeAccountId: true },
    });
    const accounts = ["", ...tenants.map(({ stripeAccountId }) => stripeAccountId!)];
    for (const account of accounts) {
      await enqueue(tx, "events.backfill", { account }, { key: `backfill:${account}` });
    }
  });
}

/**
 * Puts into the inbox whatever Stripe lists of an account's events and never came, as if it had:
 * since the last reading (with an hour's overlap, for clocks that disagree), or thirty days. Each
 * page is kept before the next is asked for, so a reading that is cut off goes on where it was.
 */
export async function backfillEvents(
  ctx: Context,
  gateway: StripeGateway,
  account: string,
  isLive = isLiveMode(),
): Promise<{ seen: number; missing: number }> {
  const reading = await begin(ctx, account);
  const found = { seen: reading.seen, missing: reading.missing };
  try {
    for (let cursor = reading.cursor; ; ) {
      const page = await readPage(gateway, account, { since: reading.since, cursor });
      found.missing += await keep(ctx, account, page.events, isLive);
      found.seen += page.events.length;
      cursor = page.next;
      await note(ctx, account, { ...found, cursor, error: null });
      if (cursor === null) break;
    }
  } catch (error) {
    await note(ctx, account, { error: messageOf(error) });
    if (!isOutOfReach(error)) throw error;
    // It may have been disconnected and the word of it lost: the account itself says so.
    await resyncObject(ctx, { account: "", objectType: "v2.core.account", objectId: account });
    return found;
  }
  await note(ctx, account, { knownUntil: reading.startedAt, since: null, finishedAt: ctx.now() });
  return found;
}

/** Where a reading has come to the events of v2, which have a list of their own. */
const v2 = "v2:";

/** The platform's events of v2 follow on those of v1; connected accounts have none. */
async function readPage(
  gateway: StripeGateway,
  account: string,
  { since, cursor }: { since: Date; cursor: string | null },
): Promise<EventPage> {
  if (cursor?.startsWith(v2)) {
    const page = await gateway.listNotifications(since, cursor.slice(v2.length) || null);
    return { ...page, next: page.next === null ? null : v2 + page.next };
  }
  const page = await gateway.listEvents(account, since, cursor);
  return page.next === null && account === "" ? { ...page, next: v2 } : page;
}

/** Goes on with the reading that was cut off, or begins another. */
async function begin(ctx: Context, account: string) {
  const now = ctx.now();
  return transact(ctx, "events.begin-backfill", async (tx) => {
    const known = await tx.backfill.findUnique({ where: { account } });
    if (known?.since && known.startedAt && known.cursor) {
      const { cursor, since, startedAt, seen, missing } = known;
      return { cursor, since, startedAt, seen, missing };
    }
    const oldest = now.getTime() - keptMs;
    const from = known?.knownUntil ? known.knownUntil.getTime() - hourMs : oldest;
    const since = new Date(Math.max(oldest, from));
    const fresh = { since, startedAt: now, cursor: null, seen: 0, missing: 0 };
    await tx.backfill.upsert({ where: { account }, update: fresh, create: { account, ...fresh } });
    return fresh;
  });
}

async function keep(
  ctx: Context,
  account: string,
  events: readonly Record<string, unknown>[],
  isLive: boolean,
): Promise<number> {
  const isNew = await Promise.all(
    events.map((listed) => {
      // Stripe leaves out the account in whose name it was asked.
      const event = account ? { ...listed, account } : listed;
      const delivery = readDelivery(event);
      if (!delivery) return false;
      const { bytes } = storableBytes(JSON.stringify(event));
      const how = { at: ctx.now(), isLive };
      return storeDelivery(ctx.db, inboxRowOf("backfill", delivery, bytes, how));
    }),
  );
  return isNew.filter(Boolean).length;
}

type Progress = {
  cursor?: string | null;
  since?: Date | null;
  knownUntil?: Date;
  finishedAt?: Date;
  seen?: number;
  missing?: number;
  error?: string | null;
};

function note(ctx: Context, account: string, data: Progress) {
  return transact(ctx, "events.note-backfill", (tx) =>
    tx.backfill.update({ where: { account }, data }),
  );
}
