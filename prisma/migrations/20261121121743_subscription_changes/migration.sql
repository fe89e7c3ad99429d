-- CreateEnum
CREATE TYPE "change_kind" AS ENUM ('plan', 'pause', 'resume', 'cancel', 'cancel_now', 'undo_cancel', 'discount');

-- CreateEnum
CREATE TYPE "change_status" AS ENUM ('requested', 'awaiting_payment', 'scheduled', 'applied', 'failed', 'undone');

-- AlterTable
ALTER TABLE "checkouts" ADD COLUMN     "add_on_version_ids" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "code" TEXT,
ADD COLUMN     "is_embedded" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "needs_card" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "promotion_code_id" TEXT,
ADD COLUMN     "trial_days" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "subscription_changes" (
    "id" TEXT NOT NULL,
    "tenant_id" TEXT NOT NULL,
    "subscription_id" TEXT NOT NULL,
    "kind" "change_kind" NOT NULL,
    "status" "change_status" NOT NULL,
    "choice" JSONB NOT NULL,
    "request" JSONB NOT NULL,
    "preview" JSONB,
    "reason" TEXT,
    "comment" TEXT,
    "schedule_id" TEXT,
    "invoice_id" TEXT,
    "pay_until" TIMESTAMPTZ(3),
    "effective_at" TIMESTAMPTZ(3),
    "resumes_at" TIMESTAMPTZ(3),
    "error" TEXT,
    "requested_by_id" TEXT,
    "trace_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "subscription_changes_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "subscription_changes_tenant_id_created_at_id_idx" ON "subscription_changes"("tenant_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "subscription_changes_subscription_id_status_idx" ON "subscription_changes"("subscription_id", "status");

-- Two people changing one subscription at once: the second is told. What waits for the period's end
-- stands beside it, once.
CREATE UNIQUE INDEX subscription_changes_one_under_way ON subscription_changes (tenant_id)
  WHERE status IN ('requested', 'awaiting_payment');
CREATE UNIQUE INDEX subscription_changes_one_scheduled ON subscription_changes (tenant_id)
  WHERE status = 'scheduled';
CALL app.wall_tenant('subscription_changes', 'tenant_id');
CALL app.watch('subscription_changes', 'tenant_id');
