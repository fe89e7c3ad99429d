import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import { transact, view } from "#lib/db/transaction";
import { mirrorTables } from "#lib/mirror/mirrors";
import type { TenantContext } from "#lib/tenancy/context";
import { inviteMembers } from "#lib/tenancy/invite-members";
import { plantDispute } from "#tests/lib/db/plant-disputes";
import { plantUsage } from "#tests/lib/db/plant-usage";
import { tableFaults } from "#tests/lib/db/table-faults";
import { openTestDatabase, type TestDatabase } from "#tests/support/database";
import { newOwner, unique } from "#tests/support/people";

let database: TestDatabase;
let system: Context;
let superuser: Client;
let app: Client;
let north: TenantContext;
let south: TenantContext;

/** The tables that tenants own, by the column that says whose. Each is planted for both tenants. */
const owned = {
  tenants: "id",
  members: "tenant_id",
  invitations: "tenant_id",
  checkouts: "tenant_id",
  subscriptions: "tenant_id",
  invoices: "tenant_id",
  facts: "tenant_id",
  subscription_changes: "tenant_id",
  api_keys: "tenant_id",
  api_key_secrets: "tenant_id",
  api_key_uses: "tenant_id",
  webhook_endpoints: "tenant_id",
  webhook_secrets: "tenant_id",
  webhook_standings: "tenant_id",
  webhook_deliveries: "tenant_id",
  webhook_attempts: "tenant_id",
  billing_settings: "tenant_id",
  seat_pools: "tenant_id",
  seat_syncs: "tenant_id",
  seat_assignments: "tenant_id",
  seat_drifts: "tenant_id",
  seat_charges: "tenant_id",
  entitlements: "tenant_id",
  usage_events: "tenant_id",
  usage_buckets: "tenant_id",
  usage_uniques: "tenant_id",
  usage_corrections: "tenant_id",
  usage_flushes: "tenant_id",
  usage_limits: "tenant_id",
  usage_adjustments: "tenant_id",
  usage_comparisons: "tenant_id",
  connected_accounts: "tenant_id",
  connect_transitions: "tenant_id",
  connect_appeals: "tenant_id",
  connect_holds: "tenant_id",
  money_moves: "tenant_id",
  payout_traces: "tenant_id",
  payout_parts: "tenant_id",
  dispute_answers: "tenant_id",
  dispute_files: "tenant_id",
  ledger_books: "tenant_id",
  payment_links: "tenant_id",
  sale_checkouts: "tenant_id",
  buyers: "tenant_id",
  sales: "tenant_id",
  sale_refunds: "tenant_id",
  audit_entries: "chain",
  audit_heads: "chain",
  ...Object.fromEntries(mirrorTables.map((table) => [table, "tenant_id"])),
} as Record<string, string>;
/** About tenants, and not for them to see. */
const platforms = [
  ...["alerts", "money_acts", "invoice_checks", "migrated_subscribers"],
  "reconciliation_breaks",
];
const readOnly = ["audit_entries", "audit_heads", "connect_transitions", "ledger_books"];
const tables = Object.keys(owned);

beforeAll(async () => {
  database = await openTestDatabase();
  system = database.context();
  superuser = await connect(database.superUrl);
  app = await connect(database.appUrl);
  const versionId = await plantPlan();
  north = await plantTenant(versionId);
  south = await plantTenant(versionId);
});
afterAll(async () => {
  await Promise.all([superuser.end(), app.end()]);
  await database.close();
});

test("every table has a whole wall and an audit, or a reason to be without", async () => {
  expect(await tableFaults(superuser)).toEqual([]);
});

test.each([
  [
    "a table added without a wall or an audit",
    "create table planted (id text primary key, tenant_id text)",
    ["planted has no wall", "planted is not audited"],
  ],
  [
    "a wall that does not hold back the owner",
    "alter table members no force row level security",
    ["members has no wall"],
  ],
  ["a wall with a side missing", "drop policy deletes on members", ["members has no wall"]],
  [
    "an audit switched off",
    "alter table members disable trigger audit",
    ["members is not audited"],
  ],
])("%s fails that check", async (_what, sql, faults) => {
  await superuser.query("begin");
  try {
    await superuser.query(sql);
    expect(await tableFaults(superuser)).toEqual(faults);
  } finally {
    await superuser.query("rollback");
  }
});

test("every table with a tenant's column is planted here", async () => {
  const { rows } = await superuser.query<{ name: string }>(
    `select table_name as name from information_schema.columns
      where table_schema = 'public' and column_name = 'tenant_id' and not exists (
        select from pg_inherits where inhrelid = quote_ident(table_name)::regclass) order by 1`,
  );
  const named = rows.map(({ name }) => name).filter((name) => !platforms.includes(name));
  expect(tables.filter((table) => owned[table] === "tenant_id").sort()).toEqual(named);
});

test("what walls ask of a transaction lets a query run on every core", async () => {
  const { rows } = await superuser.query<{ name: string }>(
    `select p.oid::regprocedure::text as name from pg_proc p
      where p.pronamespace = 'app'::regnamespace and p.proparallel <> 's' and exists (
        select from pg_depend d where d.classid = 'pg_policy'::regclass
            and d.refclassid = 'pg_proc'::regclass and d.refobjid = p.oid)`,
  );
  expect(rows).toEqual([]);
  const plan = await asTenant("north", async (client) => {
    await client.query(`set local min_parallel_table_scan_size = 0; set local parallel_setup_cost = 0;
      set local parallel_tuple_cost = 0; set local enable_indexscan = off;
      set local enable_bitmapscan = off; set local enable_indexonlyscan = off;
      set local debug_parallel_query = on`);
    const asked = "select kind, count(*) from facts group by 1";
    const told = await client.query<{ "QUERY PLAN": string }>(`explain (analyze) ${asked}`);
    // What workers find is what is behind the same wall.
    const found = await client.query<{ of: string }>("select distinct tenant_id as of from facts");
    expect(found.rows.map((row) => row.of)).toEqual([idOf("north")]);
    return told.rows.map((row) => row["QUERY PLAN"]).join("\n");
  });
  expect(plan).toMatch(/Workers Launched: [1-9]/);
});

const sides = [
  ["north", "south"],
  ["south", "north"],
] as const;
const cases = tables.flatMap((table) => sides.map(([self, other]) => ({ table, self, other })));

test.each(cases)("$self reads only its own $table without a where", async (side) => {
  const seen = await asTenant(side.self, (client) => client.query(`select * from ${side.table}`));
  const whose = seen.rows.map((row) => row[owned[side.table]!]);
  expect(new Set(whose)).toEqual(new Set([idOf(side.self)]));
});

test.each(cases)("$self cannot insert into $table for $other", async ({ table, self, other }) => {
  const row = await planted(table, other);
  const insert = asTenant(self, (client) =>
    client.query(`insert into ${table} select * from jsonb_populate_record(null::${table}, $1)`, [
      row,
    ]),
  );
  await expect(insert).rejects.toMatchObject({ code: "42501" });
});

test.each(cases)("$self updates only its own $table without a where", async (side) => {
  const { table, self } = side;
  const column = owned[table];
  const update = asTenant(self, (client) =>
    client.query(`update ${table} set ${column} = ${column} returning ${column} as whose`),
  );
  if (readOnly.includes(table)) {
    await expect(update).rejects.toMatchObject({ code: "42501" });
    return;
  }
  const whose = (await update).rows.map((row) => row.whose);
  expect(new Set(whose)).toEqual(new Set([idOf(self)]));
});

test.each(cases)("$self cannot hand its $table over to $other", async ({ table, self, other }) => {
  const update = asTenant(self, (client) =>
    client.query(`update ${table} set ${owned[table]} = $1`, [idOf(other)]),
  );
  await expect(update).rejects.toMatchObject({ code: "42501" });
});

test.each(cases)("$self deletes only its own $table without a where", async (side) => {
  const { table, self } = side;
  const remove = asTenant(self, async (client) => {
    // Children first, so that only the wall decides.
    if (table === "tenants") for (const child of tables.slice(1, 7)) await wipe(client, child);
    if (table === "connect_holds") await wipe(client, "connect_appeals");
    return client.query(`delete from ${table} returning ${owned[table]} as whose`);
  });
  if (readOnly.includes(table)) {
    await expect(remove).rejects.toMatchObject({ code: "42501" });
    return;
  }
  const whose = (await remove).rows.map((row) => row.whose);
  expect(new Set(whose)).toEqual(new Set([idOf(self)]));
});

const personal = ["sessions", "identities", "tokens", "mails", "inbox_events"];

const wholes = ["inbox_events", "usage_events", "usage_uniques"];

test.each(wholes)("a partition of %s cannot be read past its wall", async (whole) => {
  const { rows } = await superuser.query<{ name: string }>(
    `select inhrelid::regclass::text as name from pg_inherits
      where inhparent = $1::regclass`,
    [whole],
  );
  expect(rows.length).toBeGreaterThan(3);
  for (const { name } of rows) {
    const read = asTenant("north", (client) => client.query(`select * from ${name}`));
    await expect(read).rejects.toMatchObject({ code: "42501" });
  }
});

test.each(platforms)("a tenant's member sees nothing of its own tenant in %s", async (table) => {
  const { rows } = await asTenant("north", (client) => client.query(`select * from ${table}`));
  expect(rows).toEqual([]);
  expect((await superuser.query(`select from ${table}`)).rowCount).toBeGreaterThan(0);
});

test.each(personal)("a tenant's member sees nothing of others in %s", async (table) => {
  const { rows } = await asTenant("north", (client) => client.query(`select * from ${table}`));
  const foreign = rows.filter((row) => row.user_id !== north.userId);
  expect(foreign).toEqual([]);
});

test("a member sees the people of the tenant and nobody else's", async () => {
  const { rows } = await asTenant("north", (client) => client.query("select id from users"));
  expect(rows.map(({ id }) => id)).toEqual([north.userId]);
});

test("a person outside a tenant sees only where they belong", async () => {
  const scope = { kind: "person", userId: north.userId } as const;
  const seen = await view({ ...system, scope }, (tx) => tx.tenant.findMany());
  expect(seen.map(({ id }) => id)).toEqual([north.tenantId]);
});

test.each(tables)("a request of nobody sees nothing in %s", async (table) => {
  for (const scope of ["", "public"]) {
    const { rows } = await inScope([["app.scope", scope]], (client) =>
      client.query(`select * from ${table}`),
    );
    expect(rows).toEqual([]);
  }
});

test("a tenant's scope without a tenant sees nothing", async () => {
  const { rows } = await inScope([["app.scope", "tenant"]], (client) =>
    client.query("select * from members"),
  );
  expect(rows).toEqual([]);
});

test("what one transaction was allowed does not linger on its connection", async () => {
  await asTenant("north", (client) => client.query("select 1"));
  expect((await app.query("select * from members")).rows).toEqual([]);
});

const idOf = (side: "north" | "south") => (side === "north" ? north : south).tenantId;

async function asTenant<T>(side: "north" | "south", run: (client: Client) => Promise<T>) {
  const { tenantId, userId } = side === "north" ? north : south;
  const settings: [string, string][] = [
    ["app.scope", "tenant"],
    ["app.tenant_id", tenantId],
    ["app.user_id", userId],
    ["app.action", "test.trespass"],
  ];
  return inScope(settings, run);
}

/** Runs as the app's role under these settings, and undoes all of it. */
async function inScope<T>(settings: [string, string][], run: (client: Client) => Promise<T>) {
  await app.query("begin");
  try {
    for (const setting of settings) await app.query("select set_config($1, $2, true)", setting);
    return await run(app);
  } finally {
    await app.query("rollback");
  }
}

async function wipe(client: Client, table: string): Promise<void> {
  if (!readOnly.includes(table)) await client.query(`delete from ${table}`);
}

/** The first row the table holds of one tenant, as a superuser sees it. */
async function planted(table: string, side: "north" | "south"): Promise<unknown> {
  const { rows } = await superuser.query(
    `select to_jsonb(t) as row from ${table} t where ${owned[table]} = $1 limit 1`,
    [idOf(side)],
  );
  expect(rows).toHaveLength(1);
  return rows[0].row;
}

async function connect(connectionString: string): Promise<Client> {
  const client = new Client({ connectionString, statement_timeout: 5_000 });
  await client.connect();
  return client;
}

async function plantPlan(): Promise<string> {
  const createdAt = new Date();
  const plan = { id: "plan_1", key: "pro", name: "Pro", description: "", position: 1, createdAt };
  const version = { id: "plv_1", planId: plan.id, number: 1, features: [], createdAt };
  await transact(system, "test.plant", async (tx) => {
    await tx.plan.create({ data: plan });
    await tx.planVersion.create({ data: { ...version, status: "published" } });
  });
  return version.id;
}

async function plantTenant(versionId: string): Promise<TenantContext> {
  const { owner } = await newOwner(system);
  const { tenantId, userId } = owner;
  const email = `${unique("guest")}@example.com`;
  await inviteMembers(owner, { invitations: [{ email, role: "member" }] });
  const at = new Date();
  const billed = { tenantId, versionId, currency: "usd", createdAt: at };
  await transact(system, "test.plant", async (tx) => {
    await tx.checkout.create({
      data: {
        ...{ ...billed, id: unique("chk"), interval: "month", seats: 1, status: "open" },
        ...{ createdById: userId, traceId: "" },
      },
    });
    const mirror = { ...{ tenantId, currency: "usd", createdAt: at, instant: at }, object: {} };
    await tx.subscription.create({
      data: { ...mirror, id: unique("sub"), status: "active", interval: "month" },
    });
    await tx.invoice.create({
      data: {
        ...{ ...mirror, id: unique("in"), status: "paid" },
        ...{ totalMinor: 1n, amountDueMinor: 1n, amountPaidMinor: 1n },
      },
    });
    await plantUsage(tx, tenantId);
    await plantMigrated(tx, tenantId);
    await plantAccount(tx, tenantId);
    await plantPayout(tx, tenantId);
    await plantDispute(tx, tenantId);
    await tx.billingSettings.create({ data: { tenantId, ccEmails: [], updatedAt: at } });
    await tx.moneyAct.create({
      data: {
        ...{ id: unique("act"), key: unique("key"), tenantId, kind: "void", status: "requested" },
        ...{ reason: "", request: {}, requestedById: userId, requestedAt: at },
      },
    });
    await tx.subscriptionChange.create({
      data: {
        ...{ id: unique("chg"), tenantId, subscriptionId: "sub_1", kind: "resume" },
        ...{ status: "applied", choice: {}, request: {}, traceId: "", createdAt: at },
      },
    });
    await tx.fact.create({
      data: { reference: unique("fact"), kind: "test", tenantId, objectId: "x", at, data: {} },
    });
  });
  await plantSale(tenantId);
  await plantWants(tenantId);
  await plantApiKey(tenantId);
  await plantWebhooks(tenantId);
  await plantMirrors(tenantId);
  await plantSeats(tenantId);
  return owner;
}

/** An account that takes payments, and how it came to. */
async function plantAccount(tx: Tx, tenantId: string): Promise<void> {
  const [accountId, at] = [unique("acct"), new Date()];
  await tx.connectedAccount.create({
    data: { tenantId, accountId, profile: "saas", status: "active", since: at },
  });
  await tx.$queryRaw`select app.post_entries(${[accountId]}, array[1], array[${at}::timestamptz],
    array[1, 1], array['equity:opening', 'stripe:balance'], array['usd', 'usd'],
    array[false, false], array['(1,planted,test.planted,,,,,,,)'::app.ledger_head],
    array['(1,0,1,"",2,"",1,)'::app.ledger_leg], ${at})`;
  await tx.connectTransition.create({
    data: {
      ...{ id: unique("ctr"), tenantId, from: "created", to: "active", event: "activate", at },
      ...{ cause: "", actor: "stripe" },
    },
  });
  const hold = await tx.connectHold.create({
    data: {
      ...{ id: unique("hld"), tenantId, payments: true, payouts: false, reason: "" },
      ...{ placedById: "usr_1", placedAt: at },
    },
  });
  const said = { text: "", madeAt: at, madeById: "usr_2" };
  await tx.connectAppeal.create({
    data: { id: unique("apl"), tenantId, holdId: hold.id, ...said },
  });
}

/** A payout somebody asked for, and what is in it. */
async function plantPayout(tx: Tx, tenantId: string): Promise<void> {
  const [account, payoutId, at] = [unique("acct"), unique("po"), new Date()];
  const of = { account, payoutId, tenantId, currency: "usd" };
  await tx.moneyMove.create({
    data: {
      ...{ id: unique("mov"), key: unique("key"), tenantId, kind: "payout", status: "requested" },
      ...{ accountId: account, request: {}, requestedById: "", requestedAt: at },
    },
  });
  await tx.payoutTrace.create({ data: { ...of, payoutMinor: 1n, beganAt: at } });
  await tx.payoutPart.create({
    data: {
      ...{ ...of, id: unique("txn"), type: "charge", category: "charge", createdAt: at },
      ...{ availableAt: at, amountMinor: 1n, feeMinor: 0n, stripeFeeMinor: 0n },
      ...{ applicationFeeMinor: 0n, netMinor: 1n },
    },
  });
}

/** A link, who paid at it, and what of that was given back. */
async function plantSale(tenantId: string): Promise<void> {
  const at = new Date();
  const of = { tenantId, kind: "direct" as const, currency: "usd", amountMinor: 100n };
  const [saleId, accountId] = [unique("ch"), unique("acct")];
  await transact(system, "test.plant", async (tx) => {
    const words = { name: "", token: unique("token"), createdById: "", createdAt: at };
    await tx.paymentLink.create({ data: { ...of, ...words, id: unique("plk"), status: "active" } });
    await tx.saleCheckout.create({
      data: {
        ...{ ...of, id: unique("sco"), linkId: "", accountId, status: "open", quantity: 1 },
        ...{ feeMinor: 0n, volumeMinor: 0n, createdAt: at, expiresAt: at },
      },
    });
    await tx.buyer.create({
      data: { id: unique("buy"), tenantId, email: "a@example.com", firstAt: at, lastAt: at },
    });
    await tx.sale.create({
      data: {
        ...{ ...of, id: saleId, account: accountId, accountId, status: "succeeded", why: [] },
        ...{ takenMinor: 0n, dueMinor: 0n, settling: "done", createdAt: at },
      },
    });
    await tx.saleRefund.create({
      data: {
        ...{ id: unique("srf"), key: unique("key"), tenantId, saleId, status: "requested" },
        ...{ amountMinor: 1n, currency: "usd", returnsFee: true, note: "", requestedById: "" },
        ...{ requestedAt: at, feeBackMinor: 0n },
      },
    });
  });
}

/** What wants a person of the platform. */
async function plantWants(tenantId: string): Promise<void> {
  const [id, at] = [unique("alr"), new Date()];
  const alert = { id, tenantId, reference: id, kind: "payout.failed", objectId: "po_1", data: {} };
  const check = { invoiceId: unique("in"), tenantId, currency: "usd", billedMinor: 100n };
  await transact(system, "test.plant", async (tx) => {
    await tx.alert.create({ data: { ...alert, raisedAt: at } });
    await tx.invoiceCheck.create({
      data: {
        ...{ ...check, verdict: "equal", expectedMinor: 100n, lines: [], sums: [], version: 1 },
        ...{ finalizedAt: at, checkedAt: at },
      },
    });
    await tx.reconciliationBreak.create({
      data: {
        ...{ id: unique("brk"), book: id, tenantId, check: "clearing", kind: "late" },
        ...{ reference: "po_1", status: "open", differenceMinor: 1n, cause: "no_arrival" },
        ...{ since: at, foundAt: at, seenAt: at, evidence: {} },
      },
    });
  });
}

async function plantMigrated(tx: Tx, tenantId: string): Promise<void> {
  const [id, version, createdAt] = [unique("plm"), unique("plv"), new Date()];
  const number = 2 + (await tx.planVersion.count());
  const draft = { id: version, planId: "plan_1", number, features: [], createdAt };
  await tx.planVersion.create({ data: { ...draft, status: "draft" } });
  await tx.planMigration.create({
    data: {
      ...{ id, fromVersionId: version, toVersionId: "plv_1", timing: "renewal", createdAt },
      ...{ status: "canceled", stagePercent: 0, createdById: "" },
    },
  });
  const subscriber = { migrationId: id, subscriptionId: unique("sub"), tenantId, position: 0 };
  await tx.migratedSubscriber.create({
    data: { ...subscriber, status: "pending", currency: "usd", interval: "month", usage: {} },
  });
}

async function plantApiKey(tenantId: string): Promise<void> {
  const [keyId, secretId, createdAt] = [unique("key"), unique("ksc"), new Date()];
  const ends = { start: "lsk_test_", end: "x", createdAt };
  await transact(system, "test.plant", async (tx) => {
    await tx.apiKey.create({
      data: { id: keyId, tenantId, name: "", scopes: [], createdById: "", createdAt },
    });
    await tx.apiKeySecret.create({ data: { ...ends, id: secretId, tenantId, keyId, hash: keyId } });
    await tx.apiKeyUse.create({ data: { secretId, tenantId, lastUsedAt: createdAt } });
  });
}

async function plantWebhooks(tenantId: string): Promise<void> {
  const [createdAt, endpointId, deliveryId] = [new Date(), unique("whe"), unique("msg")];
  const delivery = { id: deliveryId, tenantId, endpointId, reference: "x", data: {}, createdAt };
  await transact(system, "test.plant", async (tx) => {
    await tx.webhookEndpoint.create({
      data: { id: endpointId, tenantId, url: "", description: "", types: [], createdAt },
    });
    await tx.webhookSecret.create({
      data: { id: unique("whk"), tenantId, endpointId, sealed: "", createdAt },
    });
    await tx.webhookStanding.create({ data: { endpointId, tenantId } });
    await tx.webhookDelivery.create({
      data: { ...delivery, type: "invoice.paid", status: "delivered", occurredAt: createdAt },
    });
    await tx.webhookAttempt.create({
      data: { deliveryId, number: 1, tenantId, startedAt: createdAt, url: "", requestHeaders: {} },
    });
  });
}

async function plantSeats(tenantId: string): Promise<void> {
  const [at, poolId, subscriptionId] = [new Date(), unique("spl"), unique("sub")];
  await transact(system, "test.plant", async (tx) => {
    await tx.seatPool.create({
      data: { id: poolId, tenantId, subscriptionId, seats: 1, revision: 0, decidedAt: at },
    });
    await tx.seatSync.create({ data: { poolId, tenantId, stripeSeats: 1 } });
    const { id: memberId } = await tx.member.findFirstOrThrow({ where: { tenantId } });
    await tx.seatAssignment.create({
      data: { id: unique("sea"), tenantId, memberId, createdAt: at },
    });
    await tx.seatDrift.create({
      data: {
        ...{ id: unique("sdr"), tenantId, subscriptionId, seats: 1, stripeSeats: 2, why: "" },
        ...{ rule: "ask", status: "settled", foundAt: at },
      },
    });
    await tx.seatCharge.create({
      data: {
        ...{ id: unique("sch"), tenantId, poolId, subscriptionId, why: "missed", seats: 1 },
        ...{ startsAt: at, endsAt: at, amountMinor: 1n, currency: "usd", createdAt: at },
      },
    });
  });
}

/** A row of the tenant's in every mirror. */
async function plantMirrors(tenantId: string): Promise<void> {
  for (const table of mirrorTables) {
    const row = { account: "", id: unique("obj"), tenant_id: tenantId, object: {} };
    const rest = { instant: new Date(), is_deleted: false, subscription_id: "x", invoice_id: "x" };
    const inside = { transfer_id: "x", fee_id: "x" };
    await superuser.query(
      `insert into ${table} select * from jsonb_populate_record(null::${table}, $1)`,
      [{ ...rest, ...inside, ...row }],
    );
  }
}
