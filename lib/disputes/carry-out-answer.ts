import type { Context } from "#lib/context";
import type { DisputeAnswer } from "#lib/db/generated/client";
import { transact, view } from "#lib/db/transaction";
import type { Asked } from "#lib/disputes/answer";
import { convergeNow } from "#lib/events/converge-now";
import { enqueue } from "#lib/jobs/enqueue";
import { isStripesNo, StripeFailed } from "#lib/stripe/ask";
import { noOf } from "#lib/stripe/decline";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import { asSystem } from "#lib/tenancy/as-system";

type Ended = Pick<DisputeAnswer, "status" | "error">;

/**
 * Does at Stripe what was decided about a dispute, once, however often it is run: the same words
 * under the same key. Before a no is believed, Stripe is asked whether it has this very answer, and
 * only its word was lost. An outage is thrown, and the job comes again.
 */
export async function carryOutAnswer(
  ctx: Context,
  { answerId }: { answerId: string },
  gateway: StripeGateway = stripeGateway(),
): Promise<Ended> {
  const system = asSystem(ctx);
  const row = await read(system, answerId);
  if (row.status !== "requested") return row;
  try {
    await perform(gateway, row);
    await end(system, answerId, { status: "sent" });
  } catch (error) {
    if (error instanceof StripeFailed) await beginAnew(system, row);
    if (!isStripesNo(error)) throw error;
    const isTaken = await hasTaken(gateway, row);
    await end(
      system,
      answerId,
      isTaken ? { status: "sent" } : { status: "failed", error: wordsOf(error) },
    );
  }
  const { account, disputeId: objectId } = row;
  await convergeNow(ctx, [{ account, objectType: "dispute", objectId }]);
  return read(system, answerId);
}

/** After so long whoever decided has ended it or is dead. */
const abandonedMs = 5 * 60_000;

/** Asks again for every answer that was decided and never ended, however long Stripe was away. */
export async function resumeAnswers(ctx: Context): Promise<number> {
  return transact(asSystem(ctx), "disputes.resume-answers", async (tx) => {
    const before = new Date(ctx.now().getTime() - abandonedMs);
    const rows = await tx.disputeAnswer.findMany({
      where: { status: "requested", decidedAt: { lt: before } },
      ...{ select: { id: true }, orderBy: { decidedAt: "asc" }, take: 500 },
    });
    for (const { id } of rows) {
      await enqueue(tx, "disputes.carry-out-answer", { answerId: id }, { key: `answer:${id}` });
    }
    return rows.length;
  });
}

function read(system: Context, id: string): Promise<DisputeAnswer> {
  return view(system, (tx) => tx.disputeAnswer.findUniqueOrThrow({ where: { id } }));
}

async function perform(gateway: StripeGateway, row: DisputeAnswer): Promise<void> {
  const { id, account, disputeId, round } = row;
  const key = round === 0 ? `answer:${id}` : `answer:${id}:${round}`;
  const asked = row.sent as unknown as Asked;
  if ("close" in asked) await gateway.closeDispute({ account, disputeId, key });
  else await gateway.submitEvidence({ ...asked, account, disputeId, answerId: id, key });
}

async function hasTaken(gateway: StripeGateway, row: DisputeAnswer): Promise<boolean> {
  const found = await gateway.findDisputeStanding(row.disputeId, row.account);
  if (!found) return false;
  return row.decision === "accept" ? found.isClosed : found.answerId === row.id;
}

type End = { status: "sent" } | { status: "failed"; error: string };

/** Compare-and-set: of two that carried it out at once one writes it down. */
async function end(system: Context, id: string, ended: End): Promise<void> {
  await transact(system, `disputes.answer-${ended.status}`, (tx) =>
    tx.disputeAnswer.updateMany({ where: { id, status: "requested" }, data: ended }),
  );
}

/** Stripe repeats its own failure to a key. */
async function beginAnew(system: Context, { id, round }: DisputeAnswer): Promise<void> {
  await transact(system, "disputes.begin-answer-anew", (tx) =>
    tx.disputeAnswer.updateMany({
      where: { id, status: "requested", round },
      data: { round: round + 1 },
    }),
  );
}

const words: Readonly<Record<string, string>> = {
  dispute_unexpected_state:
    "The bank does not wait for an answer to this dispute any more. Nothing was sent.",
  resource_missing: "Stripe does not have one of these documents any more. Add it again.",
};

function wordsOf(error: unknown): string {
  const { code, message } = noOf(error);
  return (code && words[code]) ?? `Stripe did not take it: ${message}`;
}
