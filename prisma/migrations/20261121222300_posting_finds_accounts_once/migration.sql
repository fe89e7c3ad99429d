-- Posting does less at each call: accounts are found once however many moves name them, nothing is
-- sorted, joined or read again that the caller's own order says, and what is rare (a correction, a
-- closed period, what was posted before) costs only where it happens. What is checked is what was.

DROP FUNCTION app.post_entries(text[], json, json, timestamptz);
DROP FUNCTION app.compare_posted(integer[], json, json, bigint[], bigint[]);
DROP FUNCTION app.open_ledger_account(integer, text, text, text);

-- An entry corrects one of its own book, whoever writes it.
CREATE FUNCTION app.check_correction() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM ledger_entries e WHERE e.book_id = NEW.book_id AND e.reference = NEW.corrects) THEN
    RAISE EXCEPTION '% corrects %, which is not in the book', NEW.reference, NEW.corrects USING ERRCODE = 'LG002';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER check_correction AFTER INSERT ON ledger_entries
  FOR EACH ROW WHEN (NEW.corrects IS NOT NULL) EXECUTE FUNCTION app.check_correction();

-- The account that moves name, opened where it was not there yet. Refuses what the chart has not,
-- and a part of an account that has none, or none of one that has.
CREATE FUNCTION app.open_ledger_account(book integer, which text, money text, has_part boolean) RETURNS integer LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  row ledger_chart;
  found_id integer;
BEGIN
  SELECT c.* INTO row FROM ledger_chart c WHERE c.code = which;
  IF row.code IS NULL THEN
    RAISE EXCEPTION 'there is no account % in the chart', which USING ERRCODE = 'LG001';
  ELSIF row.kept_by IS NOT NULL AND NOT has_part THEN
    RAISE EXCEPTION '% has parts, and the move does not say which', which USING ERRCODE = 'LG002';
  ELSIF row.kept_by IS NULL AND has_part THEN
    RAISE EXCEPTION '% is one account and has no parts to name', which USING ERRCODE = 'LG002';
  END IF;
  INSERT INTO ledger_accounts (book_id, code, currency, is_kept) VALUES (book, which, money, row.kept_by IS NOT NULL)
    ON CONFLICT (book_id, code, currency) DO NOTHING;
  SELECT a.id INTO STRICT found_id FROM ledger_accounts a WHERE a.book_id = book AND a.code = which AND a.currency = money;
  RETURN found_id;
END $$;

-- Says why a move cannot be: its account is of another book or currency than its entry and its
-- other side, or it names a part where there is none, or none where there are.
CREATE FUNCTION app.refuse_move(entry integer, place integer) RETURNS integer LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'move % of the entry at % is not between two accounts of its book and of one currency, or names a part wrongly',
    place, entry USING ERRCODE = 'LG002';
END $$;

-- What was posted before under the same reference was the same, or this is refused.
CREATE FUNCTION app.compare_posted(held integer[], whose integer[], codes text[], monies text[], entries json, moves json,
  fresh integer[]) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
  other text;
BEGIN
  WITH known AS MATERIALIZED (
    SELECT s.p, s.r, n.id FROM json_to_recordset(entries) AS s (p integer, r text)
      JOIN ledger_entries n ON n.book_id = held[whose[s.p + 1] + 1] AND n.reference = s.r
    WHERE s.p <> ALL (fresh)
  ), sent AS (
    SELECT known.p, codes[m.f + 1], coalesce(m.g, ''), codes[m.t + 1], coalesce(m.s, ''), monies[m.f + 1], m.m
    FROM known JOIN json_to_recordset(moves) AS m (p integer, f integer, g text, t integer, s text, m bigint) ON m.p = known.p
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

-- Posts what is not posted yet, in one call however many; places count from 0. `books` are keys.
-- `whose` and `effective` say of each entry the place of its book and when it was so; `holders`,
-- `codes`, `monies` and `parted` say of each account that moves name the place of its book, what it
-- is called, its currency, and whether the moves name parts of it. `entries` is [{p: its place,
-- r: reference, k: kind, t: tenant, c: customer, y: payment, n: country, h: method, o: object,
-- x: corrects}], in an order that is the same for all who post: two who post the same facts then
-- wait for each other and do not lock. `moves` is [{p: place of its entry, q: its own, f: place of
-- the account it leaves, g: its part, t: of that it reaches, s: its part, m: minor, l: plan}].
-- Answers with the places that were new, or null where all were.
CREATE FUNCTION app.post_entries(books text[], whose integer[], effective timestamptz[], holders integer[], codes text[], monies text[],
  parted boolean[], entries json, moves json, at timestamptz) RETURNS integer[] LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  sent integer := cardinality(whose);
  held integer[] := '{}';
  latest_closed timestamptz;
  closed timestamptz;
  one integer;
  found_ids integer[] := '{}';
  purses integer[] := '{}';
  ids bigint[];
  fresh bigint[];
  places integer[];
  added integer;
  begun integer;
  fault text;
BEGIN
  IF NOT app.is_platform() THEN
    RAISE EXCEPTION 'only the platform posts to the ledger' USING ERRCODE = '42501';
  ELSIF current_setting('transaction_isolation') <> 'read committed' THEN
    PERFORM app.hold_book('', false);
  END IF;
  FOR i IN 1 .. cardinality(books) LOOP
    -- As app.hold_book does; before the book is read, so that it is read as whoever closed it left it.
    fault := pg_advisory_xact_lock_shared(20472, hashtext(books[i]));
    SELECT b.id, b.closed_before INTO one, closed FROM ledger_books b WHERE b.key = books[i];
    held := held || coalesce(one, app.open_ledger_book(books[i], at));
    latest_closed := greatest(latest_closed, closed);
  END LOOP;
  FOR i IN 1 .. cardinality(codes) LOOP
    SELECT a.id INTO one FROM ledger_accounts a WHERE a.book_id = held[holders[i] + 1] AND a.code = codes[i] AND a.currency = monies[i]
      AND a.is_kept = parted[i];
    found_ids := found_ids || coalesce(one, app.open_ledger_account(held[holders[i] + 1], codes[i], monies[i], parted[i]));
    purses := purses || array_position(monies, monies[i]);
  END LOOP;

  IF sent = 1 THEN
    ids := ARRAY[nextval('ledger_entries_id_seq')];
  ELSE
    ids := ARRAY(SELECT nextval('ledger_entries_id_seq') FROM generate_series(1, sent));
  END IF;
  INSERT INTO ledger_entries (id, book_id, reference, kind, effective_at, posted_at, about_tenant_id, customer_id, payment_id,
      country, method, object_id, corrects)
    SELECT ids[s.p + 1], held[whose[s.p + 1] + 1], s.r, s.k, effective[s.p + 1], at, s.t, s.c, s.y, s.n, s.h, s.o, s.x
    FROM json_to_recordset(entries) AS s (p integer, r text, k text, t text, c text, y text, n text, h text, o text, x text)
    ON CONFLICT (book_id, reference) DO NOTHING;
  GET DIAGNOSTICS added = ROW_COUNT;
  IF added = sent THEN
    fresh := ids;
  ELSE
    fresh := ARRAY(SELECT e.id FROM ledger_entries e WHERE e.id = ANY (ids));
  END IF;

  IF added > 0 THEN
    fault := set_config('app.posting', 'on', true);
    WITH made AS (
      INSERT INTO ledger_moves (entry_id, position, from_account, to_account, from_subject, to_subject, minor, effective_at, plan)
        SELECT ids[v.p + 1], v.q,
          CASE WHEN holders[v.f + 1] = whose[v.p + 1] AND holders[v.t + 1] = whose[v.p + 1] AND purses[v.f + 1] = purses[v.t + 1]
              AND parted[v.f + 1] = (coalesce(v.g, '') <> '') AND parted[v.t + 1] = (coalesce(v.s, '') <> '')
            THEN found_ids[v.f + 1] ELSE app.refuse_move(v.p, v.q) END,
          found_ids[v.t + 1], coalesce(v.g, ''), coalesce(v.s, ''), v.m, effective[v.p + 1], v.l
        FROM json_to_recordset(moves) AS v (p integer, q smallint, f integer, g text, t integer, s text, m bigint, l text)
        WHERE added = sent OR ids[v.p + 1] = ANY (fresh)
      RETURNING position
    ) SELECT count(*) INTO begun FROM made WHERE position = 0;
    fault := set_config('app.posting', '', true);
    IF begun <> added THEN RAISE EXCEPTION 'an entry has at least one move' USING ERRCODE = 'LG002'; END IF;

    IF cardinality(books) = 1 THEN
      INSERT INTO ledger_unfolded (book_id, entries) VALUES (held[1], fresh);
    ELSE
      INSERT INTO ledger_unfolded (book_id, entries)
        SELECT held[n.book + 1], array_agg(n.id ORDER BY n.id) FROM unnest(ids, whose) AS n (id, book)
        WHERE n.id = ANY (fresh) GROUP BY n.book;
    END IF;
    IF latest_closed > ANY (effective) THEN
      SELECT format('%s was effective on %s, and the book %s is closed before %s', n.reference,
          to_char(n.effective_at AT TIME ZONE 'UTC', 'YYYY-MM-DD'), b.key, to_char(b.closed_before AT TIME ZONE 'UTC', 'YYYY-MM-DD'))
        INTO fault FROM ledger_entries n JOIN ledger_books b ON b.id = n.book_id
        WHERE n.id = ANY (fresh) AND n.effective_at < b.closed_before LIMIT 1;
      IF FOUND THEN RAISE EXCEPTION '%', fault USING ERRCODE = 'LG003'; END IF;
    END IF;
  END IF;

  IF added = sent THEN RETURN NULL; END IF;
  places := ARRAY(SELECT place::integer - 1 FROM unnest(ids) WITH ORDINALITY AS u (id, place) WHERE id = ANY (fresh));
  PERFORM app.compare_posted(held, whose, codes, monies, entries, moves, places);
  RETURN places;
END $$;

REVOKE EXECUTE ON FUNCTION app.open_ledger_account(integer, text, text, boolean), app.check_correction(), app.refuse_move(integer, integer),
  app.compare_posted(integer[], integer[], text[], text[], json, json, integer[]),
  app.post_entries(text[], integer[], timestamptz[], integer[], text[], text[], boolean[], json, json, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.post_entries(text[], integer[], timestamptz[], integer[], text[], text[], boolean[], json, json, timestamptz)
  TO lockstep_app;
