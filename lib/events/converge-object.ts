import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import type { InboxEvent } from "#lib/db/generated/client";
import { transact, view } from "#lib/db/transaction";
import type { Claim } from "#lib/events/claim";
import type { Converger, Convergers, Fact } from "#lib/events/converger";
import { LeaseLost, requireLease } from "#lib/events/leases";
import { recordFailure } from "#lib/events/record-failure";
import { stripeApiVersion } from "#lib/stripe/api-version";
import type { StripeGateway } from "#lib/stripe/gateway";

export type Means = { convergers: Convergers; gateway: StripeGateway };
type Lease = { holder: string; fence: bigint };

/**
 * Brings one object's mirror up to what its waiting events say, with the facts and effects that
 * follow, in one transaction. Resolves with what went wrong where that was recorded, to be tried
 * again later. Losing the lease is thrown and is no failure: another worker has the object now.
 */
export async function convergeObject(
  ctx: Context,
  { convergers, gateway }: Means,
  claim: Claim,
  lease: Lease,
): Promise<{ failure: unknown } | undefined> {
  const { events, newest, mirrored, why } = await read(ctx, convergers, claim);
  const work = { events, lease: { ...lease, partition: claim.partition } };
  if (!newest) {
    await transact(ctx, "events.ignore", async (tx) => {
      await requireLease(tx, work.lease);
      await close(tx, events, "ignored", ctx.now(), why);
    });
    return undefined;
  }
  const converger = convergers(newest.type)!;
  const traced = { ...ctx, traceId: newest.traceId };
  try {
    const seen = await look(converger, gateway, { events, newest, mirrored });
    await write(traced, converger, newest, seen, work);
    return undefined;
  } catch (failure) {
    if (failure instanceof LeaseLost) throw failure;
    await recordFailure(ctx, events, failure);
    return { failure };
  }
}

/** What waits about an object, newest first, and for which instant its mirror speaks. */
function read(ctx: Context, convergers: Convergers, { account, objectId }: Claim) {
  return view(ctx, async (tx) => {
    const events = await tx.inboxEvent.findMany({
      where: { status: "waiting", account, objectId },
      orderBy: [{ instant: "desc" }, { receivedAt: "desc" }],
      take: 1000,
    });
    const known = events.filter(({ type }) => convergers(type));
    const newest = known.find(({ type }) => isTheirs(convergers(type)!, account));
    const mirrored = newest ? await convergers(newest.type)!.instantOf(tx, objectId) : null;
    const why = known.length > 0 ? `Not about ${account ? "the platform" : "an account"}.` : null;
    return { events, newest, mirrored, why };
  });
}

/** Anyone who owns a connected account writes what its objects say, even our tenants' ids. */
function isTheirs({ of }: Converger, account: string): boolean {
  return (of === "platform") === (account === "");
}

/** Nothing where the mirror is newer already, or where the object is gone and was never inside. */
async function look(
  converger: Converger,
  gateway: StripeGateway,
  waiting: { events: InboxEvent[]; newest: InboxEvent; mirrored: Date | null },
): Promise<{ object: unknown } | undefined> {
  const { events, newest, mirrored } = waiting;
  if (mirrored && mirrored > newest.instant) return undefined;

  const snapshot = snapshotOf(newest);
  const rivals = events.filter(({ instant }) => instant.getTime() === newest.instant.getTime());
  const isTied = rivals.length > 1 || mirrored?.getTime() === newest.instant.getTime();
  if (snapshot && !isTied) return { object: snapshot };

  // Stripe counts instants in seconds, so two of one second have no order: only Stripe knows.
  const object = await converger.fetch(gateway, newest.objectId, newest.account);
  const found = object ?? snapshot;
  return found ? { object: found } : undefined;
}

/**
 * The object inside a snapshot event. An event notification has none, and one of another API
 * version has another shape than we read, so it counts as none.
 */
function snapshotOf({ body }: InboxEvent): unknown {
  const { data, api_version: version } = body as { data?: Body; api_version?: string | null };
  return !version || version === stripeApiVersion ? data?.object : undefined;
}
type Body = { object?: unknown };

async function write(
  ctx: Context,
  converger: Converger,
  newest: InboxEvent,
  seen: { object: unknown } | undefined,
  work: { events: InboxEvent[]; lease: Lease & { partition: number } },
): Promise<void> {
  await transact(ctx, converger.action, async (tx) => {
    await requireLease(tx, work.lease);
    const facts = seen
      ? await converger.apply(tx, { object: seen.object, instant: newest.instant, ctx })
      : [];
    for (const fact of facts ? await keepNew(tx, facts, newest) : []) {
      await converger.effects[fact.kind]?.(tx, fact, ctx);
    }
    await close(tx, work.events, facts ? "done" : "ignored", ctx.now());
  });
}

/** Keeps the facts that are new, and answers with those alone. */
async function keepNew(tx: Tx, facts: Fact[], event: InboxEvent): Promise<Fact[]> {
  const { objectId, id: eventId, instant: at } = event;
  const kept = await tx.fact.createManyAndReturn({
    data: facts.map((fact) => ({ ...fact, objectId, eventId, at })),
    skipDuplicates: true,
    select: { reference: true },
  });
  const references = new Set(kept.map(({ reference }) => reference));
  return facts.filter(({ reference }) => references.has(reference));
}

async function close(
  tx: Tx,
  events: InboxEvent[],
  status: "done" | "ignored",
  now: Date,
  error: string | null = null,
) {
  const ids = events.map(({ id }) => id);
  await tx.inboxEvent.updateMany({
    where: { id: { in: ids }, status: "waiting" },
    data: { status, handledAt: now, retryAt: null, error, attempts: { increment: 1 } },
  });
  await tx.$executeRaw`select pg_notify('inbox_done', ${events[0]?.objectId ?? ""})`;
}
