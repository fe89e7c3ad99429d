import type { Draws } from "#sandbox/generate/draws";
import type { Answer, Hand } from "#sandbox/generate/hand";
import { personOf } from "#sandbox/generate/names";
import type { Tenant } from "#sandbox/generate/tenants";

/** A payment that worked: where its charge is, and what may still become of it. */
export type Sale = { charge: string; account: string | undefined; amount: number; tenant: Tenant };

/** How often each card is seen in a hundred thousand payments. The rest pay without a word. */
const cards: readonly (readonly [token: string, share: number])[] = [
  ["pm_card_mastercard", 24_000],
  ["pm_card_amex", 8_000],
  ["pm_card_bypassPending", 3_000],
  ["pm_card_chargeDeclined", 2_600],
  ["pm_card_chargeDeclinedInsufficientFunds", 1_800],
  ["pm_card_chargeDeclinedExpiredCard", 600],
  ["pm_card_threeDSecure2Required", 900],
  ["pm_card_createDispute", 500],
  ["pm_card_createDisputeInquiry", 250],
  ["pm_card_createIssuerFraudRecord", 300],
  ["pm_card_refundFail", 300],
  ["pm_card_riskLevelElevated", 400],
];
const feeShare = 0.08;

/** Draws the card a customer pays with. */
export function drawCard(draws: Draws): string {
  let left = draws.below(100_000);
  for (const [token, share] of cards) {
    left -= share;
    if (left < 0) return token;
  }
  return "pm_card_visa";
}

/** A tenant's customer pays, in the way the tenant charges. Nothing where the card said no. */
export function sell(hand: Hand, draws: Draws, tenant: Tenant, card: string): Sale | undefined {
  const amount = draws.amount(tenant.ticket);
  const fee = Math.max(1, Math.floor(amount * feeShare));
  const { name, email } = personOf(draws);
  const payment = {
    ...{ amount, currency: "usd", payment_method: card, confirm: true },
    ...{ description: `Order of ${name}`, receipt_email: email },
  };
  const direct = tenant.charges === "direct" ? tenant.account : undefined;
  const shared = {
    destination: {
      application_fee_amount: fee,
      transfer_data: { destination: tenant.account },
    },
    separate: {},
    direct: { application_fee_amount: fee },
  };
  const intent = hand.call(
    "POST /v1/payment_intents",
    { ...payment, ...shared[tenant.charges] },
    direct === undefined ? {} : { account: direct },
  );
  if (intent?.status !== "succeeded") return undefined;
  const sale = { charge: String(intent.latest_charge), account: direct, amount, tenant };
  if (tenant.charges === "separate") passOn(hand, sale, amount - fee);
  return sale;
}

function passOn(hand: Hand, { charge, tenant }: Sale, amount: number): void {
  hand.call("POST /v1/transfers", {
    ...{ amount, currency: "usd", destination: tenant.account },
    ...{ source_transaction: charge, transfer_group: charge },
  });
}

/** Gives a sale back, whole or in part; what the tenant received comes back with it. */
export function giveBack(hand: Hand, draws: Draws, sale: Sale): Answer | undefined {
  const isPart = draws.happens(0.4) && sale.amount > 200;
  const part = isPart ? { amount: 100 + draws.below(sale.amount - 100) } : {};
  const shared = {
    destination: { reverse_transfer: true, refund_application_fee: draws.happens(0.5) },
    separate: {},
    direct: { refund_application_fee: draws.happens(0.5) },
  };
  const reason = draws.one(["requested_by_customer", "duplicate"]);
  return hand.call(
    "POST /v1/refunds",
    { charge: sale.charge, reason, ...part, ...shared[sale.tenant.charges] },
    sale.account === undefined ? {} : { account: sale.account },
  );
}
