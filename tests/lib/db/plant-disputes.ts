import type { Tx } from "#lib/db/client";
import { unique } from "#tests/support/people";

/** A draft of an answer to a dispute, with a document. */
export async function plantDispute(tx: Tx, tenantId: string): Promise<void> {
  const [answerId, at] = [unique("dsa"), new Date()];
  await tx.disputeAnswer.create({
    data: {
      ...{ id: answerId, tenantId, account: "", disputeId: unique("du"), stage: "dispute" },
      ...{ status: "draft", editedById: "usr_1", editedAt: at },
    },
  });
  await tx.disputeFile.create({
    data: {
      ...{ id: unique("dsf"), tenantId, answerId, field: "receipt", fileId: "file_1", bytes: 9 },
      ...{ name: "receipt.pdf", type: "application/pdf", addedById: "usr_1", addedAt: at },
    },
  });
}
