import { html } from "hono/html";
import { type Html, idLink, stamp, table } from "#sandbox/console/parts";
import { href, type Place } from "#sandbox/console/place";
import type { SqlRow } from "#sandbox/store/database";

/** An event as a line of the stream. */
export interface EventLine {
  sequence: number;
  id: string;
  type: string;
  account: string;
  created: number;
  about: string | null;
  request: string | null;
}

/** What a page of events asks for. */
export interface EventQuery {
  /** The beginning of the type, such as `charge.`. */
  prefix?: string;
  isEveryAccount?: boolean;
  about?: string;
  before?: number;
  after?: number;
  order?: "newest" | "oldest";
  limit: number;
}

const fields =
  "SELECT sequence, id, account, key AS type, created, parent AS about, " +
  "json_extract(json, '$.request.id') AS request FROM objects";

/* Thin events of v1 objects repeat a snapshot, so only v2's own are shown beside those. */
const shownKinds = "(kind = 'event' OR (kind = 'v2.core.event' AND key LIKE 'v2.%'))";

/** Events of a world, the newest first unless asked for the other way. */
export function eventsOf({ engine, namespace, account }: Place, query: EventQuery): EventLine[] {
  const wheres: string[] = [];
  const values: (string | number)[] = [];
  const where = (sql: string, ...bound: (string | number | undefined)[]) => {
    if (bound.includes(undefined)) return;
    wheres.push(`AND ${sql} `);
    values.push(...(bound as (string | number)[]));
  };
  where("account = ?", query.isEveryAccount ? undefined : account);
  if (query.prefix) where("substr(key, 1, ?) = ?", query.prefix.length, query.prefix);
  where("sequence < ?", query.before);
  where("sequence > ?", query.after);
  where("kind IN ('event', 'v2.core.event') AND parent = ?", query.about);
  const order = `ORDER BY sequence ${query.order === "oldest" ? "ASC" : "DESC"} LIMIT ?`;
  // The latest are found by walking back; what is about one object, by the index of what is its.
  const from = query.about === undefined ? `${fields} NOT INDEXED` : fields;
  const sql = `${from} WHERE namespace = ? AND ${shownKinds} ${wheres.join("")}${order}`;
  return engine.database.all(sql, namespace.name, ...values, query.limit).map(lineFrom);
}

function lineFrom(row: SqlRow): EventLine {
  const textOf = (value: SqlRow[string] | undefined) => (value == null ? null : String(value));
  return {
    sequence: Number(row.sequence),
    id: String(row.id),
    type: String(row.type),
    account: String(row.account),
    created: Number(row.created),
    about: textOf(row.about),
    request: textOf(row.request),
  };
}

/** The place of the newest row of a world's, from which a stream goes on. */
export function newestSequence({ engine }: Place): number {
  const row = engine.database.one("SELECT max(sequence) AS at FROM objects");
  return Number(row?.at ?? 0);
}

/** One event as a row. */
export function eventRow(place: Place, event: EventLine, isOfOne = false): Html {
  const path = `/events/${event.id}`;
  const isPlatform = event.account === place.namespace.account;
  return html`<tr data-event="${event.id}">
    <td><a class="strong" href="${href(place, path)}">${event.type}</a></td>
    ${isOfOne ? "" : html`<td>${idLink(place, event.about, event.account)}</td>`}
    <td>${
      isPlatform
        ? html`<span class="soft">platform</span>`
        : idLink(place, event.account, place.namespace.account)
    }</td>
    <td>${stamp(place, event.created)}</td>
  </tr>`;
}

/** Events as a table. */
export function eventTable(
  place: Place,
  events: readonly EventLine[],
  about: { caption: string; id?: string; empty?: Html | string; isOfOne?: boolean },
): Html {
  return table({
    caption: about.caption,
    columns: ["Type", ...(about.isOfOne ? [] : ["About"]), "Account", "When"],
    rows: events.map((event) => eventRow(place, event, about.isOfOne)),
    empty: about.empty ?? "No event yet: every change of an object makes one.",
    ...(about.id === undefined ? {} : { id: about.id }),
  });
}
