import { declines } from "#sandbox/payments/declines";
import type { Decline, TestCard } from "#sandbox/payments/test-cards";
import type { ObjectOf } from "#sandbox/store/kinds";

type ChargedCard = NonNullable<NonNullable<ObjectOf<"charge">["payment_method_details"]>["card"]>;

/** What a charge says of its 3D Secure. */
export type ThreeDSecure = NonNullable<ChargedCard["three_d_secure"]>;

/** Who is there while a payment is made. */
export interface Session {
  isOffSession: boolean;
  /** The holder has answered a challenge of this payment. */
  isAuthenticated: boolean;
  /** A person has the page open that confirms it. */
  isOnPage?: boolean;
}

/** A payment, or a setup, before anybody was asked about it. */
export interface Unasked {
  card: TestCard | undefined;
  /** The integration or Radar asks for 3D Secure, whether the card does or not. */
  isRequested: boolean;
  /** The card was set up for later payments before. */
  isSetUp: boolean;
  purpose: "payment" | "setup";
  session: Session;
}

/** Its holder has to answer first; or all is said of it, and it may be refused for that. */
export type Authentication =
  | { kind: "challenge" }
  | { kind: "over"; details: ThreeDSecure | null; decline?: Decline };

/** Decides what 3D Secure does to a payment: https://docs.stripe.com/testing#three-ds-cards. A card
 *  that the page has no row for acknowledges the attempt and asks nobody. */
export function authenticate(unasked: Unasked): Authentication {
  const { card, session } = unasked;
  const isCaptcha = card?.challenge === "captcha";
  if (isCaptcha && session.isOnPage && !session.isAuthenticated) return { kind: "challenge" };
  if (session.isAuthenticated && !isCaptcha) {
    return over(result(card, "authenticated", "challenge"));
  }
  return ways[wayOf(card)](unasked);
}

const ways: Record<
  NonNullable<TestCard["threeDSecure"]> | "acknowledges",
  (unasked: Unasked) => Authentication
> = {
  acknowledges: ({ card, isRequested }) =>
    over(isRequested ? result(card, "attempt_acknowledged") : null),
  not_supported: ({ card, isRequested }) =>
    over(isRequested ? result(card, "not_supported") : null),
  errs: ({ card, isRequested }) => over(isRequested ? result(card, "processing_error") : null),
  lookup_fails: ({ card }) => over(result(card, "processing_error"), declines.generic),
  frictionless: ({ card }) => over(result(card, "authenticated", "frictionless")),
  challenges: (unasked) => {
    if (!unasked.isRequested && !asksByItself(unasked)) return over(null);
    if (!unasked.session.isOffSession) return { kind: "challenge" };
    return over(null, declines.authenticationRequired);
  },
};

function wayOf(card: TestCard | undefined): keyof typeof ways {
  if (card?.threeDSecure !== undefined) return card.threeDSecure;
  return card?.challenge === undefined || card.challenge === "captcha"
    ? "acknowledges"
    : "challenges";
}

function asksByItself({ card, isSetUp, purpose, session }: Unasked): boolean {
  const rule = card?.challenge;
  if (rule === "always") return true;
  if (purpose === "setup") return rule === "until_set_up" || rule === "one_time";
  if (rule === "until_set_up") return !isSetUp;
  return (rule === "on_session" || rule === "one_time") && !session.isOffSession;
}

function over(details: ThreeDSecure | null, decline?: Decline): Authentication {
  return { kind: "over", details, ...(decline === undefined ? {} : { decline }) };
}

function result(
  card: TestCard | undefined,
  outcome: NonNullable<ThreeDSecure["result"]>,
  flow: ThreeDSecure["authentication_flow"] = null,
): ThreeDSecure {
  const indicators = card?.brand === "mastercard" ? mastercardIndicators : usualIndicators;
  return {
    authentication_flow: flow,
    electronic_commerce_indicator: indicators[outcome] ?? null,
    exemption_indicator: null,
    result: outcome,
    result_reason: null,
    transaction_id: null,
    version: outcome === "not_supported" ? null : "2.2.0",
  };
}

const usualIndicators: Record<string, string> = {
  authenticated: "05",
  attempt_acknowledged: "06",
  processing_error: "07",
};
const mastercardIndicators: Record<string, string> = {
  authenticated: "02",
  attempt_acknowledged: "01",
};
