-- DropIndex
DROP INDEX "webhook_deliveries_endpoint_id_status_created_at_id_idx";

-- AlterTable
ALTER TABLE "webhook_deliveries" ADD COLUMN     "failed_at" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "webhook_deliveries_tenant_id_type_created_at_id_idx" ON "webhook_deliveries"("tenant_id", "type", "created_at" DESC, "id" DESC);

-- The failed and the queued are few among the delivered; each is looked for by a column that is null
-- in all others.
SELECT set_config('app.scope', 'system', true);
UPDATE webhook_deliveries SET failed_at = created_at WHERE status = 'failed';
ALTER TABLE webhook_deliveries ADD CONSTRAINT webhook_deliveries_failed_at
  CHECK ((status = 'failed') = (failed_at IS NOT NULL));
CREATE INDEX webhook_deliveries_failed ON webhook_deliveries (tenant_id, created_at DESC, id DESC)
  WHERE failed_at IS NOT NULL;
CREATE INDEX webhook_deliveries_failed_at_endpoint ON webhook_deliveries (endpoint_id, created_at DESC, id DESC)
  WHERE failed_at IS NOT NULL;
CREATE INDEX webhook_deliveries_queued ON webhook_deliveries (tenant_id, created_at DESC, id DESC)
  WHERE due_at IS NOT NULL;
