import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Prisma } from "#lib/db/generated/client";
import { view } from "#lib/db/transaction";
import { edges } from "#lib/trace/edges";
import { readByIndexes, statementOf } from "#lib/trace/follow";
import { nodeKindNames } from "#lib/trace/node";
import { keysAsRows, nodesOf } from "#lib/trace/read-nodes";
import { openTestDatabase, type TestDatabase } from "#tests/support/database";

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
  const client = new Client({ connectionString: database.superUrl });
  await client.connect();
  await client.query("set session_replication_role = replica");
  await client.query(planted);
  await client.end();
}, 60_000);
afterAll(() => database.close());

const mirror = (table: string, columns: string, values: string) => `
  insert into ${table} (account, id, created_at, instant, object, ${columns})
    select '', '${table}_' || n, now(), now(), '{}', ${values} from generate_series(1, 3000) n;
  analyze ${table};`;
const part = (table: string, columns: string, values: string) => `
  insert into ${table} (account, id, object, ${columns})
    select '', '${table}_' || n, '{}', ${values} from generate_series(1, 3000) n;
  analyze ${table};`;

/** A few thousand of everything, each of a thing of its own. */
const planted = [
  mirror("stripe_invoices", "status", "'paid'"),
  mirror("stripe_credit_notes", "invoice_id", "'i' || n"),
  mirror(
    "stripe_invoice_payments",
    "invoice_id, payment_intent_id, charge_id",
    "'i' || n, 'pi' || n, 'ch' || n",
  ),
  mirror("stripe_payment_intents", "status", "'succeeded'"),
  mirror("stripe_charges", "payment_intent_id", "'pi' || n"),
  mirror("stripe_refunds", "charge_id, payment_intent_id", "'ch' || n, 'pi' || n"),
  mirror("stripe_disputes", "charge_id", "'ch' || n"),
  mirror("stripe_application_fees", "charge_id, payer", "'ch' || n, 'acct' || n"),
  mirror("stripe_transfers", "source_transaction_id, destination", "'ch' || n, 'acct' || n"),
  mirror("stripe_balance_transactions", "source_id, type", "'ch' || n, 'charge'"),
  mirror("stripe_payouts", "bank_reference", "'bank' || n"),
  part(
    "stripe_invoice_lines",
    "tenant_id, invoice_id, price_id, period_start_at, period_end_at",
    "'t' || n % 20, 'i' || n, 'price' || n % 50, now() - interval '30 days', now()",
  ),
  part("stripe_fee_refunds", "fee_id", "'fee' || n"),
  part("stripe_transfer_reversals", "transfer_id, refund_id", "'tr' || n, 're' || n"),
  `insert into payout_parts (account, id, payout_id, type, category, currency, amount_minor,
      fee_minor, stripe_fee_minor, application_fee_minor, net_minor, created_at, available_at)
    select '', 'txn' || n, 'po' || n, 'charge', 'charge', 'usd', 1, 0, 0, 0, 1, now(), now()
    from generate_series(1, 3000) n; analyze payout_parts;
  insert into usage_events (tenant_id, key, at, meter_key, value, received_at)
    select 't' || n % 20, 'k' || n, now() - n * interval '1 minute', 'calls', 1, now()
    from generate_series(1, 6000) n; analyze usage_events;
  insert into usage_flushes (id, tenant_id, meter_key, starts_at, ends_at, value, stamped_at,
      created_at, sent_at)
    select 'f' || n, 't' || n % 20, 'calls', date_trunc('hour', now()) - n * interval '1 hour',
      date_trunc('hour', now()) - (n - 1) * interval '1 hour', 1, now(), now(), now()
    from generate_series(1, 3000) n; analyze usage_flushes;
  insert into usage_adjustments (id, tenant_id, meter_key, component_key, invoice_id, why,
      amount_minor, currency, billed, counted, period_start_at, period_end_at, created_at)
    select 'a' || n, 't' || n, 'calls', 'calls', 'i' || n, 'late', 1, 'usd', 1, 1, now(), now(),
      now() from generate_series(1, 3000) n; analyze usage_adjustments;
  insert into ledger_entries (book_id, reference, kind, effective_at, posted_at, object_id)
    select 1, 'r' || n, 'k', now(), now(), 'ch' || n from generate_series(1, 3000) n;
  analyze ledger_entries;
  insert into ledger_moves (entry_id, position, from_account, to_account, from_subject, to_subject,
      minor, effective_at) select id, 0, 1, 2, '', '', 1, now() from ledger_entries;
  analyze ledger_moves;`,
].join("\n");

/** The large tables. What is small, like prices and books, may be read whole. */
const large = [
  ...[...planted.matchAll(/insert into (\w+)/g)].map(([, table]) => table!),
  "usage_events_",
];

type Plan = {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Cond"?: string;
  Plans?: Plan[];
};

/** The large tables that the database would read whole, as the platform's people ask. */
async function readWhole(sql: Prisma.Sql): Promise<string[]> {
  const admin = { kind: "platform", userId: "usr_none" } as const;
  const ctx = { ...database.context(), scope: admin };
  const rows = await view(ctx, async (tx) => {
    await readByIndexes(tx);
    return tx.$queryRaw<{ "QUERY PLAN": [{ Plan: Plan }] }[]>`explain (format json) ${sql}`;
  });
  const walk = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(walk)];
  return walk(rows[0]!["QUERY PLAN"][0].Plan)
    .filter((plan) => /^(Seq|Index( Only)?) Scan$/.test(plan["Node Type"]) && !plan["Index Cond"])
    .flatMap(({ "Relation Name": table = "" }) => table)
    .filter((table) => large.some((one) => table.startsWith(one)));
}

const key = { scope: "", id: "1" };

test.each(edges.map((edge) => [edge.name, edge] as const))(
  "%s is walked by an index both ways",
  async (_name, edge) => {
    for (const way of ["forward", "backward"] as const) {
      const led = statementOf(edge, way);
      if (!led) continue;
      const one = Prisma.sql`select led.* from (${keysAsRows([key])}) w
        cross join lateral (${led}) led`;
      expect(await readWhole(one), way).toEqual([]);
    }
  },
);

test("whatever is found is read by its key", async () => {
  for (const kind of nodeKindNames) {
    expect(await readWhole(nodesOf({}, kind, keysAsRows([key]))), kind).toEqual([]);
  }
});
