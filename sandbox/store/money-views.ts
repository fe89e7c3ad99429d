import { externalAccounts } from "#sandbox/payments/external-account";
import { mostInstant } from "#sandbox/payments/payout";
import type { ObjectOf } from "#sandbox/store/kinds";
import { listOf, show, type View } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

/** What expands in the objects by which money moves. */
export const moneyViews: Record<string, View> = {
  application_fee: {
    expands: {
      balance_transaction: "balance_transaction",
      originating_transaction: "charge",
    },
  },
  "balance.instant_available": { includes: { net_available: netAvailable } },
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

/** What of an instant balance arrives at each bank account and card, once the fee is taken. */
function netAvailable(world: World, _id: string, { amount, currency }: Record<string, unknown>) {
  const most = mostInstant(Number(amount));
  return externalAccounts(world)
    .filter(({ object }) => object.currency === currency && object.status !== "errored")
    .filter(({ object }) => object.available_payout_methods?.includes("instant"))
    .map(({ object }) => ({ amount: most, destination: object.id, source_types: { card: most } }));
}
