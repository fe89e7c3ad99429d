import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";

/** A row as SQLite gives it. */
export type SqlRow = Record<string, string | number | null>;

/** One SQLite connection. Everything here is synchronous, so a request is never seen half done. */
export interface Database {
  all(sql: string, ...values: SQLInputValue[]): SqlRow[];
  one(sql: string, ...values: SQLInputValue[]): SqlRow | undefined;
  run(sql: string, ...values: SQLInputValue[]): number;
  /** All or nothing. Work that throws leaves no trace. One inside another commits with it. */
  transaction<Result>(work: () => Result): Result;
  /** Inside a transaction: does the work to see what it comes to, and undoes it. */
  rehearse<Result>(work: () => Result): Result;
  close(): void;
}

/** Opens the state in a folder, or in memory when no folder is given. */
export function openDatabase(folder: string | undefined): Database {
  const connection = new DatabaseSync(folder === undefined ? ":memory:" : fileIn(folder));
  connection.exec(settings);
  connection.exec(schema);
  // Letters in any case, beyond ASCII too.
  connection.function("fold", { deterministic: true }, (text) =>
    text === null ? null : String(text).toLowerCase(),
  );
  addColumn(connection, "timers", "clock TEXT");
  addColumn(connection, "idempotency", "created INTEGER NOT NULL DEFAULT 0");

  const prepared = new Map<string, StatementSync>();
  const prepare = (sql: string) => {
    const known = prepared.get(sql) ?? connection.prepare(sql);
    prepared.set(sql, known);
    return known;
  };
  return {
    all: (sql, ...values) => prepare(sql).all(...values) as SqlRow[],
    one: (sql, ...values) => prepare(sql).get(...values) as SqlRow | undefined,
    run: (sql, ...values) => Number(prepare(sql).run(...values).lastInsertRowid),
    transaction(work) {
      const { begin, commit, rollback } = connection.isTransaction ? inner : outer;
      connection.exec(begin);
      try {
        const result = work();
        connection.exec(commit);
        return result;
      } catch (error) {
        connection.exec(rollback);
        throw error;
      }
    },
    rehearse(work) {
      connection.exec("SAVEPOINT rehearsal");
      try {
        return work();
      } finally {
        connection.exec("ROLLBACK TO rehearsal; RELEASE rehearsal");
      }
    },
    close: () => connection.close(),
  };
}

const outer = { begin: "BEGIN IMMEDIATE", commit: "COMMIT", rollback: "ROLLBACK" };
const inner = {
  begin: "SAVEPOINT part",
  commit: "RELEASE part",
  rollback: "ROLLBACK TO part; RELEASE part",
};

// A state kept by an older local Stripe has tables without it.
function addColumn(connection: DatabaseSync, table: string, column: string): void {
  const [added] = column.split(" ");
  const columns = connection.prepare(`PRAGMA table_info(${table})`).all();
  if (columns.some(({ name }) => name === added)) return;
  connection.exec(`ALTER TABLE ${table} ADD COLUMN ${column}`);
}

function fileIn(folder: string): string {
  mkdirSync(folder, { recursive: true });
  return join(folder, "local-stripe.sqlite");
}

/* The write-ahead log survives a killed process. It is folded in rarely: that is what costs. */
const settings = `
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
PRAGMA wal_autocheckpoint = 16000;
PRAGMA cache_size = -65536;
PRAGMA busy_timeout = 5000;
`;

/* One table of objects serves every resource: a row is its JSON plus the columns lists filter on.
   `sequence` is the order of creation, which `created` alone cannot give within a second. */
const schema = `
CREATE TABLE IF NOT EXISTS namespaces (
  name TEXT PRIMARY KEY, seed TEXT NOT NULL, counter INTEGER NOT NULL DEFAULT 0,
  clock_offset INTEGER NOT NULL DEFAULT 0, account TEXT NOT NULL,
  holding INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS objects (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT, namespace TEXT NOT NULL, account TEXT NOT NULL,
  kind TEXT NOT NULL, id TEXT NOT NULL, created INTEGER NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  customer TEXT, parent TEXT, status TEXT, key TEXT, json TEXT NOT NULL, hidden TEXT NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS objects_by_id ON objects (namespace, account, id);
CREATE INDEX IF NOT EXISTS objects_by_kind ON objects (namespace, account, kind, sequence);
CREATE INDEX IF NOT EXISTS objects_by_customer
  ON objects (namespace, account, kind, customer, sequence) WHERE customer IS NOT NULL;
CREATE INDEX IF NOT EXISTS objects_by_parent
  ON objects (namespace, account, kind, parent, sequence) WHERE parent IS NOT NULL;
CREATE INDEX IF NOT EXISTS objects_by_key
  ON objects (namespace, account, kind, key) WHERE key IS NOT NULL;
CREATE INDEX IF NOT EXISTS objects_by_page ON objects (kind, key) WHERE key IS NOT NULL;
CREATE TABLE IF NOT EXISTS timers (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT, namespace TEXT NOT NULL, account TEXT NOT NULL,
  job TEXT NOT NULL, subject TEXT NOT NULL, due INTEGER NOT NULL, clock TEXT,
  UNIQUE (namespace, job, subject)
);
CREATE INDEX IF NOT EXISTS timers_by_due ON timers (namespace, due, sequence);
CREATE TABLE IF NOT EXISTS deliveries (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT, namespace TEXT NOT NULL, account TEXT NOT NULL,
  event TEXT NOT NULL, type TEXT NOT NULL, endpoint TEXT NOT NULL, body TEXT NOT NULL,
  state TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, next_attempt_ms INTEGER NOT NULL,
  last_status INTEGER, last_error TEXT
);
CREATE INDEX IF NOT EXISTS deliveries_by_state
  ON deliveries (state, namespace, next_attempt_ms, sequence);
CREATE INDEX IF NOT EXISTS deliveries_by_event ON deliveries (namespace, event);
CREATE TABLE IF NOT EXISTS attempts (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT, namespace TEXT NOT NULL, delivery INTEGER NOT NULL,
  at_ms INTEGER NOT NULL, status INTEGER, error TEXT, response TEXT
);
CREATE INDEX IF NOT EXISTS attempts_by_delivery ON attempts (delivery);
CREATE TABLE IF NOT EXISTS idempotency (
  namespace TEXT NOT NULL, account TEXT NOT NULL, key TEXT NOT NULL, fingerprint TEXT NOT NULL,
  request TEXT NOT NULL, status INTEGER NOT NULL, body TEXT NOT NULL,
  created INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (namespace, account, key)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS meter_events (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT, namespace TEXT NOT NULL, account TEXT NOT NULL,
  event_name TEXT NOT NULL, identifier TEXT NOT NULL, customer TEXT NOT NULL,
  timestamp INTEGER NOT NULL, value TEXT NOT NULL, UNIQUE (namespace, account, identifier)
);
CREATE INDEX IF NOT EXISTS meter_events_by_time
  ON meter_events (namespace, account, event_name, customer, timestamp);
`;
