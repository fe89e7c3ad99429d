-- CreateEnum
CREATE TYPE "seat_billing" AS ENUM ('at_once', 'period_end', 'true_up');

-- CreateEnum
CREATE TYPE "seat_drift_rule" AS ENUM ('adopt', 'restore', 'ask');

-- CreateEnum
CREATE TYPE "seat_drift_status" AS ENUM ('proposed', 'repairing', 'settled', 'dismissed');

-- CreateTable
CREATE TABLE "entitlements" (
    "tenant_id" TEXT NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "subscription_id" TEXT,
    "status" TEXT NOT NULL DEFAULT 'none',
    "since" TIMESTAMPTZ(3),
    "version_id" TEXT,
    "plan_key" TEXT NOT NULL DEFAULT '',
    "plan_name" TEXT NOT NULL DEFAULT '',
    "features" JSONB NOT NULL DEFAULT '[]',
    "restricted" JSONB NOT NULL DEFAULT '[]',
    "grace_until" TIMESTAMPTZ(3),
    "seats" INTEGER,
    "assigned" INTEGER NOT NULL DEFAULT 0,
    "seat_limit" INTEGER,
    "period_start" TIMESTAMPTZ(3),
    "period_end" TIMESTAMPTZ(3),
    "trial_ends_at" TIMESTAMPTZ(3),
    "ends_at" TIMESTAMPTZ(3),
    "invoice_id" TEXT,
    "told" TEXT NOT NULL DEFAULT '',
    "changed_at" TIMESTAMPTZ(3),

    CONSTRAINT "entitlements_pkey" PRIMARY KEY ("tenant_id")
);

-- CreateTable
CREATE TABLE "grace_policies" (
    "id" TEXT NOT NULL,
    "grace_days" INTEGER NOT NULL,
    "keeps" TEXT[],
    "changed_by_id" TEXT NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "grace_policies_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "seat_policies" (
    "id" TEXT NOT NULL,
    "billing" "seat_billing" NOT NULL,
    "drift" "seat_drift_rule" NOT NULL,
    "max_seats" INTEGER,
    "seats_joiners" BOOLEAN NOT NULL,
    "gives_back" BOOLEAN NOT NULL,
    "over_days" INTEGER NOT NULL,
    "changed_by_id" TEXT NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "seat_policies_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "seat_pools" (
    "id" TEXT NOT NULL,
    "tenant_id" TEXT NOT NULL,
    "subscription_id" TEXT NOT NULL,
    "version_id" TEXT,
    "seats" INTEGER NOT NULL,
    "revision" INTEGER NOT NULL,
    "decided_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "seat_pools_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "seat_syncs" (
    "pool_id" TEXT NOT NULL,
    "tenant_id" TEXT NOT NULL,
    "sent_revision" INTEGER NOT NULL DEFAULT 0,
    "sent_at" TIMESTAMPTZ(3),
    "sending_until" TIMESTAMPTZ(3),
    "stripe_seats" INTEGER NOT NULL,
    "peak_seats" INTEGER,
    "peak_since" TIMESTAMPTZ(3),
    "over_since" TIMESTAMPTZ(3),
    "checked_at" TIMESTAMPTZ(3),
    "error" TEXT,

    CONSTRAINT "seat_syncs_pkey" PRIMARY KEY ("pool_id")
);

-- CreateTable
CREATE TABLE "seat_assignments" (
    "id" TEXT NOT NULL,
    "tenant_id" TEXT NOT NULL,
    "member_id" TEXT,
    "invitation_id" TEXT,
    "assigned_by_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "seat_assignments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "seat_drifts" (
    "id" TEXT NOT NULL,
    "tenant_id" TEXT NOT NULL,
    "subscription_id" TEXT NOT NULL,
    "seats" INTEGER NOT NULL,
    "stripe_seats" INTEGER NOT NULL,
    "why" TEXT NOT NULL,
    "rule" "seat_drift_rule" NOT NULL,
    "status" "seat_drift_status" NOT NULL,
    "found_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_by_id" TEXT,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "seat_drifts_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "entitlements_grace_until_idx" ON "entitlements"("grace_until");

-- CreateIndex
CREATE UNIQUE INDEX "seat_pools_tenant_id_key" ON "seat_pools"("tenant_id");

-- CreateIndex
CREATE INDEX "seat_syncs_checked_at_idx" ON "seat_syncs"("checked_at");

-- CreateIndex
CREATE UNIQUE INDEX "seat_assignments_member_id_key" ON "seat_assignments"("member_id");

-- CreateIndex
CREATE UNIQUE INDEX "seat_assignments_invitation_id_key" ON "seat_assignments"("invitation_id");

-- CreateIndex
CREATE INDEX "seat_assignments_tenant_id_created_at_id_idx" ON "seat_assignments"("tenant_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "seat_drifts_found_at_id_idx" ON "seat_drifts"("found_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "seat_drifts_tenant_id_found_at_idx" ON "seat_drifts"("tenant_id", "found_at" DESC);

-- AddForeignKey
ALTER TABLE "seat_syncs" ADD CONSTRAINT "seat_syncs_pool_id_fkey" FOREIGN KEY ("pool_id") REFERENCES "seat_pools"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "seat_assignments" ADD CONSTRAINT "seat_assignments_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "members"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "seat_assignments" ADD CONSTRAINT "seat_assignments_invitation_id_fkey" FOREIGN KEY ("invitation_id") REFERENCES "invitations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Who has a seat is one of two, and a seat is for one.
ALTER TABLE seat_assignments ADD CONSTRAINT seat_assignments_for_one CHECK (num_nonnulls(member_id, invitation_id) = 1);
ALTER TABLE seat_pools ADD CONSTRAINT seat_pools_seats CHECK (seats >= 0);
-- One finding per tenant waits for its end at a time.
CREATE UNIQUE INDEX seat_drifts_one_open ON seat_drifts (tenant_id) WHERE status IN ('proposed', 'repairing');

CALL app.wall('seat_policies', 'true', '(SELECT app.is_platform())');
CALL app.wall('grace_policies', 'true', '(SELECT app.is_platform())');
CALL app.wall_tenant('seat_pools', 'tenant_id');
CALL app.wall_tenant('seat_syncs', 'tenant_id');
CALL app.wall_tenant('seat_assignments', 'tenant_id');
CALL app.wall_tenant('seat_drifts', 'tenant_id');
CALL app.wall_tenant('entitlements', 'tenant_id');
CALL app.watch('seat_policies', '');
CALL app.watch('grace_policies', '');
CALL app.watch('seat_pools', 'tenant_id');
CALL app.watch('seat_assignments', 'tenant_id');
CALL app.watch('seat_drifts', 'tenant_id');

-- Asks for what follows from a change of people, where seats are sold at all.
CREATE FUNCTION app.settle_seats(tenant text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM seat_pools WHERE tenant_id = tenant) THEN
    PERFORM app.enqueue('seats.settle', json_build_object('tenantId', tenant), 'seats.settle:' || tenant, NULL, 12);
  END IF;
END $$;

-- A seat kept for somebody invited becomes theirs as they join, in the same transaction.
-- Whoever joins otherwise takes a free seat, where the rules say so. The pool's lock keeps the last
-- seat from being taken twice.
CREATE FUNCTION app.seat_joiner() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  pool seat_pools;
BEGIN
  UPDATE seat_assignments a SET member_id = NEW.id, invitation_id = NULL
    FROM invitations i JOIN users u ON u.email = i.email
    WHERE a.invitation_id = i.id AND i.tenant_id = NEW.tenant_id AND i.status = 'accepted'
      AND u.id = NEW.user_id;
  SELECT * INTO pool FROM seat_pools WHERE tenant_id = NEW.tenant_id FOR UPDATE;
  IF NOT FOUND THEN RETURN NULL; END IF;
  IF NOT EXISTS (SELECT FROM seat_assignments WHERE member_id = NEW.id)
    AND coalesce((SELECT seats_joiners FROM seat_policies WHERE id = pool.version_id),
      (SELECT seats_joiners FROM seat_policies WHERE id = 'platform'), true)
    AND (SELECT count(*) FROM seat_assignments WHERE tenant_id = NEW.tenant_id) < pool.seats THEN
    INSERT INTO seat_assignments (id, tenant_id, member_id, created_at)
      VALUES ('sea_' || NEW.id, NEW.tenant_id, NEW.id, NEW.created_at);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER seat_joiner AFTER INSERT ON members FOR EACH ROW EXECUTE FUNCTION app.seat_joiner();

-- An answered invitation keeps no seat: withdrawn it is free again; accepted by somebody who was in
-- already it is theirs, unless they have one.
CREATE FUNCTION app.seat_answered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status = 'accepted' THEN
    UPDATE seat_assignments a SET member_id = m.id, invitation_id = NULL
      FROM members m JOIN users u ON u.id = m.user_id
      WHERE a.invitation_id = NEW.id AND m.tenant_id = NEW.tenant_id AND u.email = NEW.email
        AND NOT EXISTS (SELECT FROM seat_assignments s WHERE s.member_id = m.id);
    DELETE FROM seat_assignments a WHERE a.invitation_id = NEW.id AND EXISTS (
      SELECT FROM members m JOIN users u ON u.id = m.user_id
      WHERE m.tenant_id = NEW.tenant_id AND u.email = NEW.email);
  ELSE
    DELETE FROM seat_assignments WHERE invitation_id = NEW.id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER seat_answered AFTER UPDATE OF status ON invitations FOR EACH ROW
  WHEN (NEW.status IN ('accepted', 'revoked')) EXECUTE FUNCTION app.seat_answered();

-- What is bought and taken stands in the tenant's entitlements, whichever way it changed.
CREATE FUNCTION app.count_seat() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    UPDATE entitlements SET assigned = assigned + 1 WHERE tenant_id = NEW.tenant_id;
  ELSE
    UPDATE entitlements SET assigned = assigned - 1 WHERE tenant_id = OLD.tenant_id;
    PERFORM app.settle_seats(OLD.tenant_id);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER count_seat AFTER INSERT OR DELETE ON seat_assignments FOR EACH ROW EXECUTE FUNCTION app.count_seat();

CREATE FUNCTION app.tell_seats() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    UPDATE entitlements SET seats = NULL WHERE tenant_id = OLD.tenant_id;
  ELSE
    UPDATE entitlements SET seats = NEW.seats WHERE tenant_id = NEW.tenant_id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER tell_seats AFTER INSERT OR UPDATE OF seats OR DELETE ON seat_pools
  FOR EACH ROW EXECUTE FUNCTION app.tell_seats();

-- Every tenant has its row from the first moment, so that counting never misses one.
CREATE FUNCTION app.entitle() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO entitlements (tenant_id) VALUES (NEW.id);
  RETURN NULL;
END $$;
CREATE TRIGGER entitle AFTER INSERT ON tenants FOR EACH ROW EXECUTE FUNCTION app.entitle();

-- Who is here already: a row each, and the longest-standing members on the seats that are paid for.
SELECT set_config('app.scope', 'system', false), set_config('app.action', 'seats.begin', false);
INSERT INTO entitlements (tenant_id) SELECT id FROM tenants;
INSERT INTO seat_pools (id, tenant_id, subscription_id, version_id, seats, revision, decided_at)
  SELECT DISTINCT ON (tenant_id) 'spl_' || id, tenant_id, id, version_id, seats, 0, instant FROM subscriptions
  WHERE seats IS NOT NULL AND status IN ('trialing', 'active', 'past_due', 'unpaid', 'paused')
  ORDER BY tenant_id, created_at DESC;
INSERT INTO seat_syncs (pool_id, tenant_id, stripe_seats) SELECT id, tenant_id, seats FROM seat_pools;
INSERT INTO seat_assignments (id, tenant_id, member_id, created_at)
  SELECT 'sea_' || m.id, m.tenant_id, m.id, m.created_at FROM seat_pools p JOIN (
    SELECT id, tenant_id, created_at, row_number() OVER (PARTITION BY tenant_id ORDER BY created_at, id) AS place
    FROM members) m ON m.tenant_id = p.tenant_id AND m.place <= p.seats;
SELECT set_config('app.scope', '', false), set_config('app.action', '', false);

GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA app TO lockstep_app;
