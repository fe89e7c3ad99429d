import { transact } from "#lib/db/transaction";
import { type Answerer, requireAnswerer } from "#lib/disputes/answerer";
import { edited, findToAnswer, takeDraft } from "#lib/disputes/store";
import { Refusal } from "#lib/errors";

/** Takes a document out of the draft. Stripe keeps it for itself and shows it to no bank. */
export async function removeFile(
  ctx: Answerer,
  { disputeId, fileId }: { disputeId: string; fileId: string },
): Promise<void> {
  requireAnswerer(ctx);

  await transact(ctx, "disputes.remove-file", async (tx) => {
    const draft = await takeDraft(ctx, tx, await findToAnswer(tx, ctx, disputeId));
    const { count } = await tx.disputeFile.deleteMany({
      where: { id: fileId, answerId: draft.id },
    });
    if (count === 0) throw new Refusal("not_found", "This document is not in the draft any more.");
    await tx.disputeAnswer.update({ where: { id: draft.id }, data: edited(ctx, draft) });
  });
}
