-- AlterEnum
ALTER TYPE "money_move_kind" ADD VALUE 'loss_reversal';
ALTER TYPE "money_move_kind" ADD VALUE 'loss_debit';

-- An answer of the platform's own has no tenant: the wall shows it to none.
-- AlterTable
ALTER TABLE "dispute_answers" ALTER COLUMN "tenant_id" DROP NOT NULL;

-- AlterTable
ALTER TABLE "dispute_files" ALTER COLUMN "tenant_id" DROP NOT NULL;
