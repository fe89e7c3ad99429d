import type { ObjectOf } from "#sandbox/store/kinds";
import { listOf, show, type View } from "#sandbox/store/views";

/** What expands in the objects by which money moves. */
export const moneyViews: Record<string, View> = {
  application_fee: {
    expands: {
      balance_transaction: "balance_transaction",
      originating_transaction: "charge",
    },
  },
  balance_transaction: {
    expandsByPrefix: {
      source: {
        ch: "charge",
        du: "dispute",
        fee: "application_fee",
        fr: "fee_refund",
        iauth: "issuing.authorization",
        ipi: "issuing.transaction",
        po: "payout",
        py: "charge",
        pyr: "refund",
        re: "refund",
        tr: "transfer",
        trr: "transfer_reversal",
        tu: "topup",
      },
    },
  },
  dispute: { expands: { charge: "charge", payment_intent: "payment_intent" } },
  fee_refund: { expands: { balance_transaction: "balance_transaction", fee: "application_fee" } },
  file: {
    composes: (world, object) => ({
      ...object,
      links: listOf(
        `/v1/file_links?file=${object.id}`,
        world
          .list("file_link", { parent: String(object.id) })
          .map(({ object: link }) => show(world, link)),
      ),
    }),
  },
  file_link: {
    expands: { file: "file" },
    composes: (world, object) => {
      const at = (object as unknown as ObjectOf<"file_link">).expires_at;
      return { ...object, expired: at !== null && at <= world.now() };
    },
  },
  payout: {
    expands: {
      balance_transaction: "balance_transaction",
      failure_balance_transaction: "balance_transaction",
      original_payout: "payout",
      reversed_by: "payout",
    },
    expandsByPrefix: { destination: { ba: "bank_account", card: "card" } },
  },
  "radar.early_fraud_warning": {
    expands: { charge: "charge", payment_intent: "payment_intent" },
  },
  review: { expands: { charge: "charge", payment_intent: "payment_intent" } },
  topup: { expands: { balance_transaction: "balance_transaction" } },
  transfer: {
    expands: {
      balance_transaction: "balance_transaction",
      source_transaction: "charge",
    },
  },
  transfer_reversal: {
    expands: {
      balance_transaction: "balance_transaction",
      source_refund: "refund",
      transfer: "transfer",
    },
  },
};
