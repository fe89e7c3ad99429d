-- CreateEnum
CREATE TYPE "inbox_act" AS ENUM ('replay', 'discard');

-- CreateEnum
CREATE TYPE "inbox_run_status" AS ENUM ('running', 'done', 'stopped');

-- AlterEnum
ALTER TYPE "inbox_status" ADD VALUE 'discarded';

-- DropIndex
DROP INDEX "inbox_events_object_id_idx";

-- AlterTable
ALTER TABLE "inbox_events" ADD COLUMN     "handled_by" TEXT,
ADD COLUMN     "reason" TEXT;

-- AlterTable
ALTER TABLE "inbox_workers" ADD COLUMN     "handled" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "per_second" DOUBLE PRECISION NOT NULL DEFAULT 0,
ADD COLUMN     "since" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "inbox_runs" (
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "act" "inbox_act" NOT NULL,
    "filter" JSONB NOT NULL,
    "as_of" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT,
    "expected" INTEGER NOT NULL,
    "status" "inbox_run_status" NOT NULL,
    "started_by_id" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "beat_at" TIMESTAMPTZ(3) NOT NULL,
    "cursor_at" TIMESTAMPTZ(3),
    "cursor_id" TEXT,
    "done" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,

    CONSTRAINT "inbox_runs_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "inbox_runs_key_key" ON "inbox_runs"("key");

-- CreateIndex
CREATE INDEX "inbox_runs_started_at_id_idx" ON "inbox_runs"("started_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "audit_entries_trace_id_idx" ON "audit_entries"("trace_id");

-- CreateIndex
CREATE INDEX "inbox_events_object_id_received_at_idx" ON "inbox_events"("object_id", "received_at");

-- CreateIndex
CREATE INDEX "inbox_events_type_received_at_idx" ON "inbox_events"("type", "received_at");

-- CreateIndex
CREATE INDEX "inbox_events_account_received_at_idx" ON "inbox_events"("account", "received_at");

-- CreateIndex
CREATE INDEX "inbox_events_trace_id_idx" ON "inbox_events"("trace_id");

-- Who let an event run again, and who gave one up, is a decision; what a worker does is none.
DROP TRIGGER audit ON inbox_events;
CREATE TRIGGER audit AFTER UPDATE ON inbox_events FOR EACH ROW
  WHEN ((NEW.handled_at IS NULL AND OLD.handled_at IS NOT NULL)
    OR (NEW.reason IS NOT NULL AND OLD.reason IS NULL))
  EXECUTE FUNCTION app.audit('');

CALL app.wall('inbox_runs', '(SELECT app.is_platform())', '(SELECT app.is_platform())');
-- That it began, was stopped and ended is written down; how far it has come is not.
CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE OF status ON inbox_runs
  FOR EACH ROW EXECUTE FUNCTION app.audit('');
CREATE INDEX inbox_runs_running ON inbox_runs (beat_at) WHERE status = 'running';
