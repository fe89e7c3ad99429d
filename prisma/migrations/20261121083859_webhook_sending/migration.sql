-- CreateEnum
CREATE TYPE "webhook_off_reason" AS ENUM ('person', 'failing', 'gone');

-- AlterTable
ALTER TABLE "webhook_endpoints" DROP COLUMN "failing_since",
DROP COLUMN "previous_sealed_secret",
DROP COLUMN "previous_until",
DROP COLUMN "sealed_secret",
ADD COLUMN     "disabled_because" "webhook_off_reason";

-- AlterTable
ALTER TABLE "webhook_deliveries" ADD COLUMN     "attempts_spent" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "claimed_until" TIMESTAMPTZ(3),
ADD COLUMN     "due_at" TIMESTAMPTZ(3),
ADD COLUMN     "is_test" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "occurred_at" TIMESTAMPTZ(3) NOT NULL;

-- CreateTable
CREATE TABLE "webhook_secrets" (
    "id" TEXT NOT NULL,
    "tenant_id" TEXT NOT NULL,
    "endpoint_id" TEXT NOT NULL,
    "sealed" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3),

    CONSTRAINT "webhook_secrets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook_standings" (
    "endpoint_id" TEXT NOT NULL,
    "tenant_id" TEXT NOT NULL,
    "failing_since" TIMESTAMPTZ(3),
    "last_tried_at" TIMESTAMPTZ(3),
    "last_delivered_at" TIMESTAMPTZ(3),

    CONSTRAINT "webhook_standings_pkey" PRIMARY KEY ("endpoint_id")
);

-- CreateTable
CREATE TABLE "webhook_attempts" (
    "delivery_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "tenant_id" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "url" TEXT NOT NULL,
    "request_headers" JSONB NOT NULL,
    "duration_ms" INTEGER,
    "status" INTEGER,
    "error" TEXT,
    "response_headers" JSONB,
    "response_body" TEXT,

    CONSTRAINT "webhook_attempts_pkey" PRIMARY KEY ("delivery_id","number")
);

-- CreateIndex
CREATE INDEX "webhook_secrets_endpoint_id_idx" ON "webhook_secrets"("endpoint_id");

-- CreateIndex
CREATE INDEX "webhook_deliveries_endpoint_id_created_at_id_idx" ON "webhook_deliveries"("endpoint_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "webhook_deliveries_endpoint_id_status_created_at_id_idx" ON "webhook_deliveries"("endpoint_id", "status", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "webhook_deliveries_reference_idx" ON "webhook_deliveries"("reference");

-- AddForeignKey
ALTER TABLE "webhook_secrets" ADD CONSTRAINT "webhook_secrets_endpoint_id_fkey" FOREIGN KEY ("endpoint_id") REFERENCES "webhook_endpoints"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook_standings" ADD CONSTRAINT "webhook_standings_endpoint_id_fkey" FOREIGN KEY ("endpoint_id") REFERENCES "webhook_endpoints"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook_attempts" ADD CONSTRAINT "webhook_attempts_delivery_id_fkey" FOREIGN KEY ("delivery_id") REFERENCES "webhook_deliveries"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The sender's questions: what of this endpoint is due, and how much of it is being sent?
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (endpoint_id, due_at) WHERE status = 'queued';
CREATE INDEX webhook_deliveries_claimed ON webhook_deliveries (endpoint_id) WHERE claimed_until IS NOT NULL;

ALTER TABLE webhook_endpoints ADD CONSTRAINT webhook_endpoints_off_for_a_reason
  CHECK ((disabled_at IS NULL) = (disabled_because IS NULL));
ALTER TABLE webhook_deliveries ADD CONSTRAINT webhook_deliveries_due_while_queued
  CHECK ((status = 'queued') = (due_at IS NOT NULL));

CALL app.wall_tenant('webhook_secrets', 'tenant_id');
CALL app.wall_tenant('webhook_standings', 'tenant_id');
CALL app.wall_tenant('webhook_attempts', 'tenant_id');

CALL app.watch('webhook_secrets', 'tenant_id', 'sealed');
DROP TRIGGER audit ON webhook_endpoints;
CALL app.watch('webhook_endpoints', 'tenant_id');
