import type { Tx } from "#lib/db/client";
import type { Sale, SaleRefund } from "#lib/db/generated/client";
import { Refusal } from "#lib/errors";
import type { Currency } from "#lib/money/currency";
import { formatMoney } from "#lib/money/format-money";
import { money } from "#lib/money/money";
import { policyAt } from "#lib/selling/policy";
import { type Borne, bear, feeShareOf, leftOf, type Part } from "#lib/selling/refund";
import type { StripeObjects } from "#lib/stripe/object-types";
import { idOf } from "#lib/stripe/objects";

/** A payment with what a refund of it depends on, as it is known at this moment. */
export type RefundStanding = {
  sale: Sale;
  refunds: SaleRefund[];
  left: bigint;
  /** What of the fee was not given back yet, and of what was sent on. */
  feeLeft: bigint;
  sentLeft: bigint;
  isDisputed: boolean;
};

/** Reads it inside the transaction that decides, which holds the payment's lock. */
export async function readRefundStanding(
  tx: Tx,
  { saleId: id, tenantId }: { saleId: string; tenantId: string },
): Promise<RefundStanding> {
  const sale = await tx.sale.findFirst({ where: { id, tenantId } });
  if (!sale) throw new Refusal("not_found", "There is no such payment.");
  const refunds = await tx.saleRefund.findMany({
    where: { saleId: id },
    orderBy: [{ requestedAt: "desc" }, { id: "desc" }],
  });
  const mirrored = await tx.stripeRefund.findMany({
    where: { account: sale.account, chargeId: id, isDeleted: false },
    select: { id: true, amountMinor: true, status: true },
  });
  const disputes = await tx.stripeDispute.findMany({
    where: { account: sale.account, chargeId: id, isDeleted: false },
    select: { status: true },
  });
  const left = leftOf({
    amountMinor: sale.amountMinor,
    mirrored: mirrored.map((one) => ({ ...one, amountMinor: one.amountMinor ?? 0n })),
    ours: refunds,
  });
  const feeLeft = await feeLeftOf(tx, sale, refunds);
  const sentLeft = sentLeftOf(sale, refunds);
  const isDisputed = disputes.some(({ status }) => status !== "won" && !isInquiry(status));
  return { sale, refunds, left, feeLeft, sentLeft, isDisputed };
}

/** What a refund of so much would do. Refuses what cannot be, with what can. */
export function judgeRefund(
  { sale, left, feeLeft, sentLeft, isDisputed }: RefundStanding,
  { minor = left, returnsFee }: { minor?: bigint | undefined; returnsFee: boolean },
): { minor: bigint; borne: Borne } {
  const currency = sale.currency as Currency;
  if (sale.status !== "succeeded") {
    throw new Refusal("conflict", "This payment failed, so there is nothing to give back.");
  }
  if (isDisputed) {
    const message = "This payment is disputed: the bank decides, and a refund could pay it twice.";
    throw new Refusal("conflict", `${message} Answer the dispute or accept it.`);
  }
  if (sale.kind === "separate" && sale.settling !== "done") {
    const message = "This payment is still on its way to the account. Try again when it is there.";
    throw new Refusal("conflict", message);
  }
  if (left === 0n) throw new Refusal("conflict", "All of this payment was given back already.");
  if (minor > left) {
    const words = formatMoney(money(left, currency));
    throw new Refusal("conflict", `Of this payment ${words} can still be given back.`, {
      field: "minor",
    });
  }
  const part: Part = { minor, of: sale.amountMinor, isLast: minor === left };
  const fee = feeShareOf({ due: sale.dueMinor, left: feeLeft }, part);
  return {
    minor,
    borne: bear({ kind: sale.kind, currency, sentLeft, fee }, part, returnsFee),
  };
}

/** Whether a refund gives the fee back where nobody says: as the policy of the payment has it. */
export async function usuallyReturnsFee(tx: Tx, sale: Sale): Promise<boolean> {
  const policy = sale.feePolicyId
    ? await tx.feePolicy.findUnique({ where: { id: sale.feePolicyId } })
    : await policyAt(tx, sale.createdAt);
  return policy?.returnsFee ?? true;
}

/** An inquiry has taken no money, so giving it back ends it. */
function isInquiry(status: string | null): boolean {
  return status?.startsWith("warning_") ?? false;
}

/**
 * What is still kept of the fee: of what is due, less what goes back with our refunds, and never
 * more than Stripe has left of it, where somebody gave fees back by other ways.
 */
async function feeLeftOf(tx: Tx, { id, account, dueMinor }: Sale, ours: readonly SaleRefund[]) {
  const back = ours.filter(({ status }) => status !== "failed");
  const left = back.reduce((rest, { feeBackMinor }) => rest - feeBackMinor, dueMinor);
  const charge = await tx.stripeCharge.findUnique({
    where: { account_id: { account, id } },
    select: { object: true },
  });
  const feeId = idOf((charge?.object as StripeObjects["charge"] | undefined)?.application_fee);
  const fee =
    feeId &&
    (await tx.stripeApplicationFee.findUnique({
      where: { account_id: { account: "", id: feeId } },
      select: { amountMinor: true, amountRefundedMinor: true },
    }));
  const atStripe = fee ? (fee.amountMinor ?? 0n) - (fee.amountRefundedMinor ?? 0n) : left;
  const least = atStripe < left ? atStripe : left;
  return least > 0n ? least : 0n;
}

/** What is left at the tenant of a payment that was sent on. */
function sentLeftOf({ kind, amountMinor, dueMinor }: Sale, ours: readonly SaleRefund[]): bigint {
  if (kind !== "separate") return 0n;
  const back = ours.filter(({ status }) => status !== "failed");
  return back.reduce((rest, { reversedMinor }) => rest - reversedMinor, amountMinor - dueMinor);
}
