-- CreateEnum
CREATE TYPE "reconciliation_kind" AS ENUM ('continuous', 'full');

-- CreateEnum
CREATE TYPE "reconciliation_status" AS ENUM ('running', 'done', 'stopped');

-- CreateEnum
CREATE TYPE "break_kind" AS ENUM ('missing_here', 'missing_there', 'amount', 'currency', 'duplicate', 'late', 'unknown_kind', 'drift');

-- CreateEnum
CREATE TYPE "break_status" AS ENUM ('open', 'expected', 'accepted', 'gone');

-- CreateEnum
CREATE TYPE "resolution_kind" AS ENUM ('refetch', 'post', 'adjust', 'expect', 'write_off');

-- CreateEnum
CREATE TYPE "resolution_status" AS ENUM ('proposed', 'decided', 'done', 'failed', 'rejected');

-- CreateEnum
CREATE TYPE "report_source" AS ENUM ('reporting', 'upload');

-- CreateEnum
CREATE TYPE "report_status" AS ENUM ('asked', 'reading', 'compared', 'failed');

-- CreateTable
CREATE TABLE "reconciliation_runs" (
    "id" TEXT NOT NULL,
    "kind" "reconciliation_kind" NOT NULL,
    "status" "reconciliation_status" NOT NULL,
    "only_book" TEXT,
    "started_by_id" TEXT,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "progressed_at" TIMESTAMPTZ(3) NOT NULL,
    "books" INTEGER NOT NULL,
    "books_done" INTEGER NOT NULL DEFAULT 0,
    "book" TEXT NOT NULL DEFAULT '',
    "step" INTEGER NOT NULL DEFAULT 0,
    "cursor" TEXT NOT NULL DEFAULT '',
    "asked" BIGINT NOT NULL DEFAULT 0,
    "found" INTEGER NOT NULL DEFAULT 0,
    "spent_ms" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,

    CONSTRAINT "reconciliation_runs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reconciliation_standings" (
    "book" TEXT NOT NULL,
    "check" TEXT NOT NULL,
    "asked" BIGINT NOT NULL,
    "checked_at" TIMESTAMPTZ(3) NOT NULL,
    "whole_at" TIMESTAMPTZ(3),

    CONSTRAINT "reconciliation_standings_pkey" PRIMARY KEY ("book","check")
);

-- CreateTable
CREATE TABLE "reconciled_balances" (
    "book" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "stripe_minor" BIGINT NOT NULL,
    "ledger_minor" BIGINT NOT NULL,
    "cutoff" TEXT NOT NULL,
    "cutoff_at" TIMESTAMPTZ(3) NOT NULL,
    "checked_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "reconciled_balances_pkey" PRIMARY KEY ("book","currency")
);

-- CreateTable
CREATE TABLE "reconciliation_marks" (
    "id" BIGSERIAL NOT NULL,
    "book" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "is_new" BOOLEAN NOT NULL,

    CONSTRAINT "reconciliation_marks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reconciliation_breaks" (
    "id" TEXT NOT NULL,
    "book" TEXT NOT NULL,
    "tenant_id" TEXT,
    "check" TEXT NOT NULL,
    "kind" "break_kind" NOT NULL,
    "reference" TEXT NOT NULL,
    "status" "break_status" NOT NULL,
    "currency" TEXT,
    "stripe_minor" BIGINT,
    "ledger_minor" BIGINT,
    "difference_minor" BIGINT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "found_at" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "gone_at" TIMESTAMPTZ(3),
    "cause" TEXT NOT NULL,
    "evidence" JSONB NOT NULL,
    "expected_until" TIMESTAMPTZ(3),
    "rule_key" TEXT,
    "rule_version" INTEGER,
    "rule_says" TEXT,

    CONSTRAINT "reconciliation_breaks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reconciliation_resolutions" (
    "id" TEXT NOT NULL,
    "break_id" TEXT NOT NULL,
    "kind" "resolution_kind" NOT NULL,
    "status" "resolution_status" NOT NULL,
    "note" TEXT NOT NULL,
    "detail" JSONB NOT NULL,
    "proposed_by_id" TEXT NOT NULL,
    "proposed_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_by_id" TEXT,
    "decided_at" TIMESTAMPTZ(3),
    "done_at" TIMESTAMPTZ(3),
    "entry" TEXT,
    "error" TEXT,

    CONSTRAINT "reconciliation_resolutions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reconciliation_rules" (
    "key" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "conditions" JSONB NOT NULL,
    "act" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "is_active" BOOLEAN NOT NULL,
    "created_by_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "reconciliation_rules_pkey" PRIMARY KEY ("key","version")
);

-- CreateTable
CREATE TABLE "stripe_reports" (
    "id" TEXT NOT NULL,
    "source" "report_source" NOT NULL,
    "book" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "from_at" TIMESTAMPTZ(3),
    "to_at" TIMESTAMPTZ(3),
    "status" "report_status" NOT NULL,
    "file_name" TEXT,
    "stripe_run_id" TEXT,
    "rows" INTEGER NOT NULL DEFAULT 0,
    "matched" INTEGER NOT NULL DEFAULT 0,
    "found" INTEGER NOT NULL DEFAULT 0,
    "asked_by_id" TEXT,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "compared_at" TIMESTAMPTZ(3),
    "error" TEXT,

    CONSTRAINT "stripe_reports_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stripe_report_lines" (
    "report_id" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "line" INTEGER NOT NULL,
    "currency" TEXT NOT NULL,
    "gross_minor" BIGINT NOT NULL,
    "fee_minor" BIGINT NOT NULL,
    "net_minor" BIGINT NOT NULL,
    "category" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "source_id" TEXT,

    CONSTRAINT "stripe_report_lines_pkey" PRIMARY KEY ("report_id","reference")
);

-- CreateIndex
CREATE INDEX "reconciliation_runs_started_at_id_idx" ON "reconciliation_runs"("started_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "reconciliation_breaks_found_at_id_idx" ON "reconciliation_breaks"("found_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "reconciliation_breaks_book_found_at_idx" ON "reconciliation_breaks"("book", "found_at" DESC);

-- CreateIndex
CREATE INDEX "reconciliation_breaks_tenant_id_idx" ON "reconciliation_breaks"("tenant_id");

-- CreateIndex
CREATE INDEX "reconciliation_resolutions_break_id_proposed_at_idx" ON "reconciliation_resolutions"("break_id", "proposed_at" DESC);

-- CreateIndex
CREATE INDEX "stripe_reports_asked_at_id_idx" ON "stripe_reports"("asked_at" DESC, "id" DESC);

-- AddForeignKey
ALTER TABLE "reconciliation_resolutions" ADD CONSTRAINT "reconciliation_resolutions_break_id_fkey" FOREIGN KEY ("break_id") REFERENCES "reconciliation_breaks"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "stripe_report_lines" ADD CONSTRAINT "stripe_report_lines_report_id_fkey" FOREIGN KEY ("report_id") REFERENCES "stripe_reports"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- One break under way per place; those that are gone are history.
CREATE UNIQUE INDEX reconciliation_breaks_one ON reconciliation_breaks (book, "check", reference)
  WHERE status <> 'gone';
CREATE INDEX reconciliation_breaks_open ON reconciliation_breaks (found_at DESC, id DESC)
  WHERE status = 'open';
-- One whole comparison of a book, or of all, at a time; one decision about a break at a time.
CREATE UNIQUE INDEX reconciliation_runs_one ON reconciliation_runs ((coalesce(only_book, '')))
  WHERE status = 'running' AND kind = 'full';
CREATE UNIQUE INDEX reconciliation_resolutions_one ON reconciliation_resolutions (break_id)
  WHERE status IN ('proposed', 'decided');

-- What is given up takes two people: nobody says yes to what they proposed themselves.
ALTER TABLE reconciliation_resolutions ADD CONSTRAINT resolutions_two_people
  CHECK (kind <> 'write_off' OR status IN ('proposed', 'rejected')
    OR (decided_by_id IS NOT NULL AND decided_by_id <> proposed_by_id));
CREATE FUNCTION app.keep_proposal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'resolution % is history and stays', OLD.id;
  END IF;
  IF (NEW.break_id, NEW.kind, NEW.proposed_by_id, NEW.proposed_at, NEW.detail, NEW.note)
    IS DISTINCT FROM
    (OLD.break_id, OLD.kind, OLD.proposed_by_id, OLD.proposed_at, OLD.detail, OLD.note) THEN
    RAISE EXCEPTION 'what resolution % proposes never changes; propose another', OLD.id;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_proposal BEFORE UPDATE OR DELETE ON reconciliation_resolutions
  FOR EACH ROW EXECUTE FUNCTION app.keep_proposal();

CREATE FUNCTION app.keep_rule() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'version % of rule % never changes; add another', OLD.version, OLD.key;
END $$;
CREATE TRIGGER keep_rule BEFORE UPDATE OR DELETE ON reconciliation_rules
  FOR EACH ROW EXECUTE FUNCTION app.keep_rule();

-- What changed of Stripe's balance transactions since it was last compared. The mark commits with
-- the change, so none is lost however many write at once; comparing takes the marks away.
CREATE FUNCTION app.mark_inserted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO reconciliation_marks (book, reference, is_new)
    SELECT coalesce(nullif(account, ''), 'platform'), id, true FROM changed;
  RETURN NULL;
END $$;
CREATE FUNCTION app.mark_removed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO reconciliation_marks (book, reference, is_new)
    SELECT coalesce(nullif(account, ''), 'platform'), id, false FROM changed;
  RETURN NULL;
END $$;
-- That what was pending is available says nothing new about money.
CREATE FUNCTION app.mark_updated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO reconciliation_marks (book, reference, is_new)
    SELECT coalesce(nullif(n.account, ''), 'platform'), n.id, false
    FROM changed n JOIN previous p USING (account, id)
    WHERE (n.net_minor, n.fee_minor, n.currency, n.type, n.is_deleted)
      IS DISTINCT FROM (p.net_minor, p.fee_minor, p.currency, p.type, p.is_deleted);
  RETURN NULL;
END $$;
CREATE TRIGGER mark_inserted AFTER INSERT ON stripe_balance_transactions
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION app.mark_inserted();
CREATE TRIGGER mark_updated AFTER UPDATE ON stripe_balance_transactions
  REFERENCING NEW TABLE AS changed OLD TABLE AS previous
  FOR EACH STATEMENT EXECUTE FUNCTION app.mark_updated();
CREATE TRIGGER mark_removed AFTER DELETE ON stripe_balance_transactions
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION app.mark_removed();

-- The rules a new installation begins with. Written before the wall stands.
INSERT INTO reconciliation_rules
  (key, version, title, conditions, act, reason, is_active, created_by_id, created_at) VALUES
  ('ask-again', 1, 'Ask Stripe again for what is missing or differs',
   '{"kinds": ["missing_here", "amount"], "causes": ["webhook_never_came", "mirror_lost", "mirror_differs", "transactions_missing", "not_settled"]}',
   '{"act": "refetch"}',
   'An event that was lost, or a mirror that is old, is mended by asking Stripe for the object again; nothing is posted that Stripe does not say.',
   true, NULL, '2026-11-21T00:00:00Z'),
  ('on-its-way', 1, 'Give a payout two more days to arrive',
   '{"kinds": ["late"], "causes": ["no_arrival"]}',
   '{"act": "expect", "minutes": 2880}',
   'Banks book a payout up to two working days after the day Stripe names; until then nothing is wrong.',
   true, NULL, '2026-11-21T00:00:00Z');

-- What the platform finds about its own books is not for tenants to see.
CALL app.wall('reconciliation_runs', '(SELECT app.is_platform())', '(SELECT app.is_platform())');
CALL app.wall('reconciliation_standings', '(SELECT app.is_platform())', '(SELECT app.is_platform())');
CALL app.wall('reconciled_balances', '(SELECT app.is_platform())', '(SELECT app.is_platform())');
CALL app.wall('reconciliation_marks', '(SELECT app.is_platform())', '(SELECT app.is_platform())');
-- Whoever changes a mirror leaves a mark; only the platform sees which there are.
CREATE POLICY marks ON reconciliation_marks FOR INSERT WITH CHECK (true);
CALL app.wall('reconciliation_breaks', '(SELECT app.is_platform())', '(SELECT app.is_platform())');
CALL app.wall('reconciliation_resolutions', '(SELECT app.is_platform())', '(SELECT app.is_platform())');
CALL app.wall('reconciliation_rules', '(SELECT app.is_platform())', '(SELECT app.is_platform())');
CALL app.wall('stripe_reports', '(SELECT app.is_platform())', '(SELECT app.is_platform())');
CALL app.wall('stripe_report_lines', '(SELECT app.is_platform())', '(SELECT app.is_platform())');
CALL app.watch('reconciliation_resolutions', '');
CALL app.watch('reconciliation_rules', '');
CALL app.watch('stripe_reports', '');
GRANT USAGE ON SEQUENCE reconciliation_marks_id_seq TO lockstep_app;
