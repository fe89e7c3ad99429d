import { realNowMs } from "#sandbox/clock";
import type { Engine } from "#sandbox/engine";
import { invalidRequest } from "#sandbox/protocol/errors";
import type { Release } from "#sandbox/webhooks/deliverer";
import type { Namespace } from "#sandbox/world/namespace";

/** Every delivery of a namespace, newest first, with how its latest attempt went. */
export function deliveriesOf(engine: Engine, namespace: Namespace) {
  const rows = engine.database.all(
    "SELECT * FROM deliveries WHERE namespace = ? ORDER BY sequence DESC LIMIT 1000",
    namespace.name,
  );
  return rows.map((row) => ({
    event: row.event,
    type: row.type,
    account: row.account,
    endpoint: row.endpoint,
    state: row.state,
    attempts: row.attempts,
    last_status: row.last_status,
    last_error: row.last_error,
    next_attempt_at: new Date(Number(row.next_attempt_ms)).toISOString(),
  }));
}

/** Sends an event again to every endpoint it was for, as Stripe's "Resend" does. */
export function queueAgain(engine: Engine, namespace: Namespace, event: string): number {
  const rows = engine.database.all(
    "SELECT DISTINCT account, type, endpoint, body FROM deliveries " +
      "WHERE namespace = ? AND event = ?",
    ...[namespace.name, event],
  );
  if (rows.length === 0) throw invalidRequest(`No delivery of the event '${event}'.`);
  engine.database.transaction(() => {
    for (const { account, type, endpoint, body } of rows) {
      engine.database.run(
        "INSERT INTO deliveries (namespace, account, event, type, endpoint, body, state, " +
          "next_attempt_ms) VALUES (?, ?, ?, ?, ?, ?, 'pending', ?)",
        ...[namespace.name, account ?? null, event, type ?? null, endpoint ?? null, body ?? null],
        realNowMs(),
      );
    }
  });
  engine.deliverer.wake();
  return rows.length;
}

/** Sends everything held, one at a time in the order asked for, and says how each was answered. */
export async function releaseHeld(
  engine: Engine,
  namespace: Namespace,
  how: { order?: Release["order"]; duplicate?: boolean },
) {
  const sent = await engine.deliverer.release(namespace.name, {
    order: how.order ?? "created",
    duplicate: how.duplicate ?? false,
  });
  return { released: sent.length, data: sent };
}

/** Starts or stops collecting deliveries. */
export function setHolding(engine: Engine, namespace: Namespace, isHolding: boolean): void {
  engine.database.transaction(() => {
    namespace.isHolding = isHolding;
    namespace.keep();
  });
}
