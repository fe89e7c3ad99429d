import type { Engine } from "#sandbox/engine";
import type { SqlRow } from "#sandbox/store/database";
import type { Kind } from "#sandbox/store/kinds";
import { inItsTime } from "#sandbox/world/test-clock";
import type { World } from "#sandbox/world/world";

/** Work on what a page's URL names. The URL itself is the key: it is long and never guessed. */
export function onPage<Result>(
  engine: Engine,
  kind: Kind,
  key: string,
  work: (world: World, id: string) => Result,
): Result | undefined {
  const found = engine.database.one(
    "SELECT namespace, account, id FROM objects WHERE kind = ? AND key = ? LIMIT 1",
    ...[kind, key],
  );
  return found === undefined ? undefined : inFound(engine, found, work);
}

/** Work on an object by its own id, for a page whose address says no more. */
export function onId<Result>(
  engine: Engine,
  kind: Kind,
  id: string,
  work: (world: World, id: string) => Result,
): Result | undefined {
  const found = engine.database.one(
    "SELECT namespace, account, id FROM objects WHERE kind = ? AND id = ? LIMIT 1",
    ...[kind, id],
  );
  return found === undefined ? undefined : inFound(engine, found, work);
}

function inFound<Result>(
  engine: Engine,
  found: SqlRow,
  work: (world: World, id: string) => Result,
): Result {
  const namespace = engine.namespaces.open(String(found.namespace));
  const account = String(found.account);
  return engine.inWorld({ namespace, account }, (world) =>
    inItsTime(world, {}, { id: String(found.id) }, (own) => work(own, String(found.id))),
  );
}
