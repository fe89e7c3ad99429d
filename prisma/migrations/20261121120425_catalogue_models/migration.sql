-- CreateEnum
CREATE TYPE "plan_kind" AS ENUM ('base', 'add_on');

-- CreateEnum
CREATE TYPE "pricing_model" AS ENUM ('per_unit', 'graduated', 'volume', 'package', 'percentage');

-- CreateEnum
CREATE TYPE "publishing_status" AS ENUM ('running', 'failed', 'finished');

-- AlterTable
ALTER TABLE "plans" ADD COLUMN     "beside_plans" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "kind" "plan_kind" NOT NULL DEFAULT 'base',
ADD COLUMN     "retired_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "plan_versions" ADD COLUMN     "retired_at" TIMESTAMPTZ(3),
ADD COLUMN     "revision" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "trial_needs_card" BOOLEAN NOT NULL DEFAULT true;

-- AlterTable
ALTER TABLE "components" ADD COLUMN     "included" BIGINT NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "prices" ADD COLUMN     "cap_minor" BIGINT,
ADD COLUMN     "minimum_minor" BIGINT,
ADD COLUMN     "model" TEXT NOT NULL DEFAULT 'per_unit',
ADD COLUMN     "package_size" BIGINT,
ADD COLUMN     "percent" DECIMAL(13,10);

-- CreateTable
CREATE TABLE "publishings" (
    "id" TEXT NOT NULL,
    "version_id" TEXT NOT NULL,
    "status" "publishing_status" NOT NULL,
    "done" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER NOT NULL,
    "differences" JSONB NOT NULL DEFAULT '[]',
    "error" TEXT,
    "started_by_id" TEXT,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "publishings_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "publishings_version_id_started_at_idx" ON "publishings"("version_id", "started_at" DESC);

-- AddForeignKey
ALTER TABLE "publishings" ADD CONSTRAINT "publishings_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "plan_versions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What has tiers is graduated, until now the only way. Changing the type rewrites the rows, which
-- a plain UPDATE may not where they belong to a published version.
ALTER TABLE prices ALTER COLUMN model DROP DEFAULT;
ALTER TABLE prices ALTER COLUMN model TYPE pricing_model
  USING (CASE WHEN tiers IS NULL THEN 'per_unit' ELSE 'graduated' END)::pricing_model;

-- A model has exactly the parts it prices by.
ALTER TABLE prices
  ADD CONSTRAINT prices_unit_by_model CHECK ((unit_minor IS NOT NULL) = (model IN ('per_unit', 'package'))),
  ADD CONSTRAINT prices_tiers_by_model CHECK ((tiers IS NOT NULL) = (model IN ('graduated', 'volume'))),
  ADD CONSTRAINT prices_package_by_model CHECK ((package_size IS NOT NULL) = (model = 'package')),
  ADD CONSTRAINT prices_percent_by_model CHECK ((percent IS NOT NULL) = (model = 'percentage')),
  ADD CONSTRAINT prices_positive CHECK (unit_minor >= 0 AND package_size >= 1 AND percent >= 0
    AND minimum_minor >= 0 AND cap_minor >= 0),
  ADD CONSTRAINT prices_bounds CHECK (minimum_minor <= cap_minor);
ALTER TABLE components ADD CONSTRAINT components_included_positive CHECK (included >= 0);

-- A published version never changes; only its status may move on, and with it when it was retired.
CREATE OR REPLACE FUNCTION app.keep_published() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status IN ('published', 'retired')
    AND to_jsonb(NEW) - 'status' - 'retired_at' IS DISTINCT FROM to_jsonb(OLD) - 'status' - 'retired_at' THEN
    RAISE EXCEPTION 'plan version % is published and never changes; make a new version', OLD.id;
  END IF;
  RETURN NEW;
END $$;

-- One run at a time makes a version at Stripe or compares it.
CREATE UNIQUE INDEX publishings_one_running ON publishings (version_id) WHERE status = 'running';
CALL app.wall('publishings', '(SELECT app.is_platform())', '(SELECT app.is_platform())');
