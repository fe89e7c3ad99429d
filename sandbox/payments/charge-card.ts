import { type Decline, testCards } from "#sandbox/payments/test-cards";
import type { ThreeDSecure } from "#sandbox/payments/three-d-secure";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";

type Outcome = ObjectOf<"charge">["outcome"];
type Details = NonNullable<NonNullable<ObjectOf<"charge">["payment_method_details"]>["card"]>;

/** What Radar and the bank made of a card's charge. */
export function outcomeOf(
  { hidden }: Row<"payment_method">,
  decline: Decline | undefined,
): NonNullable<Outcome> {
  const isRisky = testCards[hidden.number]?.isRisky;
  const usual = { risk_level: isRisky ? "elevated" : "normal", risk_score: isRisky ? 70 : 20 };
  if (decline === undefined) return { ...approved, ...usual };
  if (decline.blockedFor === "rule") {
    return { ...stopped, ...usual, reason: "rule", rule: decline.rule ?? "" };
  }
  if (decline.blockedFor !== undefined) {
    return { ...stopped, reason: decline.blockedFor, risk_level: "highest", risk_score: 90 };
  }
  const reason = decline.declineCode ?? decline.code;
  return { ...refused, ...usual, reason, seller_message: toldBySeller(reason) };
}

const approved = {
  advice_code: null,
  network_advice_code: null,
  network_decline_code: null,
  network_status: "approved_by_network",
  reason: null,
  seller_message: "Payment complete.",
  type: "authorized",
};
const stopped = {
  ...approved,
  network_status: "not_sent_to_network",
  seller_message: "Stripe blocked this payment as too risky.",
  type: "blocked",
};
const refused = {
  ...approved,
  advice_code: "try_again_later" as const,
  network_decline_code: "01",
  network_status: "declined_by_network",
  type: "issuer_declined",
};

function toldBySeller(reason: string): string {
  return reason === "generic_decline"
    ? "The bank did not return any further details with this decline."
    : `The bank returned the decline code \`${reason}\`.`;
}

// A preference for what the card has not is none.
function networkOf(card: ObjectOf<"payment_method">["card"]): string | undefined {
  const preferred = card?.networks?.preferred;
  return preferred && card?.networks?.available.includes(preferred) ? preferred : card?.brand;
}

/** What a charge says of the card it was made on. */
export function cardDetails(
  amount: number,
  { object }: Row<"payment_method">,
  threeDSecure: ThreeDSecure | null,
): Details {
  const { card } = object;
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
    network: networkOf(card) ?? null,
    network_transaction_id: null,
    regulated_status: "unregulated",
    three_d_secure: threeDSecure,
    transaction_link_id: null,
    wallet: null,
  };
}
