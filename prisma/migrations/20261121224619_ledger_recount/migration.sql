-- Kept balances are sums of moves. Where one of the two was changed past every wall, they are worked
-- out anew from the moves, so that what is posted again is not counted twice. Nobody posts to the book
-- and nothing is folded meanwhile. When what is open began stays as it was known.
CREATE FUNCTION app.recount_ledger(which text) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  book integer;
BEGIN
  IF NOT app.is_platform() THEN
    RAISE EXCEPTION 'only the platform recounts a book' USING ERRCODE = '42501';
  END IF;
  PERFORM app.hold_book(which, true);
  PERFORM pg_advisory_xact_lock(20473, 0);
  SELECT id INTO book FROM ledger_books WHERE key = which;
  IF book IS NULL THEN RAISE EXCEPTION 'there is no book %', which USING ERRCODE = 'LG001'; END IF;

  CREATE TEMPORARY TABLE recounted ON COMMIT DROP AS
    SELECT leg.account_id, leg.subject, m.effective_at, m.entry_id, m.plan, leg.debit, leg.credit
    FROM ledger_moves m
      CROSS JOIN LATERAL (VALUES (m.to_account, m.to_subject, m.minor::numeric, 0::numeric),
        (m.from_account, m.from_subject, 0, m.minor::numeric)) leg (account_id, subject, debit, credit)
    WHERE leg.account_id IN (SELECT a.id FROM ledger_accounts a WHERE a.book_id = book)
      AND m.entry_id NOT IN (SELECT unnest(u.entries) FROM ledger_unfolded u WHERE u.book_id = book);

  MERGE INTO ledger_balances kept USING (
    SELECT account_id, subject, sum(debit - credit) AS minor, min(effective_at) AS since
    FROM recounted GROUP BY 1, 2
  ) moved ON kept.account_id = moved.account_id AND kept.subject = moved.subject
  WHEN MATCHED AND kept.subject <> '' AND moved.minor = 0 THEN DELETE
  WHEN MATCHED AND kept.minor <> moved.minor THEN UPDATE SET minor = moved.minor
  WHEN NOT MATCHED AND (moved.minor <> 0 OR moved.subject = '') THEN
    INSERT VALUES (moved.account_id, moved.subject, moved.minor, moved.since);
  DELETE FROM ledger_balances kept
    WHERE kept.account_id IN (SELECT a.id FROM ledger_accounts a WHERE a.book_id = book)
      AND NOT EXISTS (SELECT FROM recounted r WHERE r.account_id = kept.account_id AND r.subject = kept.subject);

  DELETE FROM ledger_days WHERE account_id IN (SELECT a.id FROM ledger_accounts a WHERE a.book_id = book);
  INSERT INTO ledger_days (account_id, day, debit, credit)
    SELECT account_id, (effective_at AT TIME ZONE 'UTC')::date, sum(debit), sum(credit)
    FROM recounted GROUP BY 1, 2;

  DELETE FROM ledger_slices WHERE account_id IN (SELECT a.id FROM ledger_accounts a WHERE a.book_id = book);
  INSERT INTO ledger_slices (account_id, day, about_tenant_id, plan, country, method, debit, credit)
    SELECT r.account_id, (r.effective_at AT TIME ZONE 'UTC')::date, coalesce(e.about_tenant_id, ''),
      coalesce(r.plan, ''), coalesce(e.country, ''), coalesce(e.method, ''), sum(r.debit), sum(r.credit)
    FROM recounted r JOIN ledger_entries e ON e.id = r.entry_id
      JOIN ledger_accounts a ON a.id = r.account_id
      JOIN ledger_chart c ON c.code = a.code AND c.kind IN ('income', 'contra', 'expense')
    GROUP BY 1, 2, 3, 4, 5, 6;
  DROP TABLE recounted;
END $$;
REVOKE EXECUTE ON FUNCTION app.recount_ledger(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.recount_ledger(text) TO lockstep_app;
