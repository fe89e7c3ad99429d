-- CreateEnum
CREATE TYPE "fee_policy_status" AS ENUM ('draft', 'published', 'retired');

-- CreateEnum
CREATE TYPE "payment_link_status" AS ENUM ('active', 'paused', 'archived');

-- CreateEnum
CREATE TYPE "sale_checkout_status" AS ENUM ('open', 'paid', 'expired');

-- CreateEnum
CREATE TYPE "charge_kind" AS ENUM ('direct', 'destination', 'separate');

-- CreateEnum
CREATE TYPE "sale_status" AS ENUM ('succeeded', 'failed');

-- CreateEnum
CREATE TYPE "sale_settling" AS ENUM ('done', 'waiting', 'failed');

-- CreateEnum
CREATE TYPE "sale_refund_status" AS ENUM ('requested', 'done', 'failed');

-- CreateTable
CREATE TABLE "fee_policies" (
    "id" TEXT NOT NULL,
    "number" INTEGER,
    "status" "fee_policy_status" NOT NULL,
    "name" TEXT NOT NULL,
    "rules" JSONB NOT NULL,
    "returns_fee" BOOLEAN NOT NULL,
    "effective_at" TIMESTAMPTZ(3),
    "published_at" TIMESTAMPTZ(3),
    "published_by_id" TEXT,
    "retired_at" TIMESTAMPTZ(3),
    "created_by_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "fee_policies_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "payment_links" (
    "id" TEXT NOT NULL,
    "tenant_id" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "status" "payment_link_status" NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "kind" "charge_kind" NOT NULL,
    "currency" TEXT NOT NULL,
    "amount_minor" BIGINT,
    "least_minor" BIGINT,
    "most_minor" BIGINT,
    "most_quantity" INTEGER NOT NULL DEFAULT 1,
    "most_payments" INTEGER,
    "collects_address" BOOLEAN NOT NULL DEFAULT false,
    "collects_phone" BOOLEAN NOT NULL DEFAULT false,
    "thanks" TEXT NOT NULL DEFAULT '',
    "created_by_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "payment_links_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sale_checkouts" (
    "id" TEXT NOT NULL,
    "tenant_id" TEXT NOT NULL,
    "link_id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "kind" "charge_kind" NOT NULL,
    "status" "sale_checkout_status" NOT NULL,
    "currency" TEXT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "quantity" INTEGER NOT NULL,
    "fee_minor" BIGINT NOT NULL,
    "fee_policy_id" TEXT,
    "plan_key" TEXT,
    "volume_minor" BIGINT NOT NULL,
    "stripe_session_id" TEXT,
    "charge_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sale_checkouts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "buyers" (
    "id" TEXT NOT NULL,
    "tenant_id" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT,
    "first_at" TIMESTAMPTZ(3) NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "buyers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sales" (
    "id" TEXT NOT NULL,
    "tenant_id" TEXT NOT NULL,
    "account" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "kind" "charge_kind" NOT NULL,
    "status" "sale_status" NOT NULL,
    "currency" TEXT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "payment_intent_id" TEXT,
    "checkout_id" TEXT,
    "link_id" TEXT,
    "buyer_id" TEXT,
    "method" TEXT,
    "country" TEXT,
    "taken_minor" BIGINT NOT NULL,
    "due_minor" BIGINT NOT NULL,
    "fee_policy_id" TEXT,
    "why" JSONB NOT NULL,
    "settling" "sale_settling" NOT NULL,
    "settled_as" TEXT,
    "error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sales_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sale_refunds" (
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "tenant_id" TEXT NOT NULL,
    "sale_id" TEXT NOT NULL,
    "status" "sale_refund_status" NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "returns_fee" BOOLEAN NOT NULL,
    "reason" TEXT,
    "note" TEXT NOT NULL,
    "round" INTEGER NOT NULL DEFAULT 0,
    "requested_by_id" TEXT NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "stripe_refund_id" TEXT,
    "reversal_id" TEXT,
    "error" TEXT,

    CONSTRAINT "sale_refunds_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "fee_policies_number_key" ON "fee_policies"("number");

-- CreateIndex
CREATE INDEX "fee_policies_status_effective_at_idx" ON "fee_policies"("status", "effective_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "payment_links_token_key" ON "payment_links"("token");

-- CreateIndex
CREATE INDEX "payment_links_tenant_id_created_at_id_idx" ON "payment_links"("tenant_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "sale_checkouts_link_id_status_idx" ON "sale_checkouts"("link_id", "status");

-- CreateIndex
CREATE INDEX "sale_checkouts_tenant_id_status_idx" ON "sale_checkouts"("tenant_id", "status");

-- CreateIndex
CREATE INDEX "buyers_tenant_id_last_at_id_idx" ON "buyers"("tenant_id", "last_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "buyers_tenant_id_email_key" ON "buyers"("tenant_id", "email");

-- CreateIndex
CREATE INDEX "sales_tenant_id_created_at_id_idx" ON "sales"("tenant_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "sales_created_at_idx" ON "sales"("created_at");

-- CreateIndex
CREATE INDEX "sales_buyer_id_idx" ON "sales"("buyer_id");

-- CreateIndex
CREATE INDEX "sales_link_id_idx" ON "sales"("link_id");

-- CreateIndex
CREATE INDEX "sale_refunds_sale_id_idx" ON "sale_refunds"("sale_id");

-- CreateIndex
CREATE UNIQUE INDEX "sale_refunds_tenant_id_key_key" ON "sale_refunds"("tenant_id", "key");

-- A published version has its number and its first instant; no two begin at once.
ALTER TABLE fee_policies ADD CONSTRAINT fee_policies_published
  CHECK ((status = 'draft') = (number IS NULL) AND (number IS NULL) = (effective_at IS NULL));
CREATE UNIQUE INDEX fee_policies_one_at_once ON fee_policies (effective_at)
  WHERE status = 'published';

ALTER TABLE payment_links
  ADD CONSTRAINT payment_links_amount CHECK (
    (amount_minor IS NULL) = (least_minor IS NOT NULL AND most_minor IS NOT NULL)),
  ADD CONSTRAINT payment_links_range CHECK (
    amount_minor > 0 OR (least_minor > 0 AND most_minor >= least_minor)),
  ADD CONSTRAINT payment_links_counts CHECK (most_quantity >= 1 AND most_payments >= 1);
ALTER TABLE sale_checkouts ADD CONSTRAINT sale_checkouts_fee
  CHECK (amount_minor > 0 AND fee_minor BETWEEN 0 AND amount_minor);
ALTER TABLE sale_refunds ADD CONSTRAINT sale_refunds_amount CHECK (amount_minor > 0);

CALL app.wall('fee_policies', '(SELECT app.is_platform())', '(SELECT app.is_platform())');
CALL app.wall_tenant('payment_links', 'tenant_id');
CALL app.wall_tenant('sale_checkouts', 'tenant_id');
CALL app.wall_tenant('buyers', 'tenant_id');
CALL app.wall_tenant('sales', 'tenant_id');
CALL app.wall_tenant('sale_refunds', 'tenant_id');

CALL app.watch('fee_policies', '');
CALL app.watch('payment_links', 'tenant_id');
CALL app.watch('sale_refunds', 'tenant_id');
