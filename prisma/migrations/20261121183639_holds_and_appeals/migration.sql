-- AlterTable
ALTER TABLE "connected_accounts" ADD COLUMN     "confirmed_at" TIMESTAMPTZ(3),
ADD COLUMN     "held_capabilities" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "held_schedule" JSONB,
ADD COLUMN     "holds_applied" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "holds_claimed" TIMESTAMPTZ(3),
ADD COLUMN     "holds_error" TEXT,
ADD COLUMN     "holds_version" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "payments_held" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "payouts_held" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "connect_holds" (
    "id" TEXT NOT NULL,
    "tenant_id" TEXT NOT NULL,
    "payments" BOOLEAN NOT NULL,
    "payouts" BOOLEAN NOT NULL,
    "reason" TEXT NOT NULL,
    "placed_by_id" TEXT,
    "rule" TEXT,
    "rule_version" INTEGER,
    "signals" JSONB,
    "mend" TEXT,
    "placed_at" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "ending" TEXT,
    "ended_by_id" TEXT,
    "end_note" TEXT,
    "key" TEXT,

    CONSTRAINT "connect_holds_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "connect_appeals" (
    "id" TEXT NOT NULL,
    "tenant_id" TEXT NOT NULL,
    "hold_id" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "made_by_id" TEXT NOT NULL,
    "decision" TEXT,
    "answer" TEXT,
    "decided_at" TIMESTAMPTZ(3),
    "decided_by_id" TEXT,

    CONSTRAINT "connect_appeals_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "connect_policies" (
    "id" TEXT NOT NULL,
    "identity_first" BOOLEAN NOT NULL DEFAULT false,
    "payout_payments" INTEGER NOT NULL DEFAULT 0,
    "payout_days" INTEGER NOT NULL DEFAULT 0,
    "confirm_months" INTEGER NOT NULL DEFAULT 0,
    "confirm_grace_days" INTEGER NOT NULL DEFAULT 14,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_by_id" TEXT NOT NULL,

    CONSTRAINT "connect_policies_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "connect_holds_key_key" ON "connect_holds"("key");

-- CreateIndex
CREATE INDEX "connect_holds_tenant_id_placed_at_idx" ON "connect_holds"("tenant_id", "placed_at" DESC);

-- CreateIndex
CREATE INDEX "connect_holds_ended_at_until_idx" ON "connect_holds"("ended_at", "until");

-- CreateIndex
CREATE INDEX "connect_appeals_tenant_id_made_at_idx" ON "connect_appeals"("tenant_id", "made_at" DESC);

-- AddForeignKey
ALTER TABLE "connect_appeals" ADD CONSTRAINT "connect_appeals_hold_id_fkey" FOREIGN KEY ("hold_id") REFERENCES "connect_holds"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A hold stops something, and either goes on or says how it ended.
ALTER TABLE connect_holds ADD CONSTRAINT connect_holds_stops CHECK (payments OR payouts);
ALTER TABLE connect_holds ADD CONSTRAINT connect_holds_end CHECK ((ended_at IS NULL) = (ending IS NULL));
-- A person's hold names the person, a rule's the rule and its version.
ALTER TABLE connect_holds ADD CONSTRAINT connect_holds_placer CHECK (
  (placed_by_id IS NULL) = (rule IS NOT NULL) AND (rule IS NULL) = (rule_version IS NULL));
CREATE UNIQUE INDEX connect_holds_one_of_a_rule ON connect_holds (tenant_id, rule)
  WHERE ended_at IS NULL;
-- An appeal is decided once, in words, and a hold has one that is open.
ALTER TABLE connect_appeals ADD CONSTRAINT connect_appeals_decision CHECK (
  (decision IS NULL) = (decided_at IS NULL) AND (decision IS NULL) = (answer IS NULL)
    AND (decision IS NULL OR decision IN ('granted', 'upheld')));
CREATE UNIQUE INDEX connect_appeals_one_open ON connect_appeals (hold_id) WHERE decided_at IS NULL;

CALL app.wall_tenant('connect_holds', 'tenant_id');
CALL app.watch('connect_holds', 'tenant_id');
CALL app.wall_tenant('connect_appeals', 'tenant_id');
CALL app.watch('connect_appeals', 'tenant_id');
CALL app.wall('connect_policies', 'true', '(SELECT app.is_platform())');
CALL app.watch('connect_policies', '');
