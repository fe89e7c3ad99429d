-- Entries that name a payment and do not say who paid and how: the payment's own entry says it. Most
-- are told as they are posted, so the figures by payer look up the few that are in here.
CREATE INDEX ledger_entries_untold ON ledger_entries (effective_at)
  WHERE payment_id IS NOT NULL AND (method IS NULL OR method = 'stripe_account');
