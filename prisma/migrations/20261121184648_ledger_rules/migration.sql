-- CreateTable
CREATE TABLE "revenue_schedules" (
    "line_id" TEXT NOT NULL,
    "invoice_id" TEXT NOT NULL,
    "about_tenant_id" TEXT,
    "subject" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "plan" TEXT,
    "minor" BIGINT NOT NULL,
    "from_day" DATE NOT NULL,
    "to_day" DATE NOT NULL,
    "unearned_minor" BIGINT NOT NULL,
    "earned_minor" BIGINT NOT NULL DEFAULT 0,
    "next_day" DATE NOT NULL,
    "is_done" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "revenue_schedules_pkey" PRIMARY KEY ("line_id")
);

-- CreateTable
CREATE TABLE "balance_feeds" (
    "account" TEXT NOT NULL,
    "known_until" TIMESTAMPTZ(3),
    "since" TIMESTAMPTZ(3),
    "cursor" TEXT,
    "newest_at" TIMESTAMPTZ(3),
    "held_until" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "seen" INTEGER NOT NULL DEFAULT 0,
    "posted" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,

    CONSTRAINT "balance_feeds_pkey" PRIMARY KEY ("account")
);

-- CreateTable
CREATE TABLE "feed_wishes" (
    "id" BIGSERIAL NOT NULL,
    "account" TEXT NOT NULL,

    CONSTRAINT "feed_wishes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger_waits" (
    "object_type" TEXT NOT NULL,
    "account" TEXT NOT NULL,
    "object_id" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ledger_waits_pkey" PRIMARY KEY ("object_type","account","object_id")
);

-- CreateTable
CREATE TABLE "ledger_walks" (
    "object_type" TEXT NOT NULL,
    "after_account" TEXT NOT NULL DEFAULT '',
    "after_id" TEXT NOT NULL DEFAULT '',
    "finished_at" TIMESTAMPTZ(3),
    "seen" INTEGER NOT NULL DEFAULT 0,
    "posted" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "ledger_walks_pkey" PRIMARY KEY ("object_type")
);

-- CreateIndex
CREATE INDEX "revenue_schedules_invoice_id_idx" ON "revenue_schedules"("invoice_id");

-- CreateIndex
CREATE INDEX "feed_wishes_account_idx" ON "feed_wishes"("account");

-- CreateIndex
CREATE INDEX "ledger_waits_since_idx" ON "ledger_waits"("since");

ALTER TABLE revenue_schedules
  ADD CONSTRAINT revenue_schedules_days CHECK (to_day > from_day OR is_done OR unearned_minor = earned_minor OR next_day >= to_day),
  ADD CONSTRAINT revenue_schedules_earned CHECK (abs(earned_minor) <= abs(unearned_minor));

-- What is still to be earned, the longest unposted first.
CREATE INDEX revenue_schedules_due ON revenue_schedules (next_day, invoice_id) WHERE NOT is_done;

-- Entries that correct another, by which.
CREATE INDEX IF NOT EXISTS ledger_entries_corrections ON ledger_entries (book_id, corrects) WHERE corrects IS NOT NULL;

-- Rows whose money was not available yet, which are read again once it is.
CREATE INDEX stripe_balance_transactions_pending ON stripe_balance_transactions (account, available_at) WHERE status = 'pending';

CALL app.wall('revenue_schedules', '(SELECT app.is_platform())', '(SELECT app.is_platform())');
CALL app.wall('balance_feeds', '(SELECT app.is_platform())', '(SELECT app.is_platform())');
CALL app.wall('feed_wishes', '(SELECT app.is_platform())', '(SELECT app.is_platform())');
CALL app.wall('ledger_waits', '(SELECT app.is_platform())', '(SELECT app.is_platform())');
CALL app.wall('ledger_walks', '(SELECT app.is_platform())', '(SELECT app.is_platform())');
