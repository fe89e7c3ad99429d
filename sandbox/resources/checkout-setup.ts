import { confirmSetup, createSetup } from "#sandbox/billing/setup-card";
import { type CheckoutResult, completeSession } from "#sandbox/resources/checkout-end";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

/** Keeps a card for later and charges nothing. A customer of the session gets it. */
export function setUpCard(
  world: World,
  row: Row<"checkout.session">,
  method: Row<"payment_method">,
  isAuthenticated: boolean,
): CheckoutResult {
  const customer = world.find("customer", row.object.customer ?? "")?.object;
  const { description = null, metadata = {} } = row.hidden.payment ?? {};
  const setup = createSetup(world, customer, { description, metadata, usage: "off_session" });
  const outcome = confirmSetup(world, setup, method, isAuthenticated);
  if (outcome.kind === "declined") return outcome;
  if (outcome.kind === "requires_action") return { kind: "challenge" };
  completeSession(world, row, method.object.billing_details, { setup_intent: setup.object.id });
  return { kind: "complete" };
}
