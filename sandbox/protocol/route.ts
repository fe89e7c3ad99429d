import { invalidParam, invalidRequest, noSuch } from "#sandbox/protocol/errors";
import {
  either,
  integer,
  type Param,
  type Params,
  type Shape,
  shape,
  text,
} from "#sandbox/protocol/params";
import { checkCount } from "#sandbox/protocol/written";
import { type Kind, kinds, type ObjectOf } from "#sandbox/store/kinds";
import type { Query, Row } from "#sandbox/store/objects";
import { show } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

/** The ids in a URL. */
export type Path = Record<string, string>;

/** One URL of Stripe's: what it takes and what it does. */
export interface Route {
  params: Shape;
  run(world: World, params: Params<Shape>, path: Path): unknown;
}
export type Routes = Record<string, Route>;

/** Declares a route. The table of parameters decides what the handler receives. */
export function route<S extends Shape>(
  params: S,
  run: (world: World, params: Params<S>, path: Path) => unknown,
): Route {
  return { params, run: (world, sent, path) => run(world, sent as Params<S>, path) };
}

/** `GET /v1/things/:id`. */
export function retrieveRoute(kind: Kind): Route {
  return route({}, (world, _params, path) => show(world, get(world, kind, path.id).object));
}

/** A time, or a range of them. */
export const range = either(
  integer,
  shape({ gt: integer, gte: integer, lt: integer, lte: integer }),
);

/** How many are asked for: 1 to 100. */
export const pageLimit: Param<number> = {
  read(value, name) {
    const limit = integer.read(value, name);
    if (limit >= 1 && limit <= 100) return limit;
    const bound = limit < 1 ? "greater than or equal to 1" : "less than or equal to 100";
    throw invalidParam(name, `This value must be ${bound}.`, "parameter_invalid_integer");
  },
};

/** What every list of v1 takes. */
export const pagingParams = {
  limit: pageLimit,
  starting_after: text,
  ending_before: text,
} satisfies Shape;

/** `GET /v1/things`: newest first, ten at a time, filtered by what the table allows. */
export function listRoute<S extends Shape, K extends Kind>(
  kind: K,
  url: string,
  filters: S,
  queryFrom: (world: World, params: Params<S>) => Query,
): Route {
  return route({ ...filters, ...pagingParams, created: range }, (world, params) => {
    const all = params as Params<S> & Params<typeof pagingParams> & { created?: never };
    const query = { ...queryFrom(world, all), ...rangeQuery(all.created) };
    return pageOf(world, url, kind, query, all);
  });
}

/** One page of a list, in Stripe's shape. */
export function pageOf<K extends Kind>(
  world: World,
  url: string,
  kind: K,
  query: Query,
  paging: Params<typeof pagingParams>,
  showOne: (row: Row<K>) => unknown = (row) => show(world, row.object),
) {
  const limit = pageSize(paging.limit);
  if (paging.ending_before !== undefined && paging.starting_after !== undefined) {
    throw invalidRequest("You cannot parameterize both starting_after and ending_before.");
  }
  const isBackwards = paging.ending_before !== undefined;
  const cursor = paging.ending_before ?? paging.starting_after;
  const cursorParam = isBackwards ? "ending_before" : "starting_after";
  const at = cursor === undefined ? undefined : get(world, kind, cursor, cursorParam).sequence;
  const rows = world.list(kind, {
    ...query,
    ...(at === undefined ? {} : isBackwards ? { after: at } : { before: at }),
    order: isBackwards ? "oldest" : "newest",
    limit: limit + 1,
  });
  const page = rows.slice(0, limit);
  if (isBackwards) page.reverse();
  return { object: "list", url, has_more: rows.length > limit, data: page.map(showOne) };
}

/** One page of a v2 list: the next page is a URL, and nothing goes back. */
export function pageOfV2<K extends Kind>(
  world: World,
  url: string,
  kind: K,
  query: Query,
  paging: { limit?: number; page?: string },
  showOne: (row: Row<K>) => unknown,
) {
  const limit = pageSize(paging.limit);
  const from = paging.page === undefined ? {} : { before: Number(paging.page) };
  const rows = world.list(kind, { ...query, ...from, limit: limit + 1 });
  const page = rows.slice(0, limit);
  const start = url.includes("?") ? url : `${url}?`;
  const next = rows.length > limit ? `${start}limit=${limit}&page=${page.at(-1)?.sequence}` : null;
  return { data: page.map(showOne), next_page_url: next, previous_page_url: null };
}

/** Stripe's page size: 10 unless told, 1 to 100. */
export function pageSize(limit: number | undefined): number {
  return Math.min(100, Math.max(1, limit ?? 10));
}

/** Finds an object or answers as Stripe does when it is not there. */
export function get<K extends Kind>(
  world: World,
  kind: K,
  id: string | undefined,
  param?: string,
): Row<K> {
  const found = id === undefined ? undefined : world.find(kind, id);
  if (found === undefined || found.isDeleted) throw noSuch(kinds[kind].noun, id ?? "", param);
  return found;
}

/** Merges metadata as Stripe does: an empty value deletes its key. */
export function mergeMetadata(
  kept: Record<string, string>,
  sent: Record<string, string> | undefined,
): Record<string, string> {
  if (sent === undefined) return kept;
  const isCleared = Object.keys(sent).length === 0;
  const merged = isCleared ? {} : { ...kept, ...sent };
  const left = Object.entries(merged).filter(([, value]) => value !== "");
  checkCount(left.length);
  return Object.fromEntries(left);
}

/** What changed between two states of an object, as `previous_attributes` tells it. */
export function changesOf<K extends Kind>(before: ObjectOf<K>, after: ObjectOf<K>) {
  const past = before as Record<string, unknown>;
  const present = after as Record<string, unknown>;
  const changed = Object.keys({ ...past, ...present }).filter(
    (name) => JSON.stringify(past[name]) !== JSON.stringify(present[name]),
  );
  return Object.fromEntries(changed.map((name) => [name, past[name] ?? null])) as Partial<
    ObjectOf<K>
  >;
}

/** What a filter by time of creation looks for. */
export function rangeQuery(
  created: number | { gt?: number; gte?: number; lt?: number; lte?: number } | undefined,
): Query {
  if (created === undefined) return {};
  if (typeof created === "number") return { createdFrom: created, createdTo: created };
  const from = created.gte ?? (created.gt === undefined ? undefined : created.gt + 1);
  const to = created.lte ?? (created.lt === undefined ? undefined : created.lt - 1);
  return {
    ...(from === undefined ? {} : { createdFrom: from }),
    ...(to === undefined ? {} : { createdTo: to }),
  };
}
