import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { Context } from "#lib/context";
import type { Db } from "#lib/db/client";
import { newId } from "#lib/ids";
import { appUrlOf, migrate } from "#scripts/migrations";
import { ownedDatabase } from "#scripts/owned-database";
import { startPostgres } from "#scripts/postgres";

/** Where benches run: a durable PostgreSQL of their own, migrated, gone afterwards. */
export type Stage = {
  secret: string;
  ownerUrl: string;
  /** A superuser, whom no wall holds back. */
  superUrl: string;
  appUrl: string;
  /** A copy of the stage's database under another name; nobody may be connected to it meanwhile. */
  clone(name: string): Promise<{ appUrl: string; superUrl: string }>;
  close(): Promise<void>;
};

export async function openStage(): Promise<Stage> {
  const secret = randomBytes(32).toString("hex");
  const folder = mkdtempSync(join(tmpdir(), "lockstep-bench-"));
  const server = await startPostgres(folder, secret, { durable: true });
  const ownerUrl = await ownedDatabase(server.url, "bench", secret);
  await migrate(ownerUrl, secret);
  return {
    secret,
    ownerUrl,
    superUrl: onDatabase(server.url, "bench"),
    appUrl: appUrlOf(ownerUrl, secret),
    clone: async (name) => {
      await query(server.url, `create database ${name} template bench owner lockstep_owner`);
      const copy = onDatabase(ownerUrl, name);
      return { appUrl: appUrlOf(copy, secret), superUrl: onDatabase(server.url, name) };
    },
    close: async () => {
      server.stop();
      rmSync(server.folder, { recursive: true, force: true });
    },
  };
}

/** Runs plain SQL as whoever the address names. */
export async function query(url: string, sql: string, values: unknown[] = []): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql, values);
  } finally {
    await client.end();
  }
}

/** A context as the web process has one, for a scope. */
export function contextOn(db: Db, scope: Context["scope"]): Context {
  return {
    db,
    now: () => new Date(),
    actor: { kind: "system", name: "bench" },
    scope,
    origin: {},
    traceId: newId("trace"),
  };
}

function onDatabase(url: string, name: string): string {
  const address = new URL(url);
  address.pathname = `/${name}`;
  return address.href;
}
