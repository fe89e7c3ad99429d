import { allKinds, isKind } from "#sandbox/console/kind-groups";
import type { Place } from "#sandbox/console/place";
import type { SqlRow } from "#sandbox/store/database";
import type { Row } from "#sandbox/store/objects";

/** An object wherever in a world it is, with the account it belongs to. */
export interface Found {
  row: Row;
  account: string;
}

/** Finds an object by its id: in the account that is looked at, or else in any of the world. */
export function findObject(place: Place, id: string): Found | undefined {
  const { engine, namespace, account } = place;
  const own = engine.database.one(
    "SELECT kind, account FROM objects WHERE namespace = ? AND account = ? AND id = ?",
    ...[namespace.name, account, id],
  );
  const found =
    own ??
    engine.database.one(
      "SELECT kind, account FROM objects WHERE namespace = ? AND id = ? LIMIT 1",
      ...[namespace.name, id],
    );
  return found === undefined ? undefined : rowOf(place, id, found);
}

function rowOf(place: Place, id: string, found: SqlRow): Found | undefined {
  const kind = String(found.kind);
  const account = String(found.account);
  if (!isKind(kind)) return undefined;
  const row: Row | undefined = place.world.as(account).find(kind, id);
  return row === undefined ? undefined : { row, account };
}

/** What a person may have meant: objects whose id begins so, or whose email, name, number or code
 *  has the words in it. */
export function searchObjects(place: Place, words: string): Found[] {
  const { engine, namespace } = place;
  const like = `%${words.replaceAll(/[%_\\]/g, "\\$&")}%`;
  const rows = engine.database.all(
    "SELECT id, kind, account FROM objects WHERE namespace = ? AND deleted = 0 " +
      "AND kind NOT IN ('event', 'v2.core.event') AND (substr(id, 1, ?) = ? " +
      `OR ${inFields}) ORDER BY sequence DESC LIMIT 50`,
    ...[namespace.name, words.length, words],
    ...searched.map(() => like),
  );
  return rows.flatMap((row) => rowOf(place, String(row.id), row) ?? []);
}

const searched = ["email", "name", "number", "display_name", "contact_email", "code", "url"];
const inFields = searched
  .map((field) => `json_extract(json, '$.${field}') LIKE ? ESCAPE '\\'`)
  .join(" OR ");

// Naming the kinds lets the index by customer, parent or key be used.
const lasting = JSON.stringify(allKinds.filter((kind) => !/(^|\.)event$/.test(kind)));

/** Objects that name this one as what they are for or a part of, the newest first. */
export function relatedTo(place: Place, id: string, account: string): Found[] {
  const { engine, namespace } = place;
  const rows = ["customer", "parent", "key"].flatMap((column) =>
    engine.database.all(
      "SELECT id, kind, account, sequence FROM objects WHERE namespace = ? AND account = ? " +
        `AND kind IN (SELECT value FROM json_each(?)) AND ${column} = ? AND id <> ? ` +
        "ORDER BY sequence DESC LIMIT 40",
      ...[namespace.name, account, lasting, id, id],
    ),
  );
  const unique = new Map(rows.map((row) => [String(row.id), row]));
  return [...unique.values()].flatMap((row) => rowOf(place, String(row.id), row) ?? []);
}
