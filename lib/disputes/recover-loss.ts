import type { Tx } from "#lib/db/client";
import { view } from "#lib/db/transaction";
import type { DisputeFacts, StripeCharge, Sum } from "#lib/disputes/dispute";
import type { RecoveryInput } from "#lib/disputes/input";
import { paymentOf } from "#lib/disputes/payment";
import { findDispute } from "#lib/disputes/store";
import { Refusal } from "#lib/errors";
import type { MoneyMoveView } from "#lib/payouts/money-move";
import { accountOfTenant, type TenantAccount } from "#lib/payouts/platform-account";
import { runMove } from "#lib/payouts/run-move";
import { formatSum } from "#lib/payouts/sum";
import { toStripeInteger } from "#lib/stripe/amounts";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

/** What a dispute cost the platform, and what of it can be had from the company that sold. */
export type Loss = {
  /** What it cost as it stands, with Stripe's fee; less where the bank gave it back. */
  cost: Sum;
  /** What was taken back of it here, or is being. */
  recovered: Sum;
  /** What is left to take back: send it as `seenMinor`. */
  left: Sum;
  tenant: { id: string; name: string };
  /** Of the transfer that passed the payment on, while something of it is left. */
  reversal: { transferId: string; most: Sum } | null;
  /** From the company's balance, even below nothing; null where Stripe bears its losses. */
  debit: { most: Sum } | null;
};

type Read = Loss & { account: TenantAccount | null };

/**
 * Says what a dispute of a payment that the platform passed on has cost it. Null: nothing, or of no
 * company's sale. A refund of the payment, and what its transfer gave back, count for themselves.
 */
export async function getLoss(
  ctx: PlatformContext,
  { disputeId }: { disputeId: string },
): Promise<Loss | null> {
  requirePlatform(ctx, "payouts:read");
  const read = await readLoss(ctx, disputeId);
  if (!read) return null;
  const { account: _, ...loss } = read;
  return loss;
}

/**
 * Takes back what a dispute cost: of its transfer, or from the company's balance. Never more than
 * is left of the loss and of the transfer. Where the bank decides for us it is sent on by hand.
 */
export async function recoverLoss(
  ctx: PlatformContext,
  { disputeId, key, way, minor, seenMinor, why }: RecoveryInput & { disputeId: string },
  gateway: StripeGateway = stripeGateway(),
): Promise<MoneyMoveView> {
  requirePlatform(ctx, "money:update");
  const loss = await readLoss(ctx, disputeId);
  if (!loss?.account) {
    throw new Refusal("conflict", "This dispute cost us nothing that a company can pay back.");
  }
  const { accountId, tenantId } = loss.account;
  const about = { key, accountId, objectId: disputeId };
  const { currency } = loss.cost;
  const amount = { minor, currency };
  if (way === "reversal") {
    return runMove(ctx, gateway, { ...about, kind: "loss_reversal" }, async () => {
      const there = requireWay(loss, loss.reversal, { minor, seenMinor });
      const ask = { transferId: there.transferId, amount: toStripeInteger(minor) };
      return { amount, reason: why, ask: { ...ask, refundsFee: false, lossOf: disputeId } };
    });
  }
  return runMove(ctx, gateway, { ...about, kind: "loss_debit" }, async () => {
    requireWay(loss, loss.debit, { minor, seenMinor });
    const description = `Dispute ${disputeId}`;
    const asked = { accountId, tenantId, currency, description, lossOf: disputeId };
    return { amount, reason: why, ask: { ...asked, amount: toStripeInteger(minor) } };
  });
}

/** Refuses a way that is closed, more than is left, and what somebody else was faster at. */
function requireWay<Way extends { most: Sum }>(
  { left }: Loss,
  way: Way | null,
  { minor, seenMinor }: { minor: bigint; seenMinor: bigint },
): Way {
  if (!way) {
    const message = "Nothing can be taken back this way; look whether the other is open.";
    throw new Refusal("conflict", message, { field: "way" });
  }
  if (minor > way.most.minor) {
    const message = `At most ${formatSum(way.most)} can be taken back this way.`;
    throw new Refusal("invalid", message, { field: "minor" });
  }
  if (left.minor !== seenMinor) {
    const message = `Somebody else took some of it back: ${formatSum(left)} is left. Look again.`;
    throw new Refusal("conflict", message, { field: "seenMinor" });
  }
  return way;
}

async function readLoss(ctx: PlatformContext, disputeId: string): Promise<Read | null> {
  const found = await view(ctx, async (tx) => {
    const dispute = await findDispute(tx, ctx, disputeId);
    const { sellerId, money, bearer } = dispute;
    if (bearer !== "platform" || !sellerId || !money || money.cost.minor <= 0n) return null;
    const recovered = await recoveredOf(tx, disputeId);
    const { name } = await tx.tenant.findUniqueOrThrow({ where: { id: sellerId } });
    return { sellerId, name, cost: money.cost, recovered, sent: await sentOf(tx, dispute) };
  });
  if (!found) return null;
  const { sellerId: id, name } = found;
  const account = await accountOfTenant(ctx, id).catch(notThere);
  const { currency } = found.cost;
  const sum = (minor: bigint): Sum => ({ minor, currency });
  const left = found.cost.minor - found.recovered;
  const { sent } = found;
  const most = sent && sent.minor < left ? sent.minor : left;
  const isSent = account !== null && sent?.currency === currency && most > 0n;
  const isDebited = account?.profile.lossesCollector === "application" && left > 0n;
  return {
    ...{ account, cost: found.cost, recovered: sum(found.recovered), left: sum(left) },
    tenant: { id, name },
    reversal: isSent ? { transferId: sent.transferId, most: sum(most) } : null,
    debit: isDebited ? { most: sum(left) } : null,
  };
}

/** Of a company whose account is closed, or never was, nothing can be had: the loss stays shown. */
function notThere(error: unknown): null {
  if (error instanceof Refusal) return null;
  throw error;
}

/** What was asked for counts as had until Stripe says no, so nobody takes the same twice. */
async function recoveredOf(tx: Tx, objectId: string): Promise<bigint> {
  const { _sum } = await tx.moneyMove.aggregate({
    where: { objectId, kind: { in: ["loss_reversal", "loss_debit"] }, status: { not: "failed" } },
    _sum: { amountMinor: true },
  });
  return _sum.amountMinor ?? 0n;
}

/** What is left at the company of what was passed on to it. */
async function sentOf(tx: Tx, { chargeId }: DisputeFacts) {
  const where = { account_id: { account: "", id: chargeId ?? "" } };
  const charge = await tx.stripeCharge.findUnique({ where, select: { object: true } });
  if (!charge) return null;
  const { passedOn } = await paymentOf(tx, "", charge.object as unknown as StripeCharge);
  if (!passedOn) return null;
  const { transferId, amount, reversed } = passedOn;
  return { transferId, minor: amount.minor - reversed.minor, currency: amount.currency };
}
