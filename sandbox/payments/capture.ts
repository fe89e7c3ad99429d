import { followTestCard } from "#sandbox/payments/follow-test-card";
import { settleCharge } from "#sandbox/payments/settle-charge";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

/** How much of what was set aside is taken, and how it is shared. */
interface Capture {
  amount: number;
  share?: number;
  passedOn?: number;
}

/** Takes what was set aside, or part of it; the rest goes back to the card. */
export function captureIntent(world: World, intent: Row<"payment_intent">, asked: Capture): void {
  const charge = heldCharge(world, intent.object);
  world.unschedule("intent.expire-capture", intent.object.id);
  take(world, charge, asked);
  intent.object = {
    ...intent.object,
    amount_capturable: 0,
    amount_received: asked.amount,
    status: "succeeded",
  };
  world.save(intent);
  world.emit("payment_intent.succeeded", intent.object);
  follow(world, charge);
}

/** The same of a charge that no intent made. */
export function captureCharge(world: World, charge: Row<"charge">, asked: Capture): void {
  take(world, charge, asked);
  follow(world, charge);
}

function take(world: World, charge: Row<"charge">, asked: Capture): void {
  const { amount } = asked;
  charge.object = {
    ...charge.object,
    amount_captured: amount,
    amount_refunded: charge.object.amount - amount,
    captured: true,
    ...(asked.share === undefined ? {} : { application_fee_amount: asked.share }),
    ...(asked.passedOn === undefined || charge.object.transfer_data === null
      ? {}
      : { transfer_data: { ...charge.object.transfer_data, amount: asked.passedOn } }),
  };
  settleCharge(world, charge);
  world.emit("charge.captured", charge.object);
}

function follow(world: World, charge: Row<"charge">): void {
  const method = world.find("payment_method", charge.object.payment_method ?? "");
  followTestCard(world, charge, method?.hidden.number ?? "");
}

/** Gives back what was set aside and never captured. */
export function releaseHold(world: World, intent: ObjectOf<"payment_intent">): void {
  if (intent.status !== "requires_capture") return;
  const charge = heldCharge(world, intent);
  world.unschedule("intent.expire-capture", intent.id);
  charge.object = { ...charge.object, amount_refunded: charge.object.amount, refunded: true };
  world.save(charge);
  world.emit("charge.refunded", charge.object);
}

function heldCharge(world: World, intent: ObjectOf<"payment_intent">): Row<"charge"> {
  const charge = world.find("charge", intent.latest_charge ?? "");
  if (charge === undefined) throw new Error("Invariant: a held payment has a charge");
  return charge;
}
