import { checkAlerts } from "#sandbox/billing/meter-alerts";
import { parseDecimal, type Rational, sum } from "#sandbox/money/rational";
import { invalidRequest } from "#sandbox/protocol/errors";
import { findCustomer } from "#sandbox/resources/customer-named";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { World } from "#sandbox/world/world";

/** A meter event as sent. */
interface UsageEvent {
  event_name: string;
  identifier?: string;
  payload: Record<string, string>;
  timestamp: number;
}

const day = 86_400;

/** Counts one meter event. An identifier is counted once, however often it is sent. */
export function recordUsage(world: World, event: UsageEvent): { identifier: string } {
  const [meter] = world.list("billing.meter", { key: event.event_name, status: "active" });
  if (meter === undefined) {
    const message = `No active meter found for event name '${event.event_name}'.`;
    throw invalidRequest(message, "resource_missing", "event_name");
  }
  checkTimestamp(world, event.timestamp);
  const { customer_mapping, value_settings, default_aggregation } = meter.object;
  const customer = payloadField(event, customer_mapping.event_payload_key);
  const value =
    default_aggregation.formula === "count"
      ? "1"
      : payloadField(event, value_settings.event_payload_key);
  if (!/^-?\d+(\.\d+)?$/.test(value)) {
    const param = `payload[${value_settings.event_payload_key}]`;
    throw invalidRequest(`Invalid numeric value: ${value}`, "meter_event_invalid_value", param);
  }
  const identifier = event.identifier ?? world.newId("mevt");
  if (isKnown(world, identifier)) {
    const message = `An event already exists with identifier ${identifier}.`;
    throw invalidRequest(message, "duplicate_meter_event", "identifier");
  }
  world.database.run(
    "INSERT INTO meter_events (namespace, account, event_name, identifier, customer, timestamp, " +
      "value) VALUES (?, ?, ?, ?, ?, ?, ?)",
    ...[world.namespace.name, world.account, event.event_name, identifier],
    ...[findCustomer(world, customer, "payload").object.id, event.timestamp, value],
  );
  checkAlerts(world, meter.object.id, findCustomer(world, customer, "payload").object.id);
  return { identifier };
}

/** What a meter counted for a customer from `start` until just before `end`. */
export function usageOf(
  world: World,
  meter: ObjectOf<"billing.meter">,
  customer: string,
  period: { start: number; end: number },
): Rational {
  const rows = world.database.all(
    "SELECT value FROM meter_events WHERE namespace = ? AND account = ? AND event_name = ? " +
      "AND customer = ? AND timestamp >= ? AND timestamp < ? ORDER BY timestamp, sequence",
    ...[world.namespace.name, world.account, meter.event_name, customer],
    ...[period.start, period.end],
  );
  const values = rows.map(({ value }) => parseDecimal(String(value)));
  const isLast = meter.default_aggregation.formula === "last";
  return isLast ? sum(values.slice(-1)) : sum(values);
}

function checkTimestamp(world: World, timestamp: number): void {
  if (timestamp > world.now() + 300) {
    const message = "The timestamp must be within 5 minutes in the future.";
    throw invalidRequest(message, "timestamp_in_future", "timestamp");
  }
  if (timestamp < world.now() - 35 * day) {
    const message = "The timestamp must be within the past 35 calendar days.";
    throw invalidRequest(message, "timestamp_too_far_in_past", "timestamp");
  }
}

function payloadField(event: UsageEvent, key: string): string {
  const value = event.payload[key];
  if (value !== undefined && value !== "") return value;
  const message = `Missing required payload key: ${key}.`;
  throw invalidRequest(message, "parameter_missing", `payload[${key}]`);
}

function isKnown(world: World, identifier: string): boolean {
  const row = world.database.one(
    "SELECT 1 AS found FROM meter_events WHERE namespace = ? AND account = ? AND identifier = ?",
    ...[world.namespace.name, world.account, identifier],
  );
  return row !== undefined;
}
