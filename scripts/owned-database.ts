import { createHmac } from "node:crypto";
import pg from "pg";

const owner = "lockstep_owner";

/**
 * Makes a database owned by a role that is not a superuser, as on a managed PostgreSQL, so that
 * what works here works there. Returns the owner's address. Safe to run again.
 */
export async function ownedDatabase(
  serverUrl: string,
  name: string,
  secret: string,
): Promise<string> {
  const password = createHmac("sha256", secret).update("database owner role").digest("hex");
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    const { rowCount: roles } = await client.query("select from pg_roles where rolname = $1", [
      owner,
    ]);
    if (!roles) await client.query(`create role ${owner} login createrole`);
    await client.query(`alter role ${owner} password ${client.escapeLiteral(password)}`);
    const { rowCount } = await client.query("select from pg_database where datname = $1", [name]);
    if (!rowCount) await client.query(`create database ${name} owner ${owner}`);
  } finally {
    await client.end();
  }
  const url = new URL(serverUrl);
  url.username = owner;
  url.password = password;
  url.pathname = `/${name}`;
  return url.href;
}
