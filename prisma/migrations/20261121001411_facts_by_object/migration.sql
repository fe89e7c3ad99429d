-- CreateIndex
CREATE INDEX "facts_object_id_idx" ON "facts"("object_id");

-- What the console counts on every page: what is owed, and who pays.
CREATE INDEX invoices_open ON invoices (currency) WHERE status = 'open';
CREATE INDEX subscriptions_live ON subscriptions (version_id) WHERE status IN ('active', 'trialing', 'past_due');
