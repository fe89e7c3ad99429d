-- CreateEnum
CREATE TYPE "tax_collection" AS ENUM ('off', 'new', 'all');

-- AlterTable
ALTER TABLE "checkouts" ADD COLUMN     "is_taxed" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "method_configuration_id" TEXT;

-- CreateTable
CREATE TABLE "collection_settings" (
    "id" TEXT NOT NULL,
    "tax" "tax_collection" NOT NULL DEFAULT 'off',
    "methods" JSONB NOT NULL DEFAULT '{}',
    "method_configuration_id" TEXT,
    "methods_told_at" TIMESTAMPTZ(3),
    "tax_told_at" TIMESTAMPTZ(3),
    "changed_by_id" TEXT NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "collection_settings_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tax_rates" (
    "id" TEXT NOT NULL,
    "percent" TEXT NOT NULL,
    "is_inclusive" BOOLEAN NOT NULL,
    "name" TEXT NOT NULL,
    "country" TEXT,
    "state" TEXT,

    CONSTRAINT "tax_rates_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "invoices_created_at_id_idx" ON "invoices"("created_at" DESC, "id" DESC);

-- There is one way in which the platform asks for money.
ALTER TABLE collection_settings ADD CONSTRAINT collection_settings_one CHECK (id = 'platform');

CALL app.wall('collection_settings', 'true', '(SELECT app.is_platform())');
CALL app.wall('tax_rates', 'true', '(SELECT app.is_platform())');
CALL app.watch('collection_settings', '');
