-- A refund can be told of before its charge: what is traced from its payment is found by the payment.
CREATE INDEX stripe_refunds_intent ON stripe_refunds (payment_intent_id) WHERE payment_intent_id IS NOT NULL;
