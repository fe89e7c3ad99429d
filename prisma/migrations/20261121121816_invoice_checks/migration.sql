-- CreateEnum
CREATE TYPE "invoice_verdict" AS ENUM ('equal', 'different', 'unexplained');

-- CreateTable
CREATE TABLE "invoice_checks" (
    "invoice_id" TEXT NOT NULL,
    "tenant_id" TEXT NOT NULL,
    "subscription_id" TEXT,
    "number" TEXT,
    "verdict" "invoice_verdict" NOT NULL,
    "currency" TEXT NOT NULL,
    "billed_minor" BIGINT NOT NULL,
    "expected_minor" BIGINT,
    "lines" JSONB NOT NULL,
    "sums" JSONB NOT NULL,
    "version" INTEGER NOT NULL,
    "finalized_at" TIMESTAMPTZ(3) NOT NULL,
    "checked_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),
    "settled_by_id" TEXT,
    "note" TEXT,

    CONSTRAINT "invoice_checks_pkey" PRIMARY KEY ("invoice_id")
);

-- CreateIndex
CREATE INDEX "invoice_checks_finalized_at_invoice_id_idx" ON "invoice_checks"("finalized_at" DESC, "invoice_id" DESC);

-- CreateIndex
CREATE INDEX "invoice_checks_verdict_finalized_at_idx" ON "invoice_checks"("verdict", "finalized_at" DESC);

-- CreateIndex
CREATE INDEX "invoice_checks_tenant_id_idx" ON "invoice_checks"("tenant_id");

-- What the platform finds about its own billing is not for tenants to see.
CALL app.wall('invoice_checks', '(SELECT app.is_platform())', '(SELECT app.is_platform())');
