import { randomBytes } from "node:crypto";
import { type Clock, createClock } from "#sandbox/clock";
import type { Database } from "#sandbox/store/database";
import { idFor } from "#sandbox/store/ids";

/** One API key's world: its own objects, time, ids and webhooks. */
export interface Namespace {
  readonly name: string;
  /** The platform's own account id. */
  readonly account: string;
  readonly clock: Clock;
  newId(prefix: string): string;
  /** While true, deliveries are collected and not sent. */
  isHolding: boolean;
  /** A job is to run at once, without waiting for the next look at what is due. */
  isHurried: boolean;
  /** Writes what changed in memory. Called inside the transaction that made the changes. */
  keep(): void;
}

/** Every namespace in use, opened at the first request that names it. */
export interface Namespaces {
  open(name: string): Namespace;
  opened(): Namespace[];
  /** Forgets everything a namespace holds. The next request finds it new. */
  reset(name: string): void;
  /** Begins a namespace anew whose ids follow from a seed of its own. */
  begin(name: string, seed: number): Namespace;
}

/** Opens namespaces over one database. Under a seed, a namespace's ids are always the same. */
export function createNamespaces(database: Database, seed: number | undefined): Namespaces {
  const opened = new Map<string, Namespace>();
  for (const { name } of database.all("SELECT name FROM namespaces")) {
    opened.set(String(name), openNamespace(database, String(name), seed));
  }
  const open = (name: string, own = seed): Namespace => {
    const known = opened.get(name) ?? openNamespace(database, name, own);
    opened.set(name, known);
    return known;
  };
  const reset = (name: string): void => {
    for (const table of tablesOfNamespaces) {
      database.run(`DELETE FROM ${table} WHERE namespace = ?`, name);
    }
    database.run("DELETE FROM namespaces WHERE name = ?", name);
    opened.delete(name);
  };
  return {
    open: (name) => open(name),
    opened: () => [...opened.values()],
    reset,
    begin(name, own) {
      reset(name);
      return open(name, own);
    },
  };
}

const tablesOfNamespaces = [
  "objects",
  "timers",
  "deliveries",
  "attempts",
  "idempotency",
  "meter_events",
];

function openNamespace(database: Database, name: string, seed: number | undefined): Namespace {
  const fresh = seed === undefined ? randomBytes(16).toString("hex") : `${seed}|${name}`;
  database.run(
    "INSERT INTO namespaces (name, seed, account) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
    ...[name, fresh, idFor(fresh, 0, "acct")],
  );
  const row = database.one("SELECT * FROM namespaces WHERE name = ?", name);
  const kept = { counter: Number(row?.counter), clock: Number(row?.clock_offset) };
  const clock = createClock(kept.clock);
  let counter = kept.counter;
  let written = "";

  return {
    name,
    account: String(row?.account),
    clock,
    isHolding: row?.holding === 1,
    isHurried: false,
    newId(prefix) {
      counter += 1;
      return idFor(String(row?.seed), counter, prefix);
    },
    keep() {
      const holding = this.isHolding ? 1 : 0;
      const state = `${counter} ${clock.offset} ${holding}`;
      if (state === written) return;
      written = state;
      database.run(
        "UPDATE namespaces SET counter = ?, clock_offset = ?, holding = ? WHERE name = ?",
        ...[counter, clock.offset, holding, name],
      );
    },
  };
}
