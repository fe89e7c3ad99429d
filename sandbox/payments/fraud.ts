import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

/** The card's bank believes its holder did not pay. */
export function warnOfFraud(world: World, charge: Row<"charge">): void {
  const { id, payment_intent } = charge.object;
  const warning: ObjectOf<"radar.early_fraud_warning"> = {
    id: world.newId("issfr"),
    object: "radar.early_fraud_warning",
    actionable: true,
    charge: id,
    created: world.now(),
    fraud_type: "misc",
    livemode: false,
    ...(payment_intent === null ? {} : { payment_intent }),
  };
  world.insert("radar.early_fraud_warning", warning, {});
  world.emit("radar.early_fraud_warning.created", warning);
}

/** A warned-of charge that was refunded or disputed cannot be acted on any more. */
export function settleWarnings(world: World, charge: string): void {
  for (const row of world.list("radar.early_fraud_warning", { parent: charge })) {
    if (!row.object.actionable) continue;
    row.object = { ...row.object, actionable: false };
    world.save(row);
    world.emit("radar.early_fraud_warning.updated", row.object, { actionable: true });
  }
}

/** Stripe wants a person to look at a payment. */
export function openReview(world: World, charge: Row<"charge">): void {
  const { id, payment_intent } = charge.object;
  const review: ObjectOf<"review"> = {
    id: world.newId("prv"),
    object: "review",
    billing_zip: null,
    charge: id,
    closed_reason: null,
    created: world.now(),
    ip_address: null,
    ip_address_location: null,
    livemode: false,
    open: true,
    opened_reason: "rule",
    ...(payment_intent === null ? {} : { payment_intent }),
    reason: "rule",
    session: null,
  };
  world.insert("review", review, {});
  charge.object = { ...charge.object, review: review.id };
  world.save(charge);
  world.emit("review.opened", review);
}

type ClosedReason = NonNullable<ObjectOf<"review">["closed_reason"]>;

/** The look was taken, or is of no use any more. */
export function closeReviews(world: World, charge: string, reason: ClosedReason): void {
  for (const row of world.list("review", { parent: charge, status: "open" })) {
    row.object = { ...row.object, closed_reason: reason, open: false, reason };
    world.save(row);
    world.emit("review.closed", row.object, { open: true });
  }
}
