import { query } from "#scripts/bench/stage";

/** How many settled payments a month has; BENCH_ROWS says less for a look. */
export const benchRows = Number(process.env.BENCH_ROWS ?? 1_000_000);
const tenants = 500;

/**
 * A month of destination charges as feeding leaves them: each with its own entry and that of its
 * balance transaction, folded by day. Every hundredth was settled before its charge was known, so
 * that its entry leaves it to the charge's to say who paid.
 */
export async function plantPayments(superUrl: string): Promise<void> {
  const at = `now() - n * interval '${(29 * 86_400) / benchRows} seconds'`;
  const tenant = `'ten_' || n % ${tenants}`;
  const country = "(array['US','DE','FR','CH','GB','JP'])[1 + n % 6]";
  const method = "(array['card','link','sepa_debit'])[1 + n % 3]";
  const from = `generate_series(1, ${benchRows}) n, ledger_books b where b.key = 'platform'`;
  await query(
    superUrl,
    `set session_replication_role = replica;
     insert into tenants (id, slug, name, country, created_at)
       select 'ten_' || n, 'tenant-' || n, 'Tenant ' || n, 'US', now()
       from generate_series(0, ${tenants - 1}) n;
     insert into ledger_accounts (book_id, code, currency, is_kept)
       select b.id, c.code, 'usd', c.kept from ledger_books b, (values ('stripe:clearing', true),
         ('payable', true), ('revenue:application_fees', false), ('expense:processing', false))
         c (code, kept) where b.key = 'platform';
     insert into ledger_entries (id, book_id, reference, kind, effective_at, posted_at,
         about_tenant_id, payment_id, country, method, object_id)
       select n, b.id, 'charge:ch_' || n, 'charge.passed_on', ${at}, now(), ${tenant}, 'pi_' || n,
         ${country}, ${method}, 'ch_' || n from ${from};
     insert into ledger_entries (id, book_id, reference, kind, effective_at, posted_at,
         about_tenant_id, payment_id, country, method, object_id)
       select ${benchRows} + n, b.id, 'bt:txn_' || n, 'settled.charge', ${at}, now(),
         case when n % 100 > 0 then ${tenant} end, 'ch_' || n,
         case when n % 100 > 0 then ${country} end, case when n % 100 > 0 then ${method} end,
         'txn_' || n from ${from};
     insert into ledger_moves (entry_id, position, from_account, to_account, from_subject,
         to_subject, minor, effective_at)
       select n, 0, fees.id, payable.id, '', ${tenant}, 100 + n % 900, ${at}
       from generate_series(1, ${benchRows}) n,
         (select id from ledger_accounts where code = 'revenue:application_fees') fees,
         (select id from ledger_accounts where code = 'payable') payable;
     insert into ledger_moves (entry_id, position, from_account, to_account, from_subject,
         to_subject, minor, effective_at)
       select ${benchRows} + n, 0, clearing.id, costs.id, 'ch_' || n, '', 30 + n % 300, ${at}
       from generate_series(1, ${benchRows}) n,
         (select id from ledger_accounts where code = 'stripe:clearing') clearing,
         (select id from ledger_accounts where code = 'expense:processing') costs;
     ${foldByDay}`,
  );
  for (const table of ["ledger_entries", "ledger_moves", "ledger_slices"]) {
    await query(superUrl, `vacuum analyze ${table}`);
  }
}

/** The sums of whole days, as a fold writes them. */
export const foldByDay = `
  delete from ledger_slices;
  insert into ledger_slices (account_id, day, about_tenant_id, plan, country, method, debit, credit)
    select leg.account, (m.effective_at at time zone 'UTC')::date, coalesce(e.about_tenant_id, ''),
      coalesce(m.plan, ''), coalesce(e.country, ''), coalesce(e.method, ''), sum(leg.debit),
      sum(leg.credit)
    from ledger_moves m join ledger_entries e on e.id = m.entry_id
      cross join lateral (values (m.from_account, 0, m.minor), (m.to_account, m.minor, 0))
        leg (account, debit, credit) group by 1, 2, 3, 4, 5, 6;`;
