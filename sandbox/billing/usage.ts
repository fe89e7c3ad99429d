import { checkAlerts } from "#sandbox/billing/meter-alerts";
import { parseDecimal, type Rational, sum } from "#sandbox/money/rational";
import { settingsOf } from "#sandbox/payments/local-settings";
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
  const { id } = findCustomer(world, customer, "payload").object;
  const counted = { meter: meter.object.id, event_name: event.event_name, identifier };
  const subject = JSON.stringify({ ...counted, customer: id, timestamp: event.timestamp, value });
  const delay = settingsOf(world).meter_event_delay_seconds ?? 0;
  if (delay === 0) countUsage(world, subject);
  else world.schedule("usage.count", subject, world.now() + delay);
  return { identifier };
}

/** Counts an event that was taken, now or when its time has come. */
export function countUsage(world: World, subject: string): void {
  const { meter, ...event } = JSON.parse(subject) as Record<string, string | number>;
  const { event_name, identifier, customer, timestamp, value } = event;
  if (isCounted(world, String(identifier))) return;
  world.database.run(
    "INSERT INTO meter_events (namespace, account, event_name, identifier, customer, timestamp, " +
      "value) VALUES (?, ?, ?, ?, ?, ?, ?)",
    ...[world.namespace.name, world.account, String(event_name), String(identifier)],
    ...[String(customer), Number(timestamp), String(value)],
  );
  checkAlerts(world, String(meter), String(customer));
  if (hasThreshold(world, String(customer))) {
    world.schedule("subscription.check-thresholds", String(customer), world.now() + 1);
  }
}

// Thresholds are looked at soon after usage was counted, as Stripe does, and not with it.
function hasThreshold(world: World, customer: string): boolean {
  return world.list("subscription", { customer, statuses: ["active"] }).some(({ object }) => {
    if (object.billing_thresholds !== null) return true;
    const items = world.list("subscription_item", { parent: object.id });
    return items.some((item) => item.object.billing_thresholds !== null);
  });
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
  const waiting = world.database.one(
    "SELECT 1 AS found FROM timers WHERE namespace = ? AND account = ? AND job = 'usage.count' " +
      "AND json_extract(subject, '$.identifier') = ?",
    ...[world.namespace.name, world.account, identifier],
  );
  return waiting !== undefined || isCounted(world, identifier);
}

function isCounted(world: World, identifier: string): boolean {
  const row = world.database.one(
    "SELECT 1 AS found FROM meter_events WHERE namespace = ? AND account = ? AND identifier = ?",
    ...[world.namespace.name, world.account, identifier],
  );
  return row !== undefined;
}
