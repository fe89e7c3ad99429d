import type { LocalSettings } from "#sandbox/store/kept";
import type { World } from "#sandbox/world/world";

const usual: LocalSettings = {
  id: "settings",
  object: "local.settings",
  balance_transaction_delay_seconds: 0,
  fees: { default: { percent: "2.9", fixed_minor: 30 } },
};

/** How this namespace departs from the ordinary. */
export function settingsOf(world: World): LocalSettings {
  return world.as(world.namespace.account).find("local.settings", "settings")?.object ?? usual;
}

/** Changes some of it, until the namespace is reset. */
export function changeSettings(
  world: World,
  changes: Partial<
    Pick<
      LocalSettings,
      | "balance_transaction_delay_seconds"
      | "dispute_prevention"
      | "fees"
      | "meter_event_delay_seconds"
      | "radar"
    >
  > & { settlement?: LocalSettings["settlement"] | null },
): LocalSettings {
  const { settlement: before, ...kept } = settingsOf(world);
  const { settlement = before, ...changed } = changes;
  const fees = { ...kept.fees, ...changes.fees };
  // Nothing in its place means that every currency settles in itself again.
  const object = { ...kept, ...changed, fees, ...(settlement ? { settlement } : {}) };
  const row = world.find("local.settings", "settings");
  if (row === undefined) world.insert("local.settings", object, {}, world.now());
  else world.save({ ...row, object });
  return object;
}
