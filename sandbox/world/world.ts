import { type EventType, emitEvent } from "#sandbox/events/emit";
import type { Database } from "#sandbox/store/database";
import { type Objects, objectsOf } from "#sandbox/store/objects";
import type { JobName } from "#sandbox/world/jobs";
import type { Namespace } from "#sandbox/world/namespace";

/** One account of one namespace, as a single request or a single scheduled job sees it. */
export interface World extends Objects {
  readonly database: Database;
  readonly namespace: Namespace;
  /** Whose objects these are: the platform's account, or a connected one. */
  readonly account: string;
  /** Where this local Stripe is reached, for the URLs it hands out. */
  readonly origin: string;
  readonly request: { id: string | null; idempotencyKey: string | null; token?: string | null };
  /** The test clock whose customer this is about, if it is. */
  readonly testClock: string | null;
  now(): number;
  newId(prefix: string): string;
  /** The same world seen from another account. */
  as(account: string): World;
  /** The same world under a test clock: what it schedules runs in that clock's time. */
  under(testClock: string | null): World;
  /** Records what just happened, as it is now, for the event list and every webhook. */
  emit(type: EventType, object: object, previous?: object): void;
  /** Runs a job at an instant of simulated time, 0 being at once. The same job is moved. */
  schedule(job: JobName, subject: string, due: number): void;
  unschedule(job: JobName, subject: string): void;
}

/** What a world is opened with. */
export interface WorldSource {
  database: Database;
  namespace: Namespace;
  account: string;
  origin: string;
  request?: World["request"];
  testClock?: string | null;
}

/** Opens an account of a namespace. */
export function openWorld(source: WorldSource): World {
  const { database, namespace, account, origin } = source;
  const scope = [namespace.name, account] as const;
  const world: World = {
    ...objectsOf(database, namespace.name, account),
    database,
    namespace,
    account,
    origin,
    testClock: source.testClock ?? null,
    request: source.request ?? { id: null, idempotencyKey: null },
    now: () => namespace.clock.now(),
    newId: (prefix) => namespace.newId(prefix),
    as: (other) => (other === account ? world : openWorld({ ...source, account: other })),
    under: (testClock) => openWorld({ ...source, testClock }),
    emit: (type, object, previous) => emitEvent(world, type, object, previous),
    schedule(job, subject, due) {
      database.run(
        "INSERT INTO timers (namespace, account, job, subject, due, clock) " +
          "VALUES (?, ?, ?, ?, ?, ?) " +
          "ON CONFLICT (namespace, job, subject) DO UPDATE SET due = excluded.due",
        ...[...scope, job, subject, due, source.testClock ?? null],
      );
      if (due === 0) namespace.isHurried = true;
    },
    unschedule(job, subject) {
      database.run(
        "DELETE FROM timers WHERE namespace = ? AND job = ? AND subject = ?",
        ...[namespace.name, job, subject],
      );
    },
  };
  return world;
}
