import { brandCards } from "#sandbox/payments/brand-cards";
import { countryCards } from "#sandbox/payments/country-cards";
import { declineCards } from "#sandbox/payments/decline-cards";
import { disputeCards } from "#sandbox/payments/dispute-cards";
import { moneyCards } from "#sandbox/payments/money-cards";
import type { DisputeCause } from "#sandbox/payments/open-dispute";
import { payoutCards } from "#sandbox/payments/payout-cards";
import { radarCards } from "#sandbox/payments/radar-cards";
import { threeDSecureCards } from "#sandbox/payments/three-d-secure-cards";
import type { RadarRule } from "#sandbox/store/kept";

/** Why a card is refused, in Stripe's words. */
export interface Decline {
  code: string;
  declineCode?: string;
  message: string;
  param?: string;
  /** Radar stopped it, and no bank was asked: for its risk, or because of a rule. */
  blockedFor?: "highest_risk_level" | "rule";
  rule?: string;
}

/** How a test card behaves. A card without a row here is a live one, which test mode refuses. */
export interface TestCard {
  brand: string;
  /** The networks of a card with two brands. */
  networks?: readonly string[];
  funding?: "credit" | "debit" | "prepaid";
  country?: string;
  /** Refused when it is charged. */
  decline?: Decline;
  /** Saved without complaint, and refused at its first charge. */
  attachesAnyway?: true;
  /** Asks its holder: at every payment, until it was set up once, while its holder is there
   *  (`one_time` also when it is set up), or only on a page that a person has open. */
  challenge?: "always" | "until_set_up" | "on_session" | "one_time" | "captcha";
  /** What 3D Secure does with it when it is asked for. Of a card without this and without a
   *  challenge the attempt is acknowledged, and nobody is asked. */
  threeDSecure?: "challenges" | "errs" | "frictionless" | "lookup_fails" | "not_supported";
  /** The rule of Radar that is about it, which does something where that rule is on. */
  radar?: RadarRule;
  /** What the bank says of the code and the address, where it does not say they are right. */
  checks?: Partial<Record<"cvc" | "line1" | "zip", "fail" | "unavailable">>;
  /** What it takes is available at once. */
  settlesAtOnce?: true;
  isRisky?: true;
  /** Its holder disputes what was paid with it. */
  dispute?: Omit<DisputeCause, "amount"> & { times?: number };
  /** Its bank warns of fraud. */
  warns?: true;
  /** What is given back to it waits and arrives, or fails after a while. */
  refunds?: "pending" | "failing";
  /** What is paid out to it comes back, or takes its days. */
  payouts?: "fail" | "slow";
}

/** Stripe's documented test cards: https://docs.stripe.com/testing */
export const testCards: Record<string, TestCard> = {
  ...Object.fromEntries(
    Object.entries(countryCards).map(([country, number]) => [number, { brand: "visa", country }]),
  ),
  ...payoutCards,
  ...brandCards,
  ...declineCards,
  ...radarCards,
  ...disputeCards,
  ...moneyCards,
  ...threeDSecureCards,
};
