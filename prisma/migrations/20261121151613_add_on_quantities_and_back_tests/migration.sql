-- CreateEnum
CREATE TYPE "back_test_status" AS ENUM ('running', 'finished', 'failed');

-- AlterTable
ALTER TABLE "checkouts" ADD COLUMN     "add_on_quantities" INTEGER[] DEFAULT ARRAY[]::INTEGER[];

-- AlterTable
ALTER TABLE "plans" ADD COLUMN     "most_quantity" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "migrated_subscribers" ADD COLUMN     "so_far_after_minor" BIGINT,
ADD COLUMN     "so_far_before_minor" BIGINT,
ADD COLUMN     "warnings" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- CreateTable
CREATE TABLE "back_test_runs" (
    "id" TEXT NOT NULL,
    "version_id" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "months" INTEGER NOT NULL,
    "status" "back_test_status" NOT NULL,
    "done" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER NOT NULL,
    "result" JSONB,
    "error" TEXT,
    "started_by_id" TEXT,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "back_test_runs_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "back_test_runs_version_id_started_at_idx" ON "back_test_runs"("version_id", "started_at" DESC);

-- AddForeignKey
ALTER TABLE "back_test_runs" ADD CONSTRAINT "back_test_runs_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "plan_versions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE plans
  ADD CONSTRAINT plans_most_quantity
    CHECK (most_quantity BETWEEN 1 AND 1000 AND (kind = 'add_on' OR most_quantity = 1));
ALTER TABLE back_test_runs ADD CONSTRAINT back_test_runs_months CHECK (months BETWEEN 1 AND 12);
-- What is asked while one is under way is answered by that one.
CREATE UNIQUE INDEX back_test_runs_one_live ON back_test_runs (version_id)
  WHERE status = 'running';

CALL app.wall('back_test_runs', '(SELECT app.is_platform())', '(SELECT app.is_platform())');
