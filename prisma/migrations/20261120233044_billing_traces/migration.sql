-- AlterTable
ALTER TABLE "checkouts" ADD COLUMN     "trace_id" TEXT NOT NULL DEFAULT '';
ALTER TABLE "checkouts" ALTER COLUMN "trace_id" DROP DEFAULT;

-- CreateTable
CREATE TABLE "inbox_workers" (
    "id" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "inbox_workers_pkey" PRIMARY KEY ("id")
);

CALL app.wall('inbox_workers', '(SELECT app.is_platform())', '(SELECT app.is_platform())');
