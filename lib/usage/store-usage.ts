import type { Db } from "#lib/db/client";
import { type Grouped, groupCommit, type Waiting as WaitingFor } from "#lib/db/group-commit";
import type { StoredEvent, UsageEvent } from "#lib/usage/event";
import type { Gate } from "#lib/usage/gate";
import type { UsageMeter } from "#lib/usage/meter";

/** One request's events, with all that storing them needs. */
export type Take = {
  readonly tenantId: string;
  readonly events: readonly UsageEvent[];
  readonly meters: ReadonlyMap<string, UsageMeter>;
  readonly gates: readonly Gate[];
  /** Keys of events before this instant are forgotten: nothing as old can be sent any more. */
  readonly oldest: Date;
  readonly receivedAt: Date;
};

/** What became of an event: stored now, kept out by a hard cap, or its key is of an earlier one. */
export type Fate = "stored" | "over" | StoredEvent;

type Waiting = WaitingFor<Take, Fate[]>;
type Answered = { place: number; fate: "known" | "over"; found: StoredEvent | null };

const groups = new WeakMap<Db, Grouped<Take, Fate[]>>();

/**
 * Stores a request's events once and adds them to their hours; resolves after the commit with what
 * became of each, in their order. Requests that come while a statement is under way share the next
 * one.
 */
export function storeUsage(db: Db, take: Take): Promise<Fate[]> {
  const known = groups.get(db);
  if (known) return known(take);
  const group = groupCommit<Take, Fate[]>(limits, (batch) => storeBatch(db, batch));
  groups.set(db, group);
  return group(take);
}

/** What one event costs in a statement is a thirtieth of what the statement itself does. */
const limits = {
  ...{ atMost: 2_000, inFlight: 2, beside: 500 },
  weigh: ({ events }: Take) => events.length,
};

/** Settles every request of a batch. Where one spoils it, each is tried by itself. */
async function storeBatch(db: Db, batch: readonly Waiting[]): Promise<void> {
  try {
    const fates = await storeAll(
      db,
      batch.map(({ item }) => item),
    );
    for (const [index, { resolve }] of batch.entries()) resolve(fates[index]!);
  } catch (error) {
    if (batch.length > 1 && isOfOneRow(error)) {
      for (const one of batch) await storeBatch(db, [one]);
    } else for (const { reject } of batch) reject(error);
  }
}

/** SQLSTATE class 22 and 23: a value PostgreSQL cannot take. Anything else fails everything. */
function isOfOneRow(error: unknown): boolean {
  return /^2[23]/.test(String((error as { code?: unknown }).code ?? ""));
}

/** The statement takes each key once, so later events of the same key are held beside the first. */
async function storeAll(db: Db, takes: readonly Take[]): Promise<Fate[][]> {
  const places = new Map<string, number>();
  const firsts: UsageEvent[] = [];
  const rows: object[] = [];
  const placed = takes.map(({ tenantId, events, meters }) =>
    events.map((event) => {
      const name = `${tenantId} ${event.key}`;
      const earlier = places.get(name);
      if (earlier !== undefined) return { place: earlier, isFirst: false };
      const place = rows.length;
      places.set(name, place);
      firsts.push(event);
      rows.push(rowOf(place, tenantId, event, meters));
      return { place, isFirst: true };
    }),
  );
  if (rows.length === 0) return takes.map(() => []);
  const answered = await send(db, takes, rows);
  return placed.map((ofTake) =>
    ofTake.map(({ place, isFirst }): Fate => {
      const answer = answered.get(place);
      if (answer) return answer.found ?? "over";
      return isFirst ? "stored" : storedAs(firsts[place]!);
    }),
  );
}

function rowOf(
  p: number,
  t: string,
  event: UsageEvent,
  meters: ReadonlyMap<string, UsageMeter>,
): object {
  const { key: k, meterKey: m, at: a, value: v, uniqueValue, dimensions } = event;
  const { aggregation: g } = meters.get(m)!;
  // What is undefined is left out of the JSON, and rows of one shape are written faster.
  return { p, t, k, m, a, v, g, u: uniqueValue ?? undefined, d: dimensions ?? undefined };
}

/** One statement, so one round trip and one commit. One JSON text is read faster than arrays. */
async function send(
  db: Db,
  takes: readonly Take[],
  rows: readonly object[],
): Promise<Map<number, Answered>> {
  const gates = uniqueGates(takes);
  const oldest = new Date(Math.min(...takes.map((take) => take.oldest.getTime())));
  const receivedAt = new Date(Math.max(...takes.map((take) => take.receivedAt.getTime())));
  const { rows: answers } = await db.pool.query<Answered>({
    name: "take-usage",
    text: "select place, fate, found from app.take_usage($1, $2, $3, $4, $5)",
    values: [
      JSON.stringify(rows),
      [...new Set(takes.map(({ tenantId }) => tenantId))],
      gates.length === 0 ? null : JSON.stringify(gates),
      oldest,
      receivedAt,
    ],
  });
  return new Map(answers.map((answer) => [answer.place, answer]));
}

/** Requests of one tenant bring the same gates; where they differ, the lower one stands. */
function uniqueGates(takes: readonly Take[]): object[] {
  const byName = new Map<string, Record<string, string>>();
  for (const { tenantId, gates } of takes) {
    for (const { meterKey, kind, from, to, most } of gates) {
      const name = [tenantId, meterKey, from.toISOString()].join(" ");
      const known = byName.get(name);
      if (known && Number(known.most) <= Number(most)) continue;
      const [starts, ends] = [from.toISOString(), to.toISOString()];
      byName.set(name, { tenant: tenantId, meter: meterKey, kind, starts, ends, most });
    }
  }
  return [...byName.values()];
}

function storedAs(event: UsageEvent): StoredEvent {
  const { meterKey: meter, at, value, uniqueValue: unique, dimensions } = event;
  return { meter, at, value, unique, dimensions, corrected: false };
}
