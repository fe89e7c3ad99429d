import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestDatabase, type TestDatabase } from "#tests/support/database";

let database: TestDatabase;
let app: Client;

beforeAll(async () => {
  database = await openTestDatabase();
  app = new Client({ connectionString: database.appUrl, statement_timeout: 5_000 });
  await app.connect();
});
afterAll(async () => {
  await app.end();
  await database.close();
});

test("the app's role has no power over roles, databases or row-level security", async () => {
  const { rows } = await app.query(
    `select rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolreplication
      from pg_roles where rolname = current_user`,
  );
  expect(Object.values(rows[0])).toEqual([false, false, false, false, false]);
});

test("the app's role is a member of no other role", async () => {
  const { rows } = await app.query(
    `select roleid::regrole::text as role from pg_auth_members
      where member = current_user::regrole`,
  );
  expect(rows).toEqual([]);
});

test("the app's role owns nothing", async () => {
  const { rows } = await app.query(
    `select relname from pg_class where relowner = current_user::regrole
      union all select proname from pg_proc where proowner = current_user::regrole
      union all select nspname from pg_namespace where nspowner = current_user::regrole`,
  );
  expect(rows).toEqual([]);
});

const refused = {
  "see the migrations": "select * from _prisma_migrations",
  "see the job queue": "select * from graphile_worker.jobs",
  "see the queue's rows": "select * from graphile_worker._private_jobs",
  "queue a job past the door": "select graphile_worker.add_job('mail.send', '{}')",
  "write an audit entry": "insert into audit_entries select * from audit_entries limit 0",
  "change an audit entry": "update audit_entries set action = 'nothing'",
  "delete an audit entry": "delete from audit_entries",
  "empty the audit log": "truncate audit_entries",
  "move the end of the log": "update audit_heads set sequence = 0",
  "cut the log's end": "delete from audit_heads",
  "empty a table": "truncate members",
  "take a wall down": "alter table members disable row level security",
  "add a gate to a wall": "create policy gate on members using (true)",
  "switch the audit off": "alter table members disable trigger audit",
  "make a table": "create table mine (id text)",
  "make a function": "create function app.mine() returns int language sql return 1",
  "switch triggers off": "set session_replication_role = replica",
  "become the owner": "set role lockstep_owner",
} as const;

test.each(Object.entries(refused))("the app's role cannot %s", async (_what, sql) => {
  await app.query("begin");
  await app.query("select set_config('app.scope', 'system', true)");
  await expect(app.query(sql)).rejects.toMatchObject({ code: "42501" });
  await app.query("rollback");
});

test("a write that does not say what it does is refused", async () => {
  await app.query("begin");
  await app.query("select set_config('app.scope', 'system', true)");
  const write = app.query(
    "insert into meters (key, name, event_name) values ('calls', 'Calls', 'calls')",
  );
  await expect(write).rejects.toThrow("must say what it does");
  await app.query("rollback");
});

test("a published plan version never changes", async () => {
  await app.query("begin");
  await app.query("select set_config('app.scope', 'system', true)");
  await app.query("select set_config('app.action', 'test', true)");
  await app.query("insert into plans values ('plan_1', 'pro', 'Pro', '', 1, now())");
  await app.query(
    `insert into plan_versions (id, plan_id, number, status, features, created_at)
      values ('plv_1', 'plan_1', 1, 'published', '[]', now())`,
  );
  const change = app.query("update plan_versions set trial_days = 30");
  await expect(change).rejects.toThrow("never changes");
  await app.query("rollback");
});
