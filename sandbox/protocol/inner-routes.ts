import type { EventType } from "#sandbox/events/emit";
import { noSuch } from "#sandbox/protocol/errors";
import { metadata } from "#sandbox/protocol/params";
import {
  changesOf,
  get,
  mergeMetadata,
  type Path,
  pageOf,
  pagingParams,
  type Route,
  type Routes,
  route,
} from "#sandbox/protocol/route";
import { type Kind, kinds, type ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import { show } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

/** Kinds whose objects carry metadata. */
type Noted = {
  [K in Kind]: ObjectOf<K> extends { metadata: Record<string, string> | null } ? K : never;
}[Kind];

/** `POST /v1/things/:id`, where metadata is all that may be changed. */
export function metadataRoute<K extends Noted>(kind: K, ...events: readonly EventType[]): Route {
  return route({ metadata }, (world, params, { id }) =>
    show(world, note(world, get(world, kind, id), params.metadata, events)),
  );
}

/** What lies inside an object: its list, one of it by its id, and that one's metadata. */
export function innerRoutes<K extends Noted>(
  url: string,
  name: string,
  of: {
    parent: Kind;
    kind: K;
    parentOf(object: ObjectOf<K>): string | null;
    events: readonly EventType[];
  },
): Routes {
  const { parent, kind, events } = of;
  const inside = (world: World, path: Path): Row<K> =>
    getInside(world, kind, path, ({ object }) => of.parentOf(object) === path.id);
  return {
    [`GET ${url}/:id/${name}`]: route(pagingParams, (world, paging, { id = "" }) => {
      get(world, parent, id);
      return pageOf(world, `${url}/${id}/${name}`, kind, { parent: id }, paging);
    }),
    [`GET ${url}/:id/${name}/:id`]: route({}, (world, _params, path) =>
      show(world, inside(world, path).object),
    ),
    [`POST ${url}/:id/${name}/:id`]: route({ metadata }, (world, params, path) =>
      show(world, note(world, inside(world, path), params.metadata, events)),
    ),
  };
}

/** One of what lies inside an object, by the second id of a URL; one of another's is not found. */
export function getInside<K extends Kind>(
  world: World,
  kind: K,
  path: Path,
  isInside: (row: Row<K>) => boolean,
): Row<K> {
  const row = get(world, kind, path.sub);
  if (isInside(row)) return row;
  throw noSuch(kinds[kind].noun, path.sub ?? "");
}

function note<K extends Noted>(
  world: World,
  row: Row<K>,
  sent: Record<string, string> | undefined,
  events: readonly EventType[],
): ObjectOf<K> {
  const before = row.object;
  const kept = (before as { metadata: Record<string, string> | null }).metadata ?? {};
  row.object = { ...before, metadata: mergeMetadata(kept, sent) };
  world.save(row);
  const previous = changesOf<K>(before, row.object);
  if (Object.keys(previous).length > 0) {
    for (const type of events) world.emit(type, row.object, previous);
  }
  return row.object;
}
