-- AlterTable
ALTER TABLE "sale_refunds" ADD COLUMN     "fee_back_minor" BIGINT NOT NULL,
ADD COLUMN     "reversed_minor" BIGINT NOT NULL DEFAULT 0;
