-- CreateEnum
CREATE TYPE "drift_status" AS ENUM ('proposed', 'repairing', 'settled', 'dismissed');

-- CreateTable
CREATE TABLE "backfills" (
    "account" TEXT NOT NULL,
    "known_until" TIMESTAMPTZ(3),
    "cursor" TEXT,
    "since" TIMESTAMPTZ(3),
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "seen" INTEGER NOT NULL DEFAULT 0,
    "missing" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,

    CONSTRAINT "backfills_pkey" PRIMARY KEY ("account")
);

-- CreateTable
CREATE TABLE "drifts" (
    "id" TEXT NOT NULL,
    "account" TEXT NOT NULL DEFAULT '',
    "object_type" TEXT NOT NULL,
    "object_id" TEXT NOT NULL,
    "found_at" TIMESTAMPTZ(3) NOT NULL,
    "differences" JSONB NOT NULL,
    "why" TEXT NOT NULL,
    "status" "drift_status" NOT NULL,
    "decided_by_id" TEXT,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "drifts_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "drifts_found_at_id_idx" ON "drifts"("found_at" DESC, "id" DESC);

-- One open finding an object: finding it again says nothing new.
CREATE UNIQUE INDEX drifts_one_open ON drifts (account, object_type, object_id)
  WHERE status IN ('proposed', 'repairing');

CALL app.wall('backfills', '(SELECT app.is_platform())', '(SELECT app.is_platform())');
CALL app.wall('drifts', '(SELECT app.is_platform())', '(SELECT app.is_platform())');
CALL app.watch('drifts', '');
