-- So many entries at once, and not postings: one posting may hold hundreds, and thousands of them
-- took longer than a transaction may.
CREATE OR REPLACE FUNCTION app.fold_ledger(most integer, at timestamptz) RETURNS integer LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp SET enable_hashjoin = off SET enable_mergejoin = off AS $$
#variable_conflict use_column
DECLARE
  taken bigint[];
  fold record;
  last record;
BEGIN
  IF NOT app.is_platform() THEN
    RAISE EXCEPTION 'only the platform folds the ledger' USING ERRCODE = '42501';
  END IF;
  IF NOT pg_try_advisory_xact_lock(20473, 0) THEN RETURN 0; END IF;
  WITH gone AS (
    DELETE FROM ledger_unfolded WHERE id IN (
      SELECT id FROM (SELECT u.id, sum(cardinality(u.entries)) OVER (ORDER BY u.id) - cardinality(u.entries) AS before
        FROM (SELECT * FROM ledger_unfolded ORDER BY id LIMIT most) u) first WHERE first.before < most) RETURNING entries
  ) SELECT array_agg(entry ORDER BY entry) INTO taken FROM gone CROSS JOIN LATERAL unnest(gone.entries) entry;
  IF taken IS NULL THEN RETURN 0; END IF;

  MERGE INTO ledger_balances kept USING (
    SELECT leg.account_id, leg.subject, sum(leg.minor) AS minor, min(m.effective_at) AS since
    FROM unnest(taken) entry JOIN ledger_moves m ON m.entry_id = entry
      CROSS JOIN LATERAL (VALUES (m.to_account, m.to_subject, m.minor::numeric), (m.from_account, m.from_subject, -m.minor::numeric))
        leg (account_id, subject, minor)
    GROUP BY 1, 2
  ) change ON kept.account_id = change.account_id AND kept.subject = change.subject
  WHEN MATCHED AND kept.subject <> '' AND kept.minor + change.minor = 0 THEN DELETE
  WHEN MATCHED THEN UPDATE SET minor = kept.minor + change.minor
  WHEN NOT MATCHED AND (change.minor <> 0 OR change.subject = '') THEN
    INSERT VALUES (change.account_id, change.subject, change.minor, change.since);

  INSERT INTO ledger_days AS kept (account_id, day, debit, credit)
    SELECT leg.account_id, (m.effective_at AT TIME ZONE 'UTC')::date, sum(leg.debit), sum(leg.credit)
    FROM unnest(taken) entry JOIN ledger_moves m ON m.entry_id = entry
      CROSS JOIN LATERAL (VALUES (m.to_account, m.minor::numeric, 0), (m.from_account, 0, m.minor::numeric)) leg (account_id, debit, credit)
    GROUP BY 1, 2
  ON CONFLICT (account_id, day) DO UPDATE SET debit = kept.debit + excluded.debit, credit = kept.credit + excluded.credit;

  INSERT INTO ledger_slices AS kept (account_id, day, about_tenant_id, plan, country, method, debit, credit)
    SELECT leg.account_id, (m.effective_at AT TIME ZONE 'UTC')::date, coalesce(e.about_tenant_id, ''), coalesce(m.plan, ''),
      coalesce(e.country, ''), coalesce(e.method, ''), sum(leg.debit), sum(leg.credit)
    FROM unnest(taken) entry JOIN ledger_entries e ON e.id = entry JOIN ledger_moves m ON m.entry_id = entry
      CROSS JOIN LATERAL (VALUES (m.to_account, m.minor::numeric, 0), (m.from_account, 0, m.minor::numeric)) leg (account_id, debit, credit)
      JOIN ledger_accounts a ON a.id = leg.account_id
      JOIN ledger_chart c ON c.code = a.code AND c.kind IN ('income', 'contra', 'expense')
    GROUP BY 1, 2, 3, 4, 5, 6
  ON CONFLICT (account_id, day, about_tenant_id, plan, country, method) DO UPDATE
    SET debit = kept.debit + excluded.debit, credit = kept.credit + excluded.credit;

  FOR fold IN SELECT e.book_id, range_agg(int8range(e.id, e.id + 1)) AS entries
    FROM unnest(taken) entry JOIN ledger_entries e ON e.id = entry GROUP BY e.book_id ORDER BY e.book_id
  LOOP
    SELECT s.number, s.digest INTO last FROM ledger_seals s WHERE s.book_id = fold.book_id ORDER BY s.number DESC LIMIT 1;
    INSERT INTO ledger_seals (book_id, number, entries, digest, sealed_at) VALUES (fold.book_id, coalesce(last.number, 0) + 1,
      fold.entries, app.ledger_digest(coalesce(last.digest, ''), fold.entries), at);
  END LOOP;
  RETURN cardinality(taken);
END $$;
