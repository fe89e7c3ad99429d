import { ask } from "#lib/stripe/ask";
import type { SourceType } from "#lib/stripe/gateway-balances";
import { keyOfMove, type MadeBy, type MoveKey, madeBy } from "#lib/stripe/gateway-payouts";
import type { StripeClient } from "#lib/stripe/stripe-client";

export type TransferRequest = {
  accountId: string;
  amount: number;
  currency: string;
  description: string;
  /** The charge that pays for it, whose money it waits for; or the kind of money it is from. */
  sourceId?: string;
  sourceType?: SourceType;
};
export type ReversalRequest = {
  transferId: string;
  amount: number;
  refundsFee: boolean;
  /** The dispute whose cost is taken back by it. */
  lossOf?: string;
};
export type FeeRefundRequest = { feeId: string; amount: number };
export type TopupRequest = { amount: number; currency: string; description: string };
export type DebitRequest = {
  accountId: string;
  tenantId: string;
  amount: number;
  currency: string;
  description: string;
  /** The dispute whose cost is taken back by it. */
  lossOf?: string;
};

const known = { limit: 100 };
const after = (since: Date) => ({ ...known, created: { gte: Math.floor(since.getTime() / 1000) } });
const keyed = (key: MoveKey) => ({ idempotencyKey: keyOfMove(key) });
const marked = ({ moveId }: MoveKey) => ({ metadata: { move_id: moveId } });

/**
 * Money between the platform's balance and its accounts', and from its bank. Each `find…Of` says
 * what a move made when nobody heard Stripe's answer, and Stripe has forgotten its key.
 */
export function transferCalls(stripe: StripeClient) {
  return {
    createTransfer({
      accountId,
      amount,
      currency,
      description,
      ...asked
    }: TransferRequest & MoveKey) {
      const { sourceId, sourceType } = asked;
      return ask(async () => {
        const params = { amount, currency, description, destination: accountId, ...marked(asked) };
        const from = {
          ...(sourceId && { source_transaction: sourceId }),
          ...(sourceType && { source_type: sourceType }),
        };
        return (await stripe.transfers.create({ ...params, ...from }, keyed(asked))).id;
      });
    },
    findTransferOf({ accountId, moveId, since }: { accountId: string } & MadeBy) {
      return ask(() => {
        return madeBy(stripe.transfers.list({ ...after(since), destination: accountId }), moveId);
      });
    },

    createTransferReversal({ transferId, amount, refundsFee, lossOf, ...key }: Reversal) {
      return ask(async () => {
        const { metadata } = marked(key);
        const about = { metadata: { ...metadata, ...(lossOf && { loss_of: lossOf }) } };
        const params = { amount, refund_application_fee: refundsFee, ...about };
        return (await stripe.transfers.createReversal(transferId, params, keyed(key))).id;
      });
    },
    findTransferReversalOf({ transferId, moveId }: { transferId: string; moveId: string }) {
      return ask(() => madeBy(stripe.transfers.listReversals(transferId, known), moveId));
    },

    createFeeRefund({ feeId, amount, ...key }: FeeRefundRequest & MoveKey) {
      return ask(async () => {
        const params = { amount, ...marked(key) };
        return (await stripe.applicationFees.createRefund(feeId, params, keyed(key))).id;
      });
    },
    findFeeRefundOf({ feeId, moveId }: { feeId: string; moveId: string }) {
      return ask(() => madeBy(stripe.applicationFees.listRefunds(feeId, known), moveId));
    },

    createTopup({ amount, currency, description, ...key }: TopupRequest & MoveKey) {
      return ask(async () => {
        const params = { amount, currency, description, ...marked(key) };
        return (await stripe.topups.create(params, keyed(key))).id;
      });
    },
    findTopupOf({ moveId, since }: MadeBy) {
      return ask(() => madeBy(stripe.topups.list(after(since)), moveId));
    },
    cancelTopup({ topupId, ...key }: { topupId: string } & MoveKey) {
      return ask(async () => void (await stripe.topups.cancel(topupId, {}, keyed(key))));
    },
    readTopupStatus({ topupId }: { topupId: string }) {
      return ask(async () => (await stripe.topups.retrieve(topupId)).status);
    },

    /** Takes what an account owes us from its balance, even below zero. */
    debitAccount({ accountId, tenantId, amount, currency, description, ...key }: Debit) {
      return ask(async () => {
        const about = { ...marked(key).metadata, ...(key.lossOf && { loss_of: key.lossOf }) };
        const whose = { metadata: { ...about, tenant_id: tenantId, account: accountId } };
        const params = { source: accountId, amount, currency, description, ...whose };
        return (await stripe.charges.create(params, keyed(key))).id;
      });
    },
    findDebitOf({ moveId, since }: MadeBy) {
      return ask(() => madeBy(stripe.charges.list(after(since)), moveId));
    },
  };
}

type Debit = DebitRequest & MoveKey;
type Reversal = ReversalRequest & MoveKey;
