import type { SQLInputValue } from "node:sqlite";
import type { Database, SqlRow } from "#sandbox/store/database";
import { type Columns, type HiddenOf, type Kind, kinds, type ObjectOf } from "#sandbox/store/kinds";

/** A kept object, and beside it what Stripe would never show. */
export interface Row<K extends Kind = Kind> {
  readonly kind: K;
  readonly sequence: number;
  readonly isDeleted: boolean;
  object: ObjectOf<K>;
  hidden: HiddenOf<K>;
}

/** What a list asks for. */
export interface Query extends Columns {
  ids?: readonly string[];
  keys?: readonly string[];
  statuses?: readonly string[];
  createdFrom?: number;
  createdTo?: number;
  /** Only what was made before or after this sequence. */
  before?: number;
  after?: number;
  order?: "newest" | "oldest";
  limit?: number;
  /** Of events: whether every endpoint they were for accepted them. */
  isDelivered?: boolean;
}

/** A condition on the table of objects, in SQL. */
export interface Condition {
  readonly sql: string;
  readonly values: readonly SQLInputValue[];
}

/** How many at most, and from which sequence on downward. */
interface Page {
  limit: number;
  before?: number | undefined;
}

/** The objects of one account in one namespace. Nothing of another can be reached through it. */
export interface Objects {
  find<K extends Kind>(kind: K, id: string): Row<K> | undefined;
  list<K extends Kind>(kind: K, query?: Query): Row<K>[];
  insert<K extends Kind>(
    kind: K,
    object: ObjectOf<K>,
    hidden: HiddenOf<K>,
    created?: number,
  ): Row<K>;
  save<K extends Kind>(row: Row<K>): Row<K>;
  /** Hides the object from lists; `find` still sees it, marked deleted. */
  remove(row: Row): void;
  /** Takes a removal back. */
  restore(row: Row): void;
  count(kind: Kind): number;
  /** What meets a condition, newest first. */
  search<K extends Kind>(kind: K, condition: Condition, page: Page): Row<K>[];
  /** How many meet it. */
  countFound(kind: Kind, condition: Condition): number;
}

/** Opens the objects of an account. */
export function objectsOf(database: Database, namespace: string, account: string): Objects {
  return {
    find<K extends Kind>(kind: K, id: string) {
      const found = database.one(
        "SELECT * FROM objects WHERE namespace = ? AND account = ? AND id = ? AND kind = ?",
        ...[namespace, account, id, kind],
      );
      return found && rowFrom(kind, found);
    },
    list<K extends Kind>(kind: K, query: Query = {}) {
      const { sql, values } = selectFor(query);
      const found = database.all(sql, namespace, account, kind, ...values);
      return found.map((row) => rowFrom(kind, row));
    },
    insert<K extends Kind>(kind: K, object: ObjectOf<K>, hidden: HiddenOf<K>, created?: number) {
      const { id } = object as { id: string };
      const at = created ?? (object as { created?: number }).created ?? 0;
      const columns = columnsOf(kind, object, hidden);
      const sequence = database.run(
        "INSERT INTO objects (namespace, account, kind, id, created, customer, parent, status, " +
          "key, json, hidden) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ...[namespace, account, kind, id, at],
        ...columns,
        ...[JSON.stringify(object), JSON.stringify(hidden)],
      );
      return { kind, sequence, isDeleted: false, object, hidden };
    },
    save<K extends Kind>(row: Row<K>) {
      database.run(
        "UPDATE objects SET customer = ?, parent = ?, status = ?, key = ?, json = ?, hidden = ? " +
          "WHERE sequence = ?",
        ...columnsOf(row.kind, row.object, row.hidden),
        ...[JSON.stringify(row.object), JSON.stringify(row.hidden), row.sequence],
      );
      return row;
    },
    remove(row) {
      database.run("UPDATE objects SET deleted = 1 WHERE sequence = ?", row.sequence);
    },
    restore(row) {
      database.run("UPDATE objects SET deleted = 0 WHERE sequence = ?", row.sequence);
    },
    count(kind) {
      const found = database.one(
        "SELECT count(*) AS n FROM objects WHERE namespace = ? AND account = ? AND kind = ?",
        ...[namespace, account, kind],
      );
      return Number(found?.n ?? 0);
    },
    search<K extends Kind>(kind: K, { sql, values }: Condition, { limit, before }: Page) {
      const found = database.all(
        `SELECT * FROM objects WHERE ${ofKind} AND ${sql} AND sequence < ? ` +
          "ORDER BY sequence DESC LIMIT ?",
        ...[namespace, account, kind, ...values, before ?? Number.MAX_SAFE_INTEGER, limit],
      );
      return found.map((row) => rowFrom(kind, row));
    },
    countFound(kind, { sql, values }) {
      const found = database.one(
        `SELECT count(*) AS n FROM objects WHERE ${ofKind} AND ${sql}`,
        ...[namespace, account, kind, ...values],
      );
      return Number(found?.n ?? 0);
    },
  };
}

const ofKind = "namespace = ? AND account = ? AND kind = ? AND deleted = 0";

function columnsOf<K extends Kind>(
  kind: K,
  object: ObjectOf<K>,
  hidden: HiddenOf<K>,
): SQLInputValue[] {
  const { customer, parent, status, key } = kinds[kind].columns(object, hidden);
  return [customer ?? null, parent ?? null, status ?? null, key ?? null];
}

function rowFrom<K extends Kind>(kind: K, row: SqlRow): Row<K> {
  return {
    kind,
    sequence: Number(row.sequence),
    isDeleted: row.deleted === 1,
    object: JSON.parse(String(row.json)) as ObjectOf<K>,
    hidden: JSON.parse(String(row.hidden)) as HiddenOf<K>,
  };
}

function selectFor(query: Query): { sql: string; values: SQLInputValue[] } {
  const wheres: string[] = [];
  const values: SQLInputValue[] = [];
  const where = (sql: string, ...bound: (SQLInputValue | undefined)[]) => {
    if (bound.some((value) => value === undefined)) return;
    wheres.push(sql);
    values.push(...(bound as SQLInputValue[]));
  };
  const among = (column: string, words: readonly string[] | undefined) => {
    if (words === undefined) return;
    where(`${column} IN (${words.map(() => "?").join(", ") || "NULL"})`, ...words);
  };
  where("customer = ?", query.customer ?? undefined);
  where("parent = ?", query.parent ?? undefined);
  where("status = ?", query.status ?? undefined);
  where("key = ?", query.key ?? undefined);
  among("id", query.ids);
  among("key", query.keys);
  among("status", query.statuses);
  where("created >= ?", query.createdFrom);
  where("created <= ?", query.createdTo);
  where("sequence < ?", query.before);
  where("sequence > ?", query.after);

  if (query.isDelivered !== undefined) {
    wheres.push(`id ${query.isDelivered ? "NOT IN" : "IN"} (${undelivered})`);
  }

  const order = query.order === "oldest" ? "ASC" : "DESC";
  const filters = wheres.map((sql) => ` AND ${sql}`).join("");
  const limit = query.limit === undefined ? "" : ` LIMIT ${Math.trunc(query.limit)}`;
  const from = "SELECT * FROM objects WHERE namespace = ? AND account = ? AND kind = ?";
  return { sql: `${from} AND deleted = 0${filters} ORDER BY sequence ${order}${limit}`, values };
}

const undelivered =
  "SELECT event FROM deliveries WHERE deliveries.namespace = objects.namespace " +
  "AND state <> 'delivered'";
