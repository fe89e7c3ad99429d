import { blankCharge } from "#sandbox/payments/blank-charge";
import { followTestCard } from "#sandbox/payments/follow-test-card";
import { wayOf } from "#sandbox/payments/other-methods";
import { settleCharge } from "#sandbox/payments/settle-charge";
import { type Decline, type TestCard, testCards } from "#sandbox/payments/test-cards";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

/** What a charge is made for: a payment intent, or nothing but itself. */
export type Payment = Omit<ObjectOf<"payment_intent">, "id"> & { id: string | null };

/** Records an attempt to take money, whether it worked or not. What worked and is not held back
 *  to be captured later is settled at once; what a bank has still to answer is pending. */
export function createCharge(
  world: World,
  intent: Payment,
  method: Row<"payment_method">,
  decline: Decline | undefined,
  isPending = false,
): Row<"charge"> {
  const isPaid = decline === undefined && !isPending;
  const isCaptured = decline === undefined && intent.capture_method !== "manual";
  const id = world.newId(method.object.type === "card" ? "ch" : "py");
  const object: ObjectOf<"charge"> = {
    ...blankCharge,
    id,
    amount: intent.amount,
    amount_captured: isCaptured ? intent.amount : 0,
    application_fee_amount: decline === undefined ? intent.application_fee_amount : null,
    billing_details: method.object.billing_details,
    captured: isCaptured,
    created: world.now(),
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    failure_code: decline?.code ?? null,
    failure_message: decline?.message ?? null,
    metadata: intent.metadata,
    on_behalf_of: intent.on_behalf_of,
    outcome: outcomeFor(method, decline),
    paid: isPaid,
    payment_intent: intent.id,
    payment_method: method.object.id,
    payment_method_details: detailsOf(intent, method),
    receipt_email: intent.receipt_email,
    receipt_url: isPaid ? `${world.origin}/receipts/${world.account}/${id}` : null,
    shipping: intent.shipping as ObjectOf<"charge">["shipping"],
    statement_descriptor: intent.statement_descriptor,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    status: isPending ? "pending" : isPaid ? "succeeded" : "failed",
    transfer_data: transferData(intent),
    transfer_group: intent.transfer_group ?? (intent.transfer_data ? groupOf(intent) : null),
  };
  const row = world.insert("charge", object, {});
  if (isPending) {
    world.emit("charge.pending", row.object);
    return row;
  }
  if (isCaptured) settleCharge(world, row);
  world.emit(isPaid ? "charge.succeeded" : "charge.failed", row.object);
  if (isCaptured) followTestCard(world, row, method.hidden.number);
  return row;
}

function outcomeFor({ object, hidden }: Row<"payment_method">, decline: Decline | undefined) {
  return object.type === "card" ? outcomeOf(testCards[hidden.number], decline) : null;
}

function detailsOf(intent: Payment, method: Row<"payment_method">) {
  const way = wayOf(method.object);
  const { type } = method.object;
  if (way === undefined) return { card: cardDetails(intent.amount, method), type };
  return { ...way.charged(method.object, method.hidden.mandate ?? null), type };
}

function groupOf({ id }: Payment): string | null {
  return id === null ? null : `group_${id}`;
}

function transferData({ transfer_data: data }: Payment) {
  if (!data) return null;
  return { amount: data.amount ?? null, destination: data.destination };
}

function outcomeOf(
  card: TestCard | undefined,
  decline: Decline | undefined,
): ObjectOf<"charge">["outcome"] {
  const isPaid = decline === undefined;
  const isBlocked = decline?.declineCode === "fraudulent";
  return {
    advice_code: isPaid ? null : "try_again_later",
    network_advice_code: null,
    network_decline_code: isPaid || isBlocked ? null : "01",
    network_status: isPaid
      ? "approved_by_network"
      : isBlocked
        ? "not_sent_to_network"
        : "declined_by_network",
    reason: decline === undefined ? null : (decline.declineCode ?? decline.code),
    risk_level: isBlocked ? "highest" : card?.isRisky ? "elevated" : "normal",
    risk_score: isBlocked ? 90 : card?.isRisky ? 70 : 20,
    seller_message: isPaid
      ? "Payment complete."
      : "The bank did not return any further details with this decline.",
    type: isPaid ? "authorized" : isBlocked ? "blocked" : "issuer_declined",
  };
}

type Details = NonNullable<NonNullable<ObjectOf<"charge">["payment_method_details"]>["card"]>;

function cardDetails(amount: number, { object, hidden }: Row<"payment_method">): Details {
  const card = object.card;
  return {
    amount_authorized: amount,
    authorization_code: null,
    brand: card?.brand ?? null,
    checks: card?.checks ?? null,
    country: card?.country ?? null,
    electronic_commerce_indicator: null,
    exp_month: card?.exp_month ?? 0,
    exp_year: card?.exp_year ?? 0,
    fingerprint: card?.fingerprint ?? null,
    funding: card?.funding ?? null,
    installments: null,
    last4: card?.last4 ?? null,
    mandate: null,
    network: card?.brand ?? null,
    network_transaction_id: null,
    regulated_status: "unregulated",
    three_d_secure: hidden.isAuthenticated
      ? {
          authentication_flow: "challenge",
          electronic_commerce_indicator: "05",
          exemption_indicator: null,
          result: "authenticated",
          result_reason: null,
          transaction_id: null,
          version: "2.2.0",
        }
      : null,
    transaction_link_id: null,
    wallet: null,
  };
}
