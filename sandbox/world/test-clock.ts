import type { World } from "#sandbox/world/world";

type Sent = Record<string, unknown>;

/** Does the work in the time of the test clock it is about, or in the namespace's own. */
export function inItsTime<Result>(
  world: World,
  params: Sent,
  path: Record<string, string>,
  work: (world: World) => Result,
): Result {
  const clock = clockOf(world, params, path);
  if (clock === undefined) return work(world);
  return world.namespace.clock.holdAt(clock.frozen, () => work(world.under(clock.id)));
}

function clockOf(world: World, params: Sent, path: Record<string, string>) {
  if (world.list("test_helpers.test_clock", { limit: 1 }).length === 0) return undefined;
  for (const id of idsIn(params, path)) {
    const clock = id.startsWith("clock_") ? id : clockOfObject(world, id);
    const row = clock === null ? undefined : world.find("test_helpers.test_clock", clock);
    if (row !== undefined && !row.isDeleted) {
      return { id: row.object.id, frozen: row.object.frozen_time };
    }
  }
  return undefined;
}

const naming = [
  ...["customer", "customer_account", "subscription", "from_subscription", "schedule"],
  ...["invoice", "payment_method", "test_clock", "stripe_customer_id"],
];

function idsIn(params: Sent, path: Record<string, string>): string[] {
  const { payload } = params;
  const inPayload = typeof payload === "object" && payload !== null ? (payload as Sent) : {};
  const named = naming.flatMap((name) => [params[name], inPayload[name]]);
  const { id } = path;
  return [...named, id].filter((each) => typeof each === "string");
}

// The clock of an object is its own, its customer's, or that of what it is a part of.
function clockOfObject(world: World, id: string): string | null {
  const found = world.database.one(
    "SELECT customer, parent, json_extract(json, '$.test_clock') AS clock FROM objects " +
      "WHERE namespace = ? AND account = ? AND id = ?",
    ...[world.namespace.name, world.account, id],
  );
  if (found === undefined) return null;
  if (found.clock !== null) return String(found.clock);
  const next = found.customer ?? found.parent;
  return next === null || next === undefined || next === id
    ? null
    : clockOfObject(world, String(next));
}
