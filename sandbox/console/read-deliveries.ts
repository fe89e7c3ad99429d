import type { Place } from "#sandbox/console/place";
import type { SqlRow } from "#sandbox/store/database";

/** One delivery as the console shows it. */
export interface Delivery {
  sequence: number;
  event: string;
  type: string;
  account: string;
  endpoint: string;
  state: string;
  attempts: number;
  nextAttemptMs: number;
  status: number | null;
  error: string | null;
  body: string;
}

/** What a page of deliveries asks for. */
export interface DeliveryQuery {
  event?: string;
  endpoint?: string;
  state?: string;
  before?: number;
  limit: number;
}

const states: Record<string, string> = {
  delivered: "state = 'delivered'",
  failing: "(state = 'failed' OR (state = 'pending' AND attempts > 0))",
  held: "state = 'held'",
  pending: "state = 'pending' AND attempts = 0",
};

/** The states deliveries can be filtered by. */
export const deliveryStates = Object.keys(states);

/** Deliveries of a world, the newest first. */
export function deliveriesOf({ engine, namespace }: Place, query: DeliveryQuery): Delivery[] {
  const { event = null, endpoint = null, before = null } = query;
  const among = states[query.state ?? ""] ?? "1";
  const rows = engine.database.all(
    `SELECT * FROM deliveries WHERE namespace = ? AND ${among} AND (? IS NULL OR event = ?) ` +
      "AND (? IS NULL OR endpoint = ?) AND (? IS NULL OR sequence < ?) " +
      "ORDER BY sequence DESC LIMIT ?",
    ...[namespace.name, event, event, endpoint, endpoint, before, before, query.limit],
  );
  return rows.map(deliveryFrom);
}

/** One delivery of a world. */
export function findDelivery({ engine, namespace }: Place, sequence: number): Delivery | undefined {
  const row = engine.database.one(
    "SELECT * FROM deliveries WHERE namespace = ? AND sequence = ?",
    ...[namespace.name, sequence],
  );
  return row && deliveryFrom(row);
}

/** How many deliveries have failed and not been accepted since. */
export function countFailing(place: Place): number {
  return countIn(place, "failing");
}

/** How many deliveries of a world are in a state. */
export function countIn({ engine, namespace }: Place, state: string): number {
  const row = engine.database.one(
    `SELECT count(*) AS n FROM deliveries WHERE namespace = ? AND ${states[state] ?? "1"}`,
    namespace.name,
  );
  return Number(row?.n ?? 0);
}

/** How many deliveries each endpoint got, and how many of them are failing. */
export function countsByEndpoint({ engine, namespace }: Place) {
  const rows = engine.database.all(
    `SELECT endpoint, count(*) AS n, sum(${states.failing}) AS failing FROM deliveries ` +
      "WHERE namespace = ? GROUP BY endpoint",
    namespace.name,
  );
  return new Map(
    rows.map(({ endpoint, n, failing }) => [
      String(endpoint),
      { all: Number(n), failing: Number(failing ?? 0) },
    ]),
  );
}

/** The word for how a delivery stands. */
export function standingOf({ state, attempts }: Delivery): string {
  return state === "pending" && attempts > 0 ? "trying again" : state;
}

function deliveryFrom(row: SqlRow): Delivery {
  return {
    sequence: Number(row.sequence),
    event: String(row.event),
    type: String(row.type),
    account: String(row.account),
    endpoint: String(row.endpoint),
    state: String(row.state),
    attempts: Number(row.attempts),
    nextAttemptMs: Number(row.next_attempt_ms),
    status: row.last_status === null ? null : Number(row.last_status),
    error: row.last_error === null ? null : String(row.last_error),
    body: String(row.body),
  };
}
