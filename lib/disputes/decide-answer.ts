import type { Tx } from "#lib/db/client";
import type { Prisma } from "#lib/db/generated/client";
import { transact } from "#lib/db/transaction";
import {
  type AnswerEvent,
  type AnswerStatus,
  type Asked,
  answerLifecycle,
  answerOf,
  type Decision,
  previewOf,
} from "#lib/disputes/answer";
import { type Answerer, requireAnswerer } from "#lib/disputes/answerer";
import { carryOutAnswer } from "#lib/disputes/carry-out-answer";
import type { SubmitInput } from "#lib/disputes/input";
import { type Found, findToAnswer, takeDraft } from "#lib/disputes/store";
import { Refusal } from "#lib/errors";
import { enqueue } from "#lib/jobs/enqueue";
import { advance } from "#lib/lifecycle";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";

/** Hands the answer to the bank, exactly as it was seen, once. */
export async function submitAnswer(
  ctx: Answerer,
  { disputeId, seen, acceptsFee }: SubmitInput & { disputeId: string },
  gateway: StripeGateway = stripeGateway(),
): Promise<{ status: "sent" }> {
  requireAnswerer(ctx);

  const answerId = await transact(ctx, "disputes.submit-answer", async (tx) => {
    const dispute = await findToAnswer(tx, ctx, disputeId);
    return decide(ctx, tx, dispute, "submit", (draft) => {
      const { networkFee, reason } = dispute;
      if (networkFee && !acceptsFee) {
        const message = "The card network takes a fee to resolve this case. Agree to it first.";
        throw new Refusal("conflict", message, { field: "acceptsFee" });
      }
      const about = { reason, compliance: networkFee?.kind ?? null };
      const { evidence, compliance, digest } = previewOf(answerOf(draft, null), about);
      if (Object.keys(evidence).length === 0) {
        throw new Refusal("conflict", "There is nothing in this answer yet.");
      }
      if (digest !== seen) {
        const message = "The answer changed since you saw it. Look at it again before it goes out.";
        throw new Refusal("conflict", message, { field: "seen" });
      }
      return { evidence, compliance };
    });
  });
  return finish(ctx, answerId, gateway);
}

/** Lets the bank have its way: the amount and the fee are gone. An inquiry is only closed. */
export async function acceptDispute(
  ctx: Answerer,
  { disputeId }: { disputeId: string },
  gateway: StripeGateway = stripeGateway(),
): Promise<{ status: "sent" }> {
  requireAnswerer(ctx);

  const answerId = await transact(ctx, "disputes.accept-dispute", async (tx) => {
    const dispute = await findToAnswer(tx, ctx, disputeId);
    return decide(ctx, tx, dispute, "accept", () => ({ close: true }));
  });
  return finish(ctx, answerId, gateway);
}

const graceMs = 15_000;
type Draft = Awaited<ReturnType<typeof takeDraft>>;

/** Of two that decide at once the second finds the answer on its way, and is refused. */
async function decide(
  ctx: Answerer,
  tx: Tx,
  dispute: Found,
  decision: Decision,
  askedOf: (draft: Draft) => Asked,
): Promise<string> {
  const draft = await takeDraft(ctx, tx, dispute);
  const { id } = draft;
  if (draft.status === "requested" && draft.decision === decision) return id;
  const status = advance<AnswerStatus, AnswerEvent>(
    answerLifecycle,
    "answer",
    draft.status,
    "decide",
  );
  const decidedAt = ctx.now();
  await tx.disputeAnswer.update({
    where: { id },
    data: {
      ...{ status, decision, decidedAt, decidedById: ctx.userId, error: null, round: 0 },
      sent: askedOf(draft) as unknown as Prisma.InputJsonValue,
    },
  });
  // Whoever decided sees it through at once; the job is for the case that they die over it.
  const runAt = new Date(decidedAt.getTime() + graceMs);
  await enqueue(tx, "disputes.carry-out-answer", { answerId: id }, { key: `answer:${id}`, runAt });
  return id;
}

async function finish(ctx: Answerer, answerId: string, gateway: StripeGateway) {
  const ended = await carryOutAnswer(ctx, { answerId }, gateway);
  if (ended.status === "failed") throw new Refusal("conflict", ended.error!);
  return { status: "sent" as const };
}
