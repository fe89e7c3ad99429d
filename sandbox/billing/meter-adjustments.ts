import { invalidRequest } from "#sandbox/protocol/errors";
import type { World } from "#sandbox/world/world";

const hoursToCancel = 24;

/** Whether an identifier was counted. */
export function findUsage(world: World, identifier: string): { timestamp: number } | undefined {
  const row = world.database.one(
    "SELECT timestamp FROM meter_events WHERE namespace = ? AND account = ? AND identifier = ?",
    ...[world.namespace.name, world.account, identifier],
  );
  return row === undefined ? undefined : { timestamp: Number(row.timestamp) };
}

/** Takes an event back, within a day of its time. */
export function forgetUsage(world: World, eventName: string, identifier: string): void {
  const row = world.database.one(
    "SELECT sequence, timestamp FROM meter_events WHERE namespace = ? AND account = ? " +
      "AND identifier = ? AND event_name = ?",
    ...[world.namespace.name, world.account, identifier, eventName],
  );
  if (row === undefined) {
    const message = `No meter event with the identifier ${identifier} was found.`;
    throw invalidRequest(message, "resource_missing", "cancel[identifier]");
  }
  if (Number(row.timestamp) < world.now() - hoursToCancel * 3600) {
    const message = "A meter event can be canceled within 24 hours.";
    throw invalidRequest(message, undefined, "cancel[identifier]");
  }
  world.database.run("DELETE FROM meter_events WHERE sequence = ?", Number(row.sequence));
}
