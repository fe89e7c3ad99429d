import { realNowMs } from "#sandbox/clock";
import type { Database, SqlRow } from "#sandbox/store/database";
import type { Attempt, Destination } from "#sandbox/webhooks/attempt";
import type { Namespaces } from "#sandbox/world/namespace";

const attemptsAtMost = 16;

/** What is waiting and due at an instant, oldest first. */
export function dueDeliveries(database: Database, nowMs: number, limit: number): SqlRow[] {
  return database.all(
    "SELECT * FROM deliveries WHERE state = 'pending' AND next_attempt_ms <= ? " +
      "ORDER BY sequence LIMIT ?",
    ...[nowMs, limit],
  );
}

/** What was held back, oldest first. */
export function heldDeliveries(database: Database, namespace: string): SqlRow[] {
  return database.all(
    "SELECT * FROM deliveries WHERE namespace = ? AND state = 'held' ORDER BY sequence",
    namespace,
  );
}

/** When the next attempt of anything is due after an instant. */
export function nextAttemptMs(database: Database, afterMs: number): number | undefined {
  const row = database.one(
    "SELECT min(next_attempt_ms) AS at FROM deliveries WHERE state = 'pending' " +
      "AND next_attempt_ms > ?",
    afterMs,
  );
  return typeof row?.at === "number" ? row.at : undefined;
}

/** Whether anything in a namespace still waits for its first attempt. */
export function hasUnattempted(database: Database, namespace: string): boolean {
  const row = database.one(
    "SELECT 1 AS found FROM deliveries WHERE state = 'pending' AND namespace = ? " +
      "AND attempts = 0 LIMIT 1",
    namespace,
  );
  return row !== undefined;
}

/** Records an attempt. The pause doubles after each failure: 1 s, 2 s, 4 s, up to an hour. */
export function keepAttempt(database: Database, row: SqlRow, attempt: Attempt): void {
  const sequence = Number(row.sequence);
  const kept = database.one("SELECT * FROM deliveries WHERE sequence = ?", sequence);
  if (kept === undefined) return;
  const attempts = Number(kept.attempts) + 1;
  const isAccepted = attempt.status !== null && attempt.status >= 200 && attempt.status < 300;
  const isGivenUp = attempt.isFinal || attempts >= attemptsAtMost;
  const isDelivered = isAccepted || kept.state === "delivered";
  const state = isDelivered ? "delivered" : isGivenUp ? "failed" : "pending";
  const pauseMs = Math.min(3_600_000, 1000 * 2 ** (attempts - 1));
  database.run(
    "UPDATE deliveries SET state = ?, attempts = ?, next_attempt_ms = ?, last_status = ?, " +
      "last_error = ? WHERE sequence = ?",
    ...[state, attempts, realNowMs() + pauseMs, attempt.status, attempt.error, sequence],
  );
  database.run(
    "INSERT INTO attempts (namespace, delivery, at_ms, status, error, response) " +
      "VALUES (?, ?, ?, ?, ?, ?)",
    ...[String(row.namespace), sequence, realNowMs(), attempt.status, attempt.error],
    attempt.response ?? null,
  );
}

/** Every attempt of a delivery, the first one first. */
export function attemptsOf(database: Database, delivery: number): SqlRow[] {
  return database.all("SELECT * FROM attempts WHERE delivery = ? ORDER BY sequence", delivery);
}

/** Tries deliveries again at once, one time if they were given up. */
export function tryNow(database: Database, sequences: readonly number[]): void {
  for (const sequence of sequences) {
    database.run(
      "UPDATE deliveries SET state = 'pending', next_attempt_ms = ? " +
        "WHERE sequence = ? AND state IN ('pending', 'failed')",
      ...[realNowMs(), sequence],
    );
  }
}

/** Where a delivery goes, if its endpoint is still there and enabled. */
export function destinationOf(
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
