import type { World } from "#sandbox/world/world";

/** Closes a session nobody completed. */
export function expireSession(world: World, id: string): void {
  const row = world.find("checkout.session", id);
  if (row === undefined || row.object.status !== "open") return;
  world.unschedule("session.expire", id);
  row.object = { ...row.object, status: "expired", url: null };
  world.save(row);
  world.emit("checkout.session.expired", row.object);
}
