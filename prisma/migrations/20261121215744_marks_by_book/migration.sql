-- A pass reads the marks of one book in their order; those of the others are nothing to it.
-- AlterTable
ALTER TABLE "reconciliation_marks" DROP CONSTRAINT "reconciliation_marks_pkey",
ADD CONSTRAINT "reconciliation_marks_pkey" PRIMARY KEY ("book", "id");
