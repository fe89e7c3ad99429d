-- CreateEnum
CREATE TYPE "money_move_kind" AS ENUM ('payout', 'payout_cancel', 'transfer', 'transfer_reversal', 'fee_refund', 'topup', 'topup_cancel', 'account_debit');

-- CreateEnum
CREATE TYPE "money_move_status" AS ENUM ('requested', 'done', 'failed');

-- CreateTable
CREATE TABLE "money_moves" (
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "kind" "money_move_kind" NOT NULL,
    "status" "money_move_status" NOT NULL,
    "tenant_id" TEXT,
    "account_id" TEXT NOT NULL,
    "object_id" TEXT,
    "amount_minor" BIGINT,
    "currency" TEXT,
    "reason" TEXT,
    "request" JSONB NOT NULL,
    "requested_by_id" TEXT NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "stripe_id" TEXT,
    "fee_minor" BIGINT,
    "error" TEXT,

    CONSTRAINT "money_moves_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "payout_traces" (
    "account" TEXT NOT NULL DEFAULT '',
    "payout_id" TEXT NOT NULL,
    "tenant_id" TEXT,
    "currency" TEXT NOT NULL,
    "payout_minor" BIGINT NOT NULL,
    "parts_minor" BIGINT NOT NULL DEFAULT 0,
    "parts" INTEGER NOT NULL DEFAULT 0,
    "after" TEXT,
    "began_at" TIMESTAMPTZ(3) NOT NULL,
    "read_at" TIMESTAMPTZ(3),

    CONSTRAINT "payout_traces_pkey" PRIMARY KEY ("account","payout_id")
);

-- CreateTable
CREATE TABLE "payout_parts" (
    "account" TEXT NOT NULL DEFAULT '',
    "id" TEXT NOT NULL,
    "payout_id" TEXT NOT NULL,
    "tenant_id" TEXT,
    "type" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "source_id" TEXT,
    "description" TEXT,
    "currency" TEXT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "fee_minor" BIGINT NOT NULL,
    "stripe_fee_minor" BIGINT NOT NULL,
    "application_fee_minor" BIGINT NOT NULL,
    "net_minor" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "available_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "payout_parts_pkey" PRIMARY KEY ("account","id")
);

-- CreateTable
CREATE TABLE "stripe_topups" (
    "account" TEXT NOT NULL DEFAULT '',
    "id" TEXT NOT NULL,
    "tenant_id" TEXT,
    "created_at" TIMESTAMPTZ(3),
    "instant" TIMESTAMPTZ(3) NOT NULL,
    "is_deleted" BOOLEAN NOT NULL DEFAULT false,
    "balance_transaction_id" TEXT,
    "status" TEXT,
    "currency" TEXT,
    "amount_minor" BIGINT,
    "expected_at" TIMESTAMPTZ(3),
    "failure_code" TEXT,
    "object" JSONB NOT NULL,

    CONSTRAINT "stripe_topups_pkey" PRIMARY KEY ("account","id")
);

-- CreateTable
CREATE TABLE "stripe_transfer_reversals" (
    "account" TEXT NOT NULL DEFAULT '',
    "id" TEXT NOT NULL,
    "tenant_id" TEXT,
    "transfer_id" TEXT NOT NULL,
    "refund_id" TEXT,
    "balance_transaction_id" TEXT,
    "currency" TEXT,
    "amount_minor" BIGINT,
    "made_at" TIMESTAMPTZ(3),
    "object" JSONB NOT NULL,

    CONSTRAINT "stripe_transfer_reversals_pkey" PRIMARY KEY ("account","id")
);

-- CreateTable
CREATE TABLE "stripe_fee_refunds" (
    "account" TEXT NOT NULL DEFAULT '',
    "id" TEXT NOT NULL,
    "tenant_id" TEXT,
    "fee_id" TEXT NOT NULL,
    "balance_transaction_id" TEXT,
    "currency" TEXT,
    "amount_minor" BIGINT,
    "made_at" TIMESTAMPTZ(3),
    "object" JSONB NOT NULL,

    CONSTRAINT "stripe_fee_refunds_pkey" PRIMARY KEY ("account","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "money_moves_key_key" ON "money_moves"("key");

-- CreateIndex
CREATE INDEX "money_moves_tenant_id_requested_at_id_idx" ON "money_moves"("tenant_id", "requested_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "money_moves_account_id_requested_at_id_idx" ON "money_moves"("account_id", "requested_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "money_moves_stripe_id_idx" ON "money_moves"("stripe_id");

-- CreateIndex
CREATE INDEX "payout_traces_tenant_id_idx" ON "payout_traces"("tenant_id");

-- CreateIndex
CREATE INDEX "payout_parts_account_payout_id_created_at_id_idx" ON "payout_parts"("account", "payout_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "payout_parts_account_source_id_idx" ON "payout_parts"("account", "source_id");

-- CreateIndex
CREATE INDEX "payout_parts_tenant_id_idx" ON "payout_parts"("tenant_id");

-- CreateIndex
CREATE INDEX "stripe_topups_tenant_id_created_at_id_idx" ON "stripe_topups"("tenant_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "stripe_topups_created_at_id_idx" ON "stripe_topups"("created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "stripe_transfer_reversals_account_transfer_id_idx" ON "stripe_transfer_reversals"("account", "transfer_id");

-- CreateIndex
CREATE INDEX "stripe_transfer_reversals_tenant_id_idx" ON "stripe_transfer_reversals"("tenant_id");

-- CreateIndex
CREATE INDEX "stripe_fee_refunds_account_fee_id_idx" ON "stripe_fee_refunds"("account", "fee_id");

-- CreateIndex
CREATE INDEX "stripe_fee_refunds_tenant_id_idx" ON "stripe_fee_refunds"("tenant_id");

-- Of one account one move at a time: two people who pay it out at once do not both.
CREATE UNIQUE INDEX money_moves_one_at_a_time ON money_moves (account_id) WHERE status = 'requested';

ALTER TABLE money_moves
  ADD CONSTRAINT money_moves_finished CHECK ((finished_at IS NULL) = (status = 'requested')),
  ADD CONSTRAINT money_moves_failed_says_why CHECK ((error IS NOT NULL) = (status = 'failed')),
  ADD CONSTRAINT money_moves_amount_has_currency CHECK ((amount_minor IS NULL) = (currency IS NULL));

-- Payouts of every account by when they were made, as the console lists them.
CREATE INDEX stripe_payouts_newest ON stripe_payouts (created_at DESC, id DESC);
CREATE INDEX stripe_transfers_newest ON stripe_transfers (created_at DESC, id DESC);
CREATE INDEX stripe_application_fees_newest ON stripe_application_fees (created_at DESC, id DESC);

CALL app.wall_tenant('money_moves', 'tenant_id');
CALL app.watch('money_moves', 'tenant_id');
CALL app.wall_tenant('payout_traces', 'tenant_id');
CALL app.wall_tenant('payout_parts', 'tenant_id');
CALL app.wall_tenant('stripe_topups', 'tenant_id');
CALL app.wall_tenant('stripe_transfer_reversals', 'tenant_id');
CALL app.wall_tenant('stripe_fee_refunds', 'tenant_id');
