import type Stripe from "stripe";
import { ask, askForOne } from "#lib/stripe/ask";
import type { StripeClient } from "#lib/stripe/stripe-client";

/** A payment to be taken for a tenant, in the words of whoever sells. */
export type NewSaleSession = {
  checkoutId: string;
  tenantId: string;
  traceId: string;
  accountId: string;
  kind: "direct" | "destination" | "separate";
  name: string;
  description: string;
  /** Of one; the session takes it `quantity` times. */
  unitAmount: number;
  quantity: number;
  currency: string;
  /** The most the platform takes of it; nothing where it is sent on by a transfer. */
  feeAmount: number;
  /** Whether the account may take cards itself, so that it can be the business of record. */
  isMerchant: boolean;
  collectsAddress: boolean;
  collectsPhone: boolean;
  successUrl: string;
  cancelUrl: string;
  expiresAt: Date;
};
/** A refund's key at Stripe: which one, and the how manyeth key it has. */
export type RefundTry = { refundId: string; round: number };
export type SaleRefundRequest = RefundTry & {
  /** Where the charge is; empty is the platform's own. */
  account: string;
  chargeId: string;
  amount: number;
  reason: string | null;
  returnsFee: boolean;
  reversesTransfer: boolean;
};

/** `again`: when it is tried anew after a refusal; what there is by then is looked for first. */
export type SentOn = {
  saleId: string;
  accountId: string;
  amount: number;
  currency: string;
  group: string;
  again: Date | null;
};
export type FeePart = { feeId: string; saleId: string; amount: number; again: Date | null };

/** The calls about payments that tenants take from their own customers. */
export function sellingCalls(stripe: StripeClient) {
  return {
    /** A page of Stripe's for one payer, on the tenant's account or the platform's. */
    createSaleSession(sale: NewSaleSession) {
      return ask(async () => {
        const session = await stripe.checkout.sessions.create(saleParams(sale), {
          idempotencyKey: `create-sale:${sale.checkoutId}`,
          ...(sale.kind === "direct" && on(sale.accountId)),
        });
        return { sessionId: session.id, url: session.url! };
      });
    },

    /** Closes the page. Says whether it was paid on before. */
    expireSaleSession({ sessionId, account }: { sessionId: string; account: string }) {
      return ask(async (): Promise<"expired" | "paid"> => {
        const found = await askForOne(() =>
          stripe.checkout.sessions.retrieve(sessionId, {}, on(account)),
        );
        if (found?.status !== "open") return found?.status === "complete" ? "paid" : "expired";
        await stripe.checkout.sessions.expire(sessionId, {}, on(account));
        return "expired";
      });
    },

    /** Sends a payment on, less what the platform keeps. It waits for the payment's own money. */
    createSaleTransfer({ saleId, accountId, group, again, ...sent }: SentOn) {
      return ask(async () => {
        const known = again && (await stripe.transfers.list({ transfer_group: group, limit: 1 }));
        const found = known ? known.data[0] : undefined;
        if (found) return { transferId: found.id };
        const { id } = await stripe.transfers.create(
          {
            ...{ ...sent, destination: accountId, source_transaction: saleId },
            ...{ transfer_group: group, metadata: { sale_id: saleId } },
          },
          { idempotencyKey: keyOfTry(`send-on:${saleId}`, again) },
        );
        return { transferId: id };
      });
    },

    /** Gives back what was taken above the fee. */
    returnFeePart({ feeId, saleId, amount, again }: FeePart) {
      return ask(async () => {
        const known = again && (await stripe.applicationFees.listRefunds(feeId, { limit: 100 }));
        const isOurs = ({ metadata }: Stripe.FeeRefund) => metadata?.sale_id === saleId;
        const found = known ? known.data.find(isOurs) : undefined;
        if (found) return { feeRefundId: found.id };
        const { id } = await stripe.applicationFees.createRefund(
          feeId,
          { amount, metadata: { sale_id: saleId } },
          { idempotencyKey: keyOfTry(`settle-fee:${saleId}`, again) },
        );
        return { feeRefundId: id };
      });
    },

    refundSale(refund: SaleRefundRequest) {
      return ask(async () => {
        const { account, chargeId, amount, reason, returnsFee, reversesTransfer } = refund;
        const { id } = await stripe.refunds.create(
          {
            ...{ charge: chargeId, amount, metadata: { refund_id: refund.refundId } },
            ...(reason && { reason: reason as Stripe.RefundCreateParams.Reason }),
            ...(returnsFee && { refund_application_fee: true }),
            ...(reversesTransfer && { reverse_transfer: true }),
          },
          { idempotencyKey: keyOfRefund("refund", refund), ...on(account) },
        );
        return { stripeRefundId: id };
      });
    },

    /** What an earlier try of a refund made though its answer was lost; null where none did. */
    findSaleRefund(refund: Pick<SaleRefundRequest, "refundId" | "account" | "chargeId">) {
      return ask(async () => {
        const { account, chargeId, refundId } = refund;
        const list = stripe.refunds.list({ charge: chargeId, limit: 100 }, on(account));
        for await (const { id, metadata } of list) {
          if (metadata?.refund_id === refundId) return { stripeRefundId: id };
        }
        return null;
      });
    },

    /** Takes the tenant's share of a refund back from what was sent on. */
    reverseSaleTransfer(back: RefundTry & { transferId: string; amount: number }) {
      return ask(async () => {
        const { id } = await stripe.transfers.createReversal(
          back.transferId,
          { amount: back.amount, metadata: { refund_id: back.refundId } },
          { idempotencyKey: keyOfRefund("reverse", back) },
        );
        return { reversalId: id };
      });
    },

    /** Gives back the share of a fee that belongs to a refund, where Stripe's sum is another. */
    returnFeeShare({ feeId, amount, ...back }: RefundTry & { feeId: string; amount: number }) {
      return ask(async () => {
        const { id } = await stripe.applicationFees.createRefund(
          feeId,
          { amount, metadata: { refund_id: back.refundId } },
          { idempotencyKey: keyOfRefund("fee-back", back) },
        );
        return { feeRefundId: id };
      });
    },

    /** Stripe writes the receipt again, to this address. */
    sendReceipt({ account, saleId, email }: { account: string; saleId: string; email: string }) {
      return ask(async () => {
        await stripe.charges.update(saleId, { receipt_email: email }, on(account));
      });
    },
  };
}

function on(account: string): Stripe.RequestOptions {
  return account ? { stripeAccount: account } : {};
}

/** Stripe repeats a refusal to its key for a day, so what was refused has a key of each minute. */
function keyOfTry(key: string, again: Date | null): string {
  return again === null ? key : `${key}:${Math.floor(again.getTime() / 60_000)}`;
}

function keyOfRefund(word: string, { refundId, round }: RefundTry): string {
  return round === 0 ? `${word}:${refundId}` : `${word}:${refundId}:${round}`;
}

/** What is found again on the payment itself, whichever webhook comes first. */
function saleParams(sale: NewSaleSession): Stripe.Checkout.SessionCreateParams {
  const { tenantId: tenant_id, checkoutId: sale_checkout_id, traceId: trace_id } = sale;
  const metadata = { tenant_id, sale_checkout_id, trace_id };
  return {
    mode: "payment",
    client_reference_id: sale.checkoutId,
    line_items: [
      {
        quantity: sale.quantity,
        price_data: {
          ...{ currency: sale.currency, unit_amount: sale.unitAmount },
          product_data: {
            name: sale.name,
            ...(sale.description && { description: sale.description }),
          },
        },
      },
    ],
    metadata,
    payment_intent_data: { metadata, description: sale.name, ...sharingOf(sale) },
    ...(sale.collectsAddress && { billing_address_collection: "required" }),
    ...(sale.collectsPhone && { phone_number_collection: { enabled: true } }),
    success_url: sale.successUrl,
    cancel_url: sale.cancelUrl,
    expires_at: Math.floor(sale.expiresAt.getTime() / 1000),
  };
}

/**
 * How the payment is shared. The tenant is the business of record where it may take cards itself;
 * Stripe refuses that for an account that may only be sent money.
 * https://docs.stripe.com/connect/destination-charges#settlement-merchant
 */
function sharingOf(sale: NewSaleSession) {
  const { kind, accountId: destination, feeAmount, isMerchant } = sale;
  const fee = feeAmount > 0 && { application_fee_amount: feeAmount };
  const record = isMerchant && { on_behalf_of: destination };
  if (kind === "direct") return { ...fee };
  if (kind === "destination") return { ...fee, transfer_data: { destination }, ...record };
  return { transfer_group: sale.checkoutId, ...record };
}
