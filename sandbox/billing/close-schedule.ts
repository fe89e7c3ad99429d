import type { World } from "#sandbox/world/world";

/** Ends a schedule whose subscription is over: canceled by somebody, or aborted because nobody
 *  paid. */
export function closeSchedule(world: World, id: string | null, how: "aborted" | "canceled"): void {
  const row = world.find("subscription_schedule", id ?? "");
  if (row === undefined || !["active", "not_started"].includes(row.object.status)) return;
  world.unschedule("schedule.advance", row.object.id);
  world.unschedule("schedule.expiring", row.object.id);
  row.object = {
    ...row.object,
    canceled_at: world.now(),
    current_phase: null,
    status: "canceled",
  };
  world.save(row);
  world.emit(`subscription_schedule.${how}`, row.object);
}
