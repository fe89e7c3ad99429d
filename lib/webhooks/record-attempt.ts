import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import { transact } from "#lib/db/transaction";
import { askForTurn } from "#lib/webhooks/ask-for-turn";
import type { Try } from "#lib/webhooks/claim-due";
import { hasFailedTooLong, nextStep, type Step } from "#lib/webhooks/retry";
import type { Outcome } from "#lib/webhooks/send-request";
import { turnOff } from "#lib/webhooks/turn-off";

/**
 * Keeps what came of a try, and what follows from it: delivered, tried again later, given up, or
 * the endpoint turned off. One whose claim ran out and is another's by now leaves only its record,
 * unless it arrived.
 */
export async function recordAttempt(ctx: Context, made: Try, outcome: Outcome): Promise<void> {
  const now = ctx.now();
  const { deliveryId, number, endpointId } = made;
  await transact(ctx, "webhooks.record", async (tx) => {
    const standing = await holdStanding(tx, endpointId);
    if (!standing) return; // The endpoint was deleted meanwhile, and all of it with it.
    await keepOutcome(tx, made, outcome);
    const delivery = await tx.webhookDelivery.findUniqueOrThrow({
      where: { id: deliveryId },
      select: { attempts: true, attemptsSpent: true, status: true },
    });
    const step = nextStep(number - delivery.attemptsSpent, outcome, now, Math.random());
    if (delivery.status !== "delivered" && step.kind === "delivered") {
      await close(tx, deliveryId, { status: "delivered", failedAt: null });
    } else if (delivery.status === "queued" && delivery.attempts === number) {
      await takeStep(tx, made, step, now);
    }
    await judge(tx, ctx, made, step, standing.failing_since);
  });
}

async function holdStanding(tx: Tx, endpointId: string) {
  const [standing] = await tx.$queryRaw<{ failing_since: Date | null }[]>`
    select failing_since from webhook_standings where endpoint_id = ${endpointId} for update`;
  return standing;
}

async function keepOutcome(tx: Tx, { deliveryId, number }: Try, outcome: Outcome): Promise<void> {
  const { durationMs, status, error, headers, body } = outcome;
  const came = status === null ? {} : { responseHeaders: { ...headers }, responseBody: body };
  await tx.webhookAttempt.update({
    where: { deliveryId_number: { deliveryId, number } },
    data: { durationMs, status, error, ...came },
  });
}

async function takeStep(tx: Tx, { deliveryId, endpointId }: Try, step: Step, now: Date) {
  if (step.kind !== "retry") return close(tx, deliveryId, { status: "failed", failedAt: now });
  await tx.webhookDelivery.update({
    where: { id: deliveryId },
    data: { dueAt: step.at, claimedUntil: null },
  });
  await askForTurn(tx, { endpointId, isFailing: true }, { runAt: step.at });
}

type End = { status: "delivered"; failedAt: null } | { status: "failed"; failedAt: Date };

async function close(tx: Tx, id: string, end: End): Promise<void> {
  const data = { ...end, dueAt: null, claimedUntil: null };
  await tx.webhookDelivery.update({ where: { id }, data });
}

/** Keeps how the endpoint fares, and turns off one that is gone or has failed for days on end. */
async function judge(tx: Tx, ctx: Context, made: Try, step: Step, since: Date | null) {
  const { endpointId, startedAt } = made;
  const isDelivered = step.kind === "delivered";
  const failingSince = isDelivered ? null : (since ?? startedAt);
  await tx.webhookStanding.update({
    where: { endpointId },
    data: {
      ...{ failingSince, lastTriedAt: startedAt },
      ...(isDelivered ? { lastDeliveredAt: startedAt } : {}),
    },
  });
  if (step.kind === "gone") await turnOff(tx, ctx, endpointId, "gone");
  else if (hasFailedTooLong(failingSince, ctx.now())) {
    await turnOff(tx, ctx, endpointId, "failing");
  }
}
