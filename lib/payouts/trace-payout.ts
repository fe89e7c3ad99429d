import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import type { StripePayout } from "#lib/db/generated/client";
import { transact, view } from "#lib/db/transaction";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import type { BalancePage, BalanceRow } from "#lib/stripe/gateway-balances";
import { asSystem } from "#lib/tenancy/as-system";

export type PayoutKey = { account: string; payoutId: string };

/**
 * Reads what an automatic payout is made of, page by page, and keeps it. Cut off, the next run goes
 * on after the last page; run twice at once, one of them stops. Stripe says nothing of the parts of
 * a manual payout, and nothing before it has reconciled one.
 */
export async function tracePayout(
  ctx: Context,
  { account, payoutId }: PayoutKey,
  gateway: StripeGateway = stripeGateway(),
): Promise<void> {
  const system = asSystem(ctx);
  const key = { account_id: { account, id: payoutId } };
  const payout = await view(system, (tx) => tx.stripePayout.findUnique({ where: key }));
  if (!payout || !isReconciled(payout)) return;
  let after = await begin(system, payout);
  for (;;) {
    const page = await gateway.listBalanceRows(account, { payoutId, after });
    const goesOn = await transact(system, "payouts.trace", (tx) =>
      keepPage(tx, system, payout, after, page),
    );
    if (!goesOn || page.next === null) return;
    after = page.next;
  }
}

/** True where Stripe says what a payout is made of. */
export function isReconciled({
  isAutomatic,
  object,
}: Pick<StripePayout, "isAutomatic" | "object">) {
  const { reconciliation_status: status } = object as { reconciliation_status?: string };
  return isAutomatic === true && status === "completed";
}

/** Where the reading is to go on. What was read and does not add up is read from the start. */
async function begin(system: Context, payout: StripePayout): Promise<string | null> {
  const { account, id: payoutId, tenantId, currency, amountMinor } = payout;
  const where = { account_payoutId: { account, payoutId } };
  return transact(system, "payouts.trace", async (tx) => {
    const kept = await tx.payoutTrace.findUnique({ where });
    if (kept && kept.readAt === null) return kept.after;
    const fresh = { after: null, readAt: null, beganAt: system.now() };
    const of = { account, payoutId, tenantId, currency: currency!, payoutMinor: amountMinor! };
    await tx.payoutTrace.upsert({ where, create: { ...of, ...fresh }, update: fresh });
    return null;
  });
}

/** Keeps a page and how far it led, together. False where another run was here first. */
async function keepPage(
  tx: Tx,
  { now }: Context,
  { account, id: payoutId, tenantId }: StripePayout,
  after: string | null,
  { rows, next }: BalancePage,
): Promise<boolean> {
  const found = { account, payoutId, after, readAt: null };
  const { count } = await tx.payoutTrace.updateMany({ where: found, data: { after: next } });
  if (count === 0) return false;
  const parts = rows.filter((row) => !isPayoutItself(row, payoutId));
  await tx.payoutPart.createMany({
    data: parts.map((row) => ({ account, payoutId, tenantId, ...partOf(row) })),
    skipDuplicates: true,
  });
  const of = { account, payoutId };
  const sums = await tx.payoutPart.aggregate({ where: of, _sum: { netMinor: true }, _count: true });
  await tx.payoutTrace.update({
    where: { account_payoutId: of },
    data: {
      ...{ parts: sums._count, partsMinor: sums._sum.netMinor ?? 0n },
      ...(next === null && { readAt: now() }),
    },
  });
  return true;
}

/** The row by which the payout left the balance is no part of it. */
function isPayoutItself({ type, sourceId }: BalanceRow, payoutId: string): boolean {
  return type === "payout" && sourceId === payoutId;
}

function partOf(row: BalanceRow) {
  const { id, type, category, sourceId, description, currency, createdAt, availableAt } = row;
  return {
    ...{ id, type, category, sourceId, description, currency, createdAt, availableAt },
    ...{ amountMinor: row.amount, feeMinor: row.fee, netMinor: row.net },
    ...{ stripeFeeMinor: row.stripeFee, applicationFeeMinor: row.applicationFee },
  };
}
