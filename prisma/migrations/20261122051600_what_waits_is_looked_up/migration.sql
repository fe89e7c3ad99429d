-- Moves that wait to be folded are looked up by their keys. The table that lists them is emptied as
-- fast as it is filled: where it was full when it was last analysed, the planner read every move
-- there is for each page of statements.
CREATE OR REPLACE FUNCTION app.ledger_totals(book integer, before timestamptz)
RETURNS TABLE (account_id integer, code text, currency text, minor numeric) LANGUAGE sql STABLE
SET search_path = public, pg_temp AS $$
  WITH own AS (SELECT a.id, a.code, a.currency FROM ledger_accounts a WHERE a.book_id = book),
  cut AS (SELECT date_trunc('day', before, 'UTC') AS at),
  part AS (
    SELECT d.account_id, d.debit - d.credit AS minor FROM own JOIN ledger_days d ON d.account_id = own.id
      WHERE before IS NULL OR d.day < (before AT TIME ZONE 'UTC')::date
    UNION ALL
    SELECT m.to_account, m.minor::numeric FROM own JOIN ledger_moves m ON m.to_account = own.id
      WHERE m.effective_at >= (SELECT at FROM cut) AND m.effective_at < before
    UNION ALL
    SELECT m.from_account, -m.minor::numeric FROM own JOIN ledger_moves m ON m.from_account = own.id
      WHERE m.effective_at >= (SELECT at FROM cut) AND m.effective_at < before
    UNION ALL
    SELECT leg.account_id, leg.minor FROM ledger_unfolded u CROSS JOIN LATERAL unnest(u.entries) entry
      CROSS JOIN LATERAL (SELECT * FROM ledger_moves w WHERE w.entry_id = entry OFFSET 0) m
      CROSS JOIN LATERAL (VALUES (m.to_account, m.minor::numeric), (m.from_account, -m.minor::numeric)) leg (account_id, minor)
      WHERE u.book_id = book AND (before IS NULL OR m.effective_at < (SELECT at FROM cut))
  )
  SELECT own.id, own.code, own.currency, coalesce(sum(part.minor), 0) FROM own LEFT JOIN part ON part.account_id = own.id
  GROUP BY own.id, own.code, own.currency
$$;
