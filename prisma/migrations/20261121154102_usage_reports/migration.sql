-- AlterTable
ALTER TABLE "meters" ADD COLUMN     "deactivated_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "usage_reports" (
    "id" TEXT NOT NULL,
    "meter_key" TEXT,
    "error_count" INTEGER NOT NULL,
    "errors" JSONB NOT NULL,
    "summary" TEXT NOT NULL,
    "told_at" TIMESTAMPTZ(3) NOT NULL,
    "read_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "usage_reports_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "usage_reports_told_at_id_idx" ON "usage_reports"("told_at" DESC, "id" DESC);

CALL app.wall('usage_reports', '(SELECT app.is_platform())', '(SELECT app.is_platform())');
CALL app.watch('usage_reports', '');
