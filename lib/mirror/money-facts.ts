import type { Mirror } from "#lib/mirror/mirror";
import type { StripeObjects, StripeObjectType } from "#lib/stripe/object-types";
import { idOf, instantFrom } from "#lib/stripe/objects";

type FactsOf<Type extends StripeObjectType> = NonNullable<Mirror<StripeObjects[Type]>["facts"]>;
type Paid = { amount: number; currency: string };

const sum = ({ amount, currency }: Paid) => ({ minor: String(amount), currency });

/** A charge that is only authorised has moved nothing yet. */
export const chargeFacts: FactsOf<"charge"> = (charge) => {
  const data = { ...sum(charge), chargeId: charge.id, failure: charge.failure_code };
  if (charge.status === "failed") {
    return [{ kind: "charge.failed", reference: `charge:${charge.id}:failed`, data }];
  }
  if (charge.status !== "succeeded" || !charge.captured) return [];
  return [{ kind: "charge.succeeded", reference: `charge:${charge.id}:succeeded`, data }];
};

export const refundFacts: FactsOf<"refund"> = (refund) => {
  const { id, status } = refund;
  if (status !== "succeeded" && status !== "failed" && status !== "canceled") return [];
  const data = { ...sum(refund), refundId: id, chargeId: idOf(refund.charge) };
  return [{ kind: `refund.${status}`, reference: `refund:${id}:${status}`, data }];
};

/** A dispute is a fact when it is opened and when it is decided, whatever was heard in between. */
export const disputeFacts: FactsOf<"dispute"> = (dispute) => {
  const { id, status } = dispute;
  const data = { ...sum(dispute), disputeId: id, chargeId: idOf(dispute.charge), status };
  const at = instantFrom(dispute.created);
  const opened = { kind: "dispute.opened", reference: `dispute:${id}:opened`, data, at };
  if (status !== "won" && status !== "lost" && status !== "warning_closed") return [opened];
  const closed = { kind: `dispute.${status}`, reference: `dispute:${id}:${status}`, data };
  return [opened, closed];
};

/** One that nothing can be done about any more is told to nobody. */
export const fraudWarningFacts: FactsOf<"radar.early_fraud_warning"> = (warning) => {
  const { id, fraud_type: fraudType, actionable } = warning;
  if (!actionable) return [];
  const data = { warningId: id, chargeId: idOf(warning.charge), fraudType };
  const at = instantFrom(warning.created);
  return [{ kind: "fraud_warning.received", reference: `fraud_warning:${id}:received`, data, at }];
};

/**
 * A payout is a fact when it is made, when it ends, and when Stripe says what it is made of. Stripe
 * may still take one back after it was paid, so both ends can come to be facts of one.
 */
export const payoutFacts: FactsOf<"payout"> = (payout) => {
  const { id, status, failure_code: failure } = payout;
  const data = { ...sum(payout), payoutId: id, failure: null };
  const of = (kind: string) => ({
    kind: `payout.${kind}`,
    reference: `payout:${id}:${kind}`,
    data,
  });
  const hasEnded = status === "paid" || status === "failed" || status === "canceled";
  const isReconciled = payout.automatic && payout.reconciliation_status === "completed";
  return [
    { ...of("created"), at: instantFrom(payout.created) },
    ...(hasEnded ? [{ ...of(status), data: { ...data, failure } }] : []),
    ...(isReconciled ? [of("reconciled")] : []),
  ];
};

export const transferFacts: FactsOf<"transfer"> = (transfer) => {
  const { id } = transfer;
  const data = { ...sum(transfer), transferId: id, destination: idOf(transfer.destination) };
  const at = instantFrom(transfer.created);
  return [{ kind: "transfer.created", reference: `transfer:${id}:created`, data, at }];
};
