-- CreateEnum
CREATE TYPE "money_act_kind" AS ENUM ('credit_note', 'refund', 'void', 'mark_uncollectible', 'adjust_balance', 'tax_exemption');

-- CreateEnum
CREATE TYPE "money_act_status" AS ENUM ('requested', 'done', 'failed');

-- CreateTable
CREATE TABLE "money_acts" (
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "tenant_id" TEXT NOT NULL,
    "kind" "money_act_kind" NOT NULL,
    "status" "money_act_status" NOT NULL,
    "invoice_id" TEXT,
    "amount_minor" BIGINT,
    "currency" TEXT,
    "reason" TEXT NOT NULL,
    "request" JSONB NOT NULL,
    "requested_by_id" TEXT NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "stripe_id" TEXT,
    "error" TEXT,

    CONSTRAINT "money_acts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "billing_settings" (
    "tenant_id" TEXT NOT NULL,
    "cc_emails" TEXT[],
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "billing_settings_pkey" PRIMARY KEY ("tenant_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "money_acts_key_key" ON "money_acts"("key");

-- CreateIndex
CREATE INDEX "money_acts_tenant_id_requested_at_id_idx" ON "money_acts"("tenant_id", "requested_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "money_acts_invoice_id_idx" ON "money_acts"("invoice_id");

-- Of one invoice one act at a time: two people who refund it at once do not both.
CREATE UNIQUE INDEX money_acts_one_at_a_time ON money_acts (invoice_id) WHERE status = 'requested';

ALTER TABLE money_acts
  ADD CONSTRAINT money_acts_finished CHECK ((finished_at IS NULL) = (status = 'requested')),
  ADD CONSTRAINT money_acts_failed_says_why CHECK ((error IS NOT NULL) = (status = 'failed')),
  ADD CONSTRAINT money_acts_amount_has_currency CHECK ((amount_minor IS NULL) = (currency IS NULL));

-- The reasons are the platform's own words, so a tenant reads them neither here nor in its log.
CALL app.wall('money_acts', '(SELECT app.is_platform())', '(SELECT app.is_platform())');
CALL app.watch('money_acts', '');
CALL app.wall_tenant('billing_settings', 'tenant_id');
CALL app.watch('billing_settings', 'tenant_id');
