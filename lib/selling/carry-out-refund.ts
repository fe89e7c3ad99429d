import type { Context } from "#lib/context";
import type { Sale, SaleRefund } from "#lib/db/generated/client";
import { transact, view } from "#lib/db/transaction";
import { convergeNow } from "#lib/events/converge-now";
import { enqueue } from "#lib/jobs/enqueue";
import type { Currency } from "#lib/money/currency";
import { money } from "#lib/money/money";
import { type RefundView, toRefund } from "#lib/selling/refund";
import { toStripeAmount } from "#lib/stripe/amounts";
import { isStripesNo, StripeFailed } from "#lib/stripe/ask";
import { noOf } from "#lib/stripe/decline";
import type { StripeGateway } from "#lib/stripe/gateway";
import { mayBeForgotten } from "#lib/stripe/idempotency";
import type { StripeObjects } from "#lib/stripe/object-types";
import { idOf } from "#lib/stripe/objects";
import { asSystem } from "#lib/tenancy/as-system";

type Asked = SaleRefund & { sale: Sale };

/**
 * Does at Stripe what was decided, once, however often it is run. What Stripe refuses has failed
 * for good, in words; an outage is thrown, and the job comes again.
 */
export async function carryOutRefund(
  ctx: Context,
  { refundId }: { refundId: string },
  gateway: StripeGateway,
): Promise<RefundView> {
  const system = asSystem(ctx);
  const asked = await find(system, refundId);
  if (asked.status !== "requested") return toRefund(asked);
  try {
    const stripeRefundId = await refund(gateway, asked, ctx.now());
    const { reversalId, error } = await shareBack(gateway, asked);
    await finish(system, refundId, { status: "done", stripeRefundId, reversalId, error });
    await converge(ctx, asked.sale, stripeRefundId);
  } catch (error) {
    if (!isStripesNo(error)) {
      if (error instanceof StripeFailed) await beginAnew(system, asked);
      throw error;
    }
    await finish(system, refundId, { status: "failed", error: wordsOf(error) });
  }
  return toRefund(await find(system, refundId));
}

function find(system: Context, id: string): Promise<Asked> {
  return view(system, async (tx) => {
    const row = await tx.saleRefund.findUniqueOrThrow({ where: { id } });
    return { ...row, sale: await tx.sale.findUniqueOrThrow({ where: { id: row.saleId } }) };
  });
}

async function refund(gateway: StripeGateway, asked: Asked, now: Date): Promise<string> {
  const { id: refundId, round, sale, returnsFee, reason } = asked;
  const { account, id: chargeId } = sale;
  const known = mayBeForgotten(asked, now)
    ? await gateway.findSaleRefund({ refundId, account, chargeId })
    : null;
  if (known) return known.stripeRefundId;
  const made = await gateway.refundSale({
    ...{ refundId, round, account, chargeId, reason, amount: amountOf(asked, asked.amountMinor) },
    returnsFee: returnsFee && asked.feeBackMinor > 0n && isStripesSum(sale),
    reversesTransfer: sale.kind === "destination",
  });
  return made.stripeRefundId;
}

/** Stripe shares out the fee it took. Where that was above what is due, the sum is ours to make. */
function isStripesSum({ kind, takenMinor, dueMinor }: Sale): boolean {
  return kind !== "separate" && takenMinor === dueMinor;
}

type Share = { reversalId: string | null; error: string | null };

/**
 * The second half, where one request cannot do both. The customer has the money by then, so what
 * Stripe refuses here is kept as words for whoever looks, and the refund stands.
 */
async function shareBack(gateway: StripeGateway, asked: Asked): Promise<Share> {
  const { id: refundId, round, sale, feeBackMinor, reversedMinor } = asked;
  try {
    if (sale.kind === "separate" && reversedMinor > 0n && sale.settledAs) {
      const back = { refundId, round, transferId: sale.settledAs };
      const amount = amountOf(asked, reversedMinor);
      const { reversalId } = await gateway.reverseSaleTransfer({ ...back, amount });
      return { reversalId, error: null };
    }
    if (sale.kind !== "separate" && feeBackMinor > 0n && !isStripesSum(sale)) {
      const { id, account } = sale;
      const charge = (await gateway.findObject("charge", id, account)) as StripeObjects["charge"];
      const back = { refundId, round, feeId: idOf(charge.application_fee)! };
      const amount = amountOf(asked, feeBackMinor);
      const { feeRefundId } = await gateway.returnFeeShare({ ...back, amount });
      return { reversalId: feeRefundId, error: null };
    }
    return { reversalId: null, error: null };
  } catch (error) {
    if (!isStripesNo(error)) throw error;
    const said = noOf(error).message;
    return { reversalId: null, error: `It was given back, but its fee was not shared: ${said}` };
  }
}

function amountOf({ currency }: Asked, minor: bigint): number {
  return toStripeAmount(money(minor, currency as Currency));
}

type End = { status: "done" | "failed"; error: string | null } & Partial<Asked>;

/** Compare-and-set: of two that carried it out at once one writes it down. */
async function finish(system: Context, id: string, end: End): Promise<void> {
  await transact(system, `selling.refund-${end.status}`, (tx) =>
    tx.saleRefund.updateMany({
      where: { id, status: "requested" },
      data: { ...end, finishedAt: system.now() },
    }),
  );
}

async function beginAnew(system: Context, { id, round }: Asked): Promise<void> {
  await transact(system, "selling.begin-refund-anew", (tx) =>
    tx.saleRefund.updateMany({ where: { id, status: "requested" }, data: { round: round + 1 } }),
  );
}

function converge(ctx: Context, { account, id }: Sale, refundId: string): Promise<boolean> {
  return convergeNow(ctx, [
    { account, objectType: "refund", objectId: refundId },
    { account, objectType: "charge", objectId: id },
  ]);
}

/** What Stripe's refusals mean for whoever gives money back. */
const words: Readonly<Record<string, string>> = {
  charge_already_refunded: "All of this payment was given back already. Nothing was moved.",
  charge_disputed: "This payment is disputed; the bank decides about it. Nothing was moved.",
  insufficient_funds: "The balance at Stripe does not cover this. Nothing was moved; try later.",
  balance_insufficient: "The balance at Stripe does not cover this. Nothing was moved; try later.",
  amount_too_large: "This is more than can still be given back. Nothing was moved.",
};

function wordsOf(error: unknown): string {
  const { code, message } = noOf(error);
  return (code && words[code]) ?? `Stripe refused: ${message}`;
}

/** After so long whoever began a refund has ended it or is dead. */
const abandonedMs = 5 * 60_000;

/** Asks again for every refund that was decided and never ended. */
export async function resumeRefunds(
  ctx: Context,
  { tenantId }: { tenantId?: string | undefined } = {},
): Promise<number> {
  const before = new Date(ctx.now().getTime() - abandonedMs);
  return transact(asSystem(ctx), "selling.resume-refunds", async (tx) => {
    const rows = await tx.saleRefund.findMany({
      where: { status: "requested", requestedAt: { lt: before }, ...(tenantId && { tenantId }) },
      select: { id: true },
      orderBy: { requestedAt: "asc" },
      take: 500,
    });
    for (const { id } of rows) {
      await enqueue(tx, "selling.carry-out-refund", { refundId: id }, { key: `refund:${id}` });
    }
    return rows.length;
  });
}
