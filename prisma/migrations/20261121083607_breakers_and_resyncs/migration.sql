-- CreateEnum
CREATE TYPE "breaker_status" AS ENUM ('closed', 'open', 'half_open');

-- CreateEnum
CREATE TYPE "resync_status" AS ENUM ('running', 'done', 'stopped');

-- CreateTable
CREATE TABLE "breakers" (
    "process" TEXT NOT NULL,
    "account" TEXT NOT NULL,
    "route" TEXT NOT NULL,
    "status" "breaker_status" NOT NULL,
    "openings" INTEGER NOT NULL,
    "opened_at" TIMESTAMPTZ(3),
    "retry_at" TIMESTAMPTZ(3),
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "breakers_pkey" PRIMARY KEY ("process","account","route")
);

-- CreateTable
CREATE TABLE "resyncs" (
    "id" TEXT NOT NULL,
    "only_tenant_id" TEXT,
    "status" "resync_status" NOT NULL,
    "started_by_id" TEXT,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "accounts" INTEGER NOT NULL,
    "accounts_done" INTEGER NOT NULL DEFAULT 0,
    "account" TEXT NOT NULL DEFAULT '',
    "step" INTEGER NOT NULL DEFAULT 0,
    "cursor" JSONB,
    "compared" INTEGER NOT NULL DEFAULT 0,
    "asked" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,

    CONSTRAINT "resyncs_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "breakers_seen_at_idx" ON "breakers"("seen_at" DESC);

-- CreateIndex
CREATE INDEX "resyncs_started_at_id_idx" ON "resyncs"("started_at" DESC, "id" DESC);

-- One comparison at a time of a tenant, and one of everything.
CREATE UNIQUE INDEX resyncs_one_running ON resyncs (coalesce(only_tenant_id, ''))
  WHERE status = 'running';

CALL app.wall('breakers', '(SELECT app.is_platform())', '(SELECT app.is_platform())');
CALL app.wall('resyncs', '(SELECT app.is_platform())', '(SELECT app.is_platform())');
