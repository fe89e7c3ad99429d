import type Stripe from "stripe";
import { ask, askForOne } from "#lib/stripe/ask";
import { type Decline, declineOf } from "#lib/stripe/decline";
import { idOf } from "#lib/stripe/objects";
import type { StripeClient } from "#lib/stripe/stripe-client";

/** How the payment of an invoice stands at Stripe this moment. */
export type InvoiceStanding = {
  status: string;
  /** What the browser goes on with, where a payment can be made or its holder is asked. */
  clientSecret: string | null;
  payments: {
    id: string;
    intentId: string;
    intentStatus: string;
    chargeId: string | null;
    methodId: string | null;
    decline: Decline | null;
  }[];
};

/** What was taken for an invoice, and what of it was given back, in minor units. */
export type PaidCharge = {
  intentId: string;
  chargeId: string;
  currency: string;
  amount: number;
  refunded: number;
  isDisputed: boolean;
};

export type CreditNoteRequest = {
  invoiceId: string;
  /** Either a sum, or parts of the invoice's lines. */
  amount?: number;
  lines?: { lineId: string; amount: number }[];
  /** Where what was paid already goes; together exactly the part after payment. */
  refundAmount: number;
  creditAmount: number;
  outOfBandAmount: number;
  reason?: Stripe.CreditNoteCreateParams.Reason;
  memo?: string;
};

/** Which act asks, and the how manyeth key it has: Stripe repeats its own failures to a key. */
export type ActKey = { actId: string; round: number };

/** An act's key at Stripe. */
export function keyOfAct({ actId, round }: ActKey): string {
  return round === 0 ? `act:${actId}` : `act:${actId}:${round}`;
}

export type RefundRequest = {
  intentId: string;
  amount: number;
  reason?: Stripe.RefundCreateParams.Reason;
};

export function invoiceCalls(stripe: StripeClient) {
  return {
    /**
     * Tries to take an open invoice, with its payer at the screen. A decline is an answer. Where
     * the payer's bank asks for them, `findInvoiceStanding` says how to go on.
     */
    payInvoice(pay: { invoiceId: string; methodId: string | null; key: string }) {
      return ask(async (): Promise<{ decline: Decline | null }> => {
        try {
          await stripe.invoices.pay(
            pay.invoiceId,
            { ...(pay.methodId && { payment_method: pay.methodId }), off_session: false },
            { idempotencyKey: `pay:${pay.invoiceId}:${pay.key}` },
          );
          return { decline: null };
        } catch (error) {
          const decline = declineOf(error);
          if (!decline) throw error;
          return { decline };
        }
      });
    },

    /** Null where Stripe has no such invoice. */
    findInvoiceStanding(invoiceId: string): Promise<InvoiceStanding | null> {
      return askForOne(async () => {
        const expand = ["confirmation_secret", "payments.data.payment.payment_intent"];
        return standingOf(await stripe.invoices.retrieve(invoiceId, { expand }));
      });
    },

    /** Every charge that paid toward an invoice, the first first. */
    listPaidCharges(invoiceId: string): Promise<PaidCharge[]> {
      return ask(async () => {
        const { data } = await stripe.invoicePayments.list({
          invoice: invoiceId,
          status: "paid",
          limit: 100,
          expand: ["data.payment.payment_intent.latest_charge"],
        });
        return data.flatMap(chargeOf).reverse();
      });
    },

    /** What a credit note would come to, without making one. */
    previewCreditNote(request: CreditNoteRequest) {
      return ask(() => stripe.creditNotes.preview(creditNoteParams(request)));
    },

    createCreditNote(request: CreditNoteRequest & ActKey) {
      return ask(async () => {
        const note = await stripe.creditNotes.create(
          { ...creditNoteParams(request), metadata: { act_id: request.actId } },
          { idempotencyKey: keyOfAct(request) },
        );
        const refundIds = note.refunds.flatMap(({ refund }) => idOf(refund) ?? []);
        return { creditNoteId: note.id, refundIds };
      });
    },

    createRefund({ intentId, amount, reason, ...act }: RefundRequest & ActKey) {
      return ask(async () => {
        const refund = await stripe.refunds.create(
          {
            ...{ payment_intent: intentId, amount, metadata: { act_id: act.actId } },
            ...(reason && { reason }),
          },
          { idempotencyKey: keyOfAct(act) },
        );
        return { refundId: refund.id, chargeId: idOf(refund.charge) };
      });
    },

    /** What an act made when nobody heard Stripe's answer, and Stripe has forgotten its key. */
    findRefundOf({ actId, intentId }: { actId: string; intentId: string }) {
      return ask(async () => {
        const { data } = await stripe.refunds.list({ payment_intent: intentId, limit: 100 });
        return data.find(({ metadata }) => metadata?.act_id === actId)?.id ?? null;
      });
    },
    findCreditNoteOf({ actId, invoiceId }: { actId: string; invoiceId: string }) {
      return ask(async () => {
        const { data } = await stripe.creditNotes.list({ invoice: invoiceId, limit: 100 });
        return data.find(({ metadata }) => metadata?.act_id === actId)?.id ?? null;
      });
    },

    voidInvoice({ invoiceId, ...act }: ActKey & { invoiceId: string }) {
      const key = { idempotencyKey: keyOfAct(act) };
      return ask(async () => void (await stripe.invoices.voidInvoice(invoiceId, {}, key)));
    },

    markInvoiceUncollectible({ invoiceId, ...act }: ActKey & { invoiceId: string }) {
      const key = { idempotencyKey: keyOfAct(act) };
      return ask(async () => void (await stripe.invoices.markUncollectible(invoiceId, {}, key)));
    },
  };
}

function standingOf(invoice: Stripe.Invoice): InvoiceStanding {
  return {
    status: invoice.status ?? "draft",
    clientSecret: invoice.confirmation_secret?.client_secret ?? null,
    payments: (invoice.payments?.data ?? []).flatMap(({ id, payment }) => {
      const intent = payment.payment_intent;
      if (!intent || typeof intent === "string") return [];
      const { last_payment_error: error } = intent;
      return [
        {
          ...{ id, intentId: intent.id, intentStatus: intent.status },
          chargeId: idOf(intent.latest_charge),
          methodId: idOf(intent.payment_method),
          decline: error && {
            ...{ code: error.code ?? null, reason: error.decline_code ?? null },
            message: error.message ?? null,
          },
        },
      ];
    }),
  };
}

function chargeOf({ payment }: Stripe.InvoicePayment): PaidCharge[] {
  const intent = payment.payment_intent;
  if (!intent || typeof intent === "string") return [];
  const charge = intent.latest_charge;
  if (!charge || typeof charge === "string") return [];
  const { id: chargeId, currency, amount_captured: amount, amount_refunded: refunded } = charge;
  return [
    { intentId: intent.id, chargeId, currency, amount, refunded, isDisputed: charge.disputed },
  ];
}

function creditNoteParams(request: CreditNoteRequest) {
  const { refundAmount, creditAmount, outOfBandAmount } = request;
  return {
    invoice: request.invoiceId,
    ...(request.amount !== undefined && { amount: request.amount }),
    ...(request.lines && {
      lines: request.lines.map(({ lineId, amount }) => ({
        ...{ type: "invoice_line_item" as const, invoice_line_item: lineId, amount },
      })),
    }),
    ...(refundAmount > 0 && { refund_amount: refundAmount }),
    ...(creditAmount > 0 && { credit_amount: creditAmount }),
    ...(outOfBandAmount > 0 && { out_of_band_amount: outOfBandAmount }),
    ...(request.reason && { reason: request.reason }),
    ...(request.memo && { memo: request.memo }),
  };
}
