import { realNowMs } from "#sandbox/clock";
import type { Database, SqlRow } from "#sandbox/store/database";
import { type Attempt, attemptDelivery } from "#sandbox/webhooks/attempt";
import {
  destinationOf,
  dueDeliveries,
  hasUnattempted,
  heldDeliveries,
  keepAttempt,
  nextAttemptMs,
} from "#sandbox/webhooks/outbox";
import type { Namespaces } from "#sandbox/world/namespace";

/** How a released batch is sent. */
export interface Release {
  order: "created" | "reverse" | "shuffle";
  duplicate: boolean;
}

/** Sends what transactions left in the outbox, concurrently, and again until it is accepted. */
export interface Deliverer {
  /** Looks at the outbox soon. Cheap to call after every request. */
  wake(): void;
  /** Resolves once everything queued in a namespace has had its first attempt. */
  settle(namespace: string): Promise<void>;
  /** Sends what was held, one after the other, in the order asked for. */
  release(namespace: string, how: Release): Promise<{ event: string; status: number | null }[]>;
  stop(): Promise<void>;
}

/** What delivering works with. */
interface Post {
  readonly database: Database;
  readonly namespaces: Namespaces;
  /** How the next attempt in a namespace goes wrong, if it is meant to. */
  readonly takeFault: (namespace: string) => string | undefined;
  readonly inFlight: Map<number, Promise<unknown>>;
  isAwake: boolean;
  isStopped: boolean;
  alarm: NodeJS.Timeout | undefined;
}

const concurrency = 16;

/** Starts delivering over a database. */
export function createDeliverer(
  source: Pick<Post, "database" | "namespaces" | "takeFault">,
): Deliverer {
  const post: Post = {
    ...source,
    inFlight: new Map(),
    isAwake: false,
    isStopped: false,
    alarm: undefined,
  };
  return {
    wake() {
      if (post.isAwake || post.isStopped) return;
      post.isAwake = true;
      setImmediate(() => {
        post.isAwake = false;
        pump(post);
      });
    },
    settle: (namespace) => settle(post, namespace),
    release: (namespace, how) => release(post, namespace, how),
    async stop() {
      post.isStopped = true;
      clearTimeout(post.alarm);
      await Promise.allSettled(post.inFlight.values());
    },
  };
}

function pump(post: Post): void {
  if (post.isStopped) return;
  const { inFlight, database } = post;
  const now = realNowMs();
  for (const row of inFlight.size < concurrency ? dueDeliveries(database, now, concurrency) : []) {
    const sequence = Number(row.sequence);
    if (inFlight.has(sequence) || inFlight.size >= concurrency) continue;
    const sending = send(post, row).finally(() => {
      inFlight.delete(sequence);
      pump(post);
    });
    inFlight.set(sequence, sending);
  }
  setAlarm(post, now);
}

async function send(post: Post, row: SqlRow): Promise<Attempt> {
  const destination = destinationOf(post.database, post.namespaces, row);
  const fault = post.takeFault(String(row.namespace));
  const attempt =
    destination === undefined
      ? { status: null, error: "The endpoint is gone or disabled.", isFinal: true }
      : await attemptDelivery(destination, String(row.body), fault);
  if (!post.isStopped) keepAttempt(post.database, row, attempt);
  return attempt;
}

async function settle(post: Post, namespace: string): Promise<void> {
  while (!post.isStopped && (post.inFlight.size > 0 || hasUnattempted(post.database, namespace))) {
    pump(post);
    await (post.inFlight.size === 0 ? nextTurn() : Promise.race(post.inFlight.values()));
  }
}

async function release(post: Post, namespace: string, { order, duplicate }: Release) {
  const ordered = orders[order](heldDeliveries(post.database, namespace));
  const sent: { event: string; status: number | null }[] = [];
  for (const row of duplicate ? ordered.flatMap((each) => [each, each]) : ordered) {
    const { status } = await send(post, row);
    sent.push({ event: String(row.event), status });
  }
  pump(post);
  return sent;
}

// What was due when the outbox was read is on its way, or goes out as something on its way ends.
// Only what falls due after that very instant needs an alarm, and all of it does.
function setAlarm(post: Post, readAtMs: number): void {
  clearTimeout(post.alarm);
  const next = nextAttemptMs(post.database, readAtMs);
  if (next === undefined) return;
  post.alarm = setTimeout(() => pump(post), Math.min(next - readAtMs, 60_000));
  post.alarm.unref();
}

const orders: Record<Release["order"], (rows: SqlRow[]) => SqlRow[]> = {
  created: (rows) => rows,
  reverse: (rows) => rows.toReversed(),
  // The same shuffle each time: a test that fails can be run again.
  shuffle: (rows) =>
    rows
      .map((row, place) => ({ row, at: Math.sin((place + 1) * 12.9898) }))
      .sort((left, right) => left.at - right.at)
      .map(({ row }) => row),
};

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
