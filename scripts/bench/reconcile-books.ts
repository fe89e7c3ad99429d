import { query } from "#scripts/bench/stage";

/** How many balance transactions the bench compares; BENCH_ROWS says less for a look. */
export const benchRows = Number(process.env.BENCH_ROWS ?? 1_000_000);
export const benchBook = "platform";

const secondsApart = 30;

/**
 * A book as feeding leaves it: balance transactions of a year, each with an entry of two moves, and
 * nothing that differs. The ids are not in the order of time, as Stripe's are not.
 */
export async function plantBooks(superUrl: string): Promise<void> {
  const began = `'2026-01-01T00:00:00Z'::timestamptz + n * interval '${secondsApart} seconds'`;
  const id = "'txn_' || md5(n::text)";
  await query(
    superUrl,
    `set session_replication_role = replica;
     insert into ledger_accounts (book_id, code, currency, is_kept)
       select b.id, c.code, 'usd', c.kept from ledger_books b, (values ('stripe:balance', false),
         ('stripe:clearing', true), ('expense:processing', false)) c (code, kept)
       where b.key = '${benchBook}';
     insert into stripe_balance_transactions (account, id, created_at, instant, type, source_id,
         status, currency, amount_minor, fee_minor, net_minor, object)
       select '', ${id}, ${began}, now(), 'charge', 'ch_' || md5(n::text), 'available', 'usd',
         1000 + n % 90000, 30 + n % 2000, 970 + n % 90000 - n % 2000, '{}'
       from generate_series(1, ${benchRows}) n;
     insert into ledger_entries (id, book_id, reference, kind, effective_at, posted_at, object_id)
       select n, b.id, 'bt:' || ${id}, 'settled.charge', ${began}, now(), ${id}
       from generate_series(1, ${benchRows}) n, ledger_books b where b.key = '${benchBook}';
     insert into ledger_moves (entry_id, position, from_account, to_account, from_subject,
         to_subject, minor, effective_at)
       select n, part.position, clearing.id, part.account, 'ch_' || md5(n::text), '', part.minor,
         ${began}
       from generate_series(1, ${benchRows}) n,
         (select id from ledger_accounts where code = 'stripe:clearing') clearing,
         (select id from ledger_accounts where code = 'stripe:balance') balance,
         (select id from ledger_accounts where code = 'expense:processing') processing,
         lateral (values (0, balance.id, 970 + n % 90000 - n % 2000),
           (1, processing.id, 30 + n % 2000)) part (position, account, minor)
       where part.minor > 0;
     delete from reconciliation_marks;`,
  );
  await query(superUrl, "vacuum analyze stripe_balance_transactions");
  await query(superUrl, "vacuum analyze ledger_entries");
  await query(superUrl, "vacuum analyze ledger_moves");
}

/**
 * The least that could say it: every row of Stripe's joined once with what its entry moved into the
 * balance and into fees, nothing kept, nothing explained.
 */
export const bareJoin = `
  select count(*) filter (where t.id is null or p.id is null or t.net_minor <> p.net
    or t.fee_minor <> p.fee) as differing, count(*) as compared
  from (select id, net_minor, fee_minor from stripe_balance_transactions where account = '') t
  full join (
    select substr(e.reference, 4) as id,
      sum(m.minor) filter (where a.code = 'stripe:balance') as net,
      coalesce(sum(m.minor) filter (where a.code = 'expense:processing'), 0) as fee
    from ledger_entries e join ledger_moves m on m.entry_id = e.id
      join ledger_accounts a on a.id = m.to_account
    where e.book_id = (select id from ledger_books where key = '${benchBook}')
    group by e.id, e.reference
  ) p on p.id = t.id`;

/** One per cent of the year changed: its last days, as it is with money. */
export async function touchNewest(superUrl: string): Promise<void> {
  const from = benchRows - Math.floor(benchRows / 100);
  await query(
    superUrl,
    `delete from reconciliation_marks;
     insert into reconciliation_marks (book, reference, is_new, at)
       select '${benchBook}', id, false, created_at from stripe_balance_transactions
       where created_at >= '2026-01-01T00:00:00Z'::timestamptz
         + ${from + 1} * interval '${secondsApart} seconds'`,
  );
}
