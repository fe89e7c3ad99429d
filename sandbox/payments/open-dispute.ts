import { blankDispute, networkCodeOf } from "#sandbox/payments/blank-dispute";
import { withdraw } from "#sandbox/payments/dispute-money";
import { type EnhancedType, enhancedFor } from "#sandbox/payments/enhanced-evidence";
import { closeReviews, settleWarnings } from "#sandbox/payments/fraud";
import { settingsOf } from "#sandbox/payments/local-settings";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

type Dispute = ObjectOf<"dispute">;
type CardDetails = NonNullable<NonNullable<Dispute["payment_method_details"]>["card"]>;

/** Why a cardholder's bank turns to the account, and what can be done about it. */
export interface DisputeCause {
  reason: string;
  isInquiry?: boolean;
  /** All of what was captured and not given back, unless it is said. */
  amount?: number;
  /** What may be answered with evidence of a kind of its own. */
  enhanced?: EnhancedType;
  /** Stripe has evidence of its own, and may answer by itself. */
  isSmart?: boolean;
  /** What an account can be enrolled in, so that it never becomes a dispute. */
  preventedBy?: "deflection" | "resolution";
}

/** A cardholder's bank takes a payment back, or only asks about it. A dispute debits the account
 *  the charge was made on; what was passed on to others stays with them. One that is prevented is
 *  over at once and moves nothing. */
export function openDispute(world: World, charge: Row<"charge">, cause: DisputeCause) {
  const isPrevented = isEnrolled(world, cause);
  const row = world.insert("dispute", disputeOf(world, charge.object, cause), {
    ...(cause.isSmart ? { isSmart: true as const } : {}),
  });
  charge.object = { ...charge.object, disputed: true };
  world.save(charge);
  settleWarnings(world, charge.object.id);
  closeReviews(world, charge.object.id, "disputed");
  if (!isPrevented) {
    const { due_by: due } = row.object.evidence_details;
    world.schedule("dispute.expire", row.object.id, due ?? world.now());
  }
  world.emit("charge.dispute.created", row.object);
  if (isPrevented) world.emit("charge.dispute.closed", row.object);
  else if (!cause.isInquiry) withdraw(world, row);
  return row;
}

function isEnrolled(world: World, { preventedBy }: DisputeCause): boolean {
  if (preventedBy === undefined) return false;
  return settingsOf(world).dispute_prevention?.[preventedBy] ?? false;
}

function disputeOf(world: World, charge: ObjectOf<"charge">, cause: DisputeCause): Dispute {
  const { id, currency, payment_intent, payment_method_details: paid } = charge;
  const blank = blankDispute(world);
  const code = networkCodeOf(cause.reason, paid?.card?.brand ?? undefined);
  const isPrevented = isEnrolled(world, cause);
  const details = isPrevented ? { due_by: null } : {};
  return {
    ...blank,
    ...enhancedFor(cause.enhanced, blank),
    id: world.newId("du"),
    amount: cause.amount ?? charge.amount_captured - refundedOf(charge),
    charge: id,
    currency,
    ...(isPrevented ? { evidence_details: { ...blank.evidence_details, ...details } } : {}),
    intended_submission_method: cause.isSmart ? "prefer_manual" : null,
    is_charge_refundable: cause.isInquiry ?? false,
    network_reason_code: code,
    payment_intent,
    ...(paid?.card && {
      payment_method_details: {
        card: cardOf(paid.card.brand, caseOf(cause, isPrevented), code),
        type: "card",
      },
    }),
    reason: cause.reason,
    status: isPrevented
      ? "prevented"
      : cause.isInquiry
        ? "warning_needs_response"
        : "needs_response",
  };
}

function caseOf({ enhanced, isInquiry, preventedBy }: DisputeCause, isPrevented: boolean): string {
  if (isPrevented) return preventedBy === "resolution" ? "resolution" : "block";
  if (isInquiry) return "inquiry";
  return enhanced?.endsWith("_compliance") ? "compliance" : "chargeback";
}

function cardOf(brand: string | null, caseType: string, code: string | null): CardDetails {
  const known = brand ?? "visa";
  return { brand: known, case_type: caseType, network: known, network_reason_code: code };
}

function refundedOf({ amount, amount_captured, amount_refunded }: ObjectOf<"charge">): number {
  return amount_refunded - (amount - amount_captured);
}
