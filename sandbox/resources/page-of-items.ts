import { noSuch } from "#sandbox/protocol/errors";
import type { Params } from "#sandbox/protocol/params";
import { pageSize, type pagingParams } from "#sandbox/protocol/route";

/** One page of what an object holds itself, in the order it holds it. */
export function pageOfItems<Item extends { id: string }>(
  url: string,
  items: readonly Item[],
  { limit, starting_after: after, ending_before: before }: Params<typeof pagingParams>,
) {
  const size = pageSize(limit);
  const placeOf = (id: string, param: string) => {
    const place = items.findIndex((item) => item.id === id);
    if (place < 0) throw noSuch("line item", id, param);
    return place;
  };
  const end = before === undefined ? undefined : placeOf(before, "ending_before");
  const backward = end === undefined ? 0 : Math.max(0, end - size);
  const start = after === undefined ? backward : placeOf(after, "starting_after") + 1;
  const data = items.slice(start, end ?? start + size);
  const hasMore = end === undefined ? start + size < items.length : start > 0;
  return { object: "list" as const, url, has_more: hasMore, data };
}
