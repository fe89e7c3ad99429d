import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

type Intent = ObjectOf<"payment_intent">;

// https://docs.stripe.com/payments/incremental-authorization#availability
const brands = ["amex", "discover", "mastercard", "unionpay", "visa"];

/** Whether what is held on a card can be raised: where it was asked for, by its network. */
export function incrementStatus(
  intent: Pick<Intent, "capture_method" | "payment_method_options">,
  { card }: ObjectOf<"payment_method">,
): "available" | "unavailable" {
  const asked = intent.payment_method_options?.card?.request_incremental_authorization;
  const isAsked = asked === "if_available" && intent.capture_method === "manual";
  return isAsked && brands.includes(card?.brand ?? "") ? "available" : "unavailable";
}

/** Holds more on the card than was held: the payment and its charge are for the new sum. */
export function raiseHold(
  world: World,
  intent: Row<"payment_intent">,
  charge: Row<"charge">,
  amount: number,
  changes: Partial<Intent>,
): void {
  const details = charge.object.payment_method_details;
  const before = charge.object;
  charge.object = {
    ...before,
    amount,
    application_fee_amount: changes.application_fee_amount ?? before.application_fee_amount,
    description: changes.description ?? before.description,
    payment_method_details: details?.card
      ? { ...details, card: { ...details.card, amount_authorized: amount } }
      : details,
    transfer_data: changes.transfer_data
      ? {
          ...before.transfer_data,
          ...changes.transfer_data,
          amount: changes.transfer_data.amount ?? null,
        }
      : before.transfer_data,
  };
  world.save(charge);
  intent.object = { ...intent.object, ...changes, amount, amount_capturable: amount };
  intent.hidden = { ...intent.hidden, increments: (intent.hidden.increments ?? 0) + 1 };
  world.save(intent);
  world.emit("charge.updated", charge.object, { amount: before.amount });
  world.emit("payment_intent.amount_capturable_updated", intent.object);
}
