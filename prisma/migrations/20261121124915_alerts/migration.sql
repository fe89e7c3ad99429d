-- CreateTable
CREATE TABLE "alerts" (
    "id" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "tenant_id" TEXT,
    "object_id" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "raised_at" TIMESTAMPTZ(3) NOT NULL,
    "acknowledged_at" TIMESTAMPTZ(3),
    "acknowledged_by_id" TEXT,
    "note" TEXT,

    CONSTRAINT "alerts_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "alerts_reference_key" ON "alerts"("reference");

-- CreateIndex
CREATE INDEX "alerts_raised_at_id_idx" ON "alerts"("raised_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "alerts_tenant_id_raised_at_idx" ON "alerts"("tenant_id", "raised_at" DESC);

-- What is open is looked for by this, and is little.
CREATE INDEX alerts_open ON alerts (raised_at DESC, id DESC) WHERE acknowledged_at IS NULL;
ALTER TABLE alerts ADD CONSTRAINT alerts_acknowledged
  CHECK ((acknowledged_at IS NULL) = (acknowledged_by_id IS NULL));

CALL app.wall('alerts', '(SELECT app.is_platform())', '(SELECT app.is_platform())');
CALL app.watch('alerts', '');
