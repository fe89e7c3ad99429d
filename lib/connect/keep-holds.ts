import { type Stops, stopsOf, wordsOfStops } from "#lib/connect/hold";
import { recordTransition } from "#lib/connect/record-transition";
import { type ConnectStatus, connectLifecycle } from "#lib/connect/status";
import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import type { ConnectedAccount, ConnectHold } from "#lib/db/generated/client";
import { Refusal } from "#lib/errors";
import { enqueue } from "#lib/jobs/enqueue";

/** A tenant's account, held by this transaction. Refuses where there is nothing to stop. */
export async function lockHeldAccount(tx: Tx, tenantId: string): Promise<ConnectedAccount> {
  await tx.$queryRaw`select from connected_accounts where tenant_id = ${tenantId} for update`;
  const kept = await tx.connectedAccount.findUnique({ where: { tenantId } });
  if (kept && kept.status !== "invited") return kept;
  throw new Refusal("conflict", "This tenant has no payments account; there is nothing to stop.");
}

/**
 * Brings an account that is locked in line with the holds there are now: what they stop together,
 * its status and its timeline. Has Stripe told of it, and the tenant of what is new.
 */
export async function keepHolds(
  tx: Tx,
  ctx: Context,
  account: ConnectedAccount,
  cause: string,
): Promise<void> {
  const { tenantId } = account;
  const open = await tx.connectHold.findMany({
    where: { tenantId, endedAt: null },
    orderBy: [{ placedAt: "asc" }, { id: "asc" }],
  });
  const stops = stopsOf(open);
  await tx.connectedAccount.update({
    where: { tenantId },
    data: {
      ...{ paymentsHeld: stops.payments, payoutsHeld: stops.payouts, holdsError: null },
      holdsVersion: { increment: 1 },
    },
  });
  await keepStatus(tx, ctx, account, { stops, open, cause });
  await askToApply(tx, tenantId);
}

/** Has Stripe told of what is stopped, and people of what was placed, ended, said and decided. */
export function askToApply(tx: Tx, tenantId: string, runAt?: Date): Promise<void> {
  const key = `connect.apply-holds:${tenantId}`;
  // One that looks again later must not put off one that is asked for now.
  const when = runAt ? { key: `${key}:later`, runAt } : { key };
  return enqueue(tx, "connect.apply-holds", { tenantId }, when);
}

type Change = { stops: Stops; open: readonly ConnectHold[]; cause: string };

/** Stopped payments are a status of their own; stopped payouts alone leave it as it is. */
async function keepStatus(
  tx: Tx,
  ctx: Context,
  account: ConnectedAccount,
  { stops, open, cause }: Change,
): Promise<void> {
  const { tenantId, status, activeAt } = account;
  if (stops.payments) {
    const last = open.findLast(({ payments }) => payments)!;
    const { reason: suspension, placedAt: suspendedAt, placedById: suspendedById } = last;
    const data = { suspension, suspendedAt, suspendedById };
    await tx.connectedAccount.update({ where: { tenantId }, data });
    if (may(status, "suspend")) await recordTransition(tx, ctx, account, "suspend", cause);
    return;
  }
  const event = activeAt === null ? "release" : "reinstate";
  if (may(status, event)) await recordTransition(tx, ctx, account, event, cause);
  const data = { suspension: null, suspendedAt: null, suspendedById: null };
  await tx.connectedAccount.update({ where: { tenantId }, data });
}

function may(status: ConnectStatus, event: "suspend" | "release" | "reinstate"): boolean {
  return event in connectLifecycle[status];
}

/** What the timeline says of a hold. */
export function causeOfHold(hold: Stops & { reason: string }): string {
  return `The platform stopped ${wordsOfStops(hold)}: ${hold.reason}`;
}
