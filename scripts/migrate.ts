import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { migrate, type SchemaFile, writeMigration } from "#scripts/migrations";
import { startPostgres } from "#scripts/postgres";

/**
 * `npm run migrate` applies what is missing to DATABASE_URL. `npm run migrate -- --name words`
 * writes the migration that leads from the schema of the last commit to the one in the work tree.
 */
const { values } = parseArgs({ options: { name: { type: "string" } } });
const url = process.env.DATABASE_URL;
const secret = process.env.LOCKSTEP_SECRET;

if (values.name) {
  // The engine wants a server to talk to even where it only compares files.
  const server = await startPostgres(mkdtempSync(join(tmpdir(), "lockstep-")), "x", {
    durable: false,
  });
  const path = await writeMigration(values.name, committedSchema(), currentSchema(), server.url);
  server.stop();
  console.log(
    path ? `Wrote ${path}/migration.sql. Read it, commit it with the schema.` : "No change.",
  );
} else if (url && secret) {
  const applied = await migrate(url, secret);
  console.log(applied.length ? `Applied ${applied.join(", ")}.` : "Up to date.");
} else {
  console.error("Set DATABASE_URL and LOCKSTEP_SECRET, or run npm start, which migrates its own.");
  process.exitCode = 1;
}

function currentSchema(): SchemaFile[] {
  return readdirSync("prisma/schema").map((name) => read(`prisma/schema/${name}`));
}

function committedSchema(): SchemaFile[] {
  const git = (...args: string[]) => execFileSync("git", args, { encoding: "utf8" });
  const paths = git("ls-tree", "--name-only", "HEAD", "prisma/schema/").split("\n").filter(Boolean);
  return paths.map((path) => ({ path, content: git("show", `HEAD:${path}`) }));
}

function read(path: string): SchemaFile {
  return { path, content: readFileSync(path, "utf8") };
}
