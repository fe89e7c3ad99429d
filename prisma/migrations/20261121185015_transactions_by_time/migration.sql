-- CreateIndex
CREATE INDEX "stripe_balance_transactions_account_created_at_id_idx" ON "stripe_balance_transactions"("account", "created_at", "id");
