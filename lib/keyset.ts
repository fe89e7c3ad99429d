import { Refusal } from "#lib/errors";

/** One page of a list, and the cursor of the next; null at the end. */
export type Page<Row> = { rows: Row[]; next: string | null };

/** Where a page begins: after this row, in order of time and id, newest first. */
export type Keyset = { at: Date; id: string };

export function encodeCursor({ at, id }: Keyset): string {
  return Buffer.from(`${at.toISOString()} ${id}`).toString("base64url");
}

/** Reads a cursor that `encodeCursor` wrote. Refuses one that it did not. */
export function decodeCursor(cursor: string): Keyset {
  const [at = "", id = ""] = Buffer.from(cursor, "base64url").toString().split(" ");
  const date = new Date(at);
  if (!isInstant(date) || !id || id.includes("\0")) {
    throw new Refusal("invalid", "This page link is broken; open the list anew.", {
      field: "cursor",
    });
  }
  return { at: date, id };
}

/** Of the years a database has, and not of all that a `Date` can hold. */
function isInstant(date: Date): boolean {
  const year = date.getUTCFullYear();
  return year >= 1 && year <= 9999;
}

/** Cuts one row more than the page to learn whether there is a next one. */
export function toPage<Row>(
  found: readonly Row[],
  limit: number,
  keyOf: (row: Row) => Keyset,
): Page<Row> {
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return { rows, next: found.length > limit && last ? encodeCursor(keyOf(last)) : null };
}

export const pageSize = 25;

/** A list that is always whole, as one page. */
export function allOf<Row>(rows: Row[]): Page<Row> {
  return { rows, next: null };
}
