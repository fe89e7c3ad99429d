import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Context } from "#lib/context";
import { transact } from "#lib/db/transaction";
import { changePassword } from "#lib/tenancy/change-password";
import type { PersonContext, TenantContext } from "#lib/tenancy/context";
import { auditQuery } from "#lib/tenancy/input";
import { inviteMembers } from "#lib/tenancy/invite-members";
import { listAuditEntries } from "#lib/tenancy/list-audit-entries";
import { listPlatformAudit } from "#lib/tenancy/list-platform-audit";
import { updateTenant } from "#lib/tenancy/update-tenant";
import { verifyAuditChain, verifyPlatformAudit } from "#lib/tenancy/verify-audit-chain";
import { openTestDatabase, type TestDatabase } from "#tests/support/database";
import {
  mailedSecret,
  newAdmin,
  newMember,
  newOwner,
  password,
  unique,
} from "#tests/support/people";

let database: TestDatabase;
let system: Context;
let superuser: Client;

beforeAll(async () => {
  database = await openTestDatabase();
  system = database.context({
    origin: { ip: "203.0.113.9", userAgent: "Browser/1" },
    traceId: "trc_audit",
  });
  superuser = new Client({ connectionString: database.superUrl, statement_timeout: 5_000 });
  await superuser.connect();
});
afterAll(async () => {
  await superuser.end();
  await database.close();
});

const query = (over: object = {}) => auditQuery.parse(over);

/** A tenant with some history: signed up, renamed four times. */
async function tenantWithHistory(): Promise<{ person: PersonContext; owner: TenantContext }> {
  const made = await newOwner(system);
  for (const name of ["One", "Two", "Three", "Four"]) await updateTenant(made.owner, { name });
  return made;
}

test("an entry says who did what to what, before and after, from where, on which trace", async () => {
  const { owner } = await tenantWithHistory();
  const { rows } = await listAuditEntries(owner, query());
  expect(rows[0]).toMatchObject({
    actor: owner.userId,
    actorName: "Olga Owner",
    action: "tenancy.update-tenant",
    target: "tenants",
    targetId: owner.tenantId,
    operation: "update",
    before: { name: "Three" },
    after: { name: "Four" },
    ip: "203.0.113.9",
    userAgent: "Browser/1",
    traceId: "trc_audit",
  });
});

test("pages join without a gap or a repeat, newest first", async () => {
  const { owner } = await tenantWithHistory();
  const seen: bigint[] = [];
  let cursor: string | undefined;
  do {
    const page = await listAuditEntries(owner, query({ limit: 2, ...(cursor && { cursor }) }));
    seen.push(...page.rows.map(({ sequence }) => sequence));
    cursor = page.next ?? undefined;
  } while (cursor);
  expect(seen).toEqual(Array.from({ length: seen.length }, (_, i) => BigInt(seen.length - i)));
});

test("the platform's pages join too, across chains", async () => {
  await tenantWithHistory();
  const admin = await newAdmin(system, "finance");
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const sent = query({ limit: 7, ...(cursor && { cursor }) });
    const page = await listPlatformAudit(admin, sent);
    seen.push(...page.rows.map(({ chain, sequence }) => `${chain} ${sequence}`));
    cursor = page.next ?? undefined;
  } while (cursor);
  const { rows } = await superuser.query("select count(*)::int as entries from audit_entries");
  expect(seen).toHaveLength(rows[0].entries);
  expect(new Set(seen).size).toBe(seen.length);
});

const encoded = (text: string) => Buffer.from(text).toString("base64url");

test.each([
  encoded('["2026","x","1"]'),
  encoded("2026 1 platform"),
  encoded("9999999999999999 999999999999999999 platform"),
  encoded("99999999999999999 1 platform"),
  encoded("1 9999999999999999999 platform"),
  encoded("1 1 plat\u0000form"),
  ...["", "x", "-1", "1e3", "9".repeat(19)],
])("a cursor from elsewhere is answered or refused, never our fault: %j", async (cursor) => {
  const { owner } = await newOwner(system);
  const admin = await newAdmin(system, "finance");
  const outcomes = await Promise.allSettled([
    listPlatformAudit(admin, query({ cursor })),
    listAuditEntries(owner, query({ cursor })),
  ]);
  const refused = outcomes.filter((outcome) => outcome.status === "rejected");
  for (const { reason } of refused) {
    expect(reason).toMatchObject({ code: "invalid", field: "cursor" });
  }
});

test("a cursor that is not one of ours is refused", async () => {
  const { owner } = await newOwner(system);
  const admin = await newAdmin(system, "finance");
  const refused = { code: "invalid", field: "cursor" };
  const sent = query({ cursor: encoded('["2026","x","1"]') });
  await expect(listPlatformAudit(admin, sent)).rejects.toMatchObject(refused);
  await expect(listAuditEntries(owner, sent)).rejects.toMatchObject(refused);
});

test("the log is filtered by action, actor and target", async () => {
  const { owner } = await tenantWithHistory();
  const { member } = await newMember(system, owner, "admin");
  await updateTenant(member, { name: "By another" });
  const actions = async (over: object) =>
    (await listAuditEntries(owner, query(over))).rows.map(({ action }) => action);
  expect(await actions({ action: "tenancy.invite" })).toEqual(["tenancy.invite-members"]);
  expect(await actions({ actor: member.userId, target: owner.tenantId })).toEqual([
    "tenancy.update-tenant",
  ]);
  expect(await actions({ target: "nothing" })).toEqual([]);
});

test("a tenant's log shows nothing of another's, and takes the permission to read", async () => {
  const { owner } = await tenantWithHistory();
  const { owner: other } = await tenantWithHistory();
  const { rows } = await listAuditEntries(owner, query({ target: other.tenantId }));
  expect(rows).toEqual([]);
  const { member } = await newMember(system, owner, "developer");
  await expect(listAuditEntries(member, query())).rejects.toMatchObject({ code: "forbidden" });
  await expect(verifyAuditChain(member)).rejects.toMatchObject({ code: "forbidden" });
  const support = await newAdmin(system, "support");
  await expect(listPlatformAudit(support, query())).rejects.toMatchObject({ code: "forbidden" });
});

test("no secret stands in the log or in a job, in whatever form", async () => {
  const { person, owner } = await tenantWithHistory();
  const email = `${unique("guest")}@example.com`;
  await inviteMembers(owner, { invitations: [{ email, role: "member" }] });
  const fresh = "seven loud bridges";
  await changePassword(person, { current: password, password: fresh });
  const secrets = [
    ...[password, fresh],
    await mailedSecret(system, email, "invitation"),
    await mailedSecret(system, person.person.email, "verify-email"),
  ];
  const { rows: hashes } = await superuser.query(
    `select password_hash as hash from users where password_hash is not null
      union all select hash from tokens union all select token_hash from invitations`,
  );
  const { rows } = await superuser.query<{ text: string }>(
    `select e::text as text from audit_entries e
      union all select j::text from graphile_worker._private_jobs j`,
  );
  const everything = rows.map(({ text }) => text).join("\n");
  expect(everything).toContain("[secret]");
  for (const secret of [...secrets, ...hashes.map(({ hash }) => hash as string)]) {
    expect(everything).not.toContain(secret);
  }
});

test("a log nobody touched is whole", async () => {
  const { owner } = await tenantWithHistory();
  const { entries, brokenAt, reason } = await verifyAuditChain(owner);
  expect({ brokenAt, reason }).toEqual({ brokenAt: null, reason: null });
  expect(entries).toBeGreaterThan(5n);
  const admin = await newAdmin(system, "admin");
  expect(await verifyPlatformAudit(admin)).toMatchObject({ brokenAt: null });
  expect(await verifyPlatformAudit(admin, { chain: owner.tenantId })).toMatchObject({ entries });
});

const tampering: Record<string, string[]> = {
  "an entry's content edited": [
    'update audit_entries set after = \'{"name": "Never"}\' where chain = $1 and sequence = 3',
  ],
  "an entry's actor edited": [
    "update audit_entries set actor = 'usr_other' where chain = $1 and sequence = 3",
  ],
  "an entry edited and its own hash made to fit": [
    "update audit_entries set action = 'nothing' where chain = $1 and sequence = 3",
    "update audit_entries e set hash = app.audit_hash(e) where chain = $1 and sequence = 3",
  ],
  "the first entry deleted": ["delete from audit_entries where chain = $1 and sequence = 1"],
  "an entry deleted": ["delete from audit_entries where chain = $1 and sequence = 3"],
  "an entry deleted and the rest moved up": [
    "delete from audit_entries where chain = $1 and sequence = 3",
    `update audit_entries set sequence = -(sequence - 1) where chain = $1 and sequence > 3`,
    `update audit_entries set sequence = -sequence where chain = $1 and sequence < 0`,
  ],
  "two entries swapped": [
    "update audit_entries set sequence = -4 where chain = $1 and sequence = 3",
    "update audit_entries set sequence = 3 where chain = $1 and sequence = 4",
    "update audit_entries set sequence = 4 where chain = $1 and sequence = -4",
  ],
  "an entry slipped in": [
    `insert into audit_entries select chain, 1000, at, actor, action, target, target_id, operation,
      before, after, origin, trace_id, previous_hash, hash
      from audit_entries where chain = $1 and sequence = 3`,
  ],
  "the newest entries deleted": [
    `delete from audit_entries where chain = $1 and sequence >
      (select max(sequence) - 2 from audit_entries where chain = $1)`,
  ],
  "the newest entry replaced by a well-formed one": [
    `update audit_entries e set actor = 'usr_other' where chain = $1 and sequence =
      (select max(sequence) from audit_entries where chain = $1)`,
    `update audit_entries e set hash = app.audit_hash(e) where chain = $1 and sequence =
      (select max(sequence) from audit_entries where chain = $1)`,
  ],
  "everything truncated": ["truncate audit_entries"],
};

test.each(Object.entries(tampering))("%s, by a superuser, is found", async (_what, statements) => {
  const { owner } = await tenantWithHistory();
  await superuser.query("begin");
  try {
    // A superuser can switch off what forbids it; the chain is for exactly this.
    await superuser.query("set local session_replication_role = replica");
    for (const sql of statements) {
      await superuser.query(sql, sql.includes("$1") ? [owner.tenantId] : []);
    }
    const { rows } = await superuser.query("select * from app.verify_audit($1)", [owner.tenantId]);
    expect(rows[0].broken_at).not.toBeNull();
    expect(rows[0].reason).not.toBe("");
  } finally {
    await superuser.query("rollback");
  }
});

test("without switching anything off not even a superuser changes the log", async () => {
  const attempts = [
    "update audit_entries set action = 'nothing'",
    "delete from audit_entries",
    "truncate audit_entries",
  ];
  for (const sql of attempts) {
    await expect(superuser.query(sql)).rejects.toThrow("append-only");
  }
});

test("parallel writes of one tenant keep one unbroken chain", async () => {
  const { owner } = await newOwner(system);
  const before = (await verifyAuditChain(owner)).entries;
  await Promise.all(
    Array.from({ length: 40 }, (_, round) => updateTenant(owner, { name: `Name ${round}` })),
  );
  const { entries, brokenAt } = await verifyAuditChain(owner);
  expect({ entries, brokenAt }).toEqual({ entries: before + 40n, brokenAt: null });
});

test("a write that is undone leaves no entry and no gap", async () => {
  const { owner } = await newOwner(system);
  const before = (await verifyAuditChain(owner)).entries;
  const undone = transact(owner, "test.undone", async (tx) => {
    await tx.tenant.update({ where: { id: owner.tenantId }, data: { name: "Undone" } });
    throw new Error("undone");
  });
  await expect(undone).rejects.toThrow("undone");
  await updateTenant(owner, { name: "Done" });
  const { entries, brokenAt } = await verifyAuditChain(owner);
  expect({ entries, brokenAt }).toEqual({ entries: before + 1n, brokenAt: null });
});
