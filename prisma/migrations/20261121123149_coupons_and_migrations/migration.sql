-- CreateEnum
CREATE TYPE "coupon_status" AS ENUM ('making', 'active', 'failed', 'archived');

-- CreateEnum
CREATE TYPE "coupon_duration" AS ENUM ('once', 'repeating', 'forever');

-- CreateEnum
CREATE TYPE "migration_status" AS ENUM ('counting', 'ready', 'running', 'paused', 'finished', 'rolling_back', 'rolled_back', 'canceled');

-- CreateEnum
CREATE TYPE "migration_timing" AS ENUM ('renewal', 'now');

-- CreateEnum
CREATE TYPE "migrated_status" AS ENUM ('pending', 'moving', 'scheduled', 'moved', 'skipped', 'failed', 'returning', 'rolled_back');

-- CreateTable
CREATE TABLE "coupons" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "status" "coupon_status" NOT NULL,
    "percent_off" DECIMAL(5,2),
    "amounts_off" JSONB,
    "duration" "coupon_duration" NOT NULL,
    "months" INTEGER,
    "max_redemptions" INTEGER,
    "redeem_by" TIMESTAMPTZ(3),
    "plan_keys" TEXT[],
    "stripe_coupon_ids" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "times_redeemed" INTEGER NOT NULL DEFAULT 0,
    "counted_at" TIMESTAMPTZ(3),
    "error" TEXT,
    "created_by_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "coupons_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "promotion_codes" (
    "id" TEXT NOT NULL,
    "coupon_id" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "is_first_time_only" BOOLEAN NOT NULL,
    "max_redemptions" INTEGER,
    "expires_at" TIMESTAMPTZ(3),
    "stripe_code_ids" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "times_redeemed" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "promotion_codes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "plan_migrations" (
    "id" TEXT NOT NULL,
    "from_version_id" TEXT NOT NULL,
    "to_version_id" TEXT NOT NULL,
    "status" "migration_status" NOT NULL,
    "timing" "migration_timing" NOT NULL,
    "stage_percent" INTEGER NOT NULL,
    "error" TEXT,
    "created_by_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "plan_migrations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "migrated_subscribers" (
    "migration_id" TEXT NOT NULL,
    "subscription_id" TEXT NOT NULL,
    "tenant_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "status" "migrated_status" NOT NULL,
    "currency" TEXT NOT NULL,
    "interval" TEXT NOT NULL,
    "seats" INTEGER,
    "usage" JSONB NOT NULL,
    "before_minor" BIGINT,
    "after_minor" BIGINT,
    "preview_minor" BIGINT,
    "items_before" JSONB,
    "schedule_id" TEXT,
    "effective_at" TIMESTAMPTZ(3),
    "tries" INTEGER NOT NULL DEFAULT 0,
    "reason" TEXT,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "migrated_subscribers_pkey" PRIMARY KEY ("migration_id","subscription_id")
);

-- CreateIndex
CREATE INDEX "coupons_created_at_id_idx" ON "coupons"("created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "promotion_codes_coupon_id_created_at_idx" ON "promotion_codes"("coupon_id", "created_at");

-- CreateIndex
CREATE INDEX "plan_migrations_created_at_id_idx" ON "plan_migrations"("created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "migrated_subscribers_migration_id_position_idx" ON "migrated_subscribers"("migration_id", "position");

-- CreateIndex
CREATE INDEX "migrated_subscribers_migration_id_status_idx" ON "migrated_subscribers"("migration_id", "status");

-- CreateIndex
CREATE INDEX "migrated_subscribers_tenant_id_idx" ON "migrated_subscribers"("tenant_id");

-- AddForeignKey
ALTER TABLE "promotion_codes" ADD CONSTRAINT "promotion_codes_coupon_id_fkey" FOREIGN KEY ("coupon_id") REFERENCES "coupons"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "plan_migrations" ADD CONSTRAINT "plan_migrations_from_version_id_fkey" FOREIGN KEY ("from_version_id") REFERENCES "plan_versions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "plan_migrations" ADD CONSTRAINT "plan_migrations_to_version_id_fkey" FOREIGN KEY ("to_version_id") REFERENCES "plan_versions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "migrated_subscribers" ADD CONSTRAINT "migrated_subscribers_migration_id_fkey" FOREIGN KEY ("migration_id") REFERENCES "plan_migrations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A code names one coupon at a time, as at Stripe.
CREATE UNIQUE INDEX promotion_codes_one_active ON promotion_codes (code) WHERE is_active;
-- Two migrations at once would pull at the same subscribers.
CREATE UNIQUE INDEX plan_migrations_one_live ON plan_migrations (from_version_id)
  WHERE status IN ('counting', 'ready', 'running', 'paused', 'rolling_back');

ALTER TABLE coupons
  ADD CONSTRAINT coupons_one_way CHECK ((percent_off IS NULL) <> (amounts_off IS NULL)),
  ADD CONSTRAINT coupons_percent CHECK (percent_off > 0 AND percent_off <= 100),
  ADD CONSTRAINT coupons_months CHECK ((months IS NOT NULL) = (duration = 'repeating'));
ALTER TABLE promotion_codes ADD CONSTRAINT promotion_codes_form CHECK (code ~ '^[A-Z0-9-]{3,40}$');
ALTER TABLE plan_migrations
  ADD CONSTRAINT plan_migrations_stage CHECK (stage_percent BETWEEN 0 AND 100),
  ADD CONSTRAINT plan_migrations_elsewhere CHECK (from_version_id <> to_version_id);

CALL app.wall('coupons', '(SELECT app.is_platform())', '(SELECT app.is_platform())');
CALL app.wall('promotion_codes', '(SELECT app.is_platform())', '(SELECT app.is_platform())');
CALL app.wall('plan_migrations', '(SELECT app.is_platform())', '(SELECT app.is_platform())');
CALL app.wall('migrated_subscribers', '(SELECT app.is_platform())', '(SELECT app.is_platform())');

CALL app.watch('coupons', '');
CALL app.watch('promotion_codes', '');
CALL app.watch('plan_migrations', '');
