-- Posting in fewer statements, each of them small: a statement of many parts takes longer to begin
-- than to run where there is one entry. What it checks is what it was; the trigger that checks
-- moves again is for whoever writes past this door.

DROP FUNCTION app.post_entries(json, json, timestamptz);
DROP FUNCTION app.compare_posted(json, json, integer[]);
DROP FUNCTION app.open_accounts(json, json, timestamptz);

-- The book of a key, opened where it belongs to a connected account and was not there yet.
CREATE FUNCTION app.open_ledger_book(book text, at timestamptz) RETURNS integer LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  found_id integer;
BEGIN
  INSERT INTO ledger_books (key, tenant_id, opened_at)
    SELECT c.account_id, c.tenant_id, at FROM connected_accounts c WHERE c.account_id = book
    ON CONFLICT (key) DO NOTHING;
  SELECT b.id INTO found_id FROM ledger_books b WHERE b.key = book;
  IF found_id IS NULL THEN RAISE EXCEPTION 'there is no book %', book USING ERRCODE = 'LG001'; END IF;
  RETURN found_id;
END $$;

-- The account a move names, opened where it was not there yet. Refuses what the chart has not, and
-- a part of an account that has none, or none of one that has.
CREATE FUNCTION app.open_ledger_account(book integer, which text, money text, subject text) RETURNS integer LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  row ledger_chart;
  found_id integer;
BEGIN
  SELECT c.* INTO row FROM ledger_chart c WHERE c.code = which;
  IF row.code IS NULL THEN
    RAISE EXCEPTION 'there is no account % in the chart', which USING ERRCODE = 'LG001';
  ELSIF row.kept_by IS NOT NULL AND subject = '' THEN
    RAISE EXCEPTION '% has parts, and the move does not say which', which USING ERRCODE = 'LG002';
  ELSIF row.kept_by IS NULL AND subject <> '' THEN
    RAISE EXCEPTION '% is one account and has no parts to name', which USING ERRCODE = 'LG002';
  END IF;
  INSERT INTO ledger_accounts (book_id, code, currency, is_kept) VALUES (book, which, money, row.kept_by IS NOT NULL)
    ON CONFLICT (book_id, code, currency) DO NOTHING;
  SELECT a.id INTO STRICT found_id FROM ledger_accounts a WHERE a.book_id = book AND a.code = which AND a.currency = money;
  RETURN found_id;
END $$;

-- What was posted before under the same reference was the same, or this is refused.
CREATE FUNCTION app.compare_posted(held integer[], entries json, moves json, ids bigint[], fresh bigint[]) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  other text;
BEGIN
  WITH known AS MATERIALIZED (
    SELECT s.p, s.r, n.id FROM json_to_recordset(entries) AS s (p integer, b integer, r text)
      JOIN ledger_entries n ON n.book_id = held[s.b + 1] AND n.reference = s.r
    WHERE ids[s.p + 1] <> ALL (coalesce(fresh, '{}'))
  ), sent AS (
    SELECT known.p, m.f, coalesce(m.g, ''), m.t, coalesce(m.s, ''), m.c, m.m
    FROM known JOIN json_to_recordset(moves) AS m (p integer, f text, g text, t text, s text, m bigint, c text) ON m.p = known.p
  ), kept AS (
    SELECT known.p, f.code, m.from_subject, t.code, m.to_subject, f.currency, m.minor
    FROM known JOIN ledger_moves m ON m.entry_id = known.id
      JOIN ledger_accounts f ON f.id = m.from_account JOIN ledger_accounts t ON t.id = m.to_account
  ), differing AS (
    (TABLE sent EXCEPT ALL TABLE kept) UNION ALL (TABLE kept EXCEPT ALL TABLE sent)
  )
  SELECT known.r INTO other FROM known JOIN differing ON differing.p = known.p LIMIT 1;
  IF other IS NOT NULL THEN RAISE EXCEPTION '% is posted already, with other moves', other USING ERRCODE = 'LG004'; END IF;
END $$;

-- Posts what is not posted yet, in one call however many. `entries` is [{p: place, b: place of its
-- book, r: reference, k: kind, e: effective at, t: tenant, c: customer, y: payment, n: country,
-- h: method, o: object, x: corrects}], `moves` is [{p: place of its entry, q: its own from 0,
-- f: from, g: its subject, t: to, s: its subject, m: minor, c: currency, l: plan}]; places of
-- entries count from 0. Answers with the places that were new, or null where all were.
CREATE FUNCTION app.post_entries(books text[], entries json, moves json, at timestamptz) RETURNS integer[] LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp SET enable_hashjoin = off SET enable_mergejoin = off AS $$
#variable_conflict use_column
DECLARE
  sent integer := json_array_length(entries);
  held integer[] := '{}';
  closed timestamptz;
  latest_closed timestamptz;
  which text;
  one integer;
  ids bigint[];
  fresh bigint[];
  earliest timestamptz;
  correcting integer;
  begun integer;
  fault text;
BEGIN
  IF NOT app.is_platform() THEN
    RAISE EXCEPTION 'only the platform posts to the ledger' USING ERRCODE = '42501';
  END IF;
  FOREACH which IN ARRAY books LOOP
    PERFORM app.hold_book(which, false);
    SELECT b.id, b.closed_before INTO one, closed FROM ledger_books b WHERE b.key = which;
    held := held || coalesce(one, app.open_ledger_book(which, at));
    latest_closed := greatest(latest_closed, closed);
  END LOOP;
  IF sent = 1 THEN
    ids := ARRAY[nextval('ledger_entries_id_seq')];
  ELSE
    ids := ARRAY(SELECT nextval('ledger_entries_id_seq') FROM generate_series(1, sent));
  END IF;

  WITH added AS (
    INSERT INTO ledger_entries (id, book_id, reference, kind, effective_at, posted_at, about_tenant_id, customer_id,
        payment_id, country, method, object_id, corrects)
      SELECT ids[p + 1], held[b + 1], r, k, e, at, t, c, y, n, h, o, x
      FROM json_to_recordset(entries) AS s (p integer, b integer, r text, k text, e timestamptz, t text, c text, y text,
        n text, h text, o text, x text)
      ORDER BY 2, r
    ON CONFLICT (book_id, reference) DO NOTHING RETURNING id, book_id, effective_at, corrects
  ), queued AS (
    INSERT INTO ledger_unfolded (book_id, entries) SELECT book_id, array_agg(id ORDER BY id) FROM added GROUP BY book_id
  )
  SELECT array_agg(id), min(effective_at), count(corrects) INTO fresh, earliest, correcting FROM added;

  IF fresh IS NOT NULL THEN
    fault := set_config('app.posting', 'on', true);
    WITH added AS (
      INSERT INTO ledger_moves (entry_id, position, from_account, to_account, from_subject, to_subject, minor, effective_at, plan)
        SELECT n.id, v.q,
          coalesce((SELECT a.id FROM ledger_accounts a WHERE a.book_id = n.book_id AND a.code = v.f AND a.currency = v.c
            AND a.is_kept = (coalesce(v.g, '') <> '')), app.open_ledger_account(n.book_id, v.f, v.c, coalesce(v.g, ''))),
          coalesce((SELECT a.id FROM ledger_accounts a WHERE a.book_id = n.book_id AND a.code = v.t AND a.currency = v.c
            AND a.is_kept = (coalesce(v.s, '') <> '')), app.open_ledger_account(n.book_id, v.t, v.c, coalesce(v.s, ''))),
          coalesce(v.g, ''), coalesce(v.s, ''), v.m, n.effective_at, v.l
        FROM json_to_recordset(moves) AS v (p integer, q smallint, f text, g text, t text, s text, m bigint, c text, l text)
          JOIN ledger_entries n ON n.id = ids[v.p + 1]
      RETURNING position
    ) SELECT count(*) INTO begun FROM added WHERE position = 0;
    fault := set_config('app.posting', '', true);
    IF begun <> cardinality(fresh) THEN RAISE EXCEPTION 'an entry has at least one move' USING ERRCODE = 'LG002'; END IF;

    IF earliest < latest_closed THEN
      SELECT format('%s was effective on %s, and the book %s is closed before %s', n.reference,
          to_char(n.effective_at AT TIME ZONE 'UTC', 'YYYY-MM-DD'), b.key, to_char(b.closed_before AT TIME ZONE 'UTC', 'YYYY-MM-DD'))
        INTO fault FROM unnest(fresh) new JOIN ledger_entries n ON n.id = new JOIN ledger_books b ON b.id = n.book_id
        WHERE n.effective_at < b.closed_before LIMIT 1;
      IF FOUND THEN RAISE EXCEPTION '%', fault USING ERRCODE = 'LG003'; END IF;
    END IF;
    IF correcting > 0 THEN
      SELECT format('%s corrects %s, which is not in the book', n.reference, n.corrects) INTO fault
        FROM unnest(fresh) new JOIN ledger_entries n ON n.id = new
        WHERE n.corrects IS NOT NULL AND NOT EXISTS (
          SELECT FROM ledger_entries c WHERE c.book_id = n.book_id AND c.reference = n.corrects);
      IF FOUND THEN RAISE EXCEPTION '%', fault USING ERRCODE = 'LG002'; END IF;
    END IF;
  END IF;

  IF cardinality(fresh) = sent THEN RETURN NULL; END IF;
  PERFORM app.compare_posted(held, entries, moves, ids, fresh);
  RETURN ARRAY(SELECT place::integer - 1 FROM unnest(ids) WITH ORDINALITY AS u (id, place) WHERE id = ANY (fresh));
END $$;

DROP TRIGGER check_moves ON ledger_moves;
CREATE TRIGGER check_moves AFTER INSERT ON ledger_moves REFERENCING NEW TABLE AS written
  FOR EACH STATEMENT WHEN (current_setting('app.posting', true) IS DISTINCT FROM 'on') EXECUTE FUNCTION app.check_moves();

-- An entry that is gone is named, and not only that its seal does not hold.
CREATE OR REPLACE FUNCTION app.verify_seals(book integer, after integer)
RETURNS TABLE (number integer, fault text, entries bigint[]) LANGUAGE sql STABLE AS $$
  WITH sealed AS (
    SELECT s.number, s.entries, s.digest, lag(s.digest, 1, ''::bytea) OVER by_number AS before,
      s.number - lag(s.number, 1, 0) OVER by_number AS step
    FROM ledger_seals s WHERE s.book_id = book AND s.number >= after WINDOW by_number AS (ORDER BY s.number)
  ), checked AS (
    SELECT sealed.*, app.ledger_digest(sealed.before, sealed.entries) = sealed.digest AS holds
    FROM sealed WHERE sealed.number > after
  ), broken AS (
    SELECT c.*, (SELECT array_agg(named.id) FROM unnest(c.entries) span
        CROSS JOIN LATERAL generate_series(lower(span), upper(span) - 1) AS named (id)
        WHERE NOT EXISTS (SELECT FROM ledger_entries e WHERE e.id = named.id)) AS gone
    FROM checked c WHERE c.step <> 1 OR NOT c.holds
  )
  SELECT b.number, CASE WHEN b.step <> 1 THEN 'seal_missing' WHEN b.gone IS NOT NULL THEN 'entries_missing' ELSE 'entries_changed' END, b.gone
  FROM broken b
$$;

REVOKE EXECUTE ON FUNCTION app.open_ledger_book(text, timestamptz), app.open_ledger_account(integer, text, text, text),
  app.compare_posted(integer[], json, json, bigint[], bigint[]), app.post_entries(text[], json, json, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.post_entries(text[], json, json, timestamptz) TO lockstep_app;
