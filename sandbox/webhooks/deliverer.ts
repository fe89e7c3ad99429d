import { realNowMs } from "#sandbox/clock";
import type { Database, SqlRow } from "#sandbox/store/database";
import { type Attempt, attemptDelivery, type Destination } from "#sandbox/webhooks/attempt";
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
  /** Set by the webhook faults: how the next attempts in a namespace go wrong. */
  fault: (namespace: string) => string | undefined;
  stop(): Promise<void>;
}

const concurrency = 16;
const attemptsAtMost = 16;

/** Starts delivering over a database. */
export function createDeliverer(database: Database, namespaces: Namespaces): Deliverer {
  const inFlight = new Map<number, Promise<unknown>>();
  let isAwake = false;
  let isStopped = false;
  let alarm: NodeJS.Timeout | undefined;

  const deliverer: Deliverer = {
    fault: () => undefined,
    wake() {
      if (isAwake || isStopped) return;
      isAwake = true;
      setImmediate(() => {
        isAwake = false;
        pump();
      });
    },
    async settle(namespace) {
      while (!isStopped && unattempted(database, namespace)) {
        pump();
        await (inFlight.size === 0 ? nextTurn() : Promise.race(inFlight.values()));
      }
      await Promise.all(inFlight.values());
      if (!isStopped && unattempted(database, namespace)) await deliverer.settle(namespace);
    },
    async release(namespace, how) {
      const held = database.all(
        "SELECT * FROM deliveries WHERE namespace = ? AND state = 'held' ORDER BY sequence",
        namespace,
      );
      const ordered = orders[how.order](held);
      const sent: { event: string; status: number | null }[] = [];
      for (const row of how.duplicate ? ordered.flatMap((each) => [each, each]) : ordered) {
        const { status } = await send(row);
        sent.push({ event: String(row.event), status });
      }
      return sent;
    },
    async stop() {
      isStopped = true;
      clearTimeout(alarm);
      await Promise.allSettled(inFlight.values());
    },
  };

  function pump(): void {
    if (isStopped) return;
    const free = concurrency - inFlight.size;
    for (const row of free > 0 ? due(database, free + inFlight.size) : []) {
      const sequence = Number(row.sequence);
      if (inFlight.has(sequence) || inFlight.size >= concurrency) continue;
      const sending = send(row).finally(() => {
        inFlight.delete(sequence);
        pump();
      });
      inFlight.set(sequence, sending);
    }
    setAlarm();
  }

  async function send(row: SqlRow): Promise<Attempt> {
    const namespace = String(row.namespace);
    const destination = destinationOf(database, namespaces, row);
    const attempt =
      destination === undefined
        ? { status: null, error: "The endpoint is gone or disabled.", isFinal: true }
        : await attemptDelivery(destination, String(row.body), deliverer.fault(namespace));
    if (!isStopped) keepAttempt(database, row, attempt);
    return attempt;
  }

  function setAlarm(): void {
    clearTimeout(alarm);
    const next = database.one(
      "SELECT min(next_attempt_ms) AS at FROM deliveries WHERE state = 'pending'",
    )?.at;
    if (typeof next !== "number" || next <= realNowMs()) return;
    alarm = setTimeout(pump, Math.min(next - realNowMs(), 60_000));
    alarm.unref();
  }

  return deliverer;
}

function due(database: Database, limit: number): SqlRow[] {
  return database.all(
    "SELECT * FROM deliveries WHERE state = 'pending' AND next_attempt_ms <= ? " +
      "ORDER BY sequence LIMIT ?",
    ...[realNowMs(), limit],
  );
}

function unattempted(database: Database, namespace: string): boolean {
  const row = database.one(
    "SELECT 1 AS found FROM deliveries WHERE state = 'pending' AND namespace = ? AND attempts = 0 " +
      "LIMIT 1",
    namespace,
  );
  return row !== undefined;
}

// Twice as long after each failure: 1 s, 2 s, 4 s … up to an hour between attempts.
function keepAttempt(database: Database, row: SqlRow, attempt: Attempt): void {
  const kept = database.one("SELECT * FROM deliveries WHERE sequence = ?", Number(row.sequence));
  if (kept === undefined) return;
  const attempts = Number(kept.attempts) + 1;
  const isDone = attempt.status !== null && attempt.status >= 200 && attempt.status < 300;
  const isGivenUp = attempt.isFinal || attempts >= attemptsAtMost;
  const state =
    isDone || kept.state === "delivered" ? "delivered" : isGivenUp ? "failed" : "pending";
  const pauseMs = Math.min(3_600_000, 1000 * 2 ** (attempts - 1));
  database.run(
    "UPDATE deliveries SET state = ?, attempts = ?, next_attempt_ms = ?, last_status = ?, " +
      "last_error = ? WHERE sequence = ?",
    ...[state, attempts, realNowMs() + pauseMs, attempt.status, attempt.error],
    Number(row.sequence),
  );
}

function destinationOf(
  database: Database,
  namespaces: Namespaces,
  row: SqlRow,
): Destination | undefined {
  const { account } = namespaces.open(String(row.namespace));
  const found = database.one(
    "SELECT json, hidden FROM objects WHERE namespace = ? AND account = ? AND id = ? " +
      "AND deleted = 0 AND status = 'enabled'",
    ...[String(row.namespace), account, String(row.endpoint)],
  );
  if (found === undefined) return undefined;
  const endpoint = JSON.parse(String(found.json)) as {
    url?: string;
    webhook_endpoint?: { url?: string };
  };
  const { secret } = JSON.parse(String(found.hidden)) as { secret: string };
  return { url: endpoint.url ?? endpoint.webhook_endpoint?.url ?? "", secret };
}

const orders: Record<Release["order"], (rows: SqlRow[]) => SqlRow[]> = {
  created: (rows) => rows,
  reverse: (rows) => [...rows].reverse(),
  shuffle: (rows) =>
    rows
      .map((row, place) => ({ row, at: Math.sin((place + 1) * 12.9898) }))
      .sort((left, right) => left.at - right.at)
      .map(({ row }) => row),
};

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
