import type Stripe from "stripe";
import { invalidParam } from "#sandbox/protocol/errors";
import { compileQuery } from "#sandbox/search/compile-query";
import type { Searchable } from "#sandbox/search/fields";
import type { Kind } from "#sandbox/store/kinds";
import { show } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

/** What a search takes. */
interface Sought {
  query: string;
  limit?: number;
  page?: string;
}

/** One page of what a query finds, newest first. */
export function searchResult(
  world: World,
  resource: Searchable,
  kind: Kind,
  { query, limit = 10, page }: Sought,
): Stripe.ApiSearchResult<unknown> {
  const condition = compileQuery(resource, query);
  const before = page === undefined ? undefined : sequenceOf(page);
  const found = world.search(kind, condition, { limit: limit + 1, before });
  const rows = found.slice(0, limit);
  const hasMore = found.length > limit;
  const result: Stripe.ApiSearchResult<unknown> = {
    object: "search_result",
    data: rows.map(({ object }) => show(world, object)),
    has_more: hasMore,
    next_page: hasMore ? pageAfter(rows.at(-1)?.sequence ?? 0) : null,
    url: `/v1/${resource}/search`,
  };
  counts.set(result, () => world.countFound(kind, condition));
  return result;
}

const counts = new WeakMap<object, () => number>();

/** How many a search finds in all; counted only when it is asked for. */
export function totalCount(result: object): number | undefined {
  return counts.get(result)?.();
}

function pageAfter(sequence: number): string {
  return Buffer.from(`after ${sequence}`).toString("base64url");
}

function sequenceOf(page: string): number {
  const written = /^after (\d+)$/.exec(Buffer.from(page, "base64url").toString());
  if (written !== null) return Number(written[1]);
  throw invalidParam("page", `Invalid pagination token: ${page}`);
}
