import { carryOutChange } from "#lib/billing/carry-out-change";
import {
  type ChangeEvent,
  type ChangeRequest,
  type ChangeStatus,
  changeLifecycle,
  type Outcome,
} from "#lib/billing/change";
import { lookAtChange } from "#lib/billing/look-at-change";
import { mailAboutChange } from "#lib/billing/mail-about-change";
import type { Context } from "#lib/context";
import type { SubscriptionChange } from "#lib/db/generated/client";
import { transact, view } from "#lib/db/transaction";
import { isFinal, type Lifecycle } from "#lib/lifecycle";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";

const lifecycle: Lifecycle<ChangeStatus, ChangeEvent> = changeLifecycle;

/**
 * Brings a change to where Stripe has it: makes it where that was cut off or never begun, and looks
 * at Stripe where it waits for a payment or for its day. Anyone may call it, at any time and at
 * once: Stripe is asked under the row's own key, and the row moves on once.
 */
export async function settleChange(
  ctx: Context,
  { changeId }: { changeId: string },
  gateway: StripeGateway = stripeGateway(),
): Promise<SubscriptionChange> {
  const change = await read(ctx, changeId);
  if (isFinal(lifecycle, change.status)) return change;
  const outcome =
    change.status === "requested"
      ? await carryOutChange(change, gateway, ctx.now())
      : await lookAtChange(change, gateway, ctx.now());
  if (outcome) await recordOutcome(ctx, change, outcome);
  return read(ctx, changeId);
}

/** Moves the row on with its mail. Where someone else was faster, theirs holds. */
export async function recordOutcome(
  ctx: Context,
  change: SubscriptionChange,
  { event, ...facts }: Outcome,
): Promise<void> {
  const status = lifecycle[change.status][event];
  if (!status) return;
  const { id, tenantId } = change;
  const { releases } = change.request as ChangeRequest;
  const settledAt = isFinal(lifecycle, status) ? ctx.now() : null;
  await transact(ctx, `billing.${event}-change`, async (tx) => {
    const moved = await tx.subscriptionChange.updateMany({
      where: { id, status: change.status },
      data: { ...facts, status, settledAt },
    });
    if (moved.count === 0) return;
    if (releases && status !== "failed") {
      await tx.subscriptionChange.updateMany({
        where: { tenantId, status: "scheduled", scheduleId: releases, id: { not: id } },
        data: { status: "undone", settledAt: ctx.now() },
      });
    }
    await mailAboutChange(tx, ctx, { ...change, ...facts, status });
  });
}

function read(ctx: Context, id: string): Promise<SubscriptionChange> {
  return view(ctx, (tx) => tx.subscriptionChange.findUniqueOrThrow({ where: { id } }));
}
