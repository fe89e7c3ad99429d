-- CreateTable
CREATE TABLE "ledger_chart" (
    "code" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "kept_by" TEXT,

    CONSTRAINT "ledger_chart_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "ledger_books" (
    "id" SERIAL NOT NULL,
    "key" TEXT NOT NULL,
    "tenant_id" TEXT,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_before" TIMESTAMPTZ(3),

    CONSTRAINT "ledger_books_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger_accounts" (
    "id" SERIAL NOT NULL,
    "book_id" INTEGER NOT NULL,
    "code" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "is_kept" BOOLEAN NOT NULL,

    CONSTRAINT "ledger_accounts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger_entries" (
    "id" BIGSERIAL NOT NULL,
    "book_id" INTEGER NOT NULL,
    "reference" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "effective_at" TIMESTAMPTZ(3) NOT NULL,
    "posted_at" TIMESTAMPTZ(3) NOT NULL,
    "about_tenant_id" TEXT,
    "customer_id" TEXT,
    "payment_id" TEXT,
    "country" TEXT,
    "method" TEXT,
    "object_id" TEXT,
    "corrects" TEXT,

    CONSTRAINT "ledger_entries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger_moves" (
    "entry_id" BIGINT NOT NULL,
    "position" SMALLINT NOT NULL,
    "from_account" INTEGER NOT NULL,
    "to_account" INTEGER NOT NULL,
    "from_subject" TEXT NOT NULL,
    "to_subject" TEXT NOT NULL,
    "minor" BIGINT NOT NULL,
    "effective_at" TIMESTAMPTZ(3) NOT NULL,
    "plan" TEXT,

    CONSTRAINT "ledger_moves_pkey" PRIMARY KEY ("entry_id","position")
);

-- CreateTable
CREATE TABLE "ledger_unfolded" (
    "id" BIGSERIAL NOT NULL,
    "book_id" INTEGER NOT NULL,
    "entries" BIGINT[],

    CONSTRAINT "ledger_unfolded_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger_balances" (
    "account_id" INTEGER NOT NULL,
    "subject" TEXT NOT NULL,
    "minor" DECIMAL(38,0) NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ledger_balances_pkey" PRIMARY KEY ("account_id","subject")
);

-- CreateTable
CREATE TABLE "ledger_days" (
    "account_id" INTEGER NOT NULL,
    "day" DATE NOT NULL,
    "debit" DECIMAL(38,0) NOT NULL,
    "credit" DECIMAL(38,0) NOT NULL,

    CONSTRAINT "ledger_days_pkey" PRIMARY KEY ("account_id","day")
);

-- CreateTable
CREATE TABLE "ledger_slices" (
    "account_id" INTEGER NOT NULL,
    "day" DATE NOT NULL,
    "about_tenant_id" TEXT NOT NULL,
    "plan" TEXT NOT NULL,
    "country" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "debit" DECIMAL(38,0) NOT NULL,
    "credit" DECIMAL(38,0) NOT NULL,

    CONSTRAINT "ledger_slices_pkey" PRIMARY KEY ("account_id","day","about_tenant_id","plan","country","method")
);

-- CreateTable
CREATE TABLE "ledger_seals" (
    "book_id" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "entries" int8multirange NOT NULL,
    "digest" BYTEA NOT NULL,
    "sealed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ledger_seals_pkey" PRIMARY KEY ("book_id","number")
);

-- CreateTable
CREATE TABLE "ledger_closings" (
    "id" TEXT NOT NULL,
    "book_id" INTEGER NOT NULL,
    "closed_before" TIMESTAMPTZ(3),
    "was_before" TIMESTAMPTZ(3),
    "reason" TEXT NOT NULL,
    "totals" JSONB NOT NULL,
    "by_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ledger_closings_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "ledger_books_key_key" ON "ledger_books"("key");

-- CreateIndex
CREATE INDEX "ledger_books_tenant_id_idx" ON "ledger_books"("tenant_id");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_accounts_book_id_code_currency_key" ON "ledger_accounts"("book_id", "code", "currency");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_entries_book_id_reference_key" ON "ledger_entries"("book_id", "reference");

-- CreateIndex
CREATE INDEX "ledger_moves_from_account_effective_at_entry_id_position_idx" ON "ledger_moves"("from_account", "effective_at", "entry_id", "position");

-- CreateIndex
CREATE INDEX "ledger_moves_to_account_effective_at_entry_id_position_idx" ON "ledger_moves"("to_account", "effective_at", "entry_id", "position");

-- CreateIndex
CREATE INDEX "ledger_balances_account_id_since_subject_idx" ON "ledger_balances"("account_id", "since", "subject");

-- CreateIndex
CREATE INDEX "ledger_closings_book_id_at_id_idx" ON "ledger_closings"("book_id", "at", "id");

-- The chart: lib/ledger/chart.ts says the same, and a test holds them together.
INSERT INTO ledger_chart (code, kind, kept_by) VALUES
  ('stripe:balance', 'asset', NULL),
  ('stripe:reserve', 'asset', NULL),
  ('stripe:clearing', 'asset', 'reference'),
  ('bank:in_transit', 'asset', 'reference'),
  ('bank:cash', 'asset', NULL),
  ('receivable', 'asset', 'tenant'),
  ('disputed', 'asset', 'reference'),
  ('deferred', 'liability', 'tenant'),
  ('deferred:credits', 'liability', 'tenant'),
  ('tax', 'liability', NULL),
  ('customer_credit', 'liability', 'tenant'),
  ('payable', 'liability', 'tenant'),
  ('financing', 'liability', NULL),
  ('equity:opening', 'equity', NULL),
  ('equity:owner', 'equity', NULL),
  ('fx', 'equity', NULL),
  ('revenue:subscription', 'income', NULL),
  ('revenue:seats', 'income', NULL),
  ('revenue:usage', 'income', NULL),
  ('revenue:other', 'income', NULL),
  ('revenue:sales', 'income', NULL),
  ('revenue:application_fees', 'income', NULL),
  ('revenue:transfers', 'income', NULL),
  ('revenue:fx', 'income', NULL),
  ('contra:refunds', 'contra', NULL),
  ('contra:discounts', 'contra', NULL),
  ('contra:credits', 'contra', NULL),
  ('expense:processing', 'expense', NULL),
  ('expense:stripe_fees', 'expense', NULL),
  ('expense:platform_fees', 'expense', NULL),
  ('expense:application_fee_refunds', 'expense', NULL),
  ('expense:disputes', 'expense', NULL),
  ('expense:dispute_losses', 'expense', NULL),
  ('expense:bad_debt', 'expense', NULL),
  ('expense:transfers', 'expense', NULL),
  ('expense:tax', 'expense', NULL),
  ('expense:issuing', 'expense', NULL),
  ('expense:contributions', 'expense', NULL),
  ('expense:fx', 'expense', NULL),
  ('expense:write_offs', 'expense', NULL),
  ('suspense', 'suspense', 'reference');
INSERT INTO ledger_books (key, opened_at) VALUES ('platform', now());

ALTER TABLE ledger_chart ADD CONSTRAINT ledger_chart_words CHECK (
  kind IN ('asset', 'liability', 'equity', 'income', 'contra', 'expense', 'suspense')
  AND (kept_by IS NULL OR kept_by IN ('reference', 'tenant')));
ALTER TABLE ledger_books ADD CONSTRAINT ledger_books_owner CHECK ((key = 'platform') = (tenant_id IS NULL));
ALTER TABLE ledger_books ADD CONSTRAINT ledger_books_closed CHECK (
  closed_before = date_trunc('month', closed_before, 'UTC'));
ALTER TABLE ledger_accounts ADD CONSTRAINT ledger_accounts_currency CHECK (currency ~ '^[a-z]{3}$');
ALTER TABLE ledger_accounts ADD CONSTRAINT ledger_accounts_book FOREIGN KEY (book_id) REFERENCES ledger_books (id);
ALTER TABLE ledger_accounts ADD CONSTRAINT ledger_accounts_chart FOREIGN KEY (code) REFERENCES ledger_chart (code);
ALTER TABLE ledger_entries ADD CONSTRAINT ledger_entries_words CHECK (reference <> '' AND kind <> '');
ALTER TABLE ledger_moves ADD CONSTRAINT ledger_moves_positive CHECK (minor > 0);
ALTER TABLE ledger_moves ADD CONSTRAINT ledger_moves_apart CHECK (
  from_account <> to_account OR from_subject <> to_subject);

-- What an entry was made from, and whom it is about, where it says so.
CREATE INDEX ledger_entries_object ON ledger_entries (object_id) WHERE object_id IS NOT NULL;
CREATE INDEX ledger_entries_payment ON ledger_entries (payment_id) WHERE payment_id IS NOT NULL;
CREATE INDEX ledger_entries_customer ON ledger_entries (customer_id, effective_at) WHERE customer_id IS NOT NULL;
CREATE INDEX ledger_entries_tenant ON ledger_entries (about_tenant_id, effective_at) WHERE about_tenant_id IS NOT NULL;
CREATE INDEX ledger_entries_corrects ON ledger_entries (book_id, corrects) WHERE corrects IS NOT NULL;
CREATE INDEX ledger_entries_posted ON ledger_entries USING brin (posted_at);
CREATE INDEX ledger_moves_from_subject ON ledger_moves (from_subject, from_account) WHERE from_subject <> '';
CREATE INDEX ledger_moves_to_subject ON ledger_moves (to_subject, to_account) WHERE to_subject <> '';
-- Folded rows are written again and again: they stay on their page.
ALTER TABLE ledger_balances SET (fillfactor = 70);
ALTER TABLE ledger_days SET (fillfactor = 70);
ALTER TABLE ledger_slices SET (fillfactor = 70);

-- A tenant reads its own book. Nobody writes but through the functions below.
CALL app.wall('ledger_chart', 'true', 'false');
CALL app.wall('ledger_books', 'tenant_id = (SELECT app.tenant_id()) OR (SELECT app.is_platform())', 'false');
DO $$
DECLARE
  target text;
  own text := '(SELECT app.is_platform()) OR book_id IN (SELECT id FROM ledger_books)';
BEGIN
  FOREACH target IN ARRAY ARRAY['ledger_accounts', 'ledger_entries', 'ledger_unfolded', 'ledger_closings'] LOOP
    CALL app.wall(target, own, 'false');
  END LOOP;
  own := '(SELECT app.is_platform()) OR account_id IN (SELECT id FROM ledger_accounts)';
  FOREACH target IN ARRAY ARRAY['ledger_balances', 'ledger_days', 'ledger_slices'] LOOP
    CALL app.wall(target, own, 'false');
  END LOOP;
  CALL app.wall('ledger_moves', '(SELECT app.is_platform()) OR from_account IN (SELECT id FROM ledger_accounts)', 'false');
  CALL app.wall('ledger_seals', '(SELECT app.is_platform())', 'false');
  FOREACH target IN ARRAY ARRAY['ledger_books', 'ledger_accounts', 'ledger_entries', 'ledger_moves', 'ledger_unfolded',
    'ledger_balances', 'ledger_days', 'ledger_slices', 'ledger_seals', 'ledger_closings'] LOOP
    EXECUTE format('CREATE POLICY writer ON %I TO CURRENT_USER USING (true) WITH CHECK (true)', target);
  END LOOP;
  FOREACH target IN ARRAY ARRAY['ledger_chart', 'ledger_accounts', 'ledger_entries', 'ledger_moves', 'ledger_seals', 'ledger_closings'] LOOP
    EXECUTE format('CREATE TRIGGER only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON %I
      FOR EACH STATEMENT EXECUTE FUNCTION app.only_added()', target);
  END LOOP;
END $$;
REVOKE INSERT, UPDATE, DELETE ON ledger_chart, ledger_books, ledger_accounts, ledger_entries, ledger_moves,
  ledger_unfolded, ledger_balances, ledger_days, ledger_slices, ledger_seals, ledger_closings FROM lockstep_app;
CALL app.watch('ledger_books', 'tenant_id');

-- Whoever posts to a book holds it open together; whoever closes a period of it waits for them.
CREATE FUNCTION app.hold_book(book text, is_alone boolean) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION 'the ledger is written in read committed transactions: an older view does not see a period that was closed since'
      USING ERRCODE = 'LG000';
  END IF;
  IF is_alone THEN
    PERFORM pg_advisory_xact_lock(20472, hashtext(book));
  ELSE
    PERFORM pg_advisory_xact_lock_shared(20472, hashtext(book));
  END IF;
END $$;

-- Every move is of accounts of its entry's book and of one currency, names whose or which one where
-- the account is kept so and only there, and was effective when its entry was, in a period that is
-- not closed. So whoever writes, by whatever way, writes what balances.
CREATE FUNCTION app.check_moves() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
  fault text;
  code text;
BEGIN
  SELECT why.fault, why.code INTO fault, code
  FROM written m
    LEFT JOIN ledger_entries e ON e.id = m.entry_id
    LEFT JOIN ledger_accounts f ON f.id = m.from_account
    LEFT JOIN ledger_accounts t ON t.id = m.to_account
    LEFT JOIN ledger_books b ON b.id = e.book_id
    CROSS JOIN LATERAL (SELECT
      CASE WHEN m.effective_at < b.closed_before THEN 'LG003' ELSE 'LG002' END AS code,
      CASE WHEN e.id IS NULL THEN 'a move belongs to an entry'
        WHEN f.id IS NULL OR t.id IS NULL THEN e.reference || ': a move is between two accounts that exist'
        WHEN f.book_id <> e.book_id OR t.book_id <> e.book_id THEN e.reference || ': a move stays in the book of its entry'
        WHEN f.currency <> t.currency THEN format('%s: from %s in %s to %s in %s: a move is of one currency', e.reference, f.code, f.currency, t.code, t.currency)
        WHEN m.effective_at <> e.effective_at THEN e.reference || ': a move was effective when its entry was'
        WHEN m.effective_at < b.closed_before THEN format('%s was effective on %s, and the book %s is closed before %s', e.reference,
          to_char(e.effective_at AT TIME ZONE 'UTC', 'YYYY-MM-DD'), b.key, to_char(b.closed_before AT TIME ZONE 'UTC', 'YYYY-MM-DD'))
        ELSE format('%s: %s', e.reference, CASE
          WHEN f.is_kept AND m.from_subject = '' THEN f.code || ' has parts, and the move does not say which'
          WHEN t.is_kept AND m.to_subject = '' THEN t.code || ' has parts, and the move does not say which'
          WHEN f.is_kept OR m.from_subject = '' THEN t.code || ' is one account and has no parts to name'
          ELSE f.code || ' is one account and has no parts to name' END) END AS fault) why
  WHERE (e.book_id = f.book_id AND e.book_id = t.book_id AND f.currency = t.currency AND m.effective_at = e.effective_at
    AND f.is_kept = (m.from_subject <> '') AND t.is_kept = (m.to_subject <> '')
    AND (b.closed_before IS NULL OR m.effective_at >= b.closed_before)) IS NOT TRUE
  LIMIT 1;
  IF fault IS NOT NULL THEN RAISE EXCEPTION '%', fault USING ERRCODE = code; END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER check_moves AFTER INSERT ON ledger_moves REFERENCING NEW TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION app.check_moves();

-- Opens the books and accounts that moves name and that were not there yet.
CREATE FUNCTION app.open_accounts(entries json, moves json, at timestamptz) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  unknown text;
BEGIN
  INSERT INTO ledger_books (key, tenant_id, opened_at)
    SELECT DISTINCT c.account_id, c.tenant_id, at FROM json_to_recordset(entries) AS e (b text)
      JOIN connected_accounts c ON c.account_id = e.b
      WHERE NOT EXISTS (SELECT FROM ledger_books k WHERE k.key = e.b) ORDER BY 1
    ON CONFLICT (key) DO NOTHING;
  SELECT e.r || ': there is no book ' || e.b INTO unknown FROM json_to_recordset(entries) AS e (b text, r text)
    WHERE NOT EXISTS (SELECT FROM ledger_books k WHERE k.key = e.b);
  IF unknown IS NOT NULL THEN RAISE EXCEPTION '%', unknown USING ERRCODE = 'LG001'; END IF;

  INSERT INTO ledger_accounts (book_id, code, currency, is_kept)
    SELECT DISTINCT b.id, c.code, m.c, c.kept_by IS NOT NULL
    FROM json_to_recordset(entries) AS e (p integer, b text)
      JOIN ledger_books b ON b.key = e.b
      JOIN json_to_recordset(moves) AS m (p integer, f text, t text, c text) ON m.p = e.p
      JOIN ledger_chart c ON c.code IN (m.f, m.t)
    WHERE NOT EXISTS (SELECT FROM ledger_accounts a WHERE a.book_id = b.id AND a.code = c.code AND a.currency = m.c)
    ORDER BY 1, 2, 3
    ON CONFLICT (book_id, code, currency) DO NOTHING;
  SELECT format('%s: there is no account %s in the chart', e.r, named.code) INTO unknown
    FROM json_to_recordset(moves) AS m (p integer, f text, t text)
      JOIN json_to_recordset(entries) AS e (p integer, r text) ON e.p = m.p
      CROSS JOIN LATERAL (VALUES (m.f), (m.t)) named (code)
    WHERE NOT EXISTS (SELECT FROM ledger_chart c WHERE c.code = named.code);
  IF unknown IS NOT NULL THEN RAISE EXCEPTION '%', unknown USING ERRCODE = 'LG001'; END IF;
END $$;

-- Posts what is not posted yet, in one statement however many. `entries` is [{p: place, b: book,
-- r: reference, k: kind, e: effective at, t: tenant, c: customer, y: payment, n: country, h: method,
-- o: object, x: corrects}], `moves` is [{p: place of its entry, q: its own, f: from, g: its subject,
-- t: to, s: its subject, m: minor, c: currency, l: plan}]. Answers with the places that were new.
CREATE FUNCTION app.post_entries(entries json, moves json, at timestamptz) RETURNS integer[] LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp SET enable_seqscan = off AS $$
#variable_conflict use_column
DECLARE
  posted integer[];
  known integer;
  unresolved boolean;
  fault text;
BEGIN
  IF NOT app.is_platform() THEN
    RAISE EXCEPTION 'only the platform posts to the ledger' USING ERRCODE = '42501';
  END IF;
  PERFORM app.hold_book(named.b, false)
    FROM (SELECT DISTINCT e.b, hashtext(e.b) FROM json_to_recordset(entries) AS e (b text) ORDER BY 2, 1) named;

  FOR turn IN 1 .. 2 LOOP
    WITH sent AS MATERIALIZED (
      SELECT e.*, b.id AS book FROM json_to_recordset(entries) AS e (p integer, b text, r text, k text,
          e timestamptz, t text, c text, y text, n text, h text, o text, x text)
        LEFT JOIN ledger_books b ON b.key = e.b
    ), move AS MATERIALIZED (
      SELECT m.*, sent.book, sent.r, sent.e,
        (SELECT a.id FROM ledger_accounts a WHERE a.book_id = sent.book AND a.code = m.f AND a.currency = m.c) AS from_id,
        (SELECT a.id FROM ledger_accounts a WHERE a.book_id = sent.book AND a.code = m.t AND a.currency = m.c) AS to_id
      FROM json_to_recordset(moves) AS m (p integer, q smallint, f text, g text, t text, s text, m bigint, c text, l text)
        JOIN sent ON sent.p = m.p
    ), lacking AS MATERIALIZED (
      SELECT EXISTS (SELECT FROM move WHERE from_id IS NULL OR to_id IS NULL)
        OR EXISTS (SELECT FROM sent WHERE book IS NULL) AS found
    ), fresh AS (
      INSERT INTO ledger_entries (book_id, reference, kind, effective_at, posted_at, about_tenant_id, customer_id,
          payment_id, country, method, object_id, corrects)
        SELECT book, r, k, e, at, t, c, y, n, h, o, x FROM sent WHERE NOT (SELECT found FROM lacking)
        ORDER BY book, r
      ON CONFLICT (book_id, reference) DO NOTHING RETURNING id, book_id, reference
    ), moved AS (
      INSERT INTO ledger_moves (entry_id, position, from_account, to_account, from_subject, to_subject, minor, effective_at, plan)
        SELECT fresh.id, q, from_id, to_id, coalesce(g, ''), coalesce(s, ''), m, e, l
        FROM move JOIN fresh ON fresh.book_id = move.book AND fresh.reference = move.r ORDER BY fresh.id, q
    ), queued AS (
      INSERT INTO ledger_unfolded (book_id, entries) SELECT book_id, array_agg(id ORDER BY id) FROM fresh GROUP BY book_id
    )
    SELECT (SELECT array_agg(sent.p) FROM sent JOIN fresh ON fresh.book_id = sent.book AND fresh.reference = sent.r),
      (SELECT count(*) FROM sent), (SELECT found FROM lacking),
      (SELECT r || ': an entry has at least one move' FROM sent WHERE NOT EXISTS (SELECT FROM move WHERE move.p = sent.p) LIMIT 1)
    INTO posted, known, unresolved, fault;
    IF fault IS NOT NULL THEN RAISE EXCEPTION '%', fault USING ERRCODE = 'LG002'; END IF;
    EXIT WHEN NOT unresolved;
    PERFORM app.open_accounts(entries, moves, at);
  END LOOP;

  known := known - coalesce(cardinality(posted), 0);
  IF known > 0 THEN PERFORM app.compare_posted(entries, moves, coalesce(posted, '{}')); END IF;
  SELECT format('%s corrects %s, which is not in the book', e.r, e.x) INTO fault
    FROM json_to_recordset(entries) AS e (b text, r text, x text)
    WHERE e.x IS NOT NULL AND NOT EXISTS (
      SELECT FROM ledger_books b JOIN ledger_entries n ON n.book_id = b.id WHERE b.key = e.b AND n.reference = e.x);
  IF fault IS NOT NULL THEN RAISE EXCEPTION '%', fault USING ERRCODE = 'LG002'; END IF;
  RETURN coalesce(posted, '{}');
END $$;

-- What was posted before under the same reference was the same, or this is refused.
CREATE FUNCTION app.compare_posted(entries json, moves json, posted integer[]) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp SET enable_seqscan = off AS $$
DECLARE
  other text;
BEGIN
  WITH known AS MATERIALIZED (
    SELECT e.p, e.b, e.r, n.id FROM json_to_recordset(entries) AS e (p integer, b text, r text)
      JOIN ledger_books b ON b.key = e.b JOIN ledger_entries n ON n.book_id = b.id AND n.reference = e.r
    WHERE e.p <> ALL (posted)
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
  SELECT known.r || ' is posted already, with other moves, in the book ' || known.b INTO other
  FROM known JOIN differing ON differing.p = known.p LIMIT 1;
  IF other IS NOT NULL THEN RAISE EXCEPTION '%', other USING ERRCODE = 'LG004'; END IF;
END $$;

-- A digest of a seal's entries and of the seal before it.
CREATE FUNCTION app.ledger_digest(before bytea, sealed int8multirange) RETURNS bytea LANGUAGE sql STABLE
SET search_path = public, pg_temp SET timezone = 'UTC' SET datestyle = 'ISO' AS $$
  SELECT sha256(before || coalesce(string_agg(one.digest, ''::bytea ORDER BY one.id), ''))
  FROM (
    SELECT e.id, sha256(convert_to(ROW(e.id, e.book_id, e.reference, e.kind, e.effective_at, e.posted_at, e.about_tenant_id,
        e.customer_id, e.payment_id, e.country, e.method, e.object_id, e.corrects)::text || string_agg(ROW(m.position,
        m.from_account, m.to_account, m.from_subject, m.to_subject, m.minor, m.effective_at, m.plan)::text, '' ORDER BY m.position), 'UTF8')) AS digest
    FROM unnest(sealed) span CROSS JOIN LATERAL (
        SELECT * FROM ledger_entries WHERE id >= lower(span) AND id < upper(span)) e
      LEFT JOIN ledger_moves m ON m.entry_id = e.id
    GROUP BY e.id, e.book_id, e.reference, e.kind, e.effective_at, e.posted_at, e.about_tenant_id, e.customer_id,
      e.payment_id, e.country, e.method, e.object_id, e.corrects
  ) one
$$;

-- Adds what is not folded yet to the balances, days and slices, and seals it. One at a time, so
-- that seals follow one another; answers how many entries it folded.
CREATE FUNCTION app.fold_ledger(most integer, at timestamptz) RETURNS integer LANGUAGE plpgsql
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
    DELETE FROM ledger_unfolded WHERE id IN (SELECT u.id FROM ledger_unfolded u ORDER BY u.id LIMIT most) RETURNING entries
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

-- What of a book's seals after one of them does not hold: entries that are gone, or were changed,
-- or seals that are missing.
CREATE FUNCTION app.verify_seals(book integer, after integer)
RETURNS TABLE (number integer, fault text, entries bigint[]) LANGUAGE sql STABLE AS $$
  WITH sealed AS (
    SELECT s.number, s.entries, s.digest, lag(s.digest, 1, ''::bytea) OVER by_number AS before,
      s.number - lag(s.number, 1, 0) OVER by_number AS step
    FROM ledger_seals s WHERE s.book_id = book AND s.number >= after WINDOW by_number AS (ORDER BY s.number)
  ), checked AS (
    SELECT sealed.*, app.ledger_digest(sealed.before, sealed.entries) = sealed.digest AS holds,
      (SELECT array_agg(id) FROM unnest(sealed.entries) span
        CROSS JOIN LATERAL generate_series(lower(span), upper(span) - 1) id
        WHERE NOT EXISTS (SELECT FROM ledger_entries e WHERE e.id = id)) AS gone
    FROM sealed WHERE sealed.number > after
  )
  SELECT c.number, CASE WHEN c.step <> 1 THEN 'seal_missing' WHEN c.gone IS NOT NULL THEN 'entries_missing' ELSE 'entries_changed' END, c.gone
  FROM checked c WHERE c.step <> 1 OR NOT c.holds
$$;

-- Closes a book before an instant, or opens it again from there, once all who post to it are done.
CREATE FUNCTION app.close_book(which text, act_id text, before timestamptz, why text, who text, at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  book ledger_books;
BEGIN
  IF NOT app.is_platform() THEN
    RAISE EXCEPTION 'only the platform closes a book' USING ERRCODE = '42501';
  END IF;
  PERFORM app.hold_book(which, true);
  SELECT * INTO book FROM ledger_books b WHERE b.key = which;
  IF book.id IS NULL THEN RAISE EXCEPTION 'there is no book %', which USING ERRCODE = 'LG001'; END IF;
  IF before > at THEN
    RAISE EXCEPTION 'the month before % is not over', to_char(before AT TIME ZONE 'UTC', 'YYYY-MM-DD') USING ERRCODE = 'LG005';
  END IF;
  INSERT INTO ledger_closings (id, book_id, closed_before, was_before, reason, totals, by_id, at)
    VALUES (act_id, book.id, before, book.closed_before, why, coalesce((
      SELECT jsonb_agg(jsonb_build_object('code', t.code, 'currency', t.currency, 'minor', t.minor::text) ORDER BY t.code, t.currency)
      FROM app.ledger_totals(book.id, before) t), '[]'), who, at);
  UPDATE ledger_books SET closed_before = before WHERE id = book.id;
END $$;

-- What each account of a book held just before an instant, debits less credits: whole days from
-- their sums, the cut day and what is not folded from the moves themselves, in one view of all.
CREATE FUNCTION app.ledger_totals(book integer, before timestamptz)
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
      JOIN ledger_moves m ON m.entry_id = entry
      CROSS JOIN LATERAL (VALUES (m.to_account, m.minor::numeric), (m.from_account, -m.minor::numeric)) leg (account_id, minor)
      WHERE u.book_id = book AND (before IS NULL OR m.effective_at < (SELECT at FROM cut))
  )
  SELECT own.id, own.code, own.currency, coalesce(sum(part.minor), 0) FROM own LEFT JOIN part ON part.account_id = own.id
  GROUP BY own.id, own.code, own.currency
$$;

REVOKE EXECUTE ON FUNCTION app.check_moves(), app.open_accounts(json, json, timestamptz), app.compare_posted(json, json, integer[]),
  app.post_entries(json, json, timestamptz), app.fold_ledger(integer, timestamptz),
  app.close_book(text, text, timestamptz, text, text, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.post_entries(json, json, timestamptz), app.fold_ledger(integer, timestamptz),
  app.close_book(text, text, timestamptz, text, text, timestamptz), app.ledger_totals(integer, timestamptz),
  app.verify_seals(integer, integer), app.ledger_digest(bytea, int8multirange), app.hold_book(text, boolean) TO lockstep_app;
