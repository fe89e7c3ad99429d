-- CreateEnum
CREATE TYPE "dispute_stage" AS ENUM ('inquiry', 'dispute');

-- CreateEnum
CREATE TYPE "dispute_answer_status" AS ENUM ('draft', 'requested', 'sent', 'failed');

-- CreateEnum
CREATE TYPE "dispute_decision" AS ENUM ('submit', 'accept');

-- CreateTable
CREATE TABLE "dispute_answers" (
    "id" TEXT NOT NULL,
    "tenant_id" TEXT NOT NULL,
    "account" TEXT NOT NULL DEFAULT '',
    "dispute_id" TEXT NOT NULL,
    "stage" "dispute_stage" NOT NULL,
    "status" "dispute_answer_status" NOT NULL,
    "decision" "dispute_decision",
    "texts" JSONB NOT NULL DEFAULT '{}',
    "sent" JSONB,
    "round" INTEGER NOT NULL DEFAULT 0,
    "edited_by_id" TEXT NOT NULL,
    "edited_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_by_id" TEXT,
    "decided_at" TIMESTAMPTZ(3),
    "error" TEXT,

    CONSTRAINT "dispute_answers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dispute_files" (
    "id" TEXT NOT NULL,
    "tenant_id" TEXT NOT NULL,
    "answer_id" TEXT NOT NULL,
    "field" TEXT NOT NULL,
    "file_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "added_by_id" TEXT NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "dispute_files_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stripe_fraud_warnings" (
    "account" TEXT NOT NULL DEFAULT '',
    "id" TEXT NOT NULL,
    "tenant_id" TEXT,
    "created_at" TIMESTAMPTZ(3),
    "instant" TIMESTAMPTZ(3) NOT NULL,
    "is_deleted" BOOLEAN NOT NULL DEFAULT false,
    "charge_id" TEXT,
    "payment_intent_id" TEXT,
    "fraud_type" TEXT,
    "is_actionable" BOOLEAN,
    "object" JSONB NOT NULL,

    CONSTRAINT "stripe_fraud_warnings_pkey" PRIMARY KEY ("account","id")
);

-- CreateIndex
CREATE INDEX "dispute_answers_tenant_id_idx" ON "dispute_answers"("tenant_id");

-- CreateIndex
CREATE INDEX "dispute_answers_status_decided_at_idx" ON "dispute_answers"("status", "decided_at");

-- CreateIndex
CREATE UNIQUE INDEX "dispute_answers_account_dispute_id_stage_key" ON "dispute_answers"("account", "dispute_id", "stage");

-- CreateIndex
CREATE INDEX "dispute_files_tenant_id_idx" ON "dispute_files"("tenant_id");

-- CreateIndex
CREATE UNIQUE INDEX "dispute_files_answer_id_field_key" ON "dispute_files"("answer_id", "field");

-- CreateIndex
CREATE INDEX "stripe_fraud_warnings_tenant_id_created_at_id_idx" ON "stripe_fraud_warnings"("tenant_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "stripe_fraud_warnings_charge_id_idx" ON "stripe_fraud_warnings"("charge_id");

-- CreateIndex
CREATE INDEX "stripe_disputes_due_at_id_idx" ON "stripe_disputes"("due_at", "id");

-- AddForeignKey
ALTER TABLE "dispute_files" ADD CONSTRAINT "dispute_files_answer_id_fkey" FOREIGN KEY ("answer_id") REFERENCES "dispute_answers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What is decided is there from the decision on; a draft has none.
ALTER TABLE dispute_answers ADD CONSTRAINT dispute_answers_decision
  CHECK ((status = 'draft') = (decision IS NULL)
    AND (decision IS NULL) = (decided_at IS NULL)
    AND (decision IS NULL) = (sent IS NULL)
    AND (error IS NOT NULL OR status <> 'failed'));
-- An answer is given once: what Stripe took is never changed here, nor sent a second time.
CREATE FUNCTION app.answered_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status = 'sent' AND (TG_OP = 'DELETE' OR NEW IS DISTINCT FROM OLD) THEN
    RAISE EXCEPTION 'an answer that was sent is final';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER answered_once BEFORE UPDATE OR DELETE ON dispute_answers
  FOR EACH ROW EXECUTE FUNCTION app.answered_once();

CALL app.wall_tenant('dispute_answers', 'tenant_id');
CALL app.watch('dispute_answers', 'tenant_id');
CALL app.wall_tenant('dispute_files', 'tenant_id');
CALL app.watch('dispute_files', 'tenant_id');
CALL app.wall_tenant('stripe_fraud_warnings', 'tenant_id');
