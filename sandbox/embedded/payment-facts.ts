import type { ObjectOf } from "#sandbox/store/kinds";
import type { World } from "#sandbox/world/world";

type Charge = ObjectOf<"charge">;

/** How a payment stands, in the words a merchant knows. */
export function standingOf(charge: Charge): string {
  if (charge.status === "failed") return "Failed";
  if (charge.status === "pending") return "Pending";
  if (charge.disputed) return "Disputed";
  if (charge.refunded) return "Refunded";
  if (charge.amount_refunded > 0) return "Partially refunded";
  return charge.captured ? "Succeeded" : "Uncaptured";
}

/** What it was paid with, in a few words. */
export function methodOf({ payment_method_details: details }: Charge): string {
  if (details === null) return "Transfer";
  if (details.card) return `${details.card.brand ?? "card"} •••• ${details.card.last4 ?? ""}`;
  const bank = details.us_bank_account ?? details.sepa_debit;
  const name = details.type.replaceAll("_", " ");
  return bank ? `${name} •••• ${bank.last4 ?? ""}` : name;
}

/** Who paid, as far as is known. */
export function payerOf(world: World, charge: Charge): string {
  const customer = world.find("customer", charge.customer ?? "")?.object;
  return (
    customer?.name ??
    customer?.email ??
    charge.billing_details.email ??
    charge.description ??
    "Guest"
  );
}

/** The charge a payment is known by: its own id, or that of its intent. */
export function chargeNamed(world: World, id: string | undefined): Charge | undefined {
  if (!id) return undefined;
  const intent = world.find("payment_intent", id)?.object;
  return world.find("charge", intent === undefined ? id : (intent.latest_charge ?? ""))?.object;
}
