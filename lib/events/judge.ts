import { isDeepStrictEqual } from "node:util";
import type { Converger, Seen } from "#lib/events/converger";
import { isAboutAccess } from "#lib/events/delivery";
import { isAskedAnyway, type Waiting, type WaitingEvent } from "#lib/events/read-waiting";
import { resyncType } from "#lib/events/resync-object";
import { stripeApiVersion } from "#lib/stripe/api-version";

/** What is to be done about an object: write what was seen, ask Stripe, or nothing. */
export type Verdict = { kind: "write"; seen: Seen } | { kind: "ask" } | { kind: "nothing" };

/**
 * Decides from what waits and what the mirror holds. The newest snapshot is right by itself. Stripe
 * counts instants in seconds, so of two different ones of one second the later is known only where
 * one of them is the object's end, is further along its life, or the other is its beginning; else
 * Stripe is asked.
 */
export function judge(waiting: Waiting): Verdict {
  const { events, converger, mirroredAt, mirrored } = waiting;
  const newest = events[0];
  if (!converger || !newest) return { kind: "nothing" };
  if (events.some(isAskedAnyway)) return { kind: "ask" };
  if (mirroredAt && mirroredAt > newest.instant) return { kind: "nothing" };
  if (mirrored && (mirrored.isDeleted || converger.isFinal(mirrored.object))) {
    return { kind: "nothing" };
  }
  const rivals = events.filter(({ instant }) => instant.getTime() === newest.instant.getTime());
  const end = rivals.find((event) => isEnd(event, converger));
  const latest = end ? [end] : latestOf(rivals, converger);
  const told = agreed(latest);
  const snapshot = told && snapshotOf(told);
  const tie = end ? "later" : standing(latest, mirrored?.object, converger);
  if (tie === "earlier" || tie === "same") return { kind: "nothing" };
  if (tie === "unknown" || !told || snapshot === undefined) return { kind: "ask" };
  if (!converger.isWhole(snapshot)) return { kind: "ask" };
  return { kind: "write", seen: seenBy(told, snapshot, isDeletion(told)) };
}

/** Those of one second that no other of them is known to be later than. */
function latestOf(rivals: readonly WaitingEvent[], converger: Converger): WaitingEvent[] {
  if (!rivals.every((event) => snapshotOf(event) !== undefined)) return [...rivals];
  const later = rivals.filter((event) => !isBeginning(event));
  const left = later.length > 0 ? later : rivals;
  const furthest = Math.max(...left.map((event) => converger.rank(snapshotOf(event))));
  return left.filter((event) => converger.rank(snapshotOf(event)) === furthest);
}

/** How what is told stands to a mirror of the same second. */
function standing(
  told: readonly WaitingEvent[],
  mirror: unknown,
  converger: Converger,
): "later" | "earlier" | "same" | "unknown" {
  if (mirror === undefined) return "later";
  const snapshots = told.map(snapshotOf);
  if (snapshots.includes(undefined)) return "unknown";
  if (told.every(isBeginning)) return "earlier";
  const [rank, mirrored] = [converger.rank(snapshots[0]), converger.rank(mirror)];
  if (rank !== mirrored) return rank > mirrored ? "later" : "earlier";
  return snapshots.every((snapshot) => isDeepStrictEqual(snapshot, mirror)) ? "same" : "unknown";
}

/**
 * What Stripe answered, as seen for the newest event. Null: it has no such object any more. Its
 * mirror speaks for no later than what was told, so that no event is taken for older than it; what
 * is found in it is as late as the asking, unless an event tells of it.
 */
export function seenLive(waiting: Waiting, live: unknown, askedAt: Date): Seen | undefined {
  const { events, mirrored, mirroredAt } = waiting;
  const told = events.find((event) => !isResync(event));
  const isDeleted = live === null || (live as { deleted?: unknown }).deleted === true;
  // What is gone is remembered as it last was.
  const last = (told && snapshotOf(told)) ?? mirrored?.object;
  const object = isDeleted ? (last ?? live) : live;
  if (!object) return undefined;
  const instant = latest(told?.instant, mirroredAt);
  const seen = { ...seenBy(told ?? events[0]!, object, isDeleted), instant };
  return isTold(waiting, live) ? seen : { ...seen, askedAt: latest(askedAt, instant) };
}

/** True where the live state is what the newest event is about, as far as that says anything. */
function isTold({ events, mirroredAt }: Waiting, live: unknown): boolean {
  const told = events.find((event) => !isResync(event));
  if (!told || (mirroredAt && told.instant < mirroredAt)) return false;
  const rivals = events.filter(({ instant }) => instant.getTime() === told.instant.getTime());
  const snapshots = rivals.filter((event) => !isResync(event)).map(snapshotOf);
  return snapshots.some((one) => one === undefined || isDeepStrictEqual(one, live));
}

/** The instant a state speaks for; where nothing is known of it, the beginning of time. */
function latest(...instants: readonly (Date | undefined)[]): Date {
  return new Date(Math.max(0, ...instants.map((instant) => instant?.getTime() ?? 0)));
}

function isResync({ type }: WaitingEvent): boolean {
  return type === resyncType;
}

/** An event whose rivals all say the same. */
function agreed(rivals: readonly WaitingEvent[]): WaitingEvent | undefined {
  const [first, ...others] = rivals;
  const snapshot = first && snapshotOf(first);
  if (snapshot === undefined) return undefined;
  return others.every((other) => isDeepStrictEqual(snapshotOf(other), snapshot))
    ? first
    : undefined;
}

/** Nothing that is told of an object is earlier than its creation. */
function isBeginning({ type }: WaitingEvent): boolean {
  return type.endsWith(".created");
}

function isEnd(event: WaitingEvent, converger: Converger): boolean {
  const snapshot = snapshotOf(event);
  return snapshot !== undefined && (isDeletion(event) || converger.isFinal(snapshot));
}

/** Stripe says `deleted` of an ended subscription too; there the object is its own witness. */
function isDeletion({ type }: WaitingEvent): boolean {
  return type.endsWith(".deleted") && type !== "customer.subscription.deleted";
}

/**
 * The object inside a snapshot event. An event notification has none, and one of another API
 * version has another shape than we read, so it counts as none.
 */
function snapshotOf({ body, type }: WaitingEvent): unknown {
  if (isAboutAccess(type)) return undefined;
  const { data, api_version: version } = (body ?? {}) as { data?: Body; api_version?: unknown };
  return !version || version === stripeApiVersion ? data?.object : undefined;
}
type Body = { object?: unknown };

function seenBy(event: WaitingEvent, object: unknown, isDeleted: boolean): Seen {
  const { account, objectId: id, instant, id: eventId, traceId } = event;
  return { account, id, object, instant, isDeleted, eventId, traceId };
}
