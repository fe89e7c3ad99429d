import { decodeCursor } from "#lib/keyset";

/** What began before the row a cursor names, newest first. The first bound is the index's. */
export function startedBefore(cursor: string) {
  const { at, id } = decodeCursor(cursor);
  return {
    startedAt: { lte: at },
    OR: [{ startedAt: { lt: at } }, { startedAt: at, id: { lt: id } }],
  };
}
