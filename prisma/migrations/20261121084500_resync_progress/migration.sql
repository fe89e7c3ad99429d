-- AlterTable
ALTER TABLE "resyncs" ADD COLUMN "progressed_at" TIMESTAMPTZ(3) NOT NULL;

-- CreateIndex
CREATE INDEX "stripe_invoices_account_created_at_idx" ON "stripe_invoices"("account", "created_at");

-- CreateIndex
CREATE INDEX "stripe_customers_account_created_at_idx" ON "stripe_customers"("account", "created_at");

-- CreateIndex
CREATE INDEX "stripe_payment_methods_customer_id_idx" ON "stripe_payment_methods"("customer_id");

-- CreateIndex
CREATE INDEX "stripe_products_account_created_at_idx" ON "stripe_products"("account", "created_at");

-- CreateIndex
CREATE INDEX "stripe_prices_account_created_at_idx" ON "stripe_prices"("account", "created_at");
