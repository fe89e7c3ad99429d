-- AlterTable
ALTER TABLE "stripe_payouts" ADD COLUMN     "bank_reference" TEXT;

SELECT set_config('app.scope', 'system', true);
UPDATE stripe_payouts SET bank_reference = object -> 'trace_id' ->> 'value'
  WHERE object -> 'trace_id' ->> 'value' IS NOT NULL;

-- What is traced from its other end: each reference to an object that had no index of its own.
CREATE INDEX stripe_payouts_bank_reference ON stripe_payouts (bank_reference) WHERE bank_reference IS NOT NULL;
CREATE INDEX stripe_invoice_payments_intent ON stripe_invoice_payments (payment_intent_id) WHERE payment_intent_id IS NOT NULL;
CREATE INDEX stripe_invoice_payments_charge ON stripe_invoice_payments (charge_id) WHERE charge_id IS NOT NULL;
CREATE INDEX stripe_application_fees_charge ON stripe_application_fees (charge_id) WHERE charge_id IS NOT NULL;
CREATE INDEX stripe_transfers_source ON stripe_transfers (source_transaction_id) WHERE source_transaction_id IS NOT NULL;
CREATE INDEX stripe_transfer_reversals_refund ON stripe_transfer_reversals (refund_id) WHERE refund_id IS NOT NULL;
CREATE INDEX stripe_invoice_lines_usage ON stripe_invoice_lines (tenant_id, price_id, period_end_at) WHERE price_id IS NOT NULL;
