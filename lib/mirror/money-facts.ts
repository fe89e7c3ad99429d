import type { Mirror } from "#lib/mirror/mirror";
import type { StripeObjects, StripeObjectType } from "#lib/stripe/object-types";
import { idOf } from "#lib/stripe/objects";

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
  const opened = { kind: "dispute.opened", reference: `dispute:${id}:opened`, data };
  if (status !== "won" && status !== "lost" && status !== "warning_closed") return [opened];
  const closed = { kind: `dispute.${status}`, reference: `dispute:${id}:${status}`, data };
  return [opened, closed];
};

/** Stripe may still take a payout back after it was paid, so both can come to be facts of one. */
export const payoutFacts: FactsOf<"payout"> = (payout) => {
  const { id, status, failure_code: failure } = payout;
  if (status !== "paid" && status !== "failed" && status !== "canceled") return [];
  const data = { ...sum(payout), payoutId: id, failure };
  return [{ kind: `payout.${status}`, reference: `payout:${id}:${status}`, data }];
};

export const transferFacts: FactsOf<"transfer"> = (transfer) => {
  const { id } = transfer;
  const data = { ...sum(transfer), transferId: id, destination: idOf(transfer.destination) };
  return [{ kind: "transfer.created", reference: `transfer:${id}:created`, data }];
};
