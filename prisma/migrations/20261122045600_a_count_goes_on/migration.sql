-- A book of any length is worked out anew piece by piece, seal by seal, so that whoever is cut off
-- goes on where it was. A seal says exactly which entries it holds, so what a count has come to is
-- true of its last seal, whatever is posted meanwhile. At its end it is held against what is kept,
-- and while that is so nothing is folded; nobody who posts waits.

-- CreateTable
CREATE TABLE "ledger_counts" (
    "book_id" INTEGER NOT NULL,
    "begun_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "seal" INTEGER NOT NULL DEFAULT 0,
    "entries" BIGINT NOT NULL DEFAULT 0,
    "moves" BIGINT NOT NULL DEFAULT 0,
    "faults" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "ledger_counts_pkey" PRIMARY KEY ("book_id")
);

-- CreateTable
CREATE TABLE "ledger_counted_balances" (
    "account_id" INTEGER NOT NULL,
    "subject" TEXT NOT NULL,
    "minor" DECIMAL(38,0) NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ledger_counted_balances_pkey" PRIMARY KEY ("account_id","subject")
);

-- CreateTable
CREATE TABLE "ledger_counted_slices" (
    "account_id" INTEGER NOT NULL,
    "day" DATE NOT NULL,
    "about_tenant_id" TEXT NOT NULL,
    "plan" TEXT NOT NULL,
    "country" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "debit" DECIMAL(38,0) NOT NULL,
    "credit" DECIMAL(38,0) NOT NULL,

    CONSTRAINT "ledger_counted_slices_pkey" PRIMARY KEY ("account_id","day","about_tenant_id","plan","country","method")
);

-- Written again and again until the count ends: rows stay on their page.
ALTER TABLE ledger_counted_balances SET (fillfactor = 70);
ALTER TABLE ledger_counted_slices SET (fillfactor = 70);
DO $$
DECLARE
  target text;
BEGIN
  FOREACH target IN ARRAY ARRAY['ledger_counts', 'ledger_counted_balances', 'ledger_counted_slices'] LOOP
    CALL app.wall(target, '(SELECT app.is_platform())', 'false');
    EXECUTE format('CREATE POLICY writer ON %I TO CURRENT_USER USING (true) WITH CHECK (true)', target);
  END LOOP;
END $$;
REVOKE INSERT, UPDATE, DELETE ON ledger_counts, ledger_counted_balances, ledger_counted_slices FROM lockstep_app;

-- Forgets what was counted of accounts.
CREATE FUNCTION app.forget_count(own integer[]) RETURNS void LANGUAGE sql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DELETE FROM ledger_counted_balances WHERE account_id = ANY (own);
  DELETE FROM ledger_counted_slices WHERE account_id = ANY (own);
$$;

-- Adds the moves of entries to what was counted of accounts. Of those that neither earn nor spend a
-- day is one slice. Answers how many moves went into them.
CREATE FUNCTION app.count_moves(own integer[], taken int8multirange) RETURNS bigint LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp SET enable_hashjoin = off SET enable_mergejoin = off AS $$
#variable_conflict use_column
DECLARE
  sliced integer[] := ARRAY(SELECT a.id FROM ledger_accounts a JOIN ledger_chart c ON c.code = a.code
    WHERE a.id = ANY (own) AND c.kind IN ('income', 'contra', 'expense'));
  counted bigint;
BEGIN
  MERGE INTO ledger_counted_balances kept USING (
    SELECT leg.account_id, leg.subject, sum(leg.minor) AS minor, min(m.effective_at) AS since
    FROM unnest(taken) span CROSS JOIN LATERAL (
        SELECT * FROM ledger_moves WHERE entry_id >= lower(span) AND entry_id < upper(span) OFFSET 0) m
      CROSS JOIN LATERAL (VALUES (m.to_account, m.to_subject, m.minor::bigint), (m.from_account, m.from_subject, -m.minor::bigint))
        leg (account_id, subject, minor)
    WHERE leg.account_id = ANY (own) GROUP BY 1, 2
  ) change ON kept.account_id = change.account_id AND kept.subject = change.subject
  WHEN MATCHED AND kept.subject <> '' AND kept.minor + change.minor = 0 THEN DELETE
  WHEN MATCHED THEN UPDATE SET minor = kept.minor + change.minor
  WHEN NOT MATCHED AND (change.minor <> 0 OR change.subject = '') THEN
    INSERT VALUES (change.account_id, change.subject, change.minor, change.since);

  WITH added AS (
    INSERT INTO ledger_counted_slices AS kept (account_id, day, about_tenant_id, plan, country, method, debit, credit)
      SELECT leg.account_id, (m.effective_at AT TIME ZONE 'UTC')::date, coalesce(of.tenant_id, ''), coalesce(of.plan, ''),
        coalesce(of.country, ''), coalesce(of.method, ''), sum(leg.debit), sum(leg.credit)
      FROM unnest(taken) span CROSS JOIN LATERAL (
          SELECT * FROM ledger_moves WHERE entry_id >= lower(span) AND entry_id < upper(span) OFFSET 0) m
        CROSS JOIN LATERAL (VALUES (m.to_account, m.minor::bigint, 0::bigint), (m.from_account, 0, m.minor)) leg (account_id, debit, credit)
        LEFT JOIN LATERAL (SELECT e.about_tenant_id AS tenant_id, m.plan, e.country, e.method FROM ledger_entries e
          WHERE e.id = m.entry_id AND leg.account_id = ANY (sliced) OFFSET 0) of ON true
      WHERE leg.account_id = ANY (own) GROUP BY 1, 2, 3, 4, 5, 6
    ON CONFLICT (account_id, day, about_tenant_id, plan, country, method) DO UPDATE
      SET debit = kept.debit + excluded.debit, credit = kept.credit + excluded.credit
  ) SELECT count(*) INTO counted FROM unnest(taken) span CROSS JOIN LATERAL (
      SELECT FROM ledger_moves WHERE entry_id >= lower(span) AND entry_id < upper(span) AND to_account = ANY (own) OFFSET 0) m;
  RETURN counted;
END $$;

-- Counts the next seals of a book, so many entries or one seal, and never more than two thousand
-- seals, as a calm book has one for each entry. Says whether none is left. A
-- count that began before `since`, or that ended, begins anew. Of two at once one waits, and both
-- get on.
CREATE FUNCTION app.count_ledger(which text, since timestamptz, most integer, at timestamptz) RETURNS boolean LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  book integer;
  own integer[];
  so_far ledger_counts;
  last record;
  seal record;
  first integer;
  looked integer := 0;
  held bigint := 0;
  gone text[];
  taken int8multirange;
  wrong jsonb := '[]';
  is_all boolean := true;
BEGIN
  IF NOT app.is_platform() THEN
    RAISE EXCEPTION 'only the platform counts a book' USING ERRCODE = '42501';
  END IF;
  SELECT b.id INTO book FROM ledger_books b WHERE b.key = which;
  IF book IS NULL THEN RAISE EXCEPTION 'there is no book %', which USING ERRCODE = 'LG001'; END IF;
  own := ARRAY(SELECT a.id FROM ledger_accounts a WHERE a.book_id = book);
  INSERT INTO ledger_counts (book_id, begun_at) VALUES (book, at) ON CONFLICT (book_id) DO NOTHING;
  SELECT c.* INTO so_far FROM ledger_counts c WHERE c.book_id = book FOR UPDATE;
  IF so_far.ended_at IS NOT NULL OR so_far.begun_at < since THEN
    PERFORM app.forget_count(own);
    UPDATE ledger_counts c SET begun_at = at, ended_at = NULL, seal = 0, entries = 0, moves = 0, faults = '[]'
      WHERE c.book_id = book RETURNING c.* INTO so_far;
  END IF;

  first := so_far.seal;
  SELECT s.number, s.digest INTO last FROM ledger_seals s WHERE s.book_id = book AND s.number <= first
    ORDER BY s.number DESC LIMIT 1;
  FOR seal IN SELECT s.number, s.digest, s.entries FROM ledger_seals s WHERE s.book_id = book AND s.number > first ORDER BY s.number LOOP
    is_all := held < most AND looked < 2000;
    EXIT WHEN NOT is_all;
    looked := looked + 1;
    SELECT held + coalesce(sum((SELECT count(*) FROM ledger_entries e WHERE e.id >= lower(span) AND e.id < upper(span))), 0)
      INTO held FROM unnest(seal.entries) span;
    IF seal.number <> coalesce(last.number, 0) + 1 THEN
      wrong := wrong || jsonb_build_object('kind', 'seal_missing', 'seal', seal.number);
    ELSIF app.ledger_digest(coalesce(last.digest, ''), seal.entries) <> seal.digest THEN
      gone := ARRAY(SELECT named.id::text FROM unnest(seal.entries) span
          CROSS JOIN LATERAL generate_series(lower(span), upper(span) - 1) AS named (id)
        WHERE NOT EXISTS (SELECT FROM ledger_entries e WHERE e.id = named.id) ORDER BY named.id LIMIT 1000);
      wrong := wrong || CASE WHEN gone = '{}' THEN jsonb_build_object('kind', 'entries_changed', 'seal', seal.number)
        ELSE jsonb_build_object('kind', 'entries_missing', 'seal', seal.number, 'entryIds', gone) END;
    END IF;
    last := seal;
    so_far.seal := seal.number;
  END LOOP;
  taken := coalesce((SELECT range_agg(s.entries) FROM ledger_seals s
    WHERE s.book_id = book AND s.number > first AND s.number <= so_far.seal), '{}');

  UPDATE ledger_counts c SET seal = so_far.seal, entries = c.entries + held, moves = c.moves + app.count_moves(own, taken),
    faults = c.faults || wrong WHERE c.book_id = book;
  RETURN is_all;
END $$;

-- Ends a count: what is left is counted, and all of it held against what is kept. Answers what does
-- not hold, or null where more was sealed meanwhile than is counted at once. Where it `mends`, what
-- is kept is as it was counted from then on; when what is open began stays as it was known.
CREATE FUNCTION app.end_count(which text, since timestamptz, mends boolean, most integer, at timestamptz) RETURNS jsonb LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  book ledger_books;
  own integer[];
  sealed int8multirange;
  unsealed bigint[];
  said ledger_counts;
  wrong jsonb;
BEGIN
  PERFORM pg_advisory_xact_lock(20473, 0);
  IF NOT app.count_ledger(which, since, most, at) THEN RETURN NULL; END IF;
  SELECT b.* INTO book FROM ledger_books b WHERE b.key = which;
  SELECT c.* INTO said FROM ledger_counts c WHERE c.book_id = book.id;
  wrong := said.faults;
  own := ARRAY(SELECT a.id FROM ledger_accounts a WHERE a.book_id = book.id);

  -- Entries that are in no seal and do not wait for one, and moves of none: their number says
  -- whether there are any. They count, as whatever stands in the book does.
  IF EXISTS (
    WITH open AS (SELECT unnest(u.entries) AS id FROM ledger_unfolded u WHERE u.book_id = book.id)
    SELECT FROM (SELECT
      (SELECT count(*) FROM ledger_entries e WHERE e.book_id = book.id)
        - (SELECT count(*) FROM open CROSS JOIN LATERAL (SELECT FROM ledger_entries e WHERE e.id = open.id OFFSET 0) one) AS entries,
      (SELECT count(*) FROM ledger_moves m WHERE m.to_account = ANY (own))
        - (SELECT count(*) FROM open CROSS JOIN LATERAL (SELECT FROM ledger_moves m WHERE m.entry_id = open.id OFFSET 0) one) AS moves) found
    WHERE found.entries <> said.entries OR found.moves <> said.moves
  ) THEN
    sealed := (SELECT range_agg(s.entries) FROM ledger_seals s WHERE s.book_id = book.id);
    unsealed := ARRAY(
      WITH open AS MATERIALIZED (SELECT unnest(u.entries) AS id FROM ledger_unfolded u WHERE u.book_id = book.id),
      loose AS (
        SELECT e.id FROM ledger_entries e WHERE e.book_id = book.id AND NOT coalesce(sealed @> e.id, false)
        UNION SELECT m.entry_id FROM ledger_moves m WHERE (m.to_account = ANY (own) OR m.from_account = ANY (own))
          AND NOT coalesce(sealed @> m.entry_id, false))
      SELECT loose.id FROM loose WHERE loose.id NOT IN (SELECT open.id FROM open) ORDER BY 1);
    IF unsealed <> '{}' THEN
      wrong := wrong || jsonb_build_object('kind', 'entries_unsealed', 'entryIds', (unsealed[1:1000])::text[]);
      PERFORM app.count_moves(own, (SELECT range_agg(int8range(id, id + 1)) FROM unnest(unsealed) AS one (id)));
    END IF;
  END IF;

  SELECT wrong || coalesce(jsonb_agg(to_jsonb(one) ORDER BY one.kind, one.code, one.currency), '[]') INTO wrong FROM (
    (SELECT 'balance_differs' AS kind, a.code, a.currency, k.subject, sum(k.kept)::text AS "keptMinor", sum(k.moved)::text AS "movedMinor"
    FROM (
      SELECT b.account_id, b.subject, b.minor AS kept, 0 AS moved FROM ledger_balances b WHERE b.account_id = ANY (own)
      UNION ALL SELECT n.account_id, n.subject, 0, n.minor FROM ledger_counted_balances n WHERE n.account_id = ANY (own)
    ) k JOIN ledger_accounts a ON a.id = k.account_id
    GROUP BY a.code, a.currency, k.subject HAVING sum(k.kept) <> sum(k.moved) LIMIT 1000)
    UNION ALL
    (SELECT 'day_differs', a.code, a.currency, d.day::text, sum(d.kept)::text, sum(d.moved)::text
    FROM (
      SELECT b.account_id, b.day, b.debit, b.credit, b.debit - b.credit AS kept, 0 AS moved FROM ledger_days b WHERE b.account_id = ANY (own)
      UNION ALL SELECT s.account_id, s.day, -s.debit, -s.credit, 0, s.debit - s.credit FROM ledger_counted_slices s WHERE s.account_id = ANY (own)
    ) d JOIN ledger_accounts a ON a.id = d.account_id
    GROUP BY a.code, a.currency, d.day HAVING sum(d.debit) <> 0 OR sum(d.credit) <> 0 LIMIT 1000)
    UNION ALL
    (SELECT 'slice_differs', part.code, part.currency, part.day || '/slices', sum(part.kept)::text, sum(part.moved)::text
    FROM (SELECT a.code, a.currency, d.day, sum(d.kept) AS kept, sum(d.moved) AS moved
      FROM (
        SELECT s.*, s.debit - s.credit AS kept, 0 AS moved FROM ledger_slices s WHERE s.account_id = ANY (own)
        UNION ALL
        SELECT s.account_id, s.day, s.about_tenant_id, s.plan, s.country, s.method, -s.debit, -s.credit, 0, s.debit - s.credit
        FROM ledger_counted_slices s WHERE s.account_id = ANY (own)
      ) d JOIN ledger_accounts a ON a.id = d.account_id JOIN ledger_chart c ON c.code = a.code AND c.kind IN ('income', 'contra', 'expense')
      GROUP BY a.code, a.currency, d.day, d.about_tenant_id, d.plan, d.country, d.method
      HAVING sum(d.debit) <> 0 OR sum(d.credit) <> 0) part
    GROUP BY part.code, part.currency, part.day LIMIT 1000)
  ) one;

  -- What is closed now, beside what its moves come to; a period that was opened again may change.
  SELECT wrong || coalesce(jsonb_agg(to_jsonb(one) ORDER BY one.code, one.currency), '[]') INTO wrong FROM (
    WITH last AS MATERIALIZED (
      SELECT c.id, c.totals, c.closed_before FROM ledger_closings c
        JOIN ledger_books b ON b.id = c.book_id AND b.closed_before = c.closed_before WHERE c.book_id = book.id
      ORDER BY c.at DESC, c.id DESC LIMIT 1
    ), part AS (
      SELECT said.code, said.currency, said.minor AS kept, 0 AS moved
      FROM last CROSS JOIN LATERAL jsonb_to_recordset(last.totals) AS said (code text, currency text, minor numeric)
      UNION ALL
      SELECT a.code, a.currency, 0, s.debit - s.credit FROM last CROSS JOIN ledger_counted_slices s JOIN ledger_accounts a ON a.id = s.account_id
      WHERE s.account_id = ANY (own) AND s.day < (last.closed_before AT TIME ZONE 'UTC')::date
      UNION ALL
      SELECT a.code, a.currency, 0, leg.minor FROM last CROSS JOIN ledger_unfolded u CROSS JOIN LATERAL unnest(u.entries) entry
        CROSS JOIN LATERAL (SELECT * FROM ledger_moves w WHERE w.entry_id = entry OFFSET 0) m
        CROSS JOIN LATERAL (VALUES (m.to_account, m.minor::bigint), (m.from_account, -m.minor::bigint)) leg (account_id, minor)
        JOIN ledger_accounts a ON a.id = leg.account_id
      WHERE u.book_id = book.id AND m.effective_at < last.closed_before
    )
    SELECT 'closing_differs' AS kind, (SELECT id FROM last) AS closing, code, currency, sum(kept)::text AS "keptMinor",
      sum(moved)::text AS "movedMinor"
    FROM part GROUP BY code, currency HAVING sum(kept) <> sum(moved)
  ) one;

  IF mends AND jsonb_path_exists(wrong, '$[*] ? (@.kind like_regex "^(balance|day|slice)_differs$")') THEN
    MERGE INTO ledger_balances kept USING (SELECT n.* FROM ledger_counted_balances n WHERE n.account_id = ANY (own)) moved
      ON kept.account_id = moved.account_id AND kept.subject = moved.subject
    WHEN MATCHED AND kept.minor <> moved.minor THEN UPDATE SET minor = moved.minor
    WHEN NOT MATCHED THEN INSERT VALUES (moved.account_id, moved.subject, moved.minor, moved.since);
    DELETE FROM ledger_balances kept WHERE kept.account_id = ANY (own)
      AND NOT EXISTS (SELECT FROM ledger_counted_balances n WHERE n.account_id = kept.account_id AND n.subject = kept.subject);
    DELETE FROM ledger_days d WHERE d.account_id = ANY (own);
    INSERT INTO ledger_days (account_id, day, debit, credit)
      SELECT s.account_id, s.day, sum(s.debit), sum(s.credit) FROM ledger_counted_slices s WHERE s.account_id = ANY (own) GROUP BY 1, 2;
    DELETE FROM ledger_slices s WHERE s.account_id = ANY (own);
    INSERT INTO ledger_slices SELECT s.* FROM ledger_counted_slices s JOIN ledger_accounts a ON a.id = s.account_id
        JOIN ledger_chart c ON c.code = a.code AND c.kind IN ('income', 'contra', 'expense')
      WHERE s.account_id = ANY (own);
  END IF;
  PERFORM app.forget_count(own);
  UPDATE ledger_counts c SET ended_at = at, faults = wrong WHERE c.book_id = book.id;
  RETURN wrong;
END $$;

DROP FUNCTION app.recount_ledger(text);
DROP FUNCTION app.verify_seals(integer, integer);
REVOKE EXECUTE ON FUNCTION app.forget_count(integer[]), app.count_moves(integer[], int8multirange),
  app.count_ledger(text, timestamptz, integer, timestamptz), app.end_count(text, timestamptz, boolean, integer, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.count_ledger(text, timestamptz, integer, timestamptz),
  app.end_count(text, timestamptz, boolean, integer, timestamptz) TO lockstep_app;
