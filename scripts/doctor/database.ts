import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import {
  type Check,
  fault,
  fine,
  hasRealDatabase,
  type Outcome,
  type Setup,
  skipped,
} from "#scripts/doctor/check";

/** The oldest PostgreSQL that still gets fixes. */
const oldestVersion = 15;

export const databaseChecks: Check[] = [
  { name: "PostgreSQL", run: (setup) => asOwner(setup, checkVersion) },
  { name: "Owner's rights", run: (setup) => asOwner(setup, checkRights, "quietly") },
  { name: "Migrations", run: (setup) => asOwner(setup, checkMigrations, "quietly") },
  { name: "App's role", run: checkAppRole },
];

type Ask = (sql: string) => Promise<Record<string, unknown>[]>;

/** Runs a check as the owner. Where nobody answers, the first check says so and the rest wait. */
async function asOwner(
  setup: Setup,
  check: (ask: Ask) => Promise<Outcome>,
  manner: "aloud" | "quietly" = "aloud",
): Promise<Outcome[]> {
  if (!hasRealDatabase(setup)) return manner === "aloud" ? [describeLocal(setup)] : [];
  try {
    return [await connected(setup.given.DATABASE_URL!, check)];
  } catch (error) {
    return manner === "aloud" ? [explain(error, "DATABASE_URL")] : [skipped("not reachable")];
  }
}

function describeLocal({ dataFolder }: Setup): Outcome {
  const folder = join(dataFolder, "postgres");
  if (!existsSync(join(folder, "PG_VERSION"))) return fine("local; npm start makes and starts one");
  const pidFile = join(folder, "postmaster.pid");
  // Its fourth line is the port; the file is there while the server runs.
  const port = existsSync(pidFile) ? readFileSync(pidFile, "utf8").split("\n")[3] : undefined;
  return fine(`local, in ${folder}, ${port ? `running on port ${port}` : "not running"}`);
}

async function connected<T>(url: string, run: (ask: Ask) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  client.on("error", () => {});
  await client.connect();
  try {
    return await run(async (sql) => (await client.query(sql)).rows);
  } finally {
    await client.end();
  }
}

/** Turns what the driver throws into what a person can do about it, by its code. */
function explain(error: unknown, variable: string): Outcome {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const known: Record<string, [found: string, mend: string]> = {
    ECONNREFUSED: [
      "nothing listens there",
      `start PostgreSQL, or mend host and port in ${variable}`,
    ],
    ENOTFOUND: ["its host has no address", `mend the host in ${variable}`],
    "28P01": ["it refuses the password", `mend user and password in ${variable}`],
    "28000": ["it refuses the user", `allow the user in pg_hba.conf, or mend ${variable}`],
    "3D000": ["the database does not exist", "create it: createdb -O <owner> <name>"],
  };
  const [found, mend] = known[code] ?? [
    `it does not answer (${code || "timed out"})`,
    `check that this machine may reach the host of ${variable}, its port and its TLS settings`,
  ];
  return fault(found, mend);
}

async function checkVersion(ask: Ask): Promise<Outcome> {
  const [row] = await ask("select current_setting('server_version_num')::int / 10000 as major");
  const major = Number(row?.major);
  if (major >= oldestVersion) return fine(`version ${major}`);
  return fault(`version ${major}`, `upgrade PostgreSQL to ${oldestVersion} or newer`);
}

async function checkRights(ask: Ask): Promise<Outcome> {
  const [row] = await ask(`
    select rolcreaterole or rolsuper as "hasCreateRole", current_user as name,
      has_database_privilege(current_database(), 'create') as "hasCreate"
    from pg_roles where rolname = current_user`);
  if (!row?.hasCreate) {
    const mend = `as its owner: ALTER DATABASE <name> OWNER TO ${row?.name}`;
    return fault(`${row?.name} may not create schemas in this database`, mend);
  }
  if (!row.hasCreateRole) {
    const mend = `as a superuser: ALTER ROLE ${row.name} CREATEROLE`;
    return fault(`${row.name} may not create the app's role`, mend);
  }
  return fine(`${row.name} owns the database and may create roles`);
}

async function checkMigrations(ask: Ask): Promise<Outcome> {
  const [table] = await ask("select to_regclass('_prisma_migrations') is not null as is_there");
  const migrate = "run npm run migrate, or npm start, which does it first";
  if (!table?.is_there) return fault("none is applied", migrate);

  const rows = await ask(`
    select migration_name as name, finished_at is not null as "isDone" from _prisma_migrations
    where rolled_back_at is null`);
  const failed = rows.find(({ isDone }) => !isDone);
  if (failed) {
    const resolve = `npx prisma migrate resolve --rolled-back ${failed.name}`;
    return fault(`${failed.name} failed half-way`, `mend what it met, then: ${resolve}`);
  }
  const applied = new Set(rows.map(({ name }) => name));
  const missing = ours().filter((name) => !applied.has(name));
  if (missing.length) return fault(`${missing.length} are missing, from ${missing[0]} on`, migrate);
  const isAhead = applied.size > ours().length;
  if (isAhead) return fault("the database is newer than this code", "update the code: git pull");
  return fine(`all ${applied.size} applied`);
}

function ours(): string[] {
  const folder = join(import.meta.dirname, "../../prisma/migrations");
  return readdirSync(folder).filter((name) => existsSync(join(folder, name, "migration.sql")));
}

/** Row-level security is only a wall to a role that cannot pass it and owns none of the tables. */
async function checkAppRole(setup: Setup): Promise<Outcome[]> {
  if (!hasRealDatabase(setup)) return [];
  try {
    return [await connected(setup.effective.DATABASE_APP_URL!, checkPowerless)];
  } catch (error) {
    const [owner] = await asOwner(setup, checkVersion);
    if (owner?.state === "fault") return [skipped("not reachable")];
    if (setup.given.DATABASE_APP_URL) return [explain(error, "DATABASE_APP_URL")];
    return [skipped("made by the first migration; it answers afterwards")];
  }
}

async function checkPowerless(ask: Ask): Promise<Outcome> {
  const [row] = await ask(`
    select current_user as name, rolsuper or rolbypassrls as "isAbove",
      exists (select from pg_tables where tableowner = current_user
        and schemaname = 'public') as "isOwner"
    from pg_roles where rolname = current_user`);
  if (row?.isAbove) {
    const mend = "name a role without SUPERUSER and BYPASSRLS, or remove it to have one made";
    return fault(`${row.name} passes row-level security`, `DATABASE_APP_URL: ${mend}`);
  }
  if (row?.isOwner) {
    const mend = "DATABASE_APP_URL must not be the owner's; remove it to have a role made";
    return fault(`${row.name} owns the tables`, mend);
  }
  return fine(`${row?.name} owns nothing and cannot pass row-level security`);
}
