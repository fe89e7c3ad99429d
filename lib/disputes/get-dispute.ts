import type { Tx } from "#lib/db/client";
import { view } from "#lib/db/transaction";
import { type AnswerView, answerOf, type Preview, previewOf } from "#lib/disputes/answer";
import { type Answerer, requireReader } from "#lib/disputes/answerer";
import type { DisputeFacts, StripeCharge } from "#lib/disputes/dispute";
import type { Texts } from "#lib/disputes/evidence";
import { type DisputedPayment, paymentOf, suggestedBy } from "#lib/disputes/payment";
import { findAnswer, findDispute } from "#lib/disputes/store";
import { namesOf } from "#lib/tenancy/find-names";

/** A dispute with the payment it is about, what was answered, and what would be sent now. */
export type DisputePage = DisputeFacts & {
  payment: DisputedPayment | null;
  answer: AnswerView | null;
  preview: Preview;
  /** What is known of the payment already, to begin a draft with. */
  suggested: Texts;
};

/** What stands with one dispute, and exactly what would be sent of its answer. */
export async function getDispute(ctx: Answerer, id: string): Promise<DisputePage> {
  requireReader(ctx);

  return view(ctx, async (tx) => {
    const { sellerId: _, ...dispute } = await findDispute(tx, ctx, id);
    const charge = await findCharge(tx, dispute);
    const payment = charge && (await paymentOf(tx, dispute.account, charge));
    const row = await findAnswer(tx, dispute);
    const names = await namesOf(tx, row?.decidedById ? [row.decidedById] : []);
    const answer = row && answerOf(row, names.get(row.decidedById ?? "") ?? null);
    const { reason, networkFee } = dispute;
    const preview = previewOf(answer, { reason, compliance: networkFee?.kind ?? null });
    const suggested = charge ? suggestedBy(charge) : {};
    return { ...dispute, payment, answer, preview, suggested };
  });
}

async function findCharge(tx: Tx, { account, chargeId }: DisputeFacts) {
  if (!chargeId) return null;
  const row = await tx.stripeCharge.findUnique({
    where: { account_id: { account, id: chargeId } },
    select: { object: true },
  });
  return (row?.object as unknown as StripeCharge | undefined) ?? null;
}
