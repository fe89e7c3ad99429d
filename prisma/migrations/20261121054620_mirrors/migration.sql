-- CreateTable
CREATE TABLE "stripe_accounts" (
    "account" TEXT NOT NULL DEFAULT '',
    "id" TEXT NOT NULL,
    "tenant_id" TEXT,
    "created_at" TIMESTAMPTZ(3),
    "instant" TIMESTAMPTZ(3) NOT NULL,
    "is_deleted" BOOLEAN NOT NULL DEFAULT false,
    "country" TEXT,
    "email" TEXT,
    "is_charges_enabled" BOOLEAN,
    "is_payouts_enabled" BOOLEAN,
    "is_details_submitted" BOOLEAN,
    "disabled_reason" TEXT,
    "requirements_due_at" TIMESTAMPTZ(3),
    "object" JSONB NOT NULL,

    CONSTRAINT "stripe_accounts_pkey" PRIMARY KEY ("account","id")
);

-- CreateTable
CREATE TABLE "stripe_customers" (
    "account" TEXT NOT NULL DEFAULT '',
    "id" TEXT NOT NULL,
    "tenant_id" TEXT,
    "created_at" TIMESTAMPTZ(3),
    "instant" TIMESTAMPTZ(3) NOT NULL,
    "is_deleted" BOOLEAN NOT NULL DEFAULT false,
    "email" TEXT,
    "name" TEXT,
    "balance_minor" BIGINT,
    "is_delinquent" BOOLEAN,
    "object" JSONB NOT NULL,

    CONSTRAINT "stripe_customers_pkey" PRIMARY KEY ("account","id")
);

-- CreateTable
CREATE TABLE "stripe_payment_methods" (
    "account" TEXT NOT NULL DEFAULT '',
    "id" TEXT NOT NULL,
    "tenant_id" TEXT,
    "created_at" TIMESTAMPTZ(3),
    "instant" TIMESTAMPTZ(3) NOT NULL,
    "is_deleted" BOOLEAN NOT NULL DEFAULT false,
    "customer_id" TEXT,
    "type" TEXT,
    "brand" TEXT,
    "last4" TEXT,
    "object" JSONB NOT NULL,

    CONSTRAINT "stripe_payment_methods_pkey" PRIMARY KEY ("account","id")
);

-- CreateTable
CREATE TABLE "stripe_products" (
    "account" TEXT NOT NULL DEFAULT '',
    "id" TEXT NOT NULL,
    "tenant_id" TEXT,
    "created_at" TIMESTAMPTZ(3),
    "instant" TIMESTAMPTZ(3) NOT NULL,
    "is_deleted" BOOLEAN NOT NULL DEFAULT false,
    "name" TEXT,
    "is_active" BOOLEAN,
    "object" JSONB NOT NULL,

    CONSTRAINT "stripe_products_pkey" PRIMARY KEY ("account","id")
);

-- CreateTable
CREATE TABLE "stripe_prices" (
    "account" TEXT NOT NULL DEFAULT '',
    "id" TEXT NOT NULL,
    "tenant_id" TEXT,
    "created_at" TIMESTAMPTZ(3),
    "instant" TIMESTAMPTZ(3) NOT NULL,
    "is_deleted" BOOLEAN NOT NULL DEFAULT false,
    "product_id" TEXT,
    "lookup_key" TEXT,
    "currency" TEXT,
    "unit_amount_decimal" TEXT,
    "interval" TEXT,
    "is_active" BOOLEAN,
    "object" JSONB NOT NULL,

    CONSTRAINT "stripe_prices_pkey" PRIMARY KEY ("account","id")
);

-- CreateTable
CREATE TABLE "stripe_meters" (
    "account" TEXT NOT NULL DEFAULT '',
    "id" TEXT NOT NULL,
    "tenant_id" TEXT,
    "created_at" TIMESTAMPTZ(3),
    "instant" TIMESTAMPTZ(3) NOT NULL,
    "is_deleted" BOOLEAN NOT NULL DEFAULT false,
    "event_name" TEXT,
    "name" TEXT,
    "status" TEXT,
    "object" JSONB NOT NULL,

    CONSTRAINT "stripe_meters_pkey" PRIMARY KEY ("account","id")
);

-- CreateTable
CREATE TABLE "stripe_subscriptions" (
    "account" TEXT NOT NULL DEFAULT '',
    "id" TEXT NOT NULL,
    "tenant_id" TEXT,
    "created_at" TIMESTAMPTZ(3),
    "instant" TIMESTAMPTZ(3) NOT NULL,
    "is_deleted" BOOLEAN NOT NULL DEFAULT false,
    "customer_id" TEXT,
    "status" TEXT,
    "currency" TEXT,
    "trial_end_at" TIMESTAMPTZ(3),
    "cancel_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "object" JSONB NOT NULL,

    CONSTRAINT "stripe_subscriptions_pkey" PRIMARY KEY ("account","id")
);

-- CreateTable
CREATE TABLE "stripe_subscription_items" (
    "account" TEXT NOT NULL DEFAULT '',
    "id" TEXT NOT NULL,
    "tenant_id" TEXT,
    "subscription_id" TEXT NOT NULL,
    "price_id" TEXT,
    "quantity" BIGINT,
    "period_start_at" TIMESTAMPTZ(3),
    "period_end_at" TIMESTAMPTZ(3),
    "object" JSONB NOT NULL,

    CONSTRAINT "stripe_subscription_items_pkey" PRIMARY KEY ("account","id")
);

-- CreateTable
CREATE TABLE "stripe_subscription_schedules" (
    "account" TEXT NOT NULL DEFAULT '',
    "id" TEXT NOT NULL,
    "tenant_id" TEXT,
    "created_at" TIMESTAMPTZ(3),
    "instant" TIMESTAMPTZ(3) NOT NULL,
    "is_deleted" BOOLEAN NOT NULL DEFAULT false,
    "customer_id" TEXT,
    "subscription_id" TEXT,
    "status" TEXT,
    "object" JSONB NOT NULL,

    CONSTRAINT "stripe_subscription_schedules_pkey" PRIMARY KEY ("account","id")
);

-- CreateTable
CREATE TABLE "stripe_invoices" (
    "account" TEXT NOT NULL DEFAULT '',
    "id" TEXT NOT NULL,
    "tenant_id" TEXT,
    "created_at" TIMESTAMPTZ(3),
    "instant" TIMESTAMPTZ(3) NOT NULL,
    "is_deleted" BOOLEAN NOT NULL DEFAULT false,
    "customer_id" TEXT,
    "subscription_id" TEXT,
    "number" TEXT,
    "status" TEXT,
    "currency" TEXT,
    "total_minor" BIGINT,
    "amount_due_minor" BIGINT,
    "amount_paid_minor" BIGINT,
    "due_at" TIMESTAMPTZ(3),
    "paid_at" TIMESTAMPTZ(3),
    "object" JSONB NOT NULL,

    CONSTRAINT "stripe_invoices_pkey" PRIMARY KEY ("account","id")
);

-- CreateTable
CREATE TABLE "stripe_invoice_lines" (
    "account" TEXT NOT NULL DEFAULT '',
    "id" TEXT NOT NULL,
    "tenant_id" TEXT,
    "invoice_id" TEXT NOT NULL,
    "subscription_id" TEXT,
    "price_id" TEXT,
    "description" TEXT,
    "currency" TEXT,
    "amount_minor" BIGINT,
    "quantity" BIGINT,
    "period_start_at" TIMESTAMPTZ(3),
    "period_end_at" TIMESTAMPTZ(3),
    "object" JSONB NOT NULL,

    CONSTRAINT "stripe_invoice_lines_pkey" PRIMARY KEY ("account","id")
);

-- CreateTable
CREATE TABLE "stripe_invoice_payments" (
    "account" TEXT NOT NULL DEFAULT '',
    "id" TEXT NOT NULL,
    "tenant_id" TEXT,
    "created_at" TIMESTAMPTZ(3),
    "instant" TIMESTAMPTZ(3) NOT NULL,
    "is_deleted" BOOLEAN NOT NULL DEFAULT false,
    "invoice_id" TEXT,
    "payment_intent_id" TEXT,
    "charge_id" TEXT,
    "status" TEXT,
    "currency" TEXT,
    "amount_paid_minor" BIGINT,
    "object" JSONB NOT NULL,

    CONSTRAINT "stripe_invoice_payments_pkey" PRIMARY KEY ("account","id")
);

-- CreateTable
CREATE TABLE "stripe_credit_notes" (
    "account" TEXT NOT NULL DEFAULT '',
    "id" TEXT NOT NULL,
    "tenant_id" TEXT,
    "created_at" TIMESTAMPTZ(3),
    "instant" TIMESTAMPTZ(3) NOT NULL,
    "is_deleted" BOOLEAN NOT NULL DEFAULT false,
    "customer_id" TEXT,
    "invoice_id" TEXT,
    "number" TEXT,
    "status" TEXT,
    "currency" TEXT,
    "total_minor" BIGINT,
    "object" JSONB NOT NULL,

    CONSTRAINT "stripe_credit_notes_pkey" PRIMARY KEY ("account","id")
);

-- CreateTable
CREATE TABLE "stripe_checkout_sessions" (
    "account" TEXT NOT NULL DEFAULT '',
    "id" TEXT NOT NULL,
    "tenant_id" TEXT,
    "created_at" TIMESTAMPTZ(3),
    "instant" TIMESTAMPTZ(3) NOT NULL,
    "is_deleted" BOOLEAN NOT NULL DEFAULT false,
    "customer_id" TEXT,
    "subscription_id" TEXT,
    "payment_intent_id" TEXT,
    "mode" TEXT,
    "status" TEXT,
    "payment_status" TEXT,
    "currency" TEXT,
    "amount_total_minor" BIGINT,
    "object" JSONB NOT NULL,

    CONSTRAINT "stripe_checkout_sessions_pkey" PRIMARY KEY ("account","id")
);

-- CreateTable
CREATE TABLE "stripe_entitlement_summaries" (
    "account" TEXT NOT NULL DEFAULT '',
    "id" TEXT NOT NULL,
    "tenant_id" TEXT,
    "created_at" TIMESTAMPTZ(3),
    "instant" TIMESTAMPTZ(3) NOT NULL,
    "is_deleted" BOOLEAN NOT NULL DEFAULT false,
    "customer_id" TEXT,
    "lookup_keys" TEXT,
    "object" JSONB NOT NULL,

    CONSTRAINT "stripe_entitlement_summaries_pkey" PRIMARY KEY ("account","id")
);

-- CreateTable
CREATE TABLE "stripe_payment_intents" (
    "account" TEXT NOT NULL DEFAULT '',
    "id" TEXT NOT NULL,
    "tenant_id" TEXT,
    "created_at" TIMESTAMPTZ(3),
    "instant" TIMESTAMPTZ(3) NOT NULL,
    "is_deleted" BOOLEAN NOT NULL DEFAULT false,
    "customer_id" TEXT,
    "latest_charge_id" TEXT,
    "status" TEXT,
    "currency" TEXT,
    "amount_minor" BIGINT,
    "amount_received_minor" BIGINT,
    "object" JSONB NOT NULL,

    CONSTRAINT "stripe_payment_intents_pkey" PRIMARY KEY ("account","id")
);

-- CreateTable
CREATE TABLE "stripe_charges" (
    "account" TEXT NOT NULL DEFAULT '',
    "id" TEXT NOT NULL,
    "tenant_id" TEXT,
    "created_at" TIMESTAMPTZ(3),
    "instant" TIMESTAMPTZ(3) NOT NULL,
    "is_deleted" BOOLEAN NOT NULL DEFAULT false,
    "customer_id" TEXT,
    "payment_intent_id" TEXT,
    "balance_transaction_id" TEXT,
    "transfer_id" TEXT,
    "status" TEXT,
    "currency" TEXT,
    "amount_minor" BIGINT,
    "amount_captured_minor" BIGINT,
    "amount_refunded_minor" BIGINT,
    "failure_code" TEXT,
    "object" JSONB NOT NULL,

    CONSTRAINT "stripe_charges_pkey" PRIMARY KEY ("account","id")
);

-- CreateTable
CREATE TABLE "stripe_refunds" (
    "account" TEXT NOT NULL DEFAULT '',
    "id" TEXT NOT NULL,
    "tenant_id" TEXT,
    "created_at" TIMESTAMPTZ(3),
    "instant" TIMESTAMPTZ(3) NOT NULL,
    "is_deleted" BOOLEAN NOT NULL DEFAULT false,
    "charge_id" TEXT,
    "payment_intent_id" TEXT,
    "balance_transaction_id" TEXT,
    "status" TEXT,
    "reason" TEXT,
    "currency" TEXT,
    "amount_minor" BIGINT,
    "object" JSONB NOT NULL,

    CONSTRAINT "stripe_refunds_pkey" PRIMARY KEY ("account","id")
);

-- CreateTable
CREATE TABLE "stripe_disputes" (
    "account" TEXT NOT NULL DEFAULT '',
    "id" TEXT NOT NULL,
    "tenant_id" TEXT,
    "created_at" TIMESTAMPTZ(3),
    "instant" TIMESTAMPTZ(3) NOT NULL,
    "is_deleted" BOOLEAN NOT NULL DEFAULT false,
    "charge_id" TEXT,
    "payment_intent_id" TEXT,
    "status" TEXT,
    "reason" TEXT,
    "currency" TEXT,
    "amount_minor" BIGINT,
    "due_at" TIMESTAMPTZ(3),
    "object" JSONB NOT NULL,

    CONSTRAINT "stripe_disputes_pkey" PRIMARY KEY ("account","id")
);

-- CreateTable
CREATE TABLE "stripe_payouts" (
    "account" TEXT NOT NULL DEFAULT '',
    "id" TEXT NOT NULL,
    "tenant_id" TEXT,
    "created_at" TIMESTAMPTZ(3),
    "instant" TIMESTAMPTZ(3) NOT NULL,
    "is_deleted" BOOLEAN NOT NULL DEFAULT false,
    "balance_transaction_id" TEXT,
    "status" TEXT,
    "currency" TEXT,
    "amount_minor" BIGINT,
    "arrives_at" TIMESTAMPTZ(3),
    "is_automatic" BOOLEAN,
    "failure_code" TEXT,
    "object" JSONB NOT NULL,

    CONSTRAINT "stripe_payouts_pkey" PRIMARY KEY ("account","id")
);

-- CreateTable
CREATE TABLE "stripe_transfers" (
    "account" TEXT NOT NULL DEFAULT '',
    "id" TEXT NOT NULL,
    "tenant_id" TEXT,
    "created_at" TIMESTAMPTZ(3),
    "instant" TIMESTAMPTZ(3) NOT NULL,
    "is_deleted" BOOLEAN NOT NULL DEFAULT false,
    "destination" TEXT,
    "source_transaction_id" TEXT,
    "balance_transaction_id" TEXT,
    "currency" TEXT,
    "amount_minor" BIGINT,
    "amount_reversed_minor" BIGINT,
    "object" JSONB NOT NULL,

    CONSTRAINT "stripe_transfers_pkey" PRIMARY KEY ("account","id")
);

-- CreateTable
CREATE TABLE "stripe_application_fees" (
    "account" TEXT NOT NULL DEFAULT '',
    "id" TEXT NOT NULL,
    "tenant_id" TEXT,
    "created_at" TIMESTAMPTZ(3),
    "instant" TIMESTAMPTZ(3) NOT NULL,
    "is_deleted" BOOLEAN NOT NULL DEFAULT false,
    "payer" TEXT,
    "charge_id" TEXT,
    "balance_transaction_id" TEXT,
    "currency" TEXT,
    "amount_minor" BIGINT,
    "amount_refunded_minor" BIGINT,
    "object" JSONB NOT NULL,

    CONSTRAINT "stripe_application_fees_pkey" PRIMARY KEY ("account","id")
);

-- CreateTable
CREATE TABLE "stripe_balance_transactions" (
    "account" TEXT NOT NULL DEFAULT '',
    "id" TEXT NOT NULL,
    "tenant_id" TEXT,
    "created_at" TIMESTAMPTZ(3),
    "instant" TIMESTAMPTZ(3) NOT NULL,
    "is_deleted" BOOLEAN NOT NULL DEFAULT false,
    "type" TEXT,
    "source_id" TEXT,
    "status" TEXT,
    "currency" TEXT,
    "amount_minor" BIGINT,
    "fee_minor" BIGINT,
    "net_minor" BIGINT,
    "available_at" TIMESTAMPTZ(3),
    "object" JSONB NOT NULL,

    CONSTRAINT "stripe_balance_transactions_pkey" PRIMARY KEY ("account","id")
);

-- CreateIndex
CREATE INDEX "stripe_accounts_tenant_id_created_at_id_idx" ON "stripe_accounts"("tenant_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "stripe_customers_tenant_id_created_at_id_idx" ON "stripe_customers"("tenant_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "stripe_payment_methods_tenant_id_created_at_id_idx" ON "stripe_payment_methods"("tenant_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "stripe_products_tenant_id_created_at_id_idx" ON "stripe_products"("tenant_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "stripe_prices_tenant_id_created_at_id_idx" ON "stripe_prices"("tenant_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "stripe_meters_tenant_id_created_at_id_idx" ON "stripe_meters"("tenant_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "stripe_subscriptions_tenant_id_created_at_id_idx" ON "stripe_subscriptions"("tenant_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "stripe_subscriptions_customer_id_idx" ON "stripe_subscriptions"("customer_id");

-- CreateIndex
CREATE INDEX "stripe_subscription_items_account_subscription_id_idx" ON "stripe_subscription_items"("account", "subscription_id");

-- CreateIndex
CREATE INDEX "stripe_subscription_items_tenant_id_idx" ON "stripe_subscription_items"("tenant_id");

-- CreateIndex
CREATE INDEX "stripe_subscription_schedules_tenant_id_created_at_id_idx" ON "stripe_subscription_schedules"("tenant_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "stripe_invoices_tenant_id_created_at_id_idx" ON "stripe_invoices"("tenant_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "stripe_invoices_subscription_id_idx" ON "stripe_invoices"("subscription_id");

-- CreateIndex
CREATE INDEX "stripe_invoice_lines_account_invoice_id_idx" ON "stripe_invoice_lines"("account", "invoice_id");

-- CreateIndex
CREATE INDEX "stripe_invoice_lines_tenant_id_idx" ON "stripe_invoice_lines"("tenant_id");

-- CreateIndex
CREATE INDEX "stripe_invoice_payments_tenant_id_created_at_id_idx" ON "stripe_invoice_payments"("tenant_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "stripe_invoice_payments_invoice_id_idx" ON "stripe_invoice_payments"("invoice_id");

-- CreateIndex
CREATE INDEX "stripe_credit_notes_tenant_id_created_at_id_idx" ON "stripe_credit_notes"("tenant_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "stripe_credit_notes_invoice_id_idx" ON "stripe_credit_notes"("invoice_id");

-- CreateIndex
CREATE INDEX "stripe_checkout_sessions_tenant_id_created_at_id_idx" ON "stripe_checkout_sessions"("tenant_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "stripe_entitlement_summaries_tenant_id_created_at_id_idx" ON "stripe_entitlement_summaries"("tenant_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "stripe_payment_intents_tenant_id_created_at_id_idx" ON "stripe_payment_intents"("tenant_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "stripe_charges_tenant_id_created_at_id_idx" ON "stripe_charges"("tenant_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "stripe_charges_payment_intent_id_idx" ON "stripe_charges"("payment_intent_id");

-- CreateIndex
CREATE INDEX "stripe_refunds_tenant_id_created_at_id_idx" ON "stripe_refunds"("tenant_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "stripe_refunds_charge_id_idx" ON "stripe_refunds"("charge_id");

-- CreateIndex
CREATE INDEX "stripe_disputes_tenant_id_created_at_id_idx" ON "stripe_disputes"("tenant_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "stripe_disputes_charge_id_idx" ON "stripe_disputes"("charge_id");

-- CreateIndex
CREATE INDEX "stripe_payouts_tenant_id_created_at_id_idx" ON "stripe_payouts"("tenant_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "stripe_transfers_tenant_id_created_at_id_idx" ON "stripe_transfers"("tenant_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "stripe_application_fees_tenant_id_created_at_id_idx" ON "stripe_application_fees"("tenant_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "stripe_balance_transactions_tenant_id_created_at_id_idx" ON "stripe_balance_transactions"("tenant_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "stripe_balance_transactions_source_id_idx" ON "stripe_balance_transactions"("source_id");

-- A mirror belongs to the tenant whose object it is; the platform sees every one.
CALL app.wall_tenant('stripe_accounts', 'tenant_id');
CALL app.wall_tenant('stripe_customers', 'tenant_id');
CALL app.wall_tenant('stripe_payment_methods', 'tenant_id');
CALL app.wall_tenant('stripe_products', 'tenant_id');
CALL app.wall_tenant('stripe_prices', 'tenant_id');
CALL app.wall_tenant('stripe_meters', 'tenant_id');
CALL app.wall_tenant('stripe_subscriptions', 'tenant_id');
CALL app.wall_tenant('stripe_subscription_items', 'tenant_id');
CALL app.wall_tenant('stripe_subscription_schedules', 'tenant_id');
CALL app.wall_tenant('stripe_invoices', 'tenant_id');
CALL app.wall_tenant('stripe_invoice_lines', 'tenant_id');
CALL app.wall_tenant('stripe_invoice_payments', 'tenant_id');
CALL app.wall_tenant('stripe_credit_notes', 'tenant_id');
CALL app.wall_tenant('stripe_checkout_sessions', 'tenant_id');
CALL app.wall_tenant('stripe_entitlement_summaries', 'tenant_id');
CALL app.wall_tenant('stripe_payment_intents', 'tenant_id');
CALL app.wall_tenant('stripe_charges', 'tenant_id');
CALL app.wall_tenant('stripe_refunds', 'tenant_id');
CALL app.wall_tenant('stripe_disputes', 'tenant_id');
CALL app.wall_tenant('stripe_payouts', 'tenant_id');
CALL app.wall_tenant('stripe_transfers', 'tenant_id');
CALL app.wall_tenant('stripe_application_fees', 'tenant_id');
CALL app.wall_tenant('stripe_balance_transactions', 'tenant_id');

-- Whose customer it was may be learned later; these find what waits for its tenant.
CREATE INDEX stripe_subscriptions_orphans ON stripe_subscriptions (customer_id) WHERE tenant_id IS NULL;
CREATE INDEX stripe_subscription_schedules_orphans ON stripe_subscription_schedules (customer_id) WHERE tenant_id IS NULL;
CREATE INDEX stripe_invoices_orphans ON stripe_invoices (customer_id) WHERE tenant_id IS NULL;
CREATE INDEX stripe_credit_notes_orphans ON stripe_credit_notes (customer_id) WHERE tenant_id IS NULL;
CREATE INDEX stripe_checkout_sessions_orphans ON stripe_checkout_sessions (customer_id) WHERE tenant_id IS NULL;
CREATE INDEX stripe_entitlement_summaries_orphans ON stripe_entitlement_summaries (customer_id) WHERE tenant_id IS NULL;
CREATE INDEX stripe_payment_methods_orphans ON stripe_payment_methods (customer_id) WHERE tenant_id IS NULL;
CREATE INDEX stripe_payment_intents_orphans ON stripe_payment_intents (customer_id) WHERE tenant_id IS NULL;
CREATE INDEX stripe_charges_orphans ON stripe_charges (customer_id) WHERE tenant_id IS NULL;

-- The inbox in partitions by the instant of the event: every copy of an event repeats it, so the id
-- stays unique under a key that holds it, and what has grown old is dropped a month at a time.
SELECT set_config('app.scope', 'system', true);
ALTER TABLE inbox_events RENAME TO inbox_events_old;
DROP INDEX "inbox_events_received_at_id_idx", "inbox_events_object_id_idx", inbox_events_unhandled,
  inbox_events_dead;
ALTER TABLE inbox_events_old DROP CONSTRAINT inbox_events_pkey;

CREATE TABLE inbox_events (
  LIKE inbox_events_old INCLUDING DEFAULTS,
  -- When it is next handled: when its time comes after a failure, else at once, whatever the clocks
  -- of the door and of the worker say.
  due_at timestamptz(3) GENERATED ALWAYS AS (coalesce(retry_at, '-infinity')) STORED,
  CONSTRAINT inbox_events_pkey PRIMARY KEY (id, instant),
  CONSTRAINT inbox_events_waiting_is_unhandled CHECK ((status = 'waiting') = (handled_at IS NULL)),
  CONSTRAINT inbox_events_dead_has_died CHECK ((status = 'dead') = (dead_at IS NOT NULL))
) PARTITION BY RANGE (instant);
-- What is of no month that was foreseen: a clock that was moved, an event years old.
CREATE TABLE inbox_events_other PARTITION OF inbox_events DEFAULT;
REVOKE ALL ON inbox_events_other FROM lockstep_app;

CREATE INDEX inbox_events_received_at_id_idx ON inbox_events (received_at DESC, id DESC);
CREATE INDEX inbox_events_object_id_idx ON inbox_events (object_id);
CREATE INDEX inbox_events_due ON inbox_events (due_at, received_at) WHERE handled_at IS NULL;
CREATE INDEX inbox_events_waiting_object ON inbox_events (object_id) WHERE handled_at IS NULL;
CREATE INDEX inbox_events_dead ON inbox_events (received_at DESC, id DESC) WHERE dead_at IS NOT NULL;

CALL app.wall('inbox_events', '(SELECT app.is_platform())', '(SELECT app.is_platform())');
CREATE TRIGGER audit AFTER UPDATE ON inbox_events FOR EACH ROW
  WHEN (NEW.status = 'waiting' AND OLD.status <> 'waiting') EXECUTE FUNCTION app.audit('');

-- Makes the partitions of the months around an instant, and drops those that ended more than
-- `keep_days` before it and hold nothing that still waits. Answers with the names of the dropped.
-- The app's role may not read a partition by itself: the wall stands around the whole.
CREATE FUNCTION app.keep_inbox(around timestamptz, keep_days integer) RETURNS SETOF text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  begins timestamptz;
  name text;
  is_waiting boolean;
  is_mixed boolean;
BEGIN
  PERFORM set_config('app.scope', 'system', true);
  FOR step IN -1 .. 2 LOOP
    begins := date_trunc('month', around AT TIME ZONE 'UTC') AT TIME ZONE 'UTC';
    begins := ((begins AT TIME ZONE 'UTC') + step * interval '1 month') AT TIME ZONE 'UTC';
    name := 'inbox_events_' || to_char(begins AT TIME ZONE 'UTC', 'YYYYMM');
    CONTINUE WHEN to_regclass(name) IS NOT NULL;
    SELECT EXISTS (SELECT FROM inbox_events_other WHERE instant >= begins
      AND instant < ((begins AT TIME ZONE 'UTC') + interval '1 month') AT TIME ZONE 'UTC') INTO is_mixed;
    CONTINUE WHEN is_mixed;
    EXECUTE format('CREATE TABLE %I PARTITION OF inbox_events FOR VALUES FROM (%L) TO (%L)',
      name, begins, ((begins AT TIME ZONE 'UTC') + interval '1 month') AT TIME ZONE 'UTC');
    EXECUTE format('REVOKE ALL ON %I FROM lockstep_app', name);
  END LOOP;

  FOR name IN SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'inbox_events'::regclass AND c.relname ~ '^inbox_events_\d{6}$'
    ORDER BY c.relname
  LOOP
    begins := to_timestamp(right(name, 6) || '01 UTC', 'YYYYMMDD TZ');
    CONTINUE WHEN begins + interval '1 month' > around - make_interval(days => keep_days);
    EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE handled_at IS NULL OR dead_at IS NOT NULL)', name)
      INTO is_waiting;
    CONTINUE WHEN is_waiting;
    EXECUTE format('DROP TABLE %I', name);
    RETURN NEXT name;
  END LOOP;
  DELETE FROM inbox_events_other WHERE instant < around - make_interval(days => keep_days)
    AND handled_at IS NOT NULL AND dead_at IS NULL;
END $$;
REVOKE EXECUTE ON FUNCTION app.keep_inbox(timestamptz, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.keep_inbox(timestamptz, integer) TO lockstep_app;

SELECT app.keep_inbox(now(), 36500);
INSERT INTO inbox_events (id, endpoint, account, type, object_type, object_id, partition, instant,
    received_at, status, attempts, retry_at, handled_at, error, trace_id, body, dead_at)
  SELECT id, endpoint, account, type, object_type, object_id, partition, instant,
    received_at, status, attempts, retry_at, handled_at, error, trace_id, body, dead_at
  FROM inbox_events_old;
DROP TABLE inbox_events_old;
