import pg from "pg";
import { query, type Stage } from "#scripts/bench/stage";

/** How many entries the one account has; BENCH_ROWS=10000000 is the whole of it. */
export const benchRows = Number(process.env.BENCH_ROWS ?? 1_000_000);
export const large = { tenantId: "ten_large", book: "acct_large" };
export const small = { tenantId: "ten_small", book: "acct_small" };

/** Payments at the year's end whose balance transactions have not come. */
const open = 50;
export const payments = Math.floor((benchRows + open) / 2);
export const settled = payments - open;
const days = 365;
const began = "2025-11-20T00:00:00Z";
const chunk = 250_000;

/** When a payment was made, of `n` as SQL has it or as we do. */
const at = `'${began}'::timestamptz
  + date_trunc('milliseconds', n * interval '${(days * 86_400) / payments} seconds')`;
export const instantOf = (n: number) =>
  new Date(Date.parse(began) + (n * days * 86_400_000) / payments);

const tables = ["ledger_entries", "ledger_moves", "stripe_balance_transactions"];

/**
 * A tenant with an account of so many entries of two moves each: every payment's own, and that of
 * its balance transaction, over a year; and one with nothing. Then what a fold keeps of them: a
 * count of the ledger's finds nothing that is not as it would have written it.
 */
export async function plantAccount({ superUrl }: Stage): Promise<void> {
  const client = new pg.Client({ connectionString: superUrl });
  await client.connect();
  const run = (sql: string) => client.query(sql);
  try {
    await run(`set session_replication_role = replica; set synchronous_commit = off;
      set maintenance_work_mem = '1GB'`);
    await run(owners);
    const { rows } = await client.query<{ name: string; definition: string }>(
      `select c.oid::regclass::text as name, pg_get_indexdef(c.oid) as definition
       from pg_index i join pg_class c on c.oid = i.indexrelid
       where not i.indisprimary and i.indrelid = any($1::regclass[])`,
      [tables],
    );
    for (const { name } of rows) await run(`drop index ${name}`);
    for (let from = 0; from < payments; from += chunk) {
      await run(rowsOf(from + 1, Math.min(from + chunk, payments)));
    }
    await run(`select setval('ledger_entries_id_seq', (select max(id) from ledger_entries))`);
    for (const { definition } of rows) await run(definition);
    for (const sql of fold) await run(sql);
  } finally {
    await client.end();
  }
  for (const table of tables) await query(superUrl, `vacuum analyze ${table}`);
}

const owners = `
  insert into tenants (id, slug, name, country, created_at) values
    ('${large.tenantId}', 'large', 'Large', 'US', now()),
    ('${small.tenantId}', 'small', 'Small', 'US', now());
  insert into connected_accounts (tenant_id, account_id, profile, status, since) values
    ('${large.tenantId}', '${large.book}', 'saas', 'active', now()),
    ('${small.tenantId}', '${small.book}', 'saas', 'active', now());
  insert into ledger_books (key, tenant_id, opened_at) values
    ('${large.book}', '${large.tenantId}', '${began}');
  insert into ledger_accounts (book_id, code, currency, is_kept)
    select b.id, c.code, 'usd', c.kept_by is not null from ledger_books b, ledger_chart c
    where b.key = '${large.book}' and c.code in ('revenue:sales', 'tax', 'stripe:clearing',
      'stripe:balance', 'expense:processing');
  create function bench_account(which text) returns integer language sql immutable as $$
    select a.id from ledger_accounts a join ledger_books b on b.id = a.book_id
    where b.key = '${large.book}' and a.code = which $$;
  create function bench_book() returns integer language sql immutable as $$
    select id from ledger_books where key = '${large.book}' $$;`;

/** Payments `from` to `to`, each with the entries and the balance transaction that are known. */
function rowsOf(from: number, to: number): string {
  const series = `generate_series(${from}::bigint, ${to}::bigint) n`;
  const settledOnes = `generate_series(${from}::bigint, ${Math.min(to, settled)}::bigint) n`;
  const charge = `case when n <= ${settled} then 2 * n - 1 else ${settled} + n end`;
  const about = `'${large.tenantId}', 'cus_' || n % 100000, 'pi_' || n,
    (array['US','DE','FR','CH','GB','JP'])[1 + n % 6],
    (array['card','link','sepa_debit'])[1 + n % 3]`;
  const columns = `(id, book_id, reference, kind, effective_at, posted_at, about_tenant_id,
    customer_id, payment_id, country, method, object_id)`;
  const legs = `(entry_id, position, from_account, to_account, from_subject, to_subject, minor,
    effective_at, plan)`;
  return `
    insert into ledger_entries ${columns}
      select ${charge}, bench_book(), 'charge:ch_' || n, 'charge.succeeded', ${at}, ${at}, ${about},
        'ch_' || n from ${series}
      union all
      select 2 * n, bench_book(), 'bt:txn_' || n, 'settled.charge', ${at}, ${at}, ${about},
        'txn_' || n from ${settledOnes} order by 1;
    insert into ledger_moves ${legs}
      select ${charge}, part.position, part.giver, bench_account('stripe:clearing'), '', 'ch_' || n,
        part.minor, ${at}, part.plan from ${series}, lateral (values
          (0, bench_account('revenue:sales'), 900 + n % 90000, 'plan_' || n % 10),
          (1, bench_account('tax'), 100, null)) part (position, giver, minor, plan)
      union all
      select 2 * n, part.position, bench_account('stripe:clearing'), part.taker,
        'ch_' || n, '', part.minor, ${at}, null from ${settledOnes}, lateral (values
          (0, bench_account('stripe:balance'), 970 + n % 90000 - n % 2000),
          (1, bench_account('expense:processing'), 30 + n % 2000)) part (position, taker, minor)
      order by 1, 2;
    insert into stripe_balance_transactions (account, id, tenant_id, created_at, instant, type,
        source_id, status, currency, amount_minor, fee_minor, net_minor, object)
      select '${large.book}', 'txn_' || n, '${large.tenantId}', ${at}, ${at}, 'charge', 'ch_' || n,
        'available', 'usd', 1000 + n % 90000, 30 + n % 2000, 970 + n % 90000 - n % 2000, '{}'
      from ${settledOnes}`;
}

const legs = `cross join lateral (values (m.to_account, m.to_subject, m.minor, 0::bigint),
  (m.from_account, m.from_subject, 0, m.minor)) leg (account_id, subject, debit, credit)`;
const day = "(m.effective_at at time zone 'UTC')::date";

/** The sums and seals that folding so many entries, some thousands at a time, leaves. */
const fold = [
  "analyze ledger_entries",
  "analyze ledger_moves",
  "set work_mem = '512MB'",
  `insert into ledger_balances (account_id, subject, minor, since)
     select leg.account_id, leg.subject, sum(leg.debit - leg.credit), min(m.effective_at)
     from ledger_moves m ${legs} group by 1, 2
     having sum(leg.debit - leg.credit) <> 0 or leg.subject = ''`,
  `insert into ledger_days (account_id, day, debit, credit)
     select leg.account_id, ${day}, sum(leg.debit), sum(leg.credit)
     from ledger_moves m ${legs} group by 1, 2`,
  `insert into ledger_slices (account_id, day, about_tenant_id, plan, country, method, debit,
       credit)
     select leg.account_id, ${day}, e.about_tenant_id, coalesce(m.plan, ''), e.country, e.method,
       sum(leg.debit), sum(leg.credit)
     from ledger_moves m join ledger_entries e on e.id = m.entry_id ${legs}
     where leg.account_id in (bench_account('revenue:sales'), bench_account('expense:processing'))
     group by 1, 2, 3, 4, 5, 6`,
  `do $$
   declare
     sealed int8multirange;
     number integer := 0;
     last bytea := '';
   begin
     for batch in 0 .. (select (max(id) - 1) / 5000 from ledger_entries) loop
       sealed := int8multirange(int8range(batch * 5000 + 1,
         least(batch * 5000 + 5000, (select max(id) from ledger_entries)) + 1));
       number := number + 1;
       last := app.ledger_digest(last, sealed);
       insert into ledger_seals values (bench_book(), number, sealed, last, now());
     end loop;
   end $$`,
];
