import { createHmac } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Logger, runMigrations as migrateQueue } from "graphile-worker";
import pg from "pg";
import { withSchemaEngine } from "#scripts/schema-engine";

const folder = join(import.meta.dirname, "../prisma/migrations");
const quiet = new Logger(() => () => {});
const everything = { externalTables: [], externalEnums: [] };

/** The role the app connects as: it owns nothing and cannot pass row-level security. */
export const appRole = "lockstep_app";

/**
 * Brings a database up to date: the job queue's own schema, then Prisma's migrations in order, then
 * the app's login. Safe to run again; says which migrations it applied.
 */
export async function migrate(ownerUrl: string, secret: string): Promise<string[]> {
  await migrateQueue({ connectionString: ownerUrl, logger: quiet });
  const { appliedMigrationNames } = await withSchemaEngine(ownerUrl, (engine) =>
    engine.applyMigrations({ migrationsList: readMigrations(), filters: everything }),
  );
  await allowLogin(ownerUrl, appPassword(secret));
  return appliedMigrationNames;
}

/** The app's connection string on the owner's database. */
export function appUrlOf(ownerUrl: string, secret: string): string {
  const url = new URL(ownerUrl);
  url.username = appRole;
  url.password = appPassword(secret);
  return url.href;
}

/**
 * Writes the SQL that leads from one set of schema files to another as a new migration. Returns
 * its folder, or undefined where nothing changed.
 */
export async function writeMigration(
  name: string,
  from: SchemaFile[],
  to: SchemaFile[],
  anyUrl: string,
): Promise<string | undefined> {
  const { stdout } = await withSchemaEngine(anyUrl, (engine) =>
    engine.diff({
      from: from.length ? { tag: "schemaDatamodel", files: from } : { tag: "empty" },
      to: { tag: "schemaDatamodel", files: to },
      script: true,
      exitCode: null,
      filters: everything,
    }),
  );
  if (!stdout?.trim() || stdout.includes("empty migration")) return undefined;

  const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const path = join(folder, `${stamp}_${name}`);
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, "migration.sql"), stdout);
  return path;
}

export type SchemaFile = { path: string; content: string };

function readMigrations() {
  const names = readdirSync(folder).filter((name) =>
    existsSync(join(folder, name, "migration.sql")),
  );
  const lock = join(folder, "migration_lock.toml");
  return {
    baseDir: folder,
    lockfile: { path: "migration_lock.toml", content: readFileSync(lock, "utf8") },
    shadowDbInitScript: "",
    migrationDirectories: names.sort().map((name) => ({
      path: name,
      migrationFile: {
        path: "migration.sql",
        content: {
          tag: "ok" as const,
          value: readFileSync(join(folder, name, "migration.sql"), "utf8"),
        },
      },
    })),
  };
}

/** One password per installation, the same for every database of a cluster, kept nowhere. */
function appPassword(secret: string): string {
  return createHmac("sha256", secret).update("database app role").digest("hex");
}

async function allowLogin(ownerUrl: string, password: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query(
      `alter role ${appRole} with login password ${client.escapeLiteral(password)}`,
    );
  } finally {
    await client.end();
  }
}
