import { isDeepStrictEqual } from "node:util";
import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import { transact, view } from "#lib/db/transaction";
import { messageOf } from "#lib/errors";
import type { Effects, Seen } from "#lib/events/converger";
import { keyOf } from "#lib/events/converger";
import { resyncObject } from "#lib/events/resync-object";
import { enqueue } from "#lib/jobs/enqueue";
import { bookOf } from "#lib/ledger-rules/claim";
import { holdFeed, letFeedGo, noteFeed } from "#lib/ledger-rules/hold-feed";
import { postSettled } from "#lib/ledger-rules/post-settled";
import { readBooks, readTenant } from "#lib/ledger-rules/read-books";
import { readPosted } from "#lib/ledger-rules/read-posted";
import { settledReference } from "#lib/ledger-rules/settled-entries";
import { tellUnexplained } from "#lib/ledger-rules/tell-unexplained";
import { createConverger } from "#lib/mirror/create-converger";
import { mirrors } from "#lib/mirror/mirrors";
import type { StripeGateway } from "#lib/stripe/gateway";
import type { StripeObjects } from "#lib/stripe/object-types";
import { idOf } from "#lib/stripe/objects";

type Row = StripeObjects["balance_transaction"];
export type Fed = { seen: number; posted: number };

const type = "balance_transaction";
const converger = createConverger<Row>(type, mirrors[type], {});
const busyMs = 5_000;

/**
 * Reads what moved an account's balance since the last reading: Stripe tells of most of it in no
 * other way. Each page is written with its entries, and with how far the reading has come, before
 * the next is asked for, so a reading that is cut off goes on where it was. Reading twice is
 * harmless.
 */
export async function feedAccount(
  ctx: Context,
  account: string,
  gateway: StripeGateway,
  effects: Effects,
): Promise<Fed> {
  const fed: Fed = { seen: 0, posted: 0 };
  const books = await view(ctx, (tx) => readBooks(tx, [account]));
  if (!books.has(account)) return fed;
  const reading = await holdFeed(ctx, account);
  if (!reading) {
    await askAgain(ctx, account);
    return fed;
  }
  try {
    for (let { cursor, newestAt } = reading; ; ) {
      const at = ctx.now();
      const page = await gateway.listSettled(account, reading.since, cursor);
      cursor = page.next;
      newestAt = latestOf(newestAt, page.rows);
      const { posted, missing } = await transact(ctx, "ledger.feed", async (tx) => {
        const kept = await keepPage(tx, ctx, { account, at, rows: page.rows, effects });
        const step = { cursor, newestAt, seen: page.rows.length, posted: kept.posted };
        await noteFeed(tx, ctx, account, step);
        return kept;
      });
      fed.seen += page.rows.length;
      fed.posted += posted;
      for (const objectId of missing) {
        await resyncObject(ctx, { account, objectType: "refund", objectId });
      }
      if (cursor === null) return fed;
    }
  } catch (error) {
    await letFeedGo(ctx, account, messageOf(error));
    throw error;
  }
}

async function askAgain(ctx: Context, account: string): Promise<void> {
  const runAt = new Date(Date.now() + busyMs);
  await transact(ctx, "ledger.feed-again", (tx) =>
    enqueue(tx, "ledger.feed", { account }, { runAt }),
  );
}

function latestOf(newestAt: Date | null, rows: readonly Row[]): Date | null {
  const latest = Math.max(newestAt?.getTime() ?? 0, ...rows.map(({ created }) => created * 1000));
  return latest === 0 ? null : new Date(latest);
}

type Page = { account: string; at: Date; rows: readonly Row[]; effects: Effects };

/** Writes the mirrors of what is new, changed or not posted, and posts it. */
async function keepPage(tx: Tx, ctx: Context, { account, at, rows, effects }: Page) {
  const keys = rows.map(({ id }) => ({ account, id }));
  const known = await converger.readRows(tx, keys);
  const book = bookOf(account);
  const references = rows.map(({ id }) => ({ book, reference: settledReference(id) }));
  const done = await readPosted(tx, references);
  const seen = rows.flatMap((row): (Seen<Row> & { row: Row })[] => {
    const object = { ...row, source: idOf(row.source) };
    const isKnown = isDeepStrictEqual(known.get(keyOf({ account, id: row.id }))?.object, object);
    if (isKnown && done.has(`${book} ${settledReference(row.id)}`)) return [];
    const one = { account, id: row.id, object, instant: at, isDeleted: false, eventId: null };
    return [{ ...one, traceId: ctx.traceId, row }];
  });
  if (seen.length === 0) return { posted: 0, missing: [] };
  await converger.apply(tx, seen, ctx);
  const tenantId = await readTenant(tx, account);
  const sources = seen.map(({ row }) => ({ account, tenantId, object: row }));
  const { posted, unexplained } = await postSettled(tx, sources, ctx);
  await tellUnexplained(tx, ctx, unexplained, effects);
  return { posted, missing: await findMissing(tx, account, seen) };
}

/** Refunds that Stripe tells of in no event: of payments that a transfer made. */
async function findMissing(tx: Tx, account: string, seen: readonly Seen<Row>[]): Promise<string[]> {
  const ids = seen.flatMap(({ object }) => {
    const id = idOf(object.source);
    return id?.startsWith("pyr_") ? [id] : [];
  });
  if (ids.length === 0) return [];
  const kept = await tx.stripeRefund.findMany({
    where: { account, id: { in: ids } },
    select: { id: true },
  });
  const has = new Set(kept.map(({ id }) => id));
  return ids.filter((id) => !has.has(id));
}
