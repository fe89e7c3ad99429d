import { payIntent } from "#sandbox/billing/credit-invoice";
import { refuse } from "#sandbox/payments/intent-outcomes";
import { writeMandate } from "#sandbox/payments/mandate";
import { depositError, type ToldDeposits, tellDeposits } from "#sandbox/payments/microdeposits";
import { wayOf } from "#sandbox/payments/other-methods";
import { invalidRequest } from "#sandbox/protocol/errors";
import { get } from "#sandbox/protocol/route";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

/** What a payer has agreed to, as it is sent. */
export interface Acceptance {
  type: "offline" | "online";
  accepted_at?: number;
  offline?: object;
  online?: { ip_address?: string; user_agent?: string };
}

/** What a payment needs that is not by card: a way back for who is led away, and the holder's
 *  agreement for who is debited. */
export function prepareOther(
  world: World,
  method: Row<"payment_method">,
  intent: Row<"payment_intent">,
  sent: { return_url?: string; mandate_data?: { customer_acceptance: Acceptance } },
): void {
  const way = wayOf(method.object);
  if (way === undefined) return;
  if (way.flow === "redirect" && sent.return_url === undefined) {
    throw invalidRequest(
      "This PaymentIntent is configured to accept payment methods that redirect, so it must be " +
        "confirmed with a `return_url`.",
      "parameter_missing",
      "return_url",
    );
  }
  if (way.flow !== "debit") return;
  const acceptance = sent.mandate_data?.customer_acceptance;
  if (acceptance !== undefined) writeMandate(world, method, acceptanceOf(world, acceptance));
  if (method.hidden.mandate !== undefined || intent.object.next_action) return;
  throw invalidRequest(
    "This PaymentIntent requires a mandate, but no existing mandate was found. Collect mandate " +
      "acceptance from the customer and try again, providing acceptance data in the mandate_data " +
      "parameter.",
    "payment_intent_mandate_invalid",
    "mandate_data",
  );
}

/** The small deposits were read rightly, so the account is its holder's and the payment goes on. */
export function verifyDeposits(
  world: World,
  intent: Row<"payment_intent">,
  told: ToldDeposits,
): void {
  if (intent.object.next_action?.type !== "verify_with_microdeposits") {
    const why = `it has a status of ${intent.object.status}`;
    const message = `You cannot verify microdeposits of this PaymentIntent because ${why}.`;
    throw invalidRequest(message, "payment_intent_unexpected_state");
  }
  const method = get(world, "payment_method", intent.object.payment_method ?? undefined);
  const verdict = tellDeposits(world, method, told);
  if (!verdict.isRight) {
    if (verdict.isOver) refuse(world, intent, method, null, verdict);
    throw depositError(verdict);
  }
  payIntent(world, intent, method, { isOffSession: false, isAuthenticated: true });
}

/** A payer's agreement as a mandate keeps it. */
export function acceptanceOf(
  world: World,
  { type, accepted_at, online }: Acceptance,
): ObjectOf<"mandate">["customer_acceptance"] {
  const accepted = { accepted_at: accepted_at ?? world.now(), type };
  if (type === "offline") return { ...accepted, offline: {} };
  const { ip_address = null, user_agent = null } = online ?? {};
  return { ...accepted, online: { ip_address, user_agent } };
}
