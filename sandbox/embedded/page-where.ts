import type { Kind } from "#sandbox/store/kinds";
import type { Query, Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

const perPage = 10;
const perLook = 100;

/** One page of what fits, newest first, and the id to go on after. Reads no further than needed. */
export function pageWhere<K extends Kind>(
  world: World,
  kind: K,
  after: string | undefined,
  fits: (row: Row<K>) => boolean = () => true,
  query: Query = {},
): { rows: Row<K>[]; older: string | null; isFirst: boolean } {
  const found: Row<K>[] = [];
  let before = after === undefined ? undefined : world.find(kind, after)?.sequence;
  const isFirst = before === undefined;
  while (found.length <= perPage) {
    const look = world.list(kind, {
      ...query,
      ...(before === undefined ? {} : { before }),
      limit: perLook,
    });
    found.push(...look.filter(fits));
    before = look.at(-1)?.sequence;
    if (look.length < perLook) break;
  }
  const rows = found.slice(0, perPage);
  const last = rows.at(-1)?.object as { id: string } | undefined;
  return { rows, older: found.length > perPage ? (last?.id ?? null) : null, isFirst };
}
