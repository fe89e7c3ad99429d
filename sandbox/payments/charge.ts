import { takeApplicationFee } from "#sandbox/payments/application-fee";
import { postCharge } from "#sandbox/payments/balance";
import type { Decline } from "#sandbox/payments/test-cards";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

/** Records an attempt to take money, whether it worked or not. */
export function createCharge(
  world: World,
  intent: ObjectOf<"payment_intent">,
  method: Row<"payment_method">,
  decline: Decline | undefined,
): Row<"charge"> {
  const isPaid = decline === undefined;
  const object: ObjectOf<"charge"> = {
    ...blank,
    id: world.newId("ch"),
    amount: intent.amount,
    amount_captured: isPaid ? intent.amount : 0,
    billing_details: method.object.billing_details,
    captured: isPaid,
    created: world.now(),
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    failure_code: decline?.code ?? null,
    failure_message: decline?.message ?? null,
    metadata: intent.metadata,
    outcome: outcomeOf(decline),
    paid: isPaid,
    payment_intent: intent.id,
    payment_method: method.object.id,
    payment_method_details: { card: cardDetails(intent.amount, method), type: "card" },
    receipt_email: intent.receipt_email,
    status: isPaid ? "succeeded" : "failed",
  };
  if (isPaid) {
    const share = intent.application_fee_amount ?? 0;
    object.application_fee_amount = intent.application_fee_amount;
    if (share > 0) object.application_fee = takeApplicationFee(world, object, share);
    object.balance_transaction = postCharge(world, object, share);
  }
  const row = world.insert("charge", object, {});
  world.emit(isPaid ? "charge.succeeded" : "charge.failed", row.object);
  return row;
}

const blank = {
  object: "charge" as const,
  amount_refunded: 0,
  application: null,
  application_fee: null,
  application_fee_amount: null,
  balance_transaction: null,
  calculated_statement_descriptor: "LOCAL STRIPE",
  disputed: false,
  failure_balance_transaction: null,
  fraud_details: {},
  livemode: false,
  on_behalf_of: null,
  radar_options: {},
  receipt_number: null,
  receipt_url: null,
  refunded: false,
  review: null,
  shipping: null,
  source: null,
  source_transfer: null,
  statement_descriptor: null,
  statement_descriptor_suffix: null,
  transfer_data: null,
  transfer_group: null,
};

function outcomeOf(decline: Decline | undefined): ObjectOf<"charge">["outcome"] {
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
    risk_level: isBlocked ? "highest" : "normal",
    risk_score: isBlocked ? 90 : 20,
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
