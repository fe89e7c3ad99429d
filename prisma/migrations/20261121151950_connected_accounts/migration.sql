-- CreateEnum
CREATE TYPE "connect_status" AS ENUM ('invited', 'created', 'onboarding', 'verifying', 'active', 'restricted', 'suspended', 'closed');

-- CreateTable
CREATE TABLE "connected_accounts" (
    "tenant_id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "profile" TEXT NOT NULL,
    "status" "connect_status" NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "begun_at" TIMESTAMPTZ(3),
    "active_at" TIMESTAMPTZ(3),
    "due_at" TIMESTAMPTZ(3),
    "asked" INTEGER NOT NULL DEFAULT 0,
    "overdue" INTEGER NOT NULL DEFAULT 0,
    "suspended_at" TIMESTAMPTZ(3),
    "suspended_by_id" TEXT,
    "suspension" TEXT,

    CONSTRAINT "connected_accounts_pkey" PRIMARY KEY ("tenant_id")
);

-- CreateTable
CREATE TABLE "connect_transitions" (
    "id" TEXT NOT NULL,
    "tenant_id" TEXT NOT NULL,
    "from" "connect_status" NOT NULL,
    "to" "connect_status" NOT NULL,
    "event" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "event_id" TEXT,
    "actor" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "connect_transitions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stripe_v2_accounts" (
    "account" TEXT NOT NULL DEFAULT '',
    "id" TEXT NOT NULL,
    "tenant_id" TEXT,
    "created_at" TIMESTAMPTZ(3),
    "instant" TIMESTAMPTZ(3) NOT NULL,
    "is_deleted" BOOLEAN NOT NULL DEFAULT false,
    "dashboard" TEXT,
    "is_closed" BOOLEAN,
    "card_payments" TEXT,
    "transfers" TEXT,
    "object" JSONB NOT NULL,

    CONSTRAINT "stripe_v2_accounts_pkey" PRIMARY KEY ("account","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "connected_accounts_account_id_key" ON "connected_accounts"("account_id");

-- CreateIndex
CREATE INDEX "connected_accounts_status_due_at_idx" ON "connected_accounts"("status", "due_at");

-- CreateIndex
CREATE INDEX "connect_transitions_tenant_id_at_id_idx" ON "connect_transitions"("tenant_id", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "stripe_v2_accounts_tenant_id_created_at_id_idx" ON "stripe_v2_accounts"("tenant_id", "created_at" DESC, "id" DESC);

-- Stopped by the platform, and only then, there is a reason.
ALTER TABLE connected_accounts ADD CONSTRAINT connected_accounts_suspension
  CHECK ((suspension IS NULL) = (suspended_at IS NULL)
    AND (suspension IS NOT NULL OR status <> 'suspended'));
-- The timeline is only ever added to.
CREATE FUNCTION app.only_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;
CREATE TRIGGER only_added BEFORE UPDATE OR DELETE ON connect_transitions
  FOR EACH ROW EXECUTE FUNCTION app.only_added();

CALL app.wall_tenant('connected_accounts', 'tenant_id');
CALL app.watch('connected_accounts', 'tenant_id');
CALL app.wall_tenant('connect_transitions', 'tenant_id');
REVOKE UPDATE, DELETE ON connect_transitions FROM lockstep_app;
CALL app.wall_tenant('stripe_v2_accounts', 'tenant_id');
